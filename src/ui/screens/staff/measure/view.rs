//! How taking readings is drawn.

use daycare_core::vitals::{Guided, Kind, REST_SECONDS, Timing, guided};
use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Alignment, Length};

use super::super::frame::{self, Place};
use super::super::health::{kind_key, timing_key};
use super::{Measure, Message, Stage};
use crate::ui::screens::Ctx;
use crate::ui::screens::resident::page::Key;
use crate::ui::theme::{Look, Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::{self, Kind as Button};
use crate::ui::widgets::icon::Icon;

impl Measure {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let name = self
            .resident
            .as_ref()
            .map(|resident| cx.addressed(&resident.profile.name, &resident.profile.called_by));
        let name = name.unwrap_or_default();
        let title = cx.i18n.tr_with("measure-title", &[("name", name.as_str().into())]);
        let content = match self.stage {
            Stage::Taking => self.taking(cx, look),
            Stage::Recheck => recheck_view(cx, look),
            Stage::Critical => kind_words(cx, look),
        };
        frame::frame(cx, look, Place::Clinic, &title, content, Message::Nav)
    }

    fn taking<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let kinds = Kind::ALL.iter().map(|kind| {
            let key = kind_key(*kind);
            let done = if self.taken.iter().any(|r| r.kind == *kind) { " ✓" } else { "" };
            (key, format!("{}{done}", cx.tr(key)), self.kind == *kind, Message::Kind(*kind))
        });
        let mut lines = Column::new().spacing(14).push(frame::segments(kinds.collect(), 4, look));
        if self.kind == Kind::Glucose {
            let timings = Timing::ALL.iter().map(|timing| {
                let key = timing_key(*timing);
                (key, cx.tr(key), self.timing == Some(*timing), Message::Timing(*timing))
            });
            lines = lines
                .push(desk::tinted(cx.tr("measure-timing"), Role::StaffBody, p.muted, look))
                .push(frame::segments(timings.collect(), 3, look));
        }
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            lines = lines.push(strip);
        }
        let mut left = Column::new().spacing(14);
        if self.kind == Kind::BloodPressure && !self.rested && self.parts.is_empty() {
            left = left.push(self.rest(cx, look));
        }
        let left = left.push(self.asked(cx, look));
        let pad = self.pad(cx, look);
        // A lying screen has the keypad beside: no key is below the edge.
        lines = match look.shape {
            Shape::Portrait => lines.push(left).push(pad).push(self.taken_list(cx, look)),
            Shape::Landscape => {
                let left = left.push(self.taken_list(cx, look)).width(Length::Fill);
                lines.push(row![left, container(pad).width(Length::Fill)].spacing(20))
            }
        };
        let (again, save, back) = (cx.tr("measure-again"), cx.tr("measure-save"), cx.tr("back"));
        let ready = !self.taken.is_empty() && !self.saving;
        let kind = if ready { Button::Main } else { Button::Plain };
        let press = ready.then_some(Message::Save);
        let buttons = vec![
            desk::button("back", &back, Some(Icon::ArrowLeft), Button::Plain, Some(Message::Done), look),
            desk::button("again", &again, Some(Icon::RotateCw), Button::Plain, Some(Message::Again), look),
            desk::button("save", &save, Some(Icon::Save), kind, press, look),
        ];
        column![desk::scroll(lines), desk::buttons(buttons, 3)].spacing(12).into()
    }

    fn rest<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let words = match self.rest_since {
            None => cx.tr("measure-rest-title"),
            Some(since) => {
                let left = REST_SECONDS.saturating_sub(self.now.saturating_sub(since).as_secs());
                let time = format!("{}:{:02}", left / 60, left % 60);
                cx.i18n.tr_with("measure-rest-left", &[("time", time.as_str().into())])
            }
        };
        let sub = desk::tinted(cx.tr("measure-rest-sub"), Role::StaffBody, p.muted, look);
        let (begin, over) = (cx.tr("measure-rest"), cx.tr("measure-rested"));
        let mut buttons = Vec::new();
        if self.rest_since.is_none() {
            let press = Some(Message::Rest);
            buttons.push(desk::button("rest", &begin, Some(Icon::Hourglass), Button::Main, press, look));
        }
        let press = Some(Message::Rested);
        buttons.push(desk::button("rested", &over, Some(Icon::Check), Button::Plain, press, look));
        let picture = container(crate::ui::widgets::parts::drawn("old-woman")).width(120).height(120);
        let about = row![picture, column![desk::words(words, Role::StaffTitle, look), sub].spacing(6)]
            .spacing(20)
            .align_y(Alignment::Center);
        desk::card(column![about, desk::buttons(buttons, 2)].spacing(12), look)
    }

    /// What is to be typed now, and what has been.
    fn asked<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let ask = match (self.kind, self.systolic) {
            (Kind::BloodPressure, None) => cx.tr("measure-systolic"),
            (Kind::BloodPressure, Some(_)) => cx.tr("measure-diastolic"),
            (kind, _) => cx.tr(kind_key(kind)),
        };
        let ask = match (self.kind, guided(&self.parts)) {
            (Kind::BloodPressure, Guided::Measure(3)) => format!("{} · {ask}", cx.tr("measure-third")),
            (Kind::BloodPressure, Guided::Measure(number)) => {
                format!("{} · {ask}", cx.i18n.tr_with("measure-first", &[("number", number.into())]))
            }
            _ => ask,
        };
        let before: Vec<String> = self.parts.iter().map(|part| part.words(self.kind)).collect();
        let typed = match self.systolic {
            Some(systolic) => format!("{systolic}/{}", self.typed),
            None => self.typed.clone(),
        };
        let typed = if typed.is_empty() { "—".to_owned() } else { typed };
        let numbers = row![
            container(desk::words(typed, Role::StaffNumber, look)).width(Length::Fill),
            desk::tinted(self.kind.unit(), Role::StaffName, p.muted, look),
        ]
        .align_y(Alignment::Center);
        let mut lines = column![desk::tinted(ask, Role::StaffName, p.green, look), numbers].spacing(6);
        if !before.is_empty() {
            lines = lines.push(desk::tinted(before.join("   "), Role::StaffName, p.muted, look));
        }
        desk::card(lines, look)
    }

    fn pad<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let key = |symbol: char| -> Element<'a, Message> {
            let (label, icon, message) = match symbol {
                '<' => (String::new(), Some(Icon::Delete), Message::Key(Key::Back)),
                '.' => (".".to_owned(), None, Message::Point),
                digit => (digit.to_string(), None, Message::Key(Key::Digit(digit))),
            };
            let press = (symbol != '.' || self.kind.decimals() > 0).then_some(message);
            let button = desk::button(&format!("key:{symbol}"), &label, icon, Button::Plain, press, look);
            desk::sized(button, Length::Fill, 92.0)
        };
        let mut lines = Column::new().spacing(10);
        for line in ["123", "456", "789", ".0<"] {
            lines = lines.push(Row::with_children(line.chars().map(key)).spacing(10));
        }
        let take = cx.tr("measure-take");
        let ready = !self.typed.is_empty();
        let kind = if ready { Button::Main } else { Button::Plain };
        let press = ready.then_some(Message::Take);
        let mut buttons = vec![desk::button("take", &take, Some(Icon::Check), kind, press, look)];
        if !cx.config.devices.blood_pressure.is_empty() {
            let label = cx.tr("measure-device");
            let press = (!self.device_waits).then_some(Message::Device);
            buttons.push(desk::button("device", &label, Some(Icon::HeartPulse), Button::Plain, press, look));
        }
        let per_row = buttons.len();
        lines.push(desk::buttons(buttons, per_row)).into()
    }

    fn taken_list<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        if self.taken.is_empty() {
            return Space::new().into();
        }
        let mut lines = Column::new().spacing(6);
        for reading in &self.taken {
            let value = format!("{} {}", reading.value.words(reading.kind), reading.kind.unit());
            let words = if reading.parts.len() > 1 {
                cx.i18n.tr_with("measure-average", &[("value", value.as_str().into())])
            } else {
                value
            };
            let timing = reading.timing.map(|t| format!(" {}", cx.tr(timing_key(t)))).unwrap_or_default();
            lines = lines.push(desk::words(
                format!("{}{timing}   {words}", cx.tr(kind_key(reading.kind))),
                Role::StaffName,
                look,
            ));
        }
        let hint = desk::tinted(cx.tr("measure-not-diagnosis"), Role::StaffBody, look.palette.muted, look);
        desk::card(lines.push(hint), look)
    }
}

fn recheck_view(cx: &Ctx, look: Look) -> Element<'_, Message> {
    let button = |key: &str, icon, kind, message| {
        let label = cx.tr(key);
        desk::button(key, &label, Some(icon), kind, Some(message), look)
    };
    let buttons = vec![
        button("measure-recheck-yes", Icon::CalendarPlus, Button::Main, Message::Recheck),
        button("measure-recheck-list", Icon::Phone, Button::Plain, Message::RecheckList),
        button("cancel-form", Icon::X, Button::Plain, Message::Done),
    ];
    let words = desk::words(cx.tr("measure-recheck"), Role::StaffTitle, look);
    desk::card(column![words, desk::buttons(buttons, 3)].spacing(20), look)
}

/// What the resident may read: no number, nothing to fear.
fn kind_words(cx: &Ctx, look: Look) -> Element<'_, Message> {
    let label = cx.tr("measure-kind-done");
    let done = desk::button("done", &label, Some(Icon::Check), Button::Main, Some(Message::Done), look);
    let words = column![
        container(crate::ui::widgets::parts::drawn("teapot")).width(260).height(260),
        desk::words(cx.tr("kind-title"), Role::StaffNumber, look),
        desk::words(cx.tr("kind-sub"), Role::StaffTitle, look),
        desk::sized(done, 420.0, 108.0),
    ]
    .spacing(30)
    .align_x(Alignment::Center);
    desk::middle(words)
}
