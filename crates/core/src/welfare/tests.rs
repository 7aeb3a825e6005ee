use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(day: NaiveDate, hour: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, 0, 0).expect("a time")
}

const TODAY: &str = "2026-11-24"; // a Tuesday

/// Open Monday to Saturday; the kiosk runs all the time since September.
fn house() -> House {
    House {
        weekdays: [true, true, true, true, true, true, false],
        closed: BTreeSet::new(),
        ran: vec![(at(day("2026-09-01"), 0), at(day(TODAY), 9))],
        came: BTreeSet::new(),
    }
}

/// Came on these weekdays (Monday 0) for eight weeks, up to a day.
fn came(weekdays: &[u32], until: &str) -> Known {
    let start = day(TODAY) - Days::new(WINDOW_DAYS);
    let days = start.iter_days().take_while(|d| *d <= day(until));
    let came: Vec<_> =
        days.filter(|d| weekdays.contains(&d.weekday().num_days_from_monday())).map(|d| at(d, 9)).collect();
    Known { attended: came.last().map(NaiveDateTime::date), came, older: true, ..Known::default() }
}

fn state(known: &Known, risk: Risk, house: &House) -> State {
    verdict(known, risk, house, day(TODAY)).state
}

#[test]
fn a_rhythm_says_days_a_week_and_the_usual_longest_gap_in_open_days() {
    let rhythm = rhythm(&came(&[0, 2], "2026-11-23"), &house(), day(TODAY)).expect("regular");
    // Monday to Wednesday 2, Wednesday to Monday 4: Sunday is closed.
    assert_eq!((rhythm.per_week, rhythm.longest), (20, 4));
}

#[test]
fn three_days_in_eight_weeks_are_no_rhythm_and_never_an_alarm() {
    let mut known = came(&[0], "2026-10-19");
    assert_eq!(known.came.len(), 3);
    assert_eq!(super::rhythm(&known, &house(), day(TODAY)), None);
    known.attended = Some(day("2026-11-01"));
    assert_eq!(state(&known, Risk::General, &house()), State::Seen);
}

#[test]
fn missed_begins_exactly_where_the_own_longest_gap_is_passed() {
    let daily = |until| came(&[0, 1, 2, 3, 4, 5], until);
    // Comes every open day: gap 1. Seen on Saturday, absent on Monday: one silent day.
    assert_eq!(state(&daily("2026-11-21"), Risk::High, &house()), State::Missed);
    assert_eq!(state(&daily("2026-11-21"), Risk::General, &house()), State::Seen);
    assert_eq!(state(&daily("2026-11-20"), Risk::General, &house()), State::Missed);
    assert_eq!(state(&daily("2026-11-23"), Risk::High, &house()), State::Seen);
}

#[test]
fn somebody_who_comes_once_a_week_is_not_missed_after_six_days() {
    assert_eq!(state(&came(&[2], "2026-11-18"), Risk::Key, &house()), State::Seen);
    assert_eq!(state(&came(&[0], "2026-11-10"), Risk::Key, &house()), State::Missed);
}

#[test]
fn a_week_when_the_kiosk_was_off_is_never_an_alarm_but_cannot_be_told() {
    let mut house = house();
    house.ran = vec![
        (at(day("2026-09-01"), 0), at(day("2026-11-15"), 0)),
        (at(day("2026-11-23"), 6), at(day("2026-11-26"), 9)),
    ];
    let known = came(&[0, 1, 2, 3, 4, 5], "2026-11-14");
    let told = verdict(&known, Risk::Key, &house, day(TODAY));
    assert_eq!((told.state, told.why), (State::CannotTell, Why::Off { silent: 1, off: 6 }));
    // The kiosk runs again, and they still do not come: now it is an alarm.
    let later = verdict(&known, Risk::Key, &house, day("2026-11-26"));
    assert_eq!(later.state, State::Missed);
}

#[test]
fn off_in_hours_when_somebody_never_comes_changes_nothing() {
    let mut house = house();
    house.ran = vec![
        (at(day("2026-09-01"), 0), at(day("2026-11-23"), 13)),
        (at(day("2026-11-23"), 17), at(day(TODAY), 9)),
    ];
    assert_eq!(state(&came(&[0, 1, 2, 3, 4, 5], "2026-11-21"), Risk::High, &house), State::Missed);
    let off = house.off(day("2026-11-20"), at(day(TODAY), 9));
    assert_eq!(off, [(at(day("2026-11-23"), 13), at(day("2026-11-23"), 17))]);
}

#[test]
fn closed_days_do_not_count_against_anybody() {
    let mut house = house();
    house.closed.insert(day("2026-11-23"));
    assert_eq!(state(&came(&[0, 1, 2, 3, 4, 5], "2026-11-21"), Risk::High, &house), State::Seen);
}

#[test]
fn who_is_away_is_away_until_the_day_and_who_comes_back_early_is_not() {
    let mut known = came(&[0, 1, 2, 3, 4, 5], "2026-11-14");
    known.away = vec![(day("2026-11-16"), day(TODAY))];
    assert_eq!(state(&known, Risk::High, &house()), State::Away);
    // The day after: the days away are not held against them.
    assert_eq!(
        verdict(&known, Risk::General, &house(), day("2026-11-25")).state,
        State::Due.max(State::Seen)
    );
    known.attended = Some(day("2026-11-23"));
    assert_eq!(state(&known, Risk::High, &house()), State::Seen);
}

#[test]
fn leaving_on_the_morning_of_a_visit_is_still_being_away() {
    let mut known = came(&[0, 1, 2, 3, 4, 5], "2026-11-16");
    known.away = vec![(day("2026-11-16"), day("2026-11-30"))];
    assert_eq!(state(&known, Risk::High, &house()), State::Away);
}

#[test]
fn days_away_that_lie_behind_are_not_held_against_anybody_either() {
    let mut known = came(&[0, 1, 2, 3, 4, 5], "2026-11-12");
    known.away = vec![(day("2026-11-13"), day("2026-11-16")), (day("2026-11-17"), day("2026-11-23"))];
    assert_eq!(state(&known, Risk::General, &house()), State::Seen);
    // Only the second of the two: the days before it were silent.
    known.away.remove(0);
    assert_eq!(state(&known, Risk::General, &house()), State::Missed);
}

#[test]
fn before_the_kiosk_wrote_down_its_hours_days_without_anybody_tell_nothing() {
    let mut house = house();
    house.ran = vec![(at(day("2026-11-23"), 6), at(day(TODAY), 9))];
    let known = came(&[0, 1, 2, 3, 4, 5], "2026-11-14");
    assert_eq!(state(&known, Risk::Key, &house), State::CannotTell);
    // Others came on those days, so it ran, and the silence is real.
    house.came = day("2026-11-16").iter_days().take(7).collect();
    assert_eq!(state(&known, Risk::Key, &house), State::Missed);
}

#[test]
fn the_duty_is_due_on_the_seventh_day_and_a_call_that_found_them_well_counts() {
    let mut known = Known { attended: Some(day("2026-11-18")), ..Known::default() };
    assert_eq!(state(&known, Risk::High, &house()), State::Seen);
    known.attended = Some(day("2026-11-17"));
    assert_eq!(state(&known, Risk::High, &house()), State::Due);
    assert_eq!(state(&known, Risk::Key, &house()), State::Seen);
    known.checked = Some(day("2026-11-23"));
    assert_eq!(state(&known, Risk::High, &house()), State::Seen);
    assert_eq!(state(&Known::default(), Risk::General, &house()), State::Due);
}

#[test]
fn a_single_long_pause_does_not_make_a_rhythm_blind() {
    let mut known = came(&[0, 1, 2, 3, 4, 5], "2026-11-20");
    known.came.retain(|at| !(day("2026-10-12")..=day("2026-10-24")).contains(&at.date()));
    let rhythm = rhythm(&known, &house(), day(TODAY)).expect("regular");
    assert_eq!(rhythm.longest, 1);
}
