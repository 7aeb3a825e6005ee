//! A realistic centre generated from `assets/demo`: deterministic, with dates relative to the
//! clock's today.

mod care;
mod health;
mod programme;
mod random;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use daycare_core::audit::Actor;
use daycare_core::birth::Birth;
use daycare_core::card::{CardCode, Holder};
use daycare_core::ids::{ResidentId, ServiceId, StaffId, VisitId};
use daycare_core::picture;
use daycare_core::resident::{Escort, Living, Profile, Resident, Sex, Standing, default_called_by};
use daycare_core::staff::{Role, Staff};
use daycare_core::time::Moment;
use daycare_core::visit::{Source, State, Visit};
use daycare_store::{Store, setting};
use serde::Deserialize;

use crate::error::{Error, Refusal, Result};
use crate::i18n::pinyin::reading;
use random::Random;

/// PIN of the demo caregiver 周敏 and the nurse 陈静.
pub const STAFF_PIN: &str = "246810";
/// PIN of the demo manager 何静.
pub const MANAGER_PIN: &str = "135790";
/// Card of 欧阳素芬.
pub const CARD: &str = "YL1-0123456789ABCDEF8";

#[derive(Debug, Deserialize)]
struct Words {
    name: String,
    surnames: Vec<String>,
    given_female: Vec<String>,
    given_male: Vec<String>,
    yards: Vec<String>,
    grids: Vec<String>,
    residents: u32,
    days: u64,
}

/// How many records were generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Residents.
    pub residents: usize,
    /// Visits.
    pub visits: usize,
}

/// Fills an empty store. A store that holds a centre is left as it is.
///
/// # Errors
/// The store holds another centre, or the database fails.
pub fn seed(store: &mut Store) -> Result<Summary> {
    let words: Words = toml::from_str(include_str!("../../assets/demo/centre.toml"))
        .map_err(|e| Error::Internal(e.to_string()))?;
    match store.setting(setting::CENTRE_NAME)? {
        Some(name) if name == words.name => {}
        Some(name) => {
            return Err(Error::refused(Refusal::FolderInUse, name));
        }
        None if !store.residents()?.is_empty() => {
            return Err(Error::refused(Refusal::FolderInUse, store.paths().root().display().to_string()));
        }
        None => fill(store, &words)?,
    }
    let all = store.history_totals(&daycare_core::visit::HistoryFilter::default())?;
    Ok(Summary { residents: store.residents()?.len(), visits: all.rows as usize })
}

fn fill(store: &mut Store, words: &Words) -> Result<()> {
    let mut random = Random::new(2016);
    let residents = residents(words, &mut random);
    let services: Vec<ServiceId> = store.services()?.into_iter().map(|s| s.id).take(PURPOSES).collect();
    let visits = visits(words, store, &residents, &services, &mut random);
    let earlier = words.days + 1..words.days + EARLIER_DAYS;
    let mut thin = Random::new(2015);
    let before = visits_of(earlier, EARLIER_THINNED, store, &residents, &services, &mut thin);
    store.load_demo(&residents, &visits)?;
    store.load_demo(&[], &before)?;
    add_staff(store)?;
    let code = CardCode::parse(CARD).ok_or_else(|| Error::Internal("demo card".into()))?;
    store.issue_card(Actor::Program, Holder::Resident(OUYANG), &code)?;
    health::fill(store, &residents, OUYANG)?;
    store.load_demo_programme(&programme::of(store, &residents, &visits, OUYANG))?;
    care::fill(store, &residents, (OUYANG, WANG))?;
    store.set_setting(Actor::Program, setting::DEMO, "1")?;
    store.set_setting(Actor::Program, setting::CENTRE_NAME, &words.name)
}

/// The first this many services need no booking; the others are booked.
const PURPOSES: usize = 11;

const OUYANG: ResidentId = ResidentId::from_u128(1);
const WANG: ResidentId = ResidentId::from_u128(2);

fn add_staff(store: &mut Store) -> Result<()> {
    let people = [
        ("周敏", Role::Caregiver, STAFF_PIN, StaffId::from_u128(1)),
        ("何静", Role::Manager, MANAGER_PIN, StaffId::from_u128(2)),
        ("陈静", Role::Nurse, STAFF_PIN, health::NURSE),
    ];
    for (name, role, pin, id) in people {
        let staff = Staff { id, name: name.into(), role };
        store.add_staff(Actor::Program, &staff, pin)?;
    }
    Ok(())
}

fn residents(words: &Words, random: &mut Random) -> Vec<Resident> {
    let mut all = vec![named(words, OUYANG), named(words, WANG)];
    for number in 3..=u128::from(words.residents) {
        let female = random.below(100) < 64;
        let given = random.pick(if female { &words.given_female } else { &words.given_male });
        let name = format!("{}{given}", random.pick(&words.surnames));
        let sex = if female { Sex::Female } else { Sex::Male };
        let born = NaiveDate::from_yo_opt(1932 + random.below_i32(26), 1 + random.below(365));
        let living = *random.pick(&Living::ALL);
        let escort = if random.below(100) < 8 { Escort::Ask } else { Escort::None };
        let contact = format!("{}{}", random.pick(&words.surnames), random.pick(&words.given_male));
        let mut profile = profile(words, random, &name, sex);
        profile.born_on = born.map(Birth::day);
        profile.living = Some(living);
        profile.escort = escort;
        profile.contact_name = contact;
        let family = daycare_core::resident::surname(&name).to_owned();
        let taken = all.iter().filter(|r: &&Resident| r.profile.name.starts_with(&family));
        picture::pick(taken.map(|r| r.profile.picture.as_str())).clone_into(&mut profile.picture);
        all.push(resident(ResidentId::from_u128(number), profile));
    }
    all
}

fn named(words: &Words, id: ResidentId) -> Resident {
    let mut random = Random::new(7);
    let mut profile = if id == OUYANG {
        profile(words, &mut random, "欧阳素芬", Sex::Female)
    } else {
        profile(words, &mut random, "王福全", Sex::Male)
    };
    profile.contact_name = "欧阳建国".into();
    if id == OUYANG {
        profile.phone = "13800005678".into();
        profile.born_on = NaiveDate::from_ymd_opt(1941, 6, 26).map(Birth::day);
        profile.picture = "hibiscus".into();
    } else {
        profile.phone = "13900001953".into();
        profile.born_on = NaiveDate::from_ymd_opt(1938, 8, 17).map(Birth::day);
        profile.picture = "panda".into();
        profile.escort = Escort::Staff;
        profile.contact_name = "王建国".into();
    }
    resident(id, profile)
}

fn resident(id: ResidentId, profile: Profile) -> Resident {
    Resident { id, profile, standing: Standing::Active, id_hash: None }
}

fn profile(words: &Words, random: &mut Random, name: &str, sex: Sex) -> Profile {
    Profile {
        name: name.to_owned(),
        called_by: default_called_by(Some(sex)).to_owned(),
        sex: Some(sex),
        phone: format!("138{:08}", random.below(100_000_000)),
        yard: random.pick(&words.yards).clone(),
        door: format!(
            "{}栋{}单元{}0{}",
            1 + random.below(6),
            1 + random.below(3),
            1 + random.below(7),
            1 + random.below(4)
        ),
        grid: random.pick(&words.grids).clone(),
        contact_phone: format!("139{:08}", random.below(100_000_000)),
        pinyin: reading(name),
        ..Profile::default()
    }
}

/// Days with few visits before the busy ones, so that there is a previous year to compare
/// with.
const EARLIER_DAYS: u64 = 380;
const EARLIER_THINNED: u32 = 2;

/// Generates visits: each resident has weekdays, an hour and purposes of their own.
fn visits(
    words: &Words,
    store: &Store,
    residents: &[Resident],
    services: &[ServiceId],
    random: &mut Random,
) -> Vec<Visit> {
    visits_of(0..words.days + 1, 1, store, residents, services, random)
}

/// The visits of the last days before today, keeping one in `thinned`.
fn visits_of(
    days: std::ops::Range<u64>,
    thinned: u32,
    store: &Store,
    residents: &[Resident],
    services: &[ServiceId],
    random: &mut Random,
) -> Vec<Visit> {
    let today = store.clock().today();
    let mut all = Vec::new();
    for resident in residents {
        let often = 8 + random.below(40);
        let hour = 8 + random.below(4);
        let mut usual = [*random.pick(services), *random.pick(services)];
        if resident.id == OUYANG {
            // 量血压 and 午餐, so that the pictures show her usual purposes on the first page.
            usual = [services[3], services[5]];
        }
        for back in days.clone().rev() {
            let Some(day) = today.checked_sub_days(Days::new(back)) else { continue };
            let closed = day.weekday() == Weekday::Sun;
            let liked = (day.weekday().num_days_from_monday() + hour).is_multiple_of(3);
            let chance = if liked { often * 2 } else { often / 3 };
            let comes = random.below(100) < chance / thinned && !closed;
            let visit = visit(store, resident, day, (hour, usual), random);
            // The two named people have not come yet today.
            let may_be_here = day != today || ![OUYANG, WANG].contains(&resident.id);
            if comes
                && may_be_here
                && let Some(visit) = visit
            {
                all.push(visit);
            }
        }
    }
    all
}

/// One visit, up to the present moment.
fn visit(
    store: &Store,
    resident: &Resident,
    day: NaiveDate,
    (hour, usual): (u32, [ServiceId; 2]),
    random: &mut Random,
) -> Option<Visit> {
    let clock = store.clock();
    let arrives = NaiveTime::from_hms_opt(hour, random.below(60), 0)?;
    let stays = 40 + i64::from(random.below(200));
    let forgot = random.below(100) < 6;
    let both = random.below(100) < 30;
    let arrived_at = Moment::from_local(day.and_time(arrives), clock.zone());
    let leaves_at = arrived_at.plus_ms(stays * 60_000);
    if arrived_at > clock.now() {
        return None;
    }
    let today = day == clock.today();
    let (state, left_at) = match (forgot, leaves_at > clock.now()) {
        (_, true) if today => (State::Open, None),
        (true, _) if !today => (State::NotRecorded, None),
        _ => (State::Left, Some(leaves_at)),
    };
    let mut services = vec![usual[0]];
    if both && usual[1] != usual[0] {
        services.push(usual[1]);
    }
    let days = u128::from(day.num_days_from_ce().unsigned_abs());
    let id = VisitId::from_u128((days << 64) | resident.id.uuid().as_u128());
    Some(Visit {
        id,
        resident_id: resident.id,
        day,
        arrived_at,
        left_at,
        state,
        source: Source::Demo,
        services,
    })
}
