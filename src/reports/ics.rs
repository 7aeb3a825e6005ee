//! Appointments as iCalendar (RFC 5545) for the family's phone: service, time, place. No
//! name, no number, no diagnosis.

use chrono::{DateTime, Utc};
use daycare_core::activity::ListedActivity;
use daycare_core::appointment::Appointment;
use daycare_core::ids::AppointmentId;
use daycare_core::time::Moment;
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus};

fn utc(at: Moment) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.0).unwrap_or_default()
}

/// One appointment as a calendar of its own, made at `now`. `first` is the appointment that
/// was booked first, before it was moved: the event keeps its identifier, so that a family's
/// calendar moves it too.
#[must_use]
pub fn appointment(appointment: &Appointment, first: AppointmentId, centre: &str, now: Moment) -> String {
    let mut event = Event::new();
    let place = if appointment.room.is_empty() {
        centre.to_owned()
    } else {
        format!("{centre} {}", appointment.room)
    };
    event
        .uid(&first.to_string())
        .timestamp(utc(now))
        .starts(utc(appointment.starts_at))
        .ends(utc(appointment.ends_at))
        .summary(&appointment.service)
        .location(&place);
    if appointment.fasting {
        event.description("不要吃早饭");
    }
    // A QR code on the screen has little room, so a new booking says nothing about changes.
    let sequence = seconds_since(first.uuid(), now) / 60;
    if sequence > 0 {
        let _ = event.sequence(sequence).last_modified(utc(now));
    }
    Calendar::empty()
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//daycare-kiosk//ZH"))
        .push(event.done())
        .done()
        .to_string()
}

/// Time since the identifier was created, used as the sequence number: a calendar written
/// later always replaces an earlier one, whichever kiosk of the centre wrote it.
fn seconds_since(id: uuid::Uuid, now: Moment) -> u32 {
    let Some(made) = id.get_timestamp() else { return 0 };
    let seconds = u64::try_from(now.0 / 1_000).unwrap_or(0).saturating_sub(made.to_unix().0);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Days covered by a feed.
pub const FEED_DAYS: u64 = 91;

/// All activities as one calendar made at `now`. Each occurrence is an event with a stable
/// identifier. Teams are named, people are not.
#[must_use]
pub fn feed(all: &[ListedActivity], centre: &str, now: Moment, zone: chrono_tz::Tz) -> String {
    let mut calendar = Calendar::empty();
    let _ = calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//daycare-kiosk//ZH"))
        .append_property(("X-WR-CALNAME", centre));
    for listed in all {
        let occurrence = &listed.occurrence;
        let mut event = Event::new();
        let place =
            if listed.room.is_empty() { centre.to_owned() } else { format!("{centre} {}", listed.room) };
        event
            .sequence(seconds_since(occurrence.key.activity_id.uuid(), now))
            .last_modified(utc(now))
            .uid(&format!("{}-{}", occurrence.key.activity_id, occurrence.key.day))
            .timestamp(utc(now))
            .starts(utc(occurrence.starts_at(zone)))
            .ends(utc(occurrence.ends_at(zone)))
            .summary(&occurrence.name)
            .location(&place);
        if let Some(off) = &occurrence.off {
            event.status(EventStatus::Cancelled).description(off.why());
        } else if !occurrence.notice.is_empty() {
            event.description(&occurrence.notice);
        }
        let _ = calendar.push(event.done());
    }
    calendar.done().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use daycare_core::appointment::{Origin, Status};
    use daycare_core::ids::{AppointmentId, ResidentId, SessionId};
    use daycare_core::service::{CHECKUP, seed_id};

    fn sample() -> Appointment {
        let at = |text: &str| Moment::from_local(text.parse().expect("a time"), chrono_tz::Asia::Shanghai);
        Appointment {
            id: AppointmentId::from_u128(7),
            resident_id: ResidentId::from_u128(1),
            status: Status::Booked,
            origin: Origin::Booked,
            session_id: SessionId::from_u128(1),
            day: "2026-11-25".parse().expect("a day"),
            starts_at: at("2026-11-25T09:30:00"),
            ends_at: at("2026-11-25T10:00:00"),
            service_id: seed_id(CHECKUP),
            service: "年度体检；第二次, 很长很长很长很长很长很长很长很长".into(),
            picture: "clipboard".into(),
            fasting: true,
            room: "一楼保健室".into(),
            provider: "王医生".into(),
            ticket: None,
        }
    }

    #[test]
    fn another_parser_reads_what_when_and_where_and_nothing_about_the_person() {
        let text = appointment(&sample(), sample().id, "阳光日间照料中心", Moment(0));
        let mut parser = ical::IcalParser::new(text.as_bytes());
        let calendar = parser.next().expect("one calendar").expect("valid");
        assert!(parser.next().is_none());
        let event = &calendar.events[0];
        let value = |name: &str| {
            event.properties.iter().find(|p| p.name == name).and_then(|p| p.value.clone()).unwrap_or_default()
        };
        assert_eq!(value("DTSTART"), "20261125T013000Z");
        assert_eq!(value("DTEND"), "20261125T020000Z");
        assert!(value("SUMMARY").starts_with("年度体检"));
        assert_eq!(value("LOCATION"), "阳光日间照料中心 一楼保健室");
        for needed in ["UID", "DTSTAMP"] {
            assert!(!value(needed).is_empty(), "{needed}");
        }
        assert!(!text.contains("王医生"), "no person's name");
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "RFC 5545 folds lines at 75 octets: {line}");
        }
    }

    #[test]
    fn a_ticket_that_is_given_again_later_wins_over_the_first_one() {
        let id = AppointmentId::new();
        let booked = Appointment { id, ..sample() };
        let made = id.uuid().get_timestamp().expect("a time").to_unix().0;
        let at = |minutes: u64| Moment(i64::try_from((made + 60 * minutes) * 1_000).expect("fits"));
        assert!(
            !appointment(&booked, booked.id, "中心", at(0)).contains("SEQUENCE"),
            "a first version needs none"
        );
        assert!(appointment(&booked, booked.id, "中心", at(5)).contains("SEQUENCE:5"));
        let later = appointment(&booked, booked.id, "中心", at(90));
        assert!(later.contains("SEQUENCE:90") && later.contains("LAST-MODIFIED:"));
    }

    #[test]
    fn an_appointment_that_was_moved_is_the_same_event() {
        let (first, moved) = (AppointmentId::new(), Appointment { id: AppointmentId::new(), ..sample() });
        let text = appointment(&moved, first, "中心", Moment(0));
        assert!(text.contains(&format!("UID:{first}")), "{text}");
    }
}
