//! 擦屏幕: nothing reacts for a minute, so that a wet cloth signs nobody in.

use std::time::Duration;

use iced::widget::{column, container};
use iced::{Background, Length};

use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route};
use crate::ui::theme::Role;
use crate::ui::widgets::Element;
use crate::ui::widgets::icon::{Icon, icon};

/// A screen without a single target, until its time is over.
#[derive(Debug)]
pub struct Cleaning {
    until: Duration,
    left: u64,
}

/// Nothing can happen here.
#[derive(Debug, Clone)]
pub enum Message {}

const SECONDS: u64 = 60;

impl Cleaning {
    /// Begins.
    #[must_use]
    pub fn new(cx: &Ctx) -> Self {
        Self { until: cx.clock.monotonic() + Duration::from_secs(SECONDS), left: SECONDS }
    }

    /// A second has passed.
    pub fn tick(&mut self, now: Duration) -> Action<Message> {
        self.left = self.until.saturating_sub(now).as_secs();
        if now >= self.until { Action::Go(Route::Board) } else { Action::None }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
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
}
