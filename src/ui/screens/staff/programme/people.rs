//! Participants of one occurrence: signed up, waiting, attended, and their mood.

use daycare_core::activity::ListedActivity;
use daycare_core::activity::enrolment::{Enrolment, Mood, Outcome, Participant, Shown, SigningUp};
use daycare_core::appointment::Status;
use daycare_core::ids::EnrolmentId;
use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};
use iced::{Length, Task};

use super::super::picker::Picker;
use super::super::welfare::head;
use super::{Added, Message, Panel, Programme};
use crate::ui::screens::document::Document;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx};
use crate::ui::theme::Role;
use crate::ui::widgets::controls::{Button, Chip, Kind};
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
    /// Handles actions on the list of participants.
    pub(super) fn list_action(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let actor = cx.actor();
        let Panel::People(people, picker) = &mut self.panel else { return Action::None };
        match message {
            Message::Outcome(id, outcome, mood) => {
                // Tapping the noted outcome again removes it.
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
                let (head, title) = (head(cx), occurrence.name.clone());
                let stem = format!("activity-{}", occurrence.held_on);
                let make = move || head.activity(&title, &about, &people).pdf();
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
        listed: &'a ListedActivity,
        people: &'a [Participant],
        picker: Option<&'a Picker>,
        ui: Ui<'a>,
    ) -> Element<'a, Message> {
        let act = |key: &'static str, icon, kind, message| {
            let label = ui.tr(key);
            ui.button(key).label(&label).icon(icon).kind(kind).on_press(message)
        };
        let held = listed.occurrence.off.is_none();
        let begun = listed.occurrence.starts_at(ui.clock.zone()) <= ui.clock.now();
        let over = listed.occurrence.ends_at(ui.clock.zone()) <= ui.clock.now();
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
        let per_row = if ui.is_wide() { 6 } else { 3 };
        let mut lines = Column::new().spacing(10).push(ui.buttons(buttons, per_row));
        if let Some(picker) = picker {
            lines = lines.push(picker.view(ui).map(picked));
        }
        let mut list = Column::new();
        if people.is_empty() {
            let words = ui.tr("prog-nobody");
            list = list.push(ui.tinted(words, Role::StaffName, ui.palette().muted));
        }
        for person in people {
            list = list.push(person_row(person, ui)).push(ui.divider());
        }
        lines.push(list).into()
    }
}

/// What one person took part in or had a place for, newest first.
pub(in crate::ui::screens::staff) fn attended<'a, M: Clone + 'a>(
    history: &[Shown],
    ui: Ui<'a>,
) -> Element<'a, M> {
    let mut lines = Column::new().spacing(6).push(ui.strong(ui.tr("staff-programme")));
    if history.is_empty() {
        lines = lines.push(ui.muted(ui.tr("prog-no-history")));
    }
    for own in history {
        let day = own.starts_at.local(ui.clock.zone()).date();
        let came = own.enrolment.outcome.map(|outcome| ui.tr(outcome_words(outcome).0));
        let mood = own.enrolment.mood.map(|mood| ui.tr(mood_words(mood).0));
        let words: Vec<String> = came.into_iter().chain(mood).collect();
        let noted = if words.is_empty() { ui.tr("prog-not-noted") } else { words.join(" · ") };
        lines = lines.push(row![
            container(ui.body(ui.i18n.day_line(day))).width(220),
            container(ui.strong(ui.name(&own.name))).width(Length::Fill),
            ui.muted(noted),
        ]);
    }
    ui.card(lines)
}

fn picked(tapped: Tapped<super::picker::Message>) -> Tapped<Message> {
    tapped.map(Message::Picker)
}

fn person_row<'a>(person: &'a Participant, ui: Ui<'a>) -> Element<'a, Message> {
    let enrolment = &person.enrolment;
    let id = enrolment.id;
    let about = ui.person(&person.face, &person.name, &person.called_by, &person.yard);
    let give_back = || {
        let press = Some(Message::GiveBack(id));
        let button = ui.button(format!("give-back-{id}")).icon(Icon::X).on_press_maybe(press);
        button.width(76.0).height(72.0)
    };
    if enrolment.status == Status::Waitlist {
        return row![
            container(about).width(Length::Fill),
            ui.chip(Chip::Coming, Icon::Hourglass, &ui.tr("act-waits")),
            give_back(),
        ]
        .spacing(12)
        .align_y(Vertical::Center)
        .padding([8, 0])
        .into();
    }
    let here = if person.here {
        ui.chip(Chip::Now, Icon::CircleCheck, &ui.tr("prog-here"))
    } else {
        ui.chip(Chip::Over, Icon::Minus, &ui.tr("prog-not-here"))
    };
    let (outcomes, moods) = (outcome_buttons(enrolment, ui), mood_buttons(enrolment, ui));
    if ui.is_wide() {
        let buttons = Row::with_children(outcomes.into_iter().chain(moods).map(Into::into)).spacing(10);
        return row![
            container(about).width(Length::FillPortion(2)),
            here,
            container(buttons).width(Length::FillPortion(5)),
            give_back()
        ]
        .spacing(12)
        .align_y(Vertical::Center)
        .padding([8, 0])
        .into();
    }
    column![
        row![
            container(about).width(Length::Fill),
            here,
            Row::with_children(moods.map(Into::into)).spacing(10),
            give_back()
        ]
        .spacing(12)
        .align_y(Vertical::Center),
        Row::with_children(outcomes.map(Into::into)).spacing(10),
    ]
    .spacing(8)
    .padding([8, 0])
    .into()
}

/// Buttons for the outcome of a place, the noted one selected.
fn outcome_buttons(enrolment: &Enrolment, ui: Ui<'_>) -> [Button<Message>; 4] {
    let id = enrolment.id;
    Outcome::ALL.map(|outcome| {
        let (key, icon) = outcome_words(outcome);
        let on = enrolment.outcome == Some(outcome);
        let kind = if on { Kind::On } else { Kind::Plain };
        let mood = enrolment.mood.filter(|_| outcome.took_part());
        let press = if on {
            Message::Outcome(id, enrolment.outcome, enrolment.mood)
        } else {
            Message::Outcome(id, Some(outcome), mood)
        };
        let button = ui.button(format!("{key}-{id}")).label(ui.tr(key)).icon(icon).kind(kind).on_press(press);
        button.width(Length::Fill).height(72.0)
    })
}

/// Buttons for the mood, the noted one selected.
fn mood_buttons(enrolment: &Enrolment, ui: Ui<'_>) -> [Button<Message>; 3] {
    let id = enrolment.id;
    Mood::ALL.map(|mood| {
        let (key, icon) = mood_words(mood);
        let on = enrolment.mood == Some(mood);
        let kind = if on { Kind::On } else { Kind::Plain };
        // A noted mood implies attendance.
        let outcome = enrolment.outcome.filter(|o| o.took_part()).or(Some(Outcome::Attended));
        let mood = if on { None } else { Some(mood) };
        let press = Some(Message::Outcome(id, outcome, mood));
        let button = ui.button(format!("{key}-{id}")).icon(icon).kind(kind).on_press_maybe(press);
        button.width(76.0).height(72.0)
    })
}
