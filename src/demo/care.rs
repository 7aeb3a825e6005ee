//! The demo centre's care data: care plans, family, absences, welfare checks, the shift book,
//! and when the kiosk ran.

use chrono::{Days, NaiveDate, NaiveTime};
use daycare_core::audit::Actor;
use daycare_core::care_plan::{CarePlan, Relative, Risk};
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::{
    HandoverId, IncidentId, PhoneNumberId, RelativeId, ResidentId, StaffId, WelfareCheckId,
};
use daycare_core::resident::{Living, Resident};
use daycare_core::shift_book::{Incident, IncidentKind, PhoneNumber};
use daycare_core::time::Moment;
use daycare_core::welfare::{Check, CheckResult, CheckWay};
use daycare_store::Store;

use crate::error::Result;

/// The caregiver 周敏.
const ACTOR: Actor = Actor::Staff(StaffId::from_u128(1));

/// Adds the care data to a store that holds the demo residents.
pub(super) fn fill(
    store: &mut Store,
    residents: &[Resident],
    (ouyang, wang): (ResidentId, ResidentId),
) -> Result<()> {
    care(store, ouyang, wang)?;
    let alone: Vec<ResidentId> = residents
        .iter()
        .filter(|resident| resident.profile.living == Some(Living::Alone))
        .map(|resident| resident.id)
        .collect();
    for (at, id) in alone.iter().enumerate().filter(|(at, _)| at % 5 == 0) {
        let risk = if at % 2 == 0 { Risk::High } else { Risk::General };
        store.put_care_plan(ACTOR, *id, &CarePlan { risk: Some(risk), ..CarePlan::default() })?;
    }
    let today = store.clock().today();
    if let [first, second, ..] = alone.as_slice() {
        let until = today.checked_add_days(Days::new(11)).unwrap_or(today);
        let from = today.checked_sub_days(Days::new(3)).unwrap_or(today);
        store.add_absence(ACTOR, *first, (from, until), "去女儿家")?;
        let check = Check {
            id: WelfareCheckId::from_u128(1),
            at: at(store, today, 1, "16:10"),
            way: CheckWay::Phone,
            result: CheckResult::NoAnswer,
            note: "说好今早再打".into(),
            by: String::new(),
        };
        store.add_welfare_check(ACTOR, *second, &check, None)?;
    }
    book(store, today, wang)?;
    ran(store, today)
}

fn at(store: &Store, today: NaiveDate, back: u64, time: &str) -> Moment {
    let day = today.checked_sub_days(Days::new(back)).unwrap_or(today);
    let time: NaiveTime = time.parse().unwrap_or_default();
    Moment::from_local(day.and_time(time), store.clock().zone())
}

fn care(store: &mut Store, ouyang: ResidentId, wang: ResidentId) -> Result<()> {
    let plan = CarePlan {
        allergies: "青霉素过敏".into(),
        notes: "喜欢坐窗边，说话要大声".into(),
        hearing: true,
        ..CarePlan::default()
    };
    store.put_care_plan(ACTOR, ouyang, &plan)?;
    let plan = CarePlan { wheelchair: true, ..CarePlan::default() };
    store.put_care_plan(ACTOR, wang, &plan)?;
    let son = Relative {
        id: RelativeId::from_u128(1),
        name: "王建军".into(),
        relation: "儿子".into(),
        phone: "13800002206".into(),
        collects: true,
    };
    store.put_relative(ACTOR, wang, &son)?;
    let decided_on = store.clock().today().checked_sub_days(Days::new(40)).unwrap_or_default();
    for (purpose, given) in [(Purpose::Attendance, true), (Purpose::Health, true), (Purpose::Family, false)] {
        let witness = "周敏".to_owned();
        let consent = Consent { purpose, given, decided_on, witness, guardian: String::new() };
        store.decide_consent(ACTOR, ouyang, &consent)?;
    }
    Ok(())
}

fn book(store: &mut Store, today: NaiveDate, wang: ResidentId) -> Result<()> {
    store.add_handover(ACTOR, HandoverId::from_u128(1), "棋牌室的灯坏了一盏，已报修")?;
    store.add_handover(ACTOR, HandoverId::from_u128(2), "明天上午卫生院来人，多摆十把椅子")?;
    store.finish_handover(ACTOR, HandoverId::from_u128(1))?;
    let incident = Incident {
        id: IncidentId::from_u128(1),
        resident: Some(wang),
        name: String::new(),
        kind: IncidentKind::Fall,
        at: at(store, today, 6, "10:20"),
        words: "在院坝台阶滑了一下，坐到地上，没有受伤".into(),
        measures: "扶到保健室量了血压，通知了儿子，台阶贴了防滑条".into(),
        by: String::new(),
    };
    store.add_incident(ACTOR, &incident)?;
    let numbers = [("急救", "120"), ("社区卫生服务中心", "028-85550120"), ("网格员值班", "028-85550110")];
    for (number, (name, phone)) in (1u128..).zip(numbers) {
        let id = PhoneNumberId::from_u128(number);
        store.put_phone_number(ACTOR, &PhoneNumber { id, name: name.into(), phone: phone.into() })?;
    }
    Ok(())
}

/// Records that the kiosk ran all the time except one afternoon.
fn ran(store: &mut Store, today: NaiveDate) -> Result<()> {
    let begin = at(store, today, 61, "07:30");
    let (off, on) = (at(store, today, 5, "13:10"), at(store, today, 5, "16:30"));
    let now = store.clock().now();
    store.load_demo_uptime(&[(begin, off), (on, now)])
}
