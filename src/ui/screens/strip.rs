//! A strip over the screen about something that happened beside it: a card scanned meanwhile,
//! a visitor who is not signed in yet. The screen below is unchanged.

use std::time::Duration;

use daycare_core::ids::VisitId;
use iced::alignment::Vertical;
use iced::widget::{Row, Space, container};
use iced::{Length, Padding};

use crate::ui::theme::{Look, Role};
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Button};
use crate::ui::widgets::icon::{self, Icon};

use super::Ctx;

/// How long it is shown and can be undone.
const STAYS: Duration = Duration::from_secs(15);

/// The strip.
#[derive(Debug, Clone)]
pub struct Strip {
    words: String,
    good: bool,
    undo: Option<VisitId>,
    since: Duration,
}

/// Messages of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// 撤销
    Undo(VisitId),
    /// 知道了
    Seen,
}

impl Strip {
    /// A strip that only informs.
    #[must_use]
    pub fn note(words: String, cx: &Ctx) -> Self {
        Self { words, good: false, undo: None, since: cx.clock.monotonic() }
    }

    /// A strip for a completed action, with an undo button.
    #[must_use]
    pub fn done(words: String, undo: VisitId, cx: &Ctx) -> Self {
        Self { words, good: true, undo: Some(undo), since: cx.clock.monotonic() }
    }

    /// Whether its time is over.
    #[must_use]
    pub fn is_over(&self, now: Duration) -> bool {
        now.saturating_sub(self.since) >= STAYS
    }

    /// What it says.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Draws it; `large` for residents.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look, large: bool) -> Element<'a, Message> {
        let p = look.palette;
        let role = if large { Role::Hint } else { Role::StaffName };
        let (label, press) = match self.undo {
            Some(visit) => ("undo", Message::Undo(visit)),
            None => ("strip-seen", Message::Seen),
        };
        let (sign, width, height) =
            if self.good { (Icon::CircleCheck, 200.0, 100.0) } else { (Icon::CircleAlert, 220.0, 100.0) };
        let button = Button::new("strip", look).label(cx.tr(label)).on_press(press);
        let line = Row::new()
            .push(container(icon::icon(sign, p.ink)).width(48).height(48))
            .push(container(controls::words(self.words.clone(), role, look)).width(Length::Fill))
            .push(Space::new().width(8))
            .push(button.width(width).height(height))
            .spacing(16)
            .align_y(Vertical::Center);
        let fill = if self.good { p.card } else { p.amber_soft };
        let edge = if self.good { p.green } else { p.amber_line };
        container(controls::ground(container(line).padding(Padding::from([4, 12])), fill, edge, 4.0))
            .padding(10)
            .into()
    }
}
