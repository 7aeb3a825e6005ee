//! The figures, against a slow and obvious second counting on random data.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use daycare_core::audit::Actor;
use daycare_core::birth::Birth;
use daycare_core::ids::{ResidentId, ServiceId, VisitId};
use daycare_core::period::Period;
use daycare_core::resident::{Living, Resident, Sex, Standing};
use daycare_core::statistics::{By, Count, Key, Statistics, Who};
use daycare_core::time::Moment;
use daycare_core::visit::{Correction, Source, State, Visit};
use proptest::prelude::*;

use testkit::centre::{Centre, ZONE, moment, person};

const NOW: &str = "2026-11-24T18:00:00";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// One visit as it was thought up.
#[derive(Debug, Clone)]
struct Stay {
    who: usize,
    back: u64,
    hour: u32,
    services: Vec<usize>,
    struck: bool,
}

fn stays() -> impl Strategy<Value = Vec<Stay>> {
    let one =
        (0..6usize, 0..500u64, 7..16u32, prop::collection::vec(0..7usize, 0..4), prop::bool::weighted(0.1))
            .prop_map(|(who, back, hour, services, struck)| Stay { who, back, hour, services, struck });
    prop::collection::vec(one, 0..80)
}

fn people() -> Vec<Resident> {
    let yards = ["共和路1号院", "望江雅居", ""];
    (0..6)
        .map(|at| {
            let mut one = person(&format!("王{at}"));
            one.profile.yard = yards[at % 3].into();
            one.profile.grid = format!("第{}网格", at % 2);
            one.profile.sex = [Some(Sex::Male), Some(Sex::Female), None][at % 3];
            one.profile.living = [Some(Living::Alone), None][at % 2];
            one.profile.born_on =
                NaiveDate::from_ymd_opt(1930 + 7 * i32::try_from(at).expect("small"), 3, 1).map(Birth::day);
            if at == 5 {
                one.standing = Standing::Archived;
            }
            one
        })
        .collect()
}

fn filled(stays: &[Stay]) -> (Centre, Vec<Resident>, Vec<ServiceId>) {
    let mut centre = Centre::at(NOW);
    let people = people();
    let services: Vec<ServiceId> = centre.store.services().expect("seeded").iter().map(|s| s.id).collect();
    let visits: Vec<Visit> = stays.iter().map(|stay| visit(stay, &people, &services)).collect();
    centre.store.load_demo(&people, &visits).expect("written");
    for (stay, visit) in stays.iter().zip(&visits).filter(|(stay, _)| stay.struck) {
        let _ = centre.store.strike_out(Actor::Cli, visit.id, "误登").expect("struck out");
        assert!(stay.struck);
    }
    (centre, people, services)
}

fn visit(stay: &Stay, people: &[Resident], services: &[ServiceId]) -> Visit {
    let on = day("2026-11-23") - chrono::Days::new(stay.back);
    let arrived_at = Moment::from_local(on.and_hms_opt(stay.hour, 5, 0).expect("a time"), ZONE);
    let mut chosen: Vec<ServiceId> = stay.services.iter().map(|at| services[*at]).collect();
    chosen.sort();
    chosen.dedup();
    Visit {
        id: VisitId::new(),
        resident_id: people[stay.who].id,
        day: on,
        arrived_at,
        left_at: Some(arrived_at.plus_ms(3_600_000)),
        state: State::Left,
        source: Source::Demo,
        services: chosen,
    }
}

/// Counts as one would on paper: a set for every line.
fn slowly(
    stays: &[Stay],
    people: &[Resident],
    period: Period,
    by: impl Fn(&Stay) -> Vec<Key>,
) -> BTreeMap<Key, Count> {
    let mut days: BTreeMap<Key, BTreeSet<(NaiveDate, usize)>> = BTreeMap::new();
    for stay in stays.iter().filter(|stay| !stay.struck) {
        let on = day("2026-11-23") - chrono::Days::new(stay.back);
        if (period.from..=period.to).contains(&on) {
            for key in by(stay) {
                let _ = days.entry(key).or_default().insert((on, stay.who));
            }
        }
    }
    let _ = people;
    days.into_iter()
        .map(|(key, set)| {
            let who: BTreeSet<usize> = set.iter().map(|(_, who)| *who).collect();
            let count = |n: usize| u32::try_from(n).expect("small");
            (key, Count { visits: count(set.len()), people: count(who.len()) })
        })
        .collect()
}

fn told(statistics: &Statistics, by: By) -> BTreeMap<Key, Count> {
    let came = statistics.by(by).iter().filter(|group| group.count.visits > 0);
    came.map(|group| (group.key.clone(), group.count)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_table_says_what_counting_on_paper_says(stays in stays(), back in 0..400u64, length in 0..400u64) {
        let to = day("2026-11-23") - chrono::Days::new(back);
        let period = Period { from: to - chrono::Days::new(length), to };
        let (centre, people, services) = filled(&stays);
        let names: BTreeMap<ServiceId, String> =
            centre.store.services().expect("read").into_iter().map(|s| (s.id, s.name)).collect();
        let ours = centre.store.statistics(period, &Who::default()).expect("counted");
        let on = |stay: &Stay| day("2026-11-23") - chrono::Days::new(stay.back);
        let slow = |by: &dyn Fn(&Stay) -> Vec<Key>| slowly(&stays, &people, period, by);
        prop_assert_eq!(told(&ours, By::Day), slow(&|s| vec![Key::Day(on(s))]));
        prop_assert_eq!(told(&ours, By::Month), slow(&|s| vec![Key::Month(on(s).year(), on(s).month())]));
        prop_assert_eq!(told(&ours, By::Year), slow(&|s| vec![Key::Year(on(s).year())]));
        let profile = |s: &Stay| people[s.who].profile.clone();
        prop_assert_eq!(told(&ours, By::Yard), slow(&|s| vec![Key::Words(profile(s).yard)]));
        prop_assert_eq!(told(&ours, By::Grid), slow(&|s| vec![Key::Words(profile(s).grid)]));
        prop_assert_eq!(told(&ours, By::Sex), slow(&|s| vec![Key::Sex(profile(s).sex)]));
        prop_assert_eq!(told(&ours, By::Living), slow(&|s| vec![Key::Living(profile(s).living)]));
        let purposes = |s: &Stay| s.services.iter().map(|at| Key::Words(names[&services[*at]].clone())).collect();
        prop_assert_eq!(told(&ours, By::Purpose), slow(&purposes));
        let ages = |s: &Stay| {
            let age = profile(s).born_on.map(|born| born.age_on(period.to));
            vec![Key::Age(daycare_core::statistics::AgeBand::of(age))]
        };
        prop_assert_eq!(told(&ours, By::Age), slow(&ages));
        let all = slow(&|_| vec![Key::Words("all".into())]);
        prop_assert_eq!(ours.total, all.get(&Key::Words("all".into())).copied().unwrap_or_default());
        // Meals: one per person, meal and day; of the seeded services only lunch is one.
        let meals = slow(&|s| if s.services.contains(&5) { vec![Key::Words("lunch".into())] } else { vec![] });
        prop_assert_eq!(ours.meals, meals.get(&Key::Words("lunch".into())).map_or(0, |count| count.visits));
        // Every table of people adds up to the register, and nobody came who is not in it.
        for by in [By::Yard, By::Grid, By::Age, By::Sex, By::Living] {
            let groups = ours.by(by);
            prop_assert_eq!(groups.iter().filter_map(|g| g.registered).sum::<u32>(), ours.registered);
            prop_assert_eq!(groups.iter().map(|g| g.count.visits).sum::<u32>(), ours.total.visits);
            prop_assert!(groups.iter().all(|g| g.count.people <= g.registered.unwrap_or(0)));
        }
    }

    #[test]
    fn the_figures_of_one_yard_are_those_of_its_people(stays in stays()) {
        let period = Period { from: day("2025-01-01"), to: day("2026-11-24") };
        let (centre, people, _) = filled(&stays);
        let who = Who { yard: Some("望江雅居".into()), ..Who::default() };
        let ours = centre.store.statistics(period, &who).expect("counted");
        let of_yard: Vec<Stay> =
            stays.iter().filter(|s| people[s.who].profile.yard == "望江雅居").cloned().collect();
        let slow = slowly(&of_yard, &people, period, |_| vec![Key::Year(0)]);
        prop_assert_eq!(ours.total, slow.get(&Key::Year(0)).copied().unwrap_or_default());
    }
}

#[test]
fn complaint_26_denominators_stand_beside_the_counts() {
    let stays = [Stay { who: 1, back: 0, hour: 9, services: vec![0], struck: false }];
    let (centre, ..) = filled(&stays);
    let period = Period { from: day("2026-11-01"), to: day("2026-11-30") };
    let ours = centre.store.statistics(period, &Who::default()).expect("counted");
    let yard = ours.by(By::Yard).iter().find(|group| group.key == Key::Words("望江雅居".into()));
    let yard = yard.expect("listed");
    assert_eq!((yard.registered, yard.count.people, yard.share()), (Some(2), 1, Some(50)));
    let nobody = ours.by(By::Yard).iter().find(|group| group.key == Key::Words("共和路1号院".into()));
    assert_eq!(
        nobody.map(|group| (group.count.people, group.share())),
        Some((0, Some(0))),
        "those below stand there too"
    );
    assert_eq!(ours.registered, 5, "who left the register and did not come is not counted");
}

#[test]
fn corrected_and_forgotten_departures_are_told_and_counted_once() {
    let mut centre = Centre::at(NOW);
    let who = centre.resident("王福全");
    let entry = |left: Option<&str>| Correction {
        new_id: VisitId::new(),
        arrived_at: moment("2026-11-20T09:00:00"),
        left_at: left.map(moment),
        services: vec![],
        reason: "补录".into(),
    };
    let first = centre.store.enter_late(Actor::Cli, who, &entry(None)).expect("written");
    let period = Period { from: day("2026-11-01"), to: day("2026-11-24") };
    let told = |centre: &Centre| {
        let all = centre.store.statistics(period, &Who::default()).expect("counted");
        (all.total.visits, all.not_recorded, all.corrected)
    };
    assert_eq!(told(&centre), (1, 1, 0));
    let _ = centre
        .store
        .correct_visit(Actor::Cli, first.id, &entry(Some("2026-11-20T11:00:00")))
        .expect("corrected");
    assert_eq!(told(&centre), (1, 0, 1));
    let _: ResidentId = who;
}

#[test]
fn march_of_one_year_is_not_added_to_march_of_another() {
    let stays = [300, 301, 666].map(|back| Stay { who: 1, back, hour: 9, services: vec![], struck: false });
    let (centre, ..) = filled(&stays);
    let of = |from: &str| {
        let period = Period { from: day(from), to: day("2026-11-24") };
        serde_json::to_value(centre.store.report(period).expect("counted")).expect("JSON")["by_month"].clone()
    };
    assert_eq!(of("2020-01-01"), serde_json::json!({ "2025-01": 1, "2026-01": 2 }));
    assert_eq!(of("2026-01-01"), serde_json::json!({ "1": 2 }), "of one year the month is enough");
}
