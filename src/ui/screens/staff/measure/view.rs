//! How taking readings is drawn.

use daycare_core::vitals::{Guided, Kind, REST_SECONDS, Timing, guided};
use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Alignment, Length};

use super::super::frame::Place;
use super::super::health::{kind_key, timing_key};
use super::{Measure, Message, Stage};
use crate::ui::screens::resident::keypad::Key;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Kind as Button};
use crate::ui::widgets::icon::Icon;

impl Measure {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let name = self
            .resident
            .as_ref()
            .map(|resident| ui.addressed(&resident.profile.name, &resident.profile.called_by));
        let name = name.unwrap_or_default();
        let title = ui.i18n.tr_with("measure-title", &[("name", name.as_str().into())]);
        let content = match self.stage {
            Stage::Taking => self.taking(ui),
            Stage::Recheck => recheck_view(ui),
            Stage::Critical => kind_words(ui),
        };
        ui.page(Place::Clinic, &title, content, Message::Nav)
    }

    fn taking<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let kinds = Kind::ALL.iter().map(|kind| {
            let key = kind_key(*kind);
            let done = if self.taken.iter().any(|r| r.kind == *kind) { " ✓" } else { "" };
            (key, format!("{}{done}", ui.tr(key)), self.kind == *kind, Message::Kind(*kind))
        });
        let mut lines = Column::new().spacing(14).push(ui.segments(kinds.collect(), 4));
        if self.kind == Kind::Glucose {
            let timings = Timing::ALL.iter().map(|timing| {
                let key = timing_key(*timing);
                (key, ui.tr(key), self.timing == Some(*timing), Message::Timing(*timing))
            });
            lines = lines.push(ui.muted(ui.tr("measure-timing"))).push(ui.segments(timings.collect(), 3));
        }
        if let Some(strip) = ui.feedback(&self.notice) {
            lines = lines.push(strip);
        }
        let mut left = Column::new().spacing(14);
        if self.kind == Kind::BloodPressure && !self.rested && self.parts.is_empty() {
            left = left.push(self.rest(ui));
        }
        let left = left.push(self.asked(ui));
        let pad = self.pad(ui);
        // Landscape has the keypad at the side, so that no key is below the edge.
        lines = match ui.look.shape {
            Shape::Portrait => lines.push(left).push(pad).push(self.taken_list(ui)),
            Shape::Landscape => {
                let left = left.push(self.taken_list(ui)).width(Length::Fill);
                lines.push(row![left, container(pad).width(Length::Fill)].spacing(20))
            }
        };
        let (again, save, back) = (ui.tr("measure-again"), ui.tr("measure-save"), ui.tr("back"));
        let ready = !self.taken.is_empty() && !self.saving;
        let kind = if ready { Button::Main } else { Button::Plain };
        let press = ready.then_some(Message::Save);
        let buttons = vec![
            ui.button("back").label(&back).icon(Icon::ArrowLeft).on_press(Message::Done),
            ui.button("again").label(&again).icon(Icon::RotateCw).on_press(Message::Again),
            ui.button("save").label(&save).icon(Icon::Save).kind(kind).on_press_maybe(press),
        ];
        column![controls::scroll(lines), ui.buttons(buttons, 3)].spacing(12).into()
    }

    fn rest<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let words = match self.rest_since {
            None => ui.tr("measure-rest-title"),
            Some(since) => {
                let left = REST_SECONDS.saturating_sub(self.now.saturating_sub(since).as_secs());
                let time = format!("{}:{:02}", left / 60, left % 60);
                ui.i18n.tr_with("measure-rest-left", &[("time", time.as_str().into())])
            }
        };
        let sub = ui.muted(ui.tr("measure-rest-sub"));
        let (begin, over) = (ui.tr("measure-rest"), ui.tr("measure-rested"));
        let mut buttons = Vec::new();
        if self.rest_since.is_none() {
            let press = Some(Message::Rest);
            buttons.push(
                ui.button("rest")
                    .label(&begin)
                    .icon(Icon::Hourglass)
                    .kind(Button::Main)
                    .on_press_maybe(press),
            );
        }
        let press = Some(Message::Rested);
        buttons.push(ui.button("rested").label(&over).icon(Icon::Check).on_press_maybe(press));
        let picture = container(crate::ui::widgets::parts::drawn("old-woman")).width(120).height(120);
        let about = row![picture, column![ui.text(words, Role::StaffTitle), sub].spacing(6)]
            .spacing(20)
            .align_y(Alignment::Center);
        ui.card(column![about, ui.buttons(buttons, 2)].spacing(12))
    }

    /// The number to type now, and those already typed.
    fn asked<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let p = ui.palette();
        let ask = match (self.kind, self.systolic) {
            (Kind::BloodPressure, None) => ui.tr("measure-systolic"),
            (Kind::BloodPressure, Some(_)) => ui.tr("measure-diastolic"),
            (kind, _) => ui.tr(kind_key(kind)),
        };
        let ask = match (self.kind, guided(&self.parts)) {
            (Kind::BloodPressure, Guided::Measure(3)) => format!("{} · {ask}", ui.tr("measure-third")),
            (Kind::BloodPressure, Guided::Measure(number)) => {
                format!("{} · {ask}", ui.i18n.tr_with("measure-first", &[("number", number.into())]))
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
            container(ui.text(typed, Role::StaffNumber)).width(Length::Fill),
            ui.tinted(self.kind.unit(), Role::StaffName, p.muted),
        ]
        .align_y(Alignment::Center);
        let mut lines = column![ui.tinted(ask, Role::StaffName, p.green), numbers].spacing(6);
        if !before.is_empty() {
            lines = lines.push(ui.tinted(before.join("   "), Role::StaffName, p.muted));
        }
        ui.card(lines)
    }

    fn pad<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let key = |symbol: char| -> Element<'a, Message> {
            let (label, icon, message) = match symbol {
                '<' => (String::new(), Some(Icon::Delete), Message::Key(Key::Back)),
                '.' => (".".to_owned(), None, Message::Point),
                digit => (digit.to_string(), None, Message::Key(Key::Digit(digit))),
            };
            let press = (symbol != '.' || self.kind.decimals() > 0).then_some(message);
            let button =
                ui.button(format!("key:{symbol}")).label(&label).icon_maybe(icon).on_press_maybe(press);
            button.width(Length::Fill).height(92.0).into()
        };
        let mut lines = Column::new().spacing(10);
        for line in ["123", "456", "789", ".0<"] {
            lines = lines.push(Row::with_children(line.chars().map(key)).spacing(10));
        }
        let take = ui.tr("measure-take");
        let ready = !self.typed.is_empty();
        let kind = if ready { Button::Main } else { Button::Plain };
        let press = ready.then_some(Message::Take);
        let mut buttons =
            vec![ui.button("take").label(&take).icon(Icon::Check).kind(kind).on_press_maybe(press)];
        if !ui.config.devices.blood_pressure.is_empty() {
            let label = ui.tr("measure-device");
            let press = (!self.device_waits).then_some(Message::Device);
            buttons.push(ui.button("device").label(&label).icon(Icon::HeartPulse).on_press_maybe(press));
        }
        let per_row = buttons.len();
        lines.push(ui.buttons(buttons, per_row)).into()
    }

    fn taken_list<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        if self.taken.is_empty() {
            return Space::new().into();
        }
        let mut lines = Column::new().spacing(6);
        for reading in &self.taken {
            let value = format!("{} {}", reading.value.words(reading.kind), reading.kind.unit());
            let words = if reading.parts.len() > 1 {
                ui.i18n.tr_with("measure-average", &[("value", value.as_str().into())])
            } else {
                value
            };
            let timing = reading.timing.map(|t| format!(" {}", ui.tr(timing_key(t)))).unwrap_or_default();
            lines = lines.push(ui.strong(format!("{}{timing}   {words}", ui.tr(kind_key(reading.kind)))));
        }
        let hint = ui.muted(ui.tr("measure-not-diagnosis"));
        ui.card(lines.push(hint))
    }
}

fn recheck_view(ui: Ui<'_>) -> Element<'_, Message> {
    let button = |key: &str, icon, kind, message| {
        let label = ui.tr(key);
        ui.button(key).label(&label).icon(icon).kind(kind).on_press(message)
    };
    let buttons = vec![
        button("measure-recheck-yes", Icon::CalendarPlus, Button::Main, Message::Recheck),
        button("measure-recheck-list", Icon::Phone, Button::Plain, Message::RecheckList),
        button("cancel-form", Icon::X, Button::Plain, Message::Done),
    ];
    let words = ui.text(ui.tr("measure-recheck"), Role::StaffTitle);
    ui.card(column![words, ui.buttons(buttons, 3)].spacing(20))
}

/// A reassuring text for the resident, without numbers.
fn kind_words(ui: Ui<'_>) -> Element<'_, Message> {
    let label = ui.tr("measure-kind-done");
    let done = ui.button("done").label(&label).icon(Icon::Check).kind(Button::Main).on_press(Message::Done);
    let words = column![
        container(crate::ui::widgets::parts::drawn("teapot")).width(260).height(260),
        ui.text(ui.tr("kind-title"), Role::StaffNumber),
        ui.text(ui.tr("kind-sub"), Role::StaffTitle),
        done.width(420.0).height(108.0),
    ]
    .spacing(30)
    .align_x(Alignment::Center);
    controls::middle(words)
}
