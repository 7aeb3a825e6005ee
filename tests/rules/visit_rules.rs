//! Any sequence of check-ins, undos, departures, corrections, midnights and
//! restarts, against a simple model: one open visit, nothing lost, counts add up.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::NaiveDate;
use daycare_core::audit::Actor;
use daycare_core::ids::{ResidentId, VisitId};
use daycare_core::period::Period;
use daycare_core::visit::{CheckedIn, Correction, State};
use proptest::prelude::*;

use testkit::centre::Centre;

#[derive(Debug, Clone)]
enum Step {
    CheckIn(usize),
    Repeat(usize),
    Undo(usize),
    Leave(usize),
    Return(usize),
    Correct(usize),
    Wait(u32),
    Midnight,
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0usize..3).prop_map(Step::CheckIn),
        1 => (0usize..3).prop_map(Step::Repeat),
        1 => (0usize..3).prop_map(Step::Undo),
        3 => (0usize..3).prop_map(Step::Leave),
        1 => (0usize..3).prop_map(Step::Return),
        1 => (0usize..3).prop_map(Step::Correct),
        2 => (1u32..180).prop_map(Step::Wait),
        1 => Just(Step::Midnight),
        1 => Just(Step::Restart),
    ]
}

/// What the model knows of a visit.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    who: ResidentId,
    day: NaiveDate,
    state: State,
}

#[derive(Default)]
struct Model {
    visits: BTreeMap<VisitId, Known>,
    last: BTreeMap<ResidentId, VisitId>,
}

impl Model {
    fn open(&self, who: ResidentId) -> Option<VisitId> {
        self.visits.iter().find(|(_, v)| v.who == who && v.state == State::Open).map(|(id, _)| *id)
    }

    fn set(&mut self, id: VisitId, state: State) {
        self.visits.get_mut(&id).expect("known").state = state;
    }

    fn close_stale(&mut self, who: ResidentId, today: NaiveDate) {
        if let Some(id) = self.open(who).filter(|id| self.visits[id].day < today) {
            self.set(id, State::NotRecorded);
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one arm a step")]
fn apply(centre: &mut Centre, model: &mut Model, people: &[ResidentId], step: &Step) {
    let today = centre.clock.today();
    let now = centre.clock.now();
    match step {
        Step::CheckIn(i) | Step::Repeat(i) => {
            let who = people[*i];
            let mut arrival = centre.arrival(who);
            if let (Step::Repeat(_), Some(last)) = (step, model.last.get(&who)) {
                arrival.visit_id = *last;
            }
            let known = model.visits.contains_key(&arrival.visit_id);
            let answer = centre.store.check_in(Actor::Resident, &arrival).expect("answered");
            if known {
                assert!(matches!(answer, CheckedIn::Done(_)));
                return;
            }
            model.close_stale(who, today);
            if let Some(open) = model.open(who) {
                assert!(matches!(answer, CheckedIn::AlreadyHere(v) if v.id == open));
            } else {
                model.visits.insert(arrival.visit_id, Known { who, day: today, state: State::Open });
                model.last.insert(who, arrival.visit_id);
            }
        }
        Step::Undo(i) => {
            let Some(id) = model.last.get(&people[*i]).copied() else { return };
            let done = centre.store.undo_check_in(Actor::Resident, id);
            match model.visits[&id].state {
                State::Open => {
                    done.expect("undone");
                    model.set(id, State::Void);
                }
                State::Void => drop(done.expect("already undone")),
                _ => assert!(done.is_err()),
            }
        }
        Step::Leave(i) => {
            let who = people[*i];
            let left = centre.store.check_out(Actor::Resident, who, now, None);
            match model.open(who) {
                Some(id) => {
                    left.expect("leaving is never refused");
                    let late = model.visits[&id].day < today;
                    model.set(id, if late { State::NotRecorded } else { State::Left });
                }
                None => assert!(left.is_err()),
            }
        }
        Step::Return(i) => {
            let who = people[*i];
            let Some(id) = model.last.get(&who).copied() else { return };
            let known = model.visits[&id].clone();
            let back = centre.store.undo_check_out(Actor::Resident, id);
            let may = known.state == State::Left && known.day == today && model.open(who).is_none();
            assert_eq!(back.is_ok(), may || known.state == State::Open);
            if may {
                model.set(id, State::Open);
            }
        }
        Step::Correct(i) => {
            let who = people[*i];
            let Some(id) = model.last.get(&who).copied() else { return };
            let old = centre.store.visit(id).expect("read").expect("nothing is lost");
            let with = Correction {
                new_id: VisitId::new(),
                arrived_at: old.arrived_at,
                left_at: Some(old.arrived_at),
                services: vec![],
                reason: "test".into(),
            };
            centre.store.correct_visit(Actor::Cli, id, &with).expect("corrected");
            model.set(id, State::Superseded);
            model.visits.insert(with.new_id, Known { who, day: old.day, state: State::Left });
            model.last.insert(who, with.new_id);
        }
        Step::Wait(minutes) => centre.clock.advance(Duration::from_secs(u64::from(*minutes) * 60)),
        Step::Midnight => {
            centre.clock.advance(Duration::from_hours(24));
            centre.store.close_days_before_today().expect("closed");
            let today = centre.clock.today();
            people.iter().for_each(|who| model.close_stale(*who, today));
        }
        Step::Restart => {}
    }
}

fn agree(centre: &Centre, model: &Model) {
    for (id, known) in &model.visits {
        let stored = centre.store.visit(*id).expect("read").expect("nothing is lost");
        assert_eq!((stored.resident_id, stored.day, stored.state), (known.who, known.day, known.state));
    }
    let counted: BTreeSet<_> =
        model.visits.values().filter(|v| v.state.counts()).map(|v| (v.day, v.who)).collect();
    let people: BTreeSet<_> = counted.iter().map(|(_, who)| *who).collect();
    let all = Period {
        from: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date"),
        to: NaiveDate::from_ymd_opt(2099, 1, 1).expect("a date"),
    };
    let report = centre.store.report(all).expect("counted");
    assert_eq!(report.visits as usize, counted.len());
    assert_eq!(report.people as usize, people.len());
    assert_eq!(report.by_month.values().sum::<u32>(), report.visits);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_day_keeps_one_open_visit_loses_nothing_and_adds_up(steps in prop::collection::vec(step(), 1..40)) {
        let mut centre = Centre::at("2026-11-24T09:00:00");
        let people: Vec<_> = ["王福全", "李素芬", "张大勇"].iter().map(|n| centre.resident(n)).collect();
        let mut model = Model::default();
        for step in &steps {
            if matches!(step, Step::Restart) {
                centre = centre.restart();
            }
            apply(&mut centre, &mut model, &people, step);
            agree(&centre, &model);
        }
    }
}
