//! 擦屏幕: ignores all touches for a minute, so that wiping the glass triggers nothing.

use std::time::Duration;

use iced::widget::{column, container};
use iced::{Background, Length};

use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Role;
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::icon::{Icon, icon};

/// A screen without touch targets, until its time is over.
#[derive(Debug)]
pub struct Cleaning {
    until: Duration,
    left: u64,
}

/// This screen has no messages.
#[derive(Debug, Clone)]
pub enum Message {}

const SECONDS: u64 = 60;

impl Screen for Cleaning {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, _cx: &Ctx) -> Action<Message> {
        match message {}
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let ui = Ui::new(cx, shape);
        let p = ui.palette();
        let words = column![
            container(icon(Icon::BrushCleaning, p.green)).width(160).height(160),
            ui.text(ui.tr("cleaning-title"), Role::StaffTitle),
            ui.text(self.left.to_string(), Role::StaffNumber),
            ui.tinted(ui.tr("cleaning-sub"), Role::StaffName, p.muted),
        ];
        container(words.spacing(28).align_x(iced::Alignment::Center))
            .center(Length::Fill)
            .style(move |_| container::Style {
                background: Some(Background::Color(p.paper)),
                ..container::Style::default()
            })
            .into()
    }

    fn tick(&mut self, now: Duration, _cx: &Ctx) -> Action<Message> {
        self.left = self.until.saturating_sub(now).as_secs();
        if now >= self.until { Action::Go(Route::Board) } else { Action::None }
    }

    fn has_rail(&self) -> bool {
        false
    }
}

impl Cleaning {
    /// Starts the minute.
    #[must_use]
    pub fn new(cx: &Ctx) -> Self {
        Self { until: cx.clock.monotonic() + Duration::from_secs(SECONDS), left: SECONDS }
    }
}
