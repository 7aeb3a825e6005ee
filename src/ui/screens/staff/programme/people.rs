//! Who is signed up for one time, who waits, who came and how they were.

use daycare_core::activity::Listed;
use daycare_core::activity::enrolment::{Mood, Outcome, Participant, Shown, SigningUp};
use daycare_core::appointment::Status;
use daycare_core::ids::EnrolmentId;
use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};
use iced::{Length, Task};

use super::super::picker::Picker;
use super::super::welfare::maker;
use super::{Added, Message, Panel, Programme};
use crate::ui::screens::document::Document;
use crate::ui::screens::{Action, Ctx};
use crate::ui::theme::{Look, Role, Shape};
use crate::ui::widgets::desk::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Tapped};

/// Words and icon of an outcome.
pub(in crate::ui::screens::staff) fn outcome_words(outcome: Outcome) -> (&'static str, Icon) {
    match outcome {
        Outcome::Attended => ("outcome-attended", Icon::Check),
        Outcome::LeftEarly => ("outcome-left-early", Icon::LogOut),
        Outcome::Declined => ("outcome-declined", Icon::Hand),
        Outcome::Absent => ("outcome-absent", Icon::UserRoundX),
    }
}

fn mood_words(mood: Mood) -> (&'static str, Icon) {
    match mood {
        Mood::Cheerful => ("mood-cheerful", Icon::Smile),
        Mood::Calm => ("mood-calm", Icon::Meh),
        Mood::Low => ("mood-low", Icon::Frown),
    }
}

impl Programme {
    /// Something done with the list.
    pub(super) fn list_deed(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let actor = cx.actor();
        let Panel::People(people, picker) = &mut self.panel else { return Action::None };
        match message {
            Message::Outcome(id, outcome, mood) => {
                // A tap on what is noted takes it back.
                let known = people.iter().find(|p| p.enrolment.id == id).map(|p| &p.enrolment);
                let same = known.is_some_and(|e| (e.outcome, e.mood) == (outcome, mood));
                let noted = if same { (id, None, None) } else { (id, outcome, mood) };
                let write = cx.store.write(move |store| store.note_outcomes(actor, &[noted]));
                Action::Run(Task::perform(write, Message::Noted))
            }
            Message::AllHere => {
                let here = |p: &&Participant| {
                    p.here && p.enrolment.status == Status::Booked && p.enrolment.outcome.is_none()
                };
                let noted: Vec<_> = people
                    .iter()
                    .filter(here)
                    .map(|p| (p.enrolment.id, Some(Outcome::Attended), p.enrolment.mood))
                    .collect();
                let write = cx.store.write(move |store| store.note_outcomes(actor, &noted));
                Action::Run(Task::perform(write, Message::Noted))
            }
            Message::GiveBack(id) => {
                let write = cx.store.write(move |store| store.leave_activity(actor, id, "").map(drop));
                Action::Run(Task::perform(write, Message::Noted))
            }
            Message::Sheet => {
                let people = people.clone();
                let Some(listed) = self.opened() else { return Action::None };
                let occurrence = &listed.occurrence;
                let starts = hour_minute(occurrence.arrangement.starts);
                let about = format!("{} {starts}", cx.i18n.day_line(occurrence.held_on));
                let (maker, title) = (maker(cx), occurrence.name.clone());
                let stem = format!("activity-{}", occurrence.held_on);
                let make = move || maker.activity(&title, &about, &people).pdf();
                Action::Print(Document::pdf(stem, make, Message::Saved))
            }
            Message::Picking => {
                let (new, task) = Picker::new(cx);
                *picker = Some(new);
                Action::Run(task.map(Message::Picker))
            }
            Message::Picker(message) => {
                let Some(resident) = picker.as_mut().and_then(|picker| picker.update(message)) else {
                    return Action::None;
                };
                *picker = None;
                let Some(listed) = self.opened() else { return Action::None };
                let begun = listed.occurrence.starts_at(cx.clock.zone()) <= cx.clock.now();
                let asked = SigningUp {
                    id: EnrolmentId::new(),
                    key: listed.occurrence.key,
                    resident_id: resident.id,
                };
                let name = resident.profile.name.clone();
                let write = cx.store.write(move |store| {
                    Ok(if begun {
                        Added::Came(store.walk_in_to_activity(actor, &asked)?)
                    } else {
                        Added::SignedUp(store.sign_up_or_wait(actor, &asked)?)
                    })
                });
                Action::Run(Task::perform(write, move |added| Message::Added(name.clone(), added)))
            }
            _ => Action::None,
        }
    }

    pub(super) fn people_view<'a>(
        listed: &'a Listed,
        people: &'a [Participant],
        picker: Option<&'a Picker>,
        cx: &'a Ctx,
        look: Look,
    ) -> Element<'a, Message> {
        let act = |key: &'static str, icon, kind, message| {
            let label = cx.tr(key);
            desk::button(key, &label, Some(icon), kind, Some(message), look)
        };
        let held = listed.occurrence.off.is_none();
        let begun = listed.occurrence.starts_at(cx.clock.zone()) <= cx.clock.now();
        let over = listed.occurrence.ends_at(cx.clock.zone()) <= cx.clock.now();
        let mut buttons = Vec::new();
        if held {
            buttons.push(act("prog-add-person", Icon::UserPlus, Kind::Plain, Message::Picking));
            let unnoted = people.iter().any(|p| p.here && p.enrolment.outcome.is_none());
            if unnoted {
                buttons.push(act("prog-all-here", Icon::ListChecks, Kind::Main, Message::AllHere));
            }
        }
        buttons.push(act("prog-sheet", Icon::Printer, Kind::Plain, Message::Sheet));
        if !over {
            buttons.push(act("prog-edit", Icon::Pencil, Kind::Plain, Message::Edit));
        }
        if held && !over {
            buttons.push(act("prog-cancel", Icon::CalendarX, Kind::Plain, Message::Cancel));
        }
        if held && !begun {
            buttons.push(act("prog-end", Icon::Ban, Kind::Plain, Message::End));
        }
        if !over && (listed.occurrence.changed) {
            buttons.push(act("prog-restore", Icon::RotateCw, Kind::Plain, Message::Restore));
        }
        let per_row = if look.shape == Shape::Landscape { 6 } else { 3 };
        let mut lines = Column::new().spacing(10).push(desk::buttons(buttons, per_row));
        if let Some(picker) = picker {
            lines = lines.push(picker.view(cx, look).map(picked));
        }
        let mut list = Column::new();
        if people.is_empty() {
            let words = cx.tr("prog-nobody");
            list = list.push(desk::tinted(words, Role::StaffName, look.palette.muted, look));
        }
        for person in people {
            list = list.push(person_row(person, cx, look)).push(desk::divider(look));
        }
        lines.push(list).into()
    }
}

/// What one person took part in or had a place for, newest first.
pub(in crate::ui::screens::staff) fn attended<'a, M: Clone + 'a>(
    history: &[Shown],
    cx: &Ctx,
    look: Look,
) -> Element<'a, M> {
    let mut lines =
        Column::new().spacing(6).push(desk::words(cx.tr("staff-programme"), Role::StaffName, look));
    if history.is_empty() {
        lines = lines.push(desk::tinted(cx.tr("prog-no-history"), Role::StaffBody, look.palette.muted, look));
    }
    for own in history {
        let day = own.starts_at.local(cx.clock.zone()).date();
        let came = own.enrolment.outcome.map(|outcome| cx.tr(outcome_words(outcome).0));
        let mood = own.enrolment.mood.map(|mood| cx.tr(mood_words(mood).0));
        let words: Vec<String> = came.into_iter().chain(mood).collect();
        let noted = if words.is_empty() { cx.tr("prog-not-noted") } else { words.join(" · ") };
        lines = lines.push(row![
            container(desk::words(cx.i18n.day_line(day), Role::StaffBody, look)).width(220),
            container(desk::words(cx.name(&own.name), Role::StaffName, look)).width(Length::Fill),
            desk::tinted(noted, Role::StaffBody, look.palette.muted, look),
        ]);
    }
    desk::card(lines, look)
}

fn picked(tapped: Tapped<super::picker::Message>) -> Tapped<Message> {
    tapped.map(Message::Picker)
}

fn person_row<'a>(person: &'a Participant, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let enrolment = &person.enrolment;
    let id = enrolment.id;
    let about = desk::person(&person.face, &person.name, &cx.called(&person.called_by), &person.yard, look);
    let give_back = || {
        let press = Some(Message::GiveBack(id));
        let button = desk::button(&format!("give-back-{id}"), "", Some(Icon::X), Kind::Plain, press, look);
        desk::sized(button, 76.0, 72.0)
    };
    if enrolment.status == Status::Waitlist {
        return row![
            container(about).width(Length::Fill),
            desk::chip(Chip::Coming, Icon::Hourglass, &cx.tr("act-waits"), look),
            give_back(),
        ]
        .spacing(12)
        .align_y(Vertical::Center)
        .padding([8, 0])
        .into();
    }
    let here = if person.here {
        desk::chip(Chip::Now, Icon::CircleCheck, &cx.tr("prog-here"), look)
    } else {
        desk::chip(Chip::Over, Icon::Minus, &cx.tr("prog-not-here"), look)
    };
    let outcomes = Outcome::ALL.map(|outcome| {
        let (key, icon) = outcome_words(outcome);
        let on = enrolment.outcome == Some(outcome);
        let kind = if on { Kind::On } else { Kind::Plain };
        let mood = enrolment.mood.filter(|_| outcome.took_part());
        let press = if on {
            Message::Outcome(id, enrolment.outcome, enrolment.mood)
        } else {
            Message::Outcome(id, Some(outcome), mood)
        };
        let button = desk::button(&format!("{key}-{id}"), &cx.tr(key), Some(icon), kind, Some(press), look);
        desk::sized(button, Length::Fill, 72.0)
    });
    let moods = Mood::ALL.map(|mood| {
        let (key, icon) = mood_words(mood);
        let on = enrolment.mood == Some(mood);
        let kind = if on { Kind::On } else { Kind::Plain };
        // How somebody was says that they were there.
        let outcome = enrolment.outcome.filter(|o| o.took_part()).or(Some(Outcome::Attended));
        let mood = if on { None } else { Some(mood) };
        let press = Some(Message::Outcome(id, outcome, mood));
        let button = desk::button(&format!("{key}-{id}"), "", Some(icon), kind, press, look);
        desk::sized(button, 76.0, 72.0)
    });
    if look.shape == Shape::Landscape {
        let deeds = Row::with_children(outcomes.into_iter().chain(moods)).spacing(10);
        return row![
            container(about).width(Length::FillPortion(2)),
            here,
            container(deeds).width(Length::FillPortion(5)),
            give_back()
        ]
        .spacing(12)
        .align_y(Vertical::Center)
        .padding([8, 0])
        .into();
    }
    column![
        row![container(about).width(Length::Fill), here, Row::with_children(moods).spacing(10), give_back()]
            .spacing(12)
            .align_y(Vertical::Center),
        Row::with_children(outcomes).spacing(10),
    ]
    .spacing(8)
    .padding([8, 0])
    .into()
}
