//! How the first start is drawn.

use daycare_core::import::outcome::Outcome;
use daycare_core::staff::PIN_LENGTH;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};

use super::{FirstStart, Message, SIZES, Step};
use crate::intake::answer;
use crate::ui::screens::resident::keypad::Key;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::Role;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, drawing};

/// At most this many lines of each kind; the settings show all.
const SHOWN: usize = 8;

impl FirstStart {
    /// The page of the step.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let (title, body) = match self.step {
            Step::Welcome => ("start-welcome", welcome(ui)),
            Step::Join => ("start-join", self.join(ui)),
            Step::Centre => ("start-centre", self.centre(ui)),
            Step::Pin => ("start-pin", keypad(&self.pin, ui)),
            Step::Again => ("start-pin-again", keypad(&self.again, ui)),
            Step::People => ("start-people", self.people(ui)),
        };
        let head = row![
            container(drawing::seal(ui.palette())).width(96).height(96),
            ui.text(ui.tr(title), Role::StaffNumber),
        ]
        .spacing(24)
        .align_y(Vertical::Center);
        let mut content = Column::new().spacing(28).max_width(920).push(head);
        if let Some(error) = &self.error {
            content = content.push(ui.error_strip(error));
        }
        if self.working {
            content = content.push(ui.strong(ui.tr("please-wait")));
        }
        content = content.push(body);
        container(content).center(Length::Fill).padding(60).into()
    }

    pub(super) fn join<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let field = ui.field(&ui.tr("sync-code"), &self.code, Message::Code);
        let ready = self.may_join();
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let join =
            ui.act("sync-join", Icon::LogIn).kind(kind).on_press_maybe(ready.then_some(Message::Enter));
        column![
            ui.strong(ui.tr("start-join-how")),
            ui.labelled(&ui.tr("sync-code-how"), field),
            row![back_button(ui), join.width(Length::Fill).height(110.0)].spacing(16),
        ]
        .spacing(24)
        .into()
    }

    pub(super) fn centre<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let name = ui.field(&ui.tr("start-centre-name"), &self.centre, Message::Centre);
        let manager = ui.field(&ui.tr("start-manager"), &self.manager, Message::Manager);
        let sizes = SIZES.map(|inches| {
            let kind = if self.inches == Some(inches) { Kind::On } else { Kind::Plain };
            let label = format!("{inches} 寸");
            ui.button(format!("inches-{inches}")).label(&label).kind(kind).on_press(Message::Inches(inches))
        });
        let next = ui.tr("start-next");
        let ready = self.ready();
        let kind = if ready { Kind::Main } else { Kind::Plain };
        column![
            ui.labelled(&ui.tr("start-centre-name"), name),
            ui.labelled(&ui.tr("start-inches"), ui.buttons(sizes, 4)),
            ui.labelled(&ui.tr("start-manager"), manager),
            row![
                back_button(ui),
                ui.button("start-next")
                    .label(&next)
                    .icon(Icon::ChevronRight)
                    .kind(kind)
                    .on_press_maybe(ready.then_some(Message::Next))
                    .width(Length::Fill)
                    .height(110.0),
            ]
            .spacing(16),
        ]
        .spacing(24)
        .into()
    }

    pub(super) fn people<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(16);
        if let Some(outcome) = &self.imported {
            lines = lines.push(ui.done_strip(&answer::figures(outcome, "intake-did", &ui.i18n), None));
        } else if let Some((path, outcome)) = &self.chosen {
            lines = lines.push(self.preview(path, outcome, ui));
        } else {
            lines = lines.push(ui.strong(ui.tr("start-people-how")));
            for (at, path) in self.files.iter().enumerate() {
                let label = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let message = Message::Preview(path.clone());
                let button =
                    ui.button(format!("file-{at}")).label(&label).icon(Icon::FileText).on_press(message);
                lines = lines.push(button.width(Length::Fill));
            }
            let again = ui.tr("start-look-again");
            let button = ui.button("look").label(&again).icon(Icon::Usb).on_press(Message::Look);
            lines = lines.push(button.width(Length::Fill));
        }
        let done = ui.tr(if self.imported.is_some() { "start-done" } else { "start-empty" });
        let kind = if self.imported.is_some() { Kind::Main } else { Kind::Plain };
        let button =
            ui.button("start-done").label(&done).icon(Icon::Check).kind(kind).on_press(Message::Done);
        lines.push(button.width(Length::Fill).height(110.0)).into()
    }

    fn preview<'a>(&self, path: &std::path::Path, outcome: &Outcome, ui: Ui<'a>) -> Element<'a, Message> {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut lines = column![
            ui.text(name, Role::StaffTitle),
            ui.strong(answer::figures(outcome, "intake-would", &ui.i18n)),
        ]
        .spacing(10);
        let shown = [answer::refusals(outcome, &ui.i18n), answer::remarks(outcome, &ui.i18n)];
        for line in shown.into_iter().flat_map(|lines| lines.into_iter().take(SHOWN)) {
            lines = lines.push(ui.body(line));
        }
        if let Some(doubts) = self.doubts.view(outcome, ui) {
            lines = lines.push(doubts.map(|tapped| tapped.map(Message::Doubts)));
        }
        let import = ui.tr("start-import");
        let button = ui
            .button("start-import")
            .label(&import)
            .icon(Icon::Download)
            .kind(Kind::Main)
            .on_press(Message::Import);
        let import = button.width(Length::Fill).height(110.0);
        column![ui.card(controls::scroll(lines)), import].spacing(16).into()
    }
}

fn welcome(ui: Ui<'_>) -> Element<'_, Message> {
    let [begin, join, demo] = ["start-begin", "start-join", "start-demo"].map(|key| ui.tr(key));
    column![
        ui.strong(ui.tr("start-hello")),
        Space::new().height(20),
        ui.button("start-begin")
            .label(&begin)
            .icon(Icon::Pencil)
            .kind(Kind::Main)
            .on_press(Message::Begin)
            .width(Length::Fill)
            .height(130.0),
        ui.button("start-join")
            .label(&join)
            .icon(Icon::LogIn)
            .on_press(Message::Join)
            .width(Length::Fill)
            .height(130.0),
        ui.button("start-demo")
            .label(&demo)
            .icon(Icon::Users)
            .on_press(Message::Demo)
            .width(Length::Fill)
            .height(130.0),
    ]
    .spacing(20)
    .into()
}

fn back_button(ui: Ui<'_>) -> Element<'_, Message> {
    let label = ui.tr("back");
    ui.button("start-back")
        .label(&label)
        .icon(Icon::ArrowLeft)
        .on_press(Message::Back)
        .width(220.0)
        .height(110.0)
        .into()
}

fn keypad<'a>(digits: &str, ui: Ui<'a>) -> Element<'a, Message> {
    let dots: String = (0..PIN_LENGTH).map(|at| if at < digits.len() { "● " } else { "○ " }).collect();
    let mut keys = Vec::new();
    for symbol in "123456789c0b".chars() {
        let (label, icon, key) = match symbol {
            'c' => (ui.tr("key-clear"), Some(Icon::RotateCw), Key::Clear),
            'b' => (ui.tr("key-back"), Some(Icon::Delete), Key::Back),
            digit => (digit.to_string(), None, Key::Digit(digit)),
        };
        keys.push(
            ui.button(format!("key:{symbol}")).label(&label).icon_maybe(icon).on_press(Message::Key(key)),
        );
    }
    let mut rows = Column::new().spacing(14);
    let mut keys = keys.into_iter();
    for _ in 0..4 {
        let line = keys.by_ref().take(3).map(|key| key.height(130.0).into());
        rows = rows.push(iced::widget::Row::with_children(line).spacing(14));
    }
    column![container(ui.text(dots, Role::StaffNumber)).center_x(Length::Fill), rows, back_button(ui),]
        .spacing(24)
        .into()
}
