//! 擦屏幕: nothing reacts for a minute, so that a wet cloth signs nobody in.

use std::time::Duration;

use iced::widget::{column, container};
use iced::{Background, Length};

use crate::ui::screens::{Action, Ctx, Route};
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk;
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
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
        let words = column![
            container(icon(Icon::BrushCleaning, p.green)).width(160).height(160),
            desk::words(cx.tr("cleaning-title"), Role::StaffTitle, look),
            desk::words(self.left.to_string(), Role::StaffNumber, look),
            desk::tinted(cx.tr("cleaning-sub"), Role::StaffName, p.muted, look),
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
