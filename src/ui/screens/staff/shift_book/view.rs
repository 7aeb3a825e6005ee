//! How the shift book is drawn.

use daycare_core::shift_book::{Handover, Incident, IncidentKind, Notice, NoticeKind, PhoneNumber};
use daycare_core::time::{Moment, hour_minute};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, column, container, row};

use super::super::frame::Place;
use super::{Data, Message, ShiftBook, Tab};
use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::{Element, Tapped};

const TABS: [(Tab, &str); 5] = [
    (Tab::Handover, "book-handover"),
    (Tab::Incidents, "book-incidents"),
    (Tab::Notices, "book-notices"),
    (Tab::Numbers, "book-numbers"),
    (Tab::Papers, "book-papers"),
];

impl ShiftBook {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(ui.tabs(&TABS, self.tab, Message::Tabbed));
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        if self.tab == Tab::Papers {
            content = content.push(papers(ui));
        } else {
            content = content.push(self.form(ui));
            let list = self.data.view(ui, Message::Reload, |data| controls::scroll(self.list(data, ui)));
            content = content.push(list);
        }
        ui.page(Place::ShiftBook, &ui.tr("staff-shift-book"), content, Message::Nav)
    }

    fn form<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let draft = &self.draft;
        let mut lines = Column::new().spacing(12);
        let hint = match self.tab {
            Tab::Handover | Tab::Papers => "book-handover-hint",
            Tab::Incidents => "book-incident-hint",
            Tab::Notices => "book-notice-hint",
            Tab::Numbers => "book-number-name",
        };
        match self.tab {
            Tab::Incidents => {
                let kinds = IncidentKind::ALL.map(|kind| {
                    (kind.key(), ui.tr(kind.key()), draft.incident == Some(kind), Message::Incident(kind))
                });
                lines = lines.push(ui.segments(kinds.into(), 5)).push(self.whom(ui));
            }
            Tab::Notices => {
                let kinds = NoticeKind::ALL.map(|kind| {
                    (kind.key(), ui.tr(kind.key()), draft.kind == Some(kind), Message::Kind(kind))
                });
                lines = lines.push(ui.segments(kinds.into(), 5));
            }
            _ => {}
        }
        lines = lines.push(ui.field(&ui.tr(hint), &draft.words, Message::Words));
        match self.tab {
            Tab::Incidents => {
                let measures = ui.tr("book-measures");
                lines = lines.push(ui.field(&measures, &draft.measures, Message::Measures));
            }
            Tab::Notices => {
                let days = ui.i18n.tr_with("book-days", &[("count", draft.days.into())]);
                lines = lines.push(ui.stepper("days", &days, Message::Days(-1), Message::Days(1)));
            }
            Tab::Numbers => {
                let phone = ui.tr("book-number-phone");
                lines = lines.push(ui.field(&phone, &draft.phone, Message::Phone));
            }
            _ => {}
        }
        let ready = self.is_ready();
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let save = ui.act("book-save", Icon::Save).kind(kind).on_press_maybe(ready.then_some(Message::Save));
        ui.sunk(lines.push(save.width(Length::Fill)))
    }

    fn whom<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        if let Some(picker) = &self.picker {
            let view = picker.view(ui);
            return view.map(|tapped: Tapped<_>| tapped.map(Message::Picker));
        }
        let label = self.draft.who.as_ref().map_or_else(
            || ui.tr("book-whom"),
            |who| ui.addressed(&who.profile.name, &who.profile.called_by),
        );
        let press = Some(Message::Picking(true));
        let button = ui.button("whom").label(&label).icon(Icon::UserRoundSearch).on_press_maybe(press);
        button.width(Length::Fill).into()
    }

    fn list<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let rows: Vec<Element<'a, Message>> = match self.tab {
            Tab::Handover => data.handovers.iter().map(|line| handover(line, ui)).collect(),
            Tab::Incidents => data.incidents.iter().map(|line| incident(line, ui)).collect(),
            Tab::Notices => data.notices.iter().map(|line| notice(line, data.active, ui)).collect(),
            Tab::Numbers => data.numbers.iter().map(|line| number(line, ui)).collect(),
            Tab::Papers => vec![],
        };
        if rows.is_empty() {
            return ui.empty("book-empty");
        }
        let mut list = Column::new().spacing(10);
        for line in rows {
            list = list.push(line).push(ui.divider());
        }
        list.into()
    }
}

fn at_words(at: Moment, by: &str, cx: &Ctx) -> String {
    let local = at.local(cx.clock.zone());
    format!("{} {} · {by}", cx.i18n.month_day(local.date()), hour_minute(local.time()))
}

/// Words over who and when, and what can be done at the right.
fn entry<'a>(
    which: Icon,
    words: &str,
    below: String,
    right: Element<'a, Message>,
    ui: Ui<'a>,
) -> Element<'a, Message> {
    let about = column![ui.strong(words), ui.muted(below)];
    row![
        container(icon(which, ui.palette().ink)).width(36).height(36),
        container(about).width(Length::Fill),
        right,
    ]
    .spacing(16)
    .align_y(Vertical::Center)
    .into()
}

fn handover<'a>(line: &'a Handover, ui: Ui<'a>) -> Element<'a, Message> {
    let written = at_words(line.at, &line.by, ui.cx);
    match &line.done {
        None => {
            let done = ui.act("book-done", Icon::Check).width(190.0).on_press(Message::Done(line.id));
            entry(Icon::NotebookPen, &line.words, written, done.into(), ui)
        }
        Some((at, by)) => {
            let chip = ui.chip(Chip::Over, Icon::Check, &ui.tr("book-finished"));
            entry(Icon::Check, &line.words, format!("{written} → {}", at_words(*at, by, ui.cx)), chip, ui)
        }
    }
}

fn incident<'a>(line: &'a Incident, ui: Ui<'a>) -> Element<'a, Message> {
    let what = [line.name.as_str(), line.words.as_str()];
    let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("：");
    let below = [at_words(line.at, &line.by, ui.cx), line.measures.clone()];
    let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let chip = ui.chip(Chip::Incomplete, Icon::TriangleAlert, &ui.tr(line.kind.key()));
    entry(Icon::Siren, &what, below, chip, ui)
}

fn notice<'a>(line: &'a Notice, active: usize, ui: Ui<'a>) -> Element<'a, Message> {
    let days = format!("{} – {}", ui.i18n.month_day(line.from_on), ui.i18n.month_day(line.until_on));
    let read = ui.i18n.tr_with("book-read", &[("read", line.read.into()), ("all", active.into())]);
    let end = ui.act("book-end", Icon::X).width(190.0).on_press(Message::End(line.id));
    entry(Icon::Megaphone, &line.words, format!("{days} · {read}"), end.into(), ui)
}

fn number<'a>(line: &'a PhoneNumber, ui: Ui<'a>) -> Element<'a, Message> {
    let remove = ui.act("book-remove", Icon::X).width(170.0).on_press(Message::Remove(line.id));
    entry(Icon::Phone, &line.phone, line.name.clone(), remove.into(), ui)
}

/// Papers for a day without power, who is inside, and wiping the glass.
fn papers<'a>(ui: Ui<'a>) -> Element<'a, Message> {
    let part = |title: &str, words: &str, buttons: Vec<Element<'a, Message>>| {
        let lines = column![ui.strong(ui.tr(title)), ui.muted(ui.tr(words)), ui.buttons(buttons, 2),];
        ui.card(lines.spacing(10))
    };
    let act = |what: (&str, Icon), message| ui.act(what.0, what.1).on_press(message);
    controls::scroll(
        column![
            part(
                "book-fallback",
                "book-fallback-sub",
                vec![
                    act(("book-fallback-tomorrow", Icon::Printer), Message::Fallback(true)).into(),
                    act(("book-fallback-today", Icon::Printer), Message::Fallback(false)).into(),
                ],
            ),
            part(
                "book-evacuation",
                "book-evacuation-sub",
                vec![act(("book-evacuation-print", Icon::Printer), Message::Evacuation).into()],
            ),
            part(
                "book-cleaning",
                "book-cleaning-sub",
                vec![act(("book-cleaning-start", Icon::BrushCleaning), Message::Clean).into()],
            ),
        ]
        .spacing(16),
    )
}
