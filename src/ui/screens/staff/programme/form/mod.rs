//! A new activity, or changes to one: this time only, or from now on.

mod view;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use daycare_core::activity::Affected;
use daycare_core::activity::clash::Clash;
use daycare_core::activity::repeat::Repeat;
use daycare_core::activity::{
    Arrangement, ListedActivity, OccurrenceChange, OccurrenceKey, PICTURES, Room, Series, picture_for,
};
use daycare_core::ids::{ActivityId, RoomId, SeriesId, TeamId};
use daycare_core::time::moved;
use iced::Task;

use crate::error::Result;
use crate::ui::screens::Ctx;

/// The input of the form.
#[derive(Debug)]
pub(super) struct Form {
    /// The occurrence it was opened from; `None` for a new activity.
    key: Option<OccurrenceKey>,
    /// Whether changes apply to this occurrence only, or from it on.
    only_this: bool,
    held_on: NaiveDate,
    draft: Series,
    clashes: Vec<Clash>,
    new_room: String,
    /// Whether the picture was chosen by hand, so that it stays when the name changes.
    picture_chosen: bool,
    saving: bool,
    refused: Option<String>,
}

/// Messages of the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// The series of the occurrence was loaded.
    Series(Result<Option<Box<Series>>>),
    /// 只改这次, 以后都改
    OnlyThis(bool),
    /// The name was typed.
    Name(String),
    /// A picture was chosen.
    Picture(&'static str),
    /// Move the day by this many days.
    Day(i64),
    /// Move the start by this many minutes; the duration stays.
    Starts(i64),
    /// Move the end by this many minutes.
    Ends(i64),
    /// A room was chosen.
    Room(Option<RoomId>),
    /// The name of a new room was typed.
    NewRoom(String),
    /// Add that room.
    AddRoom,
    /// The result of saving the room.
    RoomAdded(RoomId, Result<()>),
    /// The leading team was chosen.
    Team(Option<TeamId>),
    /// The leader's name was typed or chosen.
    Leader(String),
    /// Change the number of places by this much; zero means no limit.
    Capacity(i32),
    /// How often it takes place was chosen.
    Repeat(Often),
    /// A weekday was switched on or off.
    Weekday(Weekday),
    /// Change by this much how many days before it sign-up opens.
    Opens(i32),
    /// Change by this much how many minutes before the start sign-up closes.
    Closes(i32),
    /// A remark was typed.
    Notice(String),
    /// Clashes over the room or the leader were loaded.
    Clashes(Result<Vec<Clash>>),
    /// 保存
    Save,
    /// 不改了
    Close,
}

/// How often, as the buttons say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Often {
    /// 只这一次
    Once,
    /// 每周
    Weekly,
    /// 隔一周
    Fortnightly,
    /// 每月第几个星期几
    Monthly,
}

/// What the screen has to do after a message.
pub(super) enum Outcome {
    Stay,
    Run(Task<Message>),
    Close,
    Save(Task<Result<Affected>>),
}

/// A change of one occurrence that only sets whether it is cancelled.
pub(super) fn change_of(listed: &ListedActivity, cancelled: Option<String>) -> OccurrenceChange {
    let occurrence = &listed.occurrence;
    OccurrenceChange {
        key: occurrence.key,
        held_on: occurrence.held_on,
        arrangement: occurrence.arrangement.clone(),
        cancelled,
    }
}

impl Form {
    /// A form for a new activity on a day.
    pub(super) fn blank(day: NaiveDate, cx: &Ctx) -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let draft = Series {
            id: SeriesId::new(),
            activity_id: ActivityId::new(),
            name: String::new(),
            picture: PICTURES[0].into(),
            repeat: Repeat::weekly_on(day),
            starts_on: day.max(cx.clock.today()),
            until: None,
            arrangement: Arrangement {
                starts: at(14),
                ends: at(15),
                room_id: None,
                team_id: None,
                leader: String::new(),
                capacity: None,
            },
            opens_days: 7,
            closes_minutes: 0,
            notice: String::new(),
            notice_on: None,
        };
        Self::with(None, draft, day)
    }

    fn with(key: Option<OccurrenceKey>, draft: Series, held_on: NaiveDate) -> Self {
        Self {
            key,
            only_this: key.is_some(),
            held_on,
            picture_chosen: key.is_some(),
            draft,
            clashes: vec![],
            new_room: String::new(),
            saving: false,
            refused: None,
        }
    }

    /// A form for changing an occurrence, or the series from it on. The repeat rule is loaded
    /// with the series.
    pub(super) fn of(listed: &ListedActivity, cx: &Ctx) -> Self {
        let occurrence = &listed.occurrence;
        let mut form = Self::blank(occurrence.held_on, cx);
        form.draft.activity_id = occurrence.key.activity_id;
        form.draft.name.clone_from(&occurrence.name);
        form.draft.picture.clone_from(&occurrence.picture);
        form.draft.arrangement = occurrence.arrangement.clone();
        form.draft.starts_on = occurrence.key.day;
        Self::with(Some(occurrence.key), form.draft, occurrence.held_on)
    }

    pub(super) fn update(&mut self, message: Message, rooms: &[Room], cx: &Ctx) -> Outcome {
        self.refused = None;
        let at = &mut self.draft.arrangement;
        match message {
            Message::Series(found) => {
                if let (Ok(Some(series)), Some(key)) = (found, self.key) {
                    let arrangement = self.draft.arrangement.clone();
                    let (id, starts_on) = (self.draft.id, key.day);
                    self.draft = Series { id, starts_on, arrangement, ..*series };
                }
            }
            Message::OnlyThis(only) => self.only_this = only,
            Message::Name(_) | Message::Picture(_) | Message::NewRoom(_) | Message::Notice(_) => {
                return self.words(message, cx);
            }
            Message::Day(by) => self.shift_day(by, cx),
            Message::Starts(by) => {
                let length = at.ends - at.starts;
                at.starts = moved(at.starts, by);
                at.ends = moved(at.starts, length.num_minutes());
            }
            Message::Ends(by) => at.ends = moved(at.ends, by),
            Message::Room(room) => {
                at.room_id = room;
                let holds =
                    rooms.iter().find(|known| Some(known.id) == room).and_then(|known| known.capacity);
                at.capacity = at.capacity.or(holds);
            }
            Message::AddRoom => return self.add_room(cx),
            Message::RoomAdded(id, Ok(())) => {
                at.room_id = Some(id);
                self.new_room = String::new();
            }
            Message::RoomAdded(_, Err(e)) | Message::Clashes(Err(e)) => {
                self.refused = Some(cx.i18n.error(&e));
            }
            Message::Team(team) => at.team_id = team,
            Message::Leader(leader) => at.leader = leader,
            Message::Capacity(by) => {
                let now = i32::from(at.capacity.unwrap_or(0)) + by;
                at.capacity = u16::try_from(now.clamp(0, 500)).ok().filter(|places| *places > 0);
            }
            Message::Repeat(often) => self.repeat(often),
            Message::Weekday(day) => self.toggle(day),
            Message::Opens(by) => self.draft.opens_days = stepped(self.draft.opens_days, by, 60),
            Message::Closes(by) => self.draft.closes_minutes = stepped(self.draft.closes_minutes, by, 2880),
            Message::Clashes(Ok(clashes)) => {
                self.clashes = clashes;
                return Outcome::Stay;
            }
            Message::Save => return self.save(cx),
            Message::Close => return Outcome::Close,
        }
        self.look_for_clashes(cx)
    }

    /// Handles name and picture, which cannot clash.
    fn words(&mut self, message: Message, cx: &Ctx) -> Outcome {
        match message {
            Message::Name(name) => {
                if !self.picture_chosen {
                    picture_for(&name).clone_into(&mut self.draft.picture);
                }
                self.draft.name = name;
            }
            Message::Picture(picture) => {
                self.picture_chosen = true;
                picture.clone_into(&mut self.draft.picture);
            }
            Message::NewRoom(name) => self.new_room = name,
            Message::Notice(notice) => {
                self.draft.notice_on = Some(cx.clock.today());
                self.draft.notice = notice;
            }
            _ => {}
        }
        Outcome::Stay
    }

    fn shift_day(&mut self, by: i64, cx: &Ctx) {
        let Some(day) = self.held_on.checked_add_signed(chrono::Duration::days(by)) else { return };
        self.held_on = day.max(cx.clock.today());
        if self.key.is_none() {
            // A single weekday follows the first day.
            if let Repeat::Weekly { days, .. } = &mut self.draft.repeat
                && let [only] = days.as_mut_slice()
            {
                *only = self.held_on.weekday();
            }
            if let Repeat::Monthly { .. } = self.draft.repeat {
                self.draft.repeat = monthly_on(self.held_on);
            }
            self.draft.starts_on = self.held_on;
        }
    }

    fn repeat(&mut self, often: Often) {
        let days = match &self.draft.repeat {
            Repeat::Weekly { days, .. } => days.clone(),
            Repeat::Once | Repeat::Monthly { .. } => vec![self.held_on.weekday()],
        };
        self.draft.repeat = match often {
            Often::Once => Repeat::Once,
            Often::Weekly => Repeat::Weekly { every: 1, days },
            Often::Fortnightly => Repeat::Weekly { every: 2, days },
            Often::Monthly => monthly_on(self.held_on),
        };
    }

    fn toggle(&mut self, day: Weekday) {
        match &mut self.draft.repeat {
            Repeat::Weekly { days, .. } => match days.iter().position(|known| *known == day) {
                // The last weekday cannot be removed: a weekly activity needs one.
                Some(at) if days.len() > 1 => drop(days.remove(at)),
                Some(_) => {}
                None => days.push(day),
            },
            Repeat::Monthly { day: on, .. } => *on = day,
            Repeat::Once => {}
        }
    }

    fn change(&self) -> Option<OccurrenceChange> {
        Some(OccurrenceChange {
            key: self.key?,
            held_on: self.held_on,
            arrangement: self.draft.arrangement.clone(),
            cancelled: None,
        })
    }

    /// Loads the clashes over room and leader, after every change.
    fn look_for_clashes(&self, cx: &Ctx) -> Outcome {
        let read = if let Some(change) = self.change().filter(|_| self.only_this) {
            cx.store.read(move |store| store.clashes_of_change(&change))
        } else {
            let draft = self.draft.clone();
            cx.store.read(move |store| store.clashes_of(&draft))
        };
        Outcome::Run(Task::perform(read, Message::Clashes))
    }

    fn add_room(&mut self, cx: &Ctx) -> Outcome {
        let Some(room) = room_of(&self.new_room) else { return Outcome::Stay };
        let (id, actor) = (room.id, cx.actor());
        let write = cx.store.write(move |store| store.put_room(actor, &room));
        Outcome::Run(Task::perform(write, move |done| Message::RoomAdded(id, done)))
    }

    fn save(&mut self, cx: &Ctx) -> Outcome {
        if self.saving {
            return Outcome::Stay;
        }
        if let Err(what) = self.draft.check() {
            self.refused = Some(cx.tr(&what.key()));
            return Outcome::Stay;
        }
        let (actor, draft) = (cx.actor(), self.draft.clone());
        let write = match (self.key, self.change().filter(|_| self.only_this)) {
            (_, Some(change)) => cx.store.write(move |store| store.change_occurrence(actor, &change)),
            (Some(key), None) => cx.store.write(move |store| store.change_activity(actor, key, &draft)),
            (None, None) => {
                cx.store.write(move |store| store.add_activity(actor, &draft).map(|()| Affected::default()))
            }
        };
        Outcome::Save(Task::perform(write, |saved| saved))
    }
}

/// Adds `by` to `now`, limited to 0 to `most`.
fn stepped(now: u16, by: i32, most: i32) -> u16 {
    u16::try_from((i32::from(now) + by).clamp(0, most)).unwrap_or(now)
}

/// Parses a room such as 「茶室 20」 with 20 places; without a number the size is unknown.
fn room_of(written: &str) -> Option<Room> {
    let written = written.trim();
    let (name, capacity) = match written.rsplit_once(char::is_whitespace) {
        Some((name, last)) if last.parse::<u16>().is_ok_and(|n| n > 0) => (name.trim(), last.parse().ok()),
        _ => (written, None),
    };
    (!name.is_empty()).then(|| Room { id: RoomId::new(), name: name.to_owned(), capacity })
}

fn monthly_on(day: NaiveDate) -> Repeat {
    let nth = i8::try_from((day.day() - 1) / 7 + 1).unwrap_or(1);
    Repeat::Monthly { nth: if nth > 4 { -1 } else { nth }, day: day.weekday() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_room_is_read_with_how_many_it_holds() {
        let read = |written| room_of(written).map(|room| (room.name, room.capacity));
        assert_eq!(read(" 茶室 20 "), Some(("茶室".into(), Some(20))));
        assert_eq!(read("2号楼 茶室"), Some(("2号楼 茶室".into(), None)));
        assert_eq!(read("101"), Some(("101".into(), None)));
        assert_eq!(read("茶室 0"), Some(("茶室 0".into(), None)));
        assert_eq!(read("  "), None);
    }
}
