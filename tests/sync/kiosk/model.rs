//! A whole centre at two kiosks: people come and go while clocks jump, programs end,
//! files are merged and taken apart, people are erased and the hub is away. What must
//! hold afterwards is asked of the database itself.

use std::collections::{BTreeMap, BTreeSet};

use daycare_core::ids::{MergeId, ReadingId, VisitId};
use daycare_core::period::Period;
use daycare_core::vitals::{Kind as Measure, Origin, Reading, Value as Measured};
use daycare_kiosk::error::Error;
use proptest::prelude::*;

use super::*;

const HOUR: i64 = 3_600_000;
const NAMES: [&str; 4] = ["欧阳甲子", "司马乙丑", "诸葛丙寅", "上官丁卯"];

/// One step at one kiosk, about one person or two.
#[derive(Debug, Clone, Copy)]
enum Step {
    Arrive(usize, usize),
    Leave(usize, usize),
    UndoArrival(usize),
    Measure(usize, usize),
    Merge(usize, usize, usize),
    Unmerge(usize),
    Erase(usize, usize),
    /// The clock is off by so many hours from now on.
    Clock(usize, i64),
    Restart(usize),
    Night(usize),
    Sync(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let (kiosk, person) = (0..2usize, 0..NAMES.len());
    prop_oneof![
        6 => (kiosk.clone(), person.clone()).prop_map(|(k, p)| Step::Arrive(k, p)),
        4 => (kiosk.clone(), person.clone()).prop_map(|(k, p)| Step::Leave(k, p)),
        1 => kiosk.clone().prop_map(Step::UndoArrival),
        2 => (kiosk.clone(), person.clone()).prop_map(|(k, p)| Step::Measure(k, p)),
        3 => (kiosk.clone(), person.clone(), person.clone()).prop_map(|(k, p, q)| Step::Merge(k, p, q)),
        1 => kiosk.clone().prop_map(Step::Unmerge),
        1 => (kiosk.clone(), person).prop_map(|(k, p)| Step::Erase(k, p)),
        2 => (kiosk.clone(), prop::sample::select(vec![0, 0, 8, -24, 365 * 24, -16 * 365 * 24]))
            .prop_map(|(k, hours)| Step::Clock(k, hours)),
        1 => kiosk.clone().prop_map(Step::Restart),
        1 => kiosk.clone().prop_map(Step::Night),
        4 => kiosk.prop_map(Step::Sync),
    ]
}

struct World {
    hub: Hub,
    kiosks: Vec<Centre>,
    people: Vec<ResidentId>,
    /// How far each clock is off, and the trail's last line when its program began.
    clocks: Vec<(i64, i64)>,
    /// Arrivals that a screen has acknowledged.
    acknowledged: BTreeMap<VisitId, usize>,
    last: Vec<Option<VisitId>>,
    erased: BTreeSet<usize>,
    right: Moment,
}

impl World {
    fn new() -> Self {
        let (mut hub, mut kiosks) = centre(2, false);
        hub.forgets = true;
        let people = NAMES.map(|name| kiosks[0].resident(name)).to_vec();
        sync_all(&mut hub, &mut kiosks);
        let line = |centre: &Centre| (0, centre.store.last_line().expect("read"));
        let clocks = kiosks.iter().map(line).collect();
        let right = kiosks[0].clock.now();
        let (acknowledged, erased) = (BTreeMap::new(), BTreeSet::new());
        Self { hub, kiosks, people, clocks, acknowledged, last: vec![None; 2], erased, right }
    }

    fn set_clock(&mut self, at: usize, off: i64) {
        let by = off - self.clocks[at].0;
        let (centre, since) = (&mut self.kiosks[at], self.clocks[at].1);
        centre.clock.set_wall(self.right.plus_ms(off));
        // As the running program sees it.
        if by.abs() > 3 * HOUR {
            centre.store.note_clock_jump(since, by).expect("noted");
        }
        if off == 0 {
            centre.store.confirm_clock(Actor::Cli).expect("confirmed");
        }
        self.clocks[at].0 = off;
    }

    fn take(&mut self, step: Step) {
        // Time goes by, everywhere the same.
        self.right = self.right.plus_ms(60_000);
        for kiosk in &self.kiosks {
            kiosk.clock.advance(Duration::from_mins(1));
        }
        let person = |p: usize| self.people[p];
        let done = match step {
            Step::Arrive(k, p) => self.arrive(k, p),
            Step::Leave(k, p) => {
                let now = self.kiosks[k].clock.now();
                self.kiosks[k].store.check_out(Actor::Resident, person(p), now, None).map(drop)
            }
            Step::UndoArrival(k) => {
                let Some(id) = self.last[k] else { return };
                self.kiosks[k].store.undo_check_in(Actor::Resident, id).map(drop)
            }
            Step::Measure(_, p) if self.erased.contains(&p) => return,
            Step::Measure(k, p) => measure(&mut self.kiosks[k], person(p)),
            Step::Merge(k, p, q) => {
                let id = MergeId::new();
                self.kiosks[k].store.merge_residents(Actor::Cli, id, person(p), person(q))
            }
            Step::Unmerge(k) => {
                let store = &mut self.kiosks[k].store;
                let Some(last) = store.merges().expect("read").first().map(|merge| merge.id) else { return };
                store.undo_merge(Actor::Cli, last)
            }
            Step::Erase(k, p) => {
                let done = self.kiosks[k].store.erase_person(Actor::Cli, person(p), "本人要求").map(drop);
                if done.is_ok() {
                    let _ = self.erased.insert(p);
                }
                done
            }
            Step::Clock(k, hours) => {
                self.set_clock(k, hours * HOUR);
                Ok(())
            }
            Step::Restart(k) => {
                let centre = self.kiosks.remove(k).restart();
                self.kiosks.insert(k, centre);
                Ok(())
            }
            // With a clock that is doubted the program closes nothing.
            Step::Night(k) if self.clocks[k].0 == 0 => {
                self.kiosks[k].store.close_days_before_today().map(drop)
            }
            Step::Night(_) => Ok(()),
            Step::Sync(k) => {
                sync_at(&mut self.hub, &mut self.kiosks[k], self.right);
                Ok(())
            }
        };
        // What the rules refuse has changed nothing; anything else is a fault.
        match done {
            Ok(()) | Err(Error::Rule(_) | Error::NotFound(_)) => {}
            Err(other) => panic!("{step:?}: {other}"),
        }
    }

    fn arrive(&mut self, k: usize, p: usize) -> Result<(), Error> {
        let arrival = self.kiosks[k].arrival(self.people[p]);
        let came = self.kiosks[k].store.check_in(Actor::Resident, &arrival)?.visit().id;
        let _ = self.acknowledged.insert(came, p);
        self.last[k] = Some(came);
        Ok(())
    }

    /// Clocks are right, the hub is there, and everybody is in step.
    fn settle(&mut self) {
        for at in 0..self.kiosks.len() {
            self.set_clock(at, 0);
        }
        for _ in 0..4 {
            for kiosk in &mut self.kiosks {
                sync_at(&mut self.hub, kiosk, self.right);
            }
        }
        for kiosk in &mut self.kiosks {
            kiosk.store.forget_what_is_noted().expect("forgotten");
        }
    }

    fn check(&self) {
        assert_same(&self.kiosks);
        for kiosk in &self.kiosks {
            self.nothing_acknowledged_is_gone(kiosk);
            counts_add_up(kiosk);
            who_is_inside_is_on_the_list(kiosk);
            for p in &self.erased {
                assert!(!holds(kiosk.folder.path(), NAMES[*p]), "{} was erased", NAMES[*p]);
            }
        }
    }

    fn nothing_acknowledged_is_gone(&self, kiosk: &Centre) {
        for id in self.acknowledged.keys() {
            assert!(kiosk.store.visit(*id).expect("read").is_some(), "a visit is gone");
        }
    }
}

fn measure(kiosk: &mut Centre, resident_id: ResidentId) -> Result<(), Error> {
    let value = Measured { first: 128, second: Some(80) };
    let reading = Reading {
        id: ReadingId::new(),
        resident_id,
        appointment_id: None,
        taken_at: kiosk.clock.now(),
        kind: Measure::BloodPressure,
        timing: None,
        value,
        parts: vec![value],
        origin: Origin::Typed,
        limits: "2026-11".into(),
        taken_by: String::new(),
    };
    kiosk.store.add_readings(Actor::Cli, &[reading], None)
}

/// As [`sync`], with a hub whose clock is right.
fn sync_at(hub: &mut Hub, centre: &mut Centre, right: Moment) {
    let store = &mut centre.store;
    let id = store.sync_state().expect("read").expect("enrolled").kiosk;
    while let Some(batch) = store.batch().expect("read") {
        match hub.push(id, &batch, right) {
            Ok(pushed) => store.pushed(batch.incarnation, &pushed).expect("noted"),
            Err(refused) => panic!("{refused:?}"),
        }
    }
    loop {
        let state = store.sync_state().expect("read").expect("enrolled");
        let after = state.cursor;
        if after < hub.floor {
            for rows in hub.snapshot().chunks(20) {
                assert_eq!(store.receive_rows(rows, state.acked).expect("received"), 0);
            }
            store.end_snapshot(hub.log.len() as u64, state.acked).expect("ended");
            continue;
        }
        let changes = hub.pull(after, 20).to_vec();
        if changes.is_empty() {
            return;
        }
        let pulled = Pulled { changes, head: hub.log.len() as u64, hub_time: right };
        let told = format!("{:?}", pulled.changes);
        let received = store.receive(&pulled).expect("received");
        assert_eq!(received.refused, 0, "every change finds its place: {told}");
    }
}

fn counts_add_up(kiosk: &Centre) {
    let day = |text: &str| text.parse().expect("a day");
    let all = Period { from: day("1990-01-01"), to: day("2090-01-01") };
    let report = kiosk.store.report(all).expect("counted");
    let conn = Connection::open(kiosk.paths().database()).expect("opens");
    let count = |sql: &str| -> u32 { conn.query_row(sql, [], |row| row.get(0)).expect("counted") };
    let days = "SELECT count(*) FROM (SELECT DISTINCT day, resident_id FROM visit WHERE counted = 1)";
    assert_eq!(report.visits, count(days));
    assert_eq!(report.people, count("SELECT count(DISTINCT resident_id) FROM visit WHERE counted = 1"));
    assert_eq!(report.by_month.values().sum::<u32>(), report.visits);
}

fn who_is_inside_is_on_the_list(kiosk: &Centre) {
    let conn = Connection::open(kiosk.paths().database()).expect("opens");
    let open = "SELECT DISTINCT r.id, r.merged_into_id IS NOT NULL FROM visit v JOIN resident r ON r.id = v.resident_id
                WHERE v.state = 'open' AND v.duplicate_of IS NULL";
    let mut statement = conn.prepare(open).expect("prepared");
    let rows = statement.query_map([], |row| {
        Ok((ResidentId::from(uuid::Uuid::from_bytes(row.get(0)?)), row.get::<_, bool>(1)?))
    });
    let listed: BTreeSet<ResidentId> =
        kiosk.store.inside().expect("read").into_iter().map(|one| one.resident.id).collect();
    let mut open = 0;
    for row in rows.expect("asked") {
        let (who, merged) = row.expect("read");
        assert!(listed.contains(&who), "somebody inside is on no list");
        assert!(!merged, "they are looked for under a closed file");
        open += 1;
    }
    assert_eq!(listed.len(), open);
}

/// Whether some file under a folder holds these words.
fn holds(folder: &std::path::Path, words: &str) -> bool {
    std::fs::read_dir(folder).expect("read").flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, words);
        }
        std::fs::read(&path).expect("read").windows(words.len()).any(|window| window == words.as_bytes())
    })
}

proptest! {
    // The same centres every time: a check that passes today passes tomorrow. Another
    // seed looks at others.
    #![proptest_config(ProptestConfig {
        cases: 40,
        max_shrink_iters: 200,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_nothing_acknowledged_is_gone_and_who_is_inside_is_found(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut world = World::new();
        for step in steps {
            world.take(step);
        }
        world.settle();
        world.check();
    }
}
