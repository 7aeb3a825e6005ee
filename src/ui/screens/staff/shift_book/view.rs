//! How the shift book is drawn.

use daycare_core::shift_book::{Handover, Incident, IncidentKind, Notice, NoticeKind, PhoneNumber};
use daycare_core::time::{Moment, hour_minute};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, column, container, row};

use super::super::frame::{self, Place};
use super::{Data, Message, ShiftBook, Tab};
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::desk::{self, Chip, Kind};
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
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content =
            Column::new().spacing(14).push(frame::tabs(cx, look, &TABS, self.tab, Message::Tabbed));
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            content = content.push(strip);
        }
        if self.tab == Tab::Papers {
            content = content.push(papers(cx, look));
        } else {
            content = content.push(self.form(cx, look));
            content = content.push(match &self.data {
                None => desk::middle(desk::words(cx.tr("please-wait"), Role::StaffName, look)),
                Some(data) => desk::scroll(self.list(data, cx, look)),
            });
        }
        frame::frame(cx, look, Place::ShiftBook, &cx.tr("staff-shift-book"), content.into(), Message::Nav)
    }

    fn form<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
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
                    (kind.key(), cx.tr(kind.key()), draft.incident == Some(kind), Message::Incident(kind))
                });
                lines = lines.push(frame::segments(kinds.into(), 5, look)).push(self.whom(cx, look));
            }
            Tab::Notices => {
                let kinds = NoticeKind::ALL.map(|kind| {
                    (kind.key(), cx.tr(kind.key()), draft.kind == Some(kind), Message::Kind(kind))
                });
                lines = lines.push(frame::segments(kinds.into(), 5, look));
            }
            _ => {}
        }
        lines = lines.push(desk::field(&cx.tr(hint), &draft.words, Message::Words, look));
        match self.tab {
            Tab::Incidents => {
                let measures = cx.tr("book-measures");
                lines = lines.push(desk::field(&measures, &draft.measures, Message::Measures, look));
            }
            Tab::Notices => {
                let days = cx.i18n.tr_with("book-days", &[("count", draft.days.into())]);
                lines = lines.push(desk::stepper("days", &days, Message::Days(-1), Message::Days(1), look));
            }
            Tab::Numbers => {
                let phone = cx.tr("book-number-phone");
                lines = lines.push(desk::field(&phone, &draft.phone, Message::Phone, look));
            }
            _ => {}
        }
        let ready = self.is_ready();
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let save = frame::act(cx, look, ("book-save", Icon::Save), kind, ready.then_some(Message::Save));
        let p = look.palette;
        desk::ground(lines.push(desk::sized(save, Length::Fill, desk::CONTROL)), p.sunk, p.hair, 1.0, look)
    }

    fn whom<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        if let Some(picker) = &self.picker {
            let view = picker.view(cx, look);
            return view.map(|tapped: Tapped<_>| tapped.map(Message::Picker));
        }
        let label = self.draft.who.as_ref().map_or_else(
            || cx.tr("book-whom"),
            |who| cx.addressed(&who.profile.name, &who.profile.called_by),
        );
        let press = Some(Message::Picking(true));
        let button = desk::button("whom", &label, Some(Icon::UserRoundSearch), Kind::Plain, press, look);
        desk::sized(button, Length::Fill, desk::CONTROL)
    }

    fn list<'a>(&'a self, data: &'a Data, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let rows: Vec<Element<'a, Message>> = match self.tab {
            Tab::Handover => data.handovers.iter().map(|line| handover(line, cx, look)).collect(),
            Tab::Incidents => data.incidents.iter().map(|line| incident(line, cx, look)).collect(),
            Tab::Notices => data.notices.iter().map(|line| notice(line, data.active, cx, look)).collect(),
            Tab::Numbers => data.numbers.iter().map(|line| number(line, cx, look)).collect(),
            Tab::Papers => vec![],
        };
        if rows.is_empty() {
            return desk::middle(desk::words(cx.tr("book-empty"), Role::StaffName, look));
        }
        let mut list = Column::new().spacing(10);
        for line in rows {
            list = list.push(line).push(desk::divider(look));
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
    look: Look,
) -> Element<'a, Message> {
    let about = column![
        desk::words(words, Role::StaffName, look),
        desk::tinted(below, Role::StaffBody, look.palette.muted, look)
    ];
    row![
        container(icon(which, look.palette.ink)).width(36).height(36),
        container(about).width(Length::Fill),
        right,
    ]
    .spacing(16)
    .align_y(Vertical::Center)
    .into()
}

fn handover<'a>(line: &'a Handover, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let written = at_words(line.at, &line.by, cx);
    match &line.done {
        None => {
            let done =
                frame::act_wide(cx, look, ("book-done", Icon::Check), 190.0, Some(Message::Done(line.id)));
            entry(Icon::NotebookPen, &line.words, written, done, look)
        }
        Some((at, by)) => {
            let chip = desk::chip(Chip::Over, Icon::Check, &cx.tr("book-finished"), look);
            entry(Icon::Check, &line.words, format!("{written} → {}", at_words(*at, by, cx)), chip, look)
        }
    }
}

fn incident<'a>(line: &'a Incident, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let what = [line.name.as_str(), line.words.as_str()];
    let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("：");
    let below = [at_words(line.at, &line.by, cx), line.measures.clone()];
    let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let chip = desk::chip(Chip::Incomplete, Icon::TriangleAlert, &cx.tr(line.kind.key()), look);
    entry(Icon::Siren, &what, below, chip, look)
}

fn notice<'a>(line: &'a Notice, active: usize, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let days = format!("{} – {}", cx.i18n.month_day(line.from_on), cx.i18n.month_day(line.until_on));
    let read = cx.i18n.tr_with("book-read", &[("read", line.read.into()), ("all", active.into())]);
    let end = frame::act_wide(cx, look, ("book-end", Icon::X), 190.0, Some(Message::End(line.id)));
    entry(Icon::Megaphone, &line.words, format!("{days} · {read}"), end, look)
}

fn number<'a>(line: &'a PhoneNumber, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let remove = frame::act_wide(cx, look, ("book-remove", Icon::X), 170.0, Some(Message::Remove(line.id)));
    entry(Icon::Phone, &line.phone, line.name.clone(), remove, look)
}

/// Papers for a day without power, who is inside, and wiping the glass.
fn papers<'a>(cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let part = |title: &str, words: &str, buttons: Vec<Element<'a, Message>>| {
        let lines = column![
            desk::words(cx.tr(title), Role::StaffName, look),
            desk::tinted(cx.tr(words), Role::StaffBody, look.palette.muted, look),
            desk::buttons(buttons, 2),
        ];
        desk::card(lines.spacing(10), look)
    };
    let act = |what, message| frame::act(cx, look, what, Kind::Plain, Some(message));
    desk::scroll(
        column![
            part(
                "book-fallback",
                "book-fallback-sub",
                vec![
                    act(("book-fallback-tomorrow", Icon::Printer), Message::Fallback(true)),
                    act(("book-fallback-today", Icon::Printer), Message::Fallback(false)),
                ],
            ),
            part(
                "book-evacuation",
                "book-evacuation-sub",
                vec![act(("book-evacuation-print", Icon::Printer), Message::Evacuation)],
            ),
            part(
                "book-cleaning",
                "book-cleaning-sub",
                vec![act(("book-cleaning-start", Icon::BrushCleaning), Message::Clean)],
            ),
        ]
        .spacing(16),
    )
}
