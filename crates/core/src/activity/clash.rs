//! Double bookings: two activities in one room, or one leader in two places.

use chrono::{NaiveDate, NaiveTime};

/// A time at which a room or a leader is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Name of the activity.
    pub name: String,
    /// Local day.
    pub day: NaiveDate,
    /// Start, local time.
    pub starts: NaiveTime,
    /// End, local time.
    pub ends: NaiveTime,
    /// Name of the room; empty if none.
    pub room: String,
    /// Name of the leader or team; empty if none.
    pub led_by: String,
}

/// The resource that two activities compete for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The room.
    Room,
    /// The leader.
    Leader,
}

/// A double booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The resource that both need.
    pub wanted: Wanted,
    /// The conflicting activity.
    pub with: Busy,
}

/// Every double booking between `planned` and `others`, ordered by day.
#[must_use]
pub fn clashes(planned: &[Busy], others: &[Busy]) -> Vec<Clash> {
    let mut all = Vec::new();
    for mine in planned {
        for other in others {
            if mine.day != other.day || mine.starts >= other.ends || mine.ends <= other.starts {
                continue;
            }
            let wants =
                [(Wanted::Room, &mine.room, &other.room), (Wanted::Leader, &mine.led_by, &other.led_by)];
            for (wanted, one, another) in wants {
                if !one.is_empty() && one == another {
                    all.push(Clash { wanted, with: other.clone() });
                }
            }
        }
    }
    all.sort_by_key(|clash| (clash.with.day, clash.with.starts));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy(name: &str, from: u32, to: u32, room: &str, led_by: &str) -> Busy {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
        Busy {
            name: name.into(),
            day: NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"),
            starts: time(from),
            ends: time(to),
            room: room.into(),
            led_by: led_by.into(),
        }
    }

    #[test]
    fn one_room_or_one_leader_at_two_places_is_a_clash_and_touching_times_are_none() {
        let others = [
            busy("书法", 14, 15, "书社", "杨老师"),
            busy("象棋", 14, 16, "棋牌室", ""),
            busy("歌", 9, 10, "书社", ""),
        ];
        let found = clashes(&[busy("读书", 14, 16, "书社", "")], &others);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].wanted, found[0].with.name.as_str()), (Wanted::Room, "书法"));
        let found = clashes(&[busy("画画", 14, 15, "院坝", "杨老师")], &others);
        assert_eq!(found[0].wanted, Wanted::Leader);
        assert!(clashes(&[busy("读书", 10, 14, "书社", "")], &others).is_empty());
        assert!(clashes(&[busy("闲坐", 14, 16, "", "")], &others).is_empty());
    }
}
