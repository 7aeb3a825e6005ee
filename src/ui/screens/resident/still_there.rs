//! Asks "Are you still there?". "Yes" returns to the unchanged screen.

use std::time::Duration;

use crate::ui::screens::Ctx;
use crate::ui::theme::metrics::rect;
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press, drawing};

use super::page::{Emblem, Page, Words};

/// The question, and when it was asked.
#[derive(Debug)]
pub struct StillThere {
    since: Duration,
    left: u64,
}

/// Messages of this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// 我还在
    Yes,
    /// 我用完了
    Done,
}

impl StillThere {
    /// Asks, with the time limit starting now.
    #[must_use]
    pub fn new(cx: &Ctx) -> Self {
        Self { since: cx.clock.monotonic(), left: cx.config.screen.still_there_seconds }
    }

    /// A second has passed; true once the time is over.
    pub fn tick(&mut self, now: Duration, cx: &Ctx) -> bool {
        let stays = cx.config.screen.still_there_seconds;
        self.left = stays.saturating_sub(now.saturating_sub(self.since).as_secs());
        self.left == 0
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words { title: cx.tr("still-title"), sub: cx.tr("still-sub"), ..Words::default() };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::Hand), &words);
        let body = shape.body();
        let side = (body.height - 110.0).min(436.0);
        let ring = rect(body.x + (body.width - side) / 2.0, body.y + 10.0, side, side);
        let stays = cx.config.screen.still_there_seconds.max(1);
        #[expect(clippy::cast_precision_loss, reason = "at most 300 seconds")]
        let part = self.left as f32 / stays as f32;
        page.put(ring, drawing::ring(page.look.palette, part));
        let number = rect(ring.x + side * 0.2, ring.y + side * 0.24, side * 0.6, side * 0.36);
        page.text(number, Fitted::new(self.left.to_string(), Role::Clock, page.look).lines(1));
        let unit = rect(ring.x + side * 0.2, ring.y + side * 0.6, side * 0.6, side * 0.18);
        page.text(unit, Fitted::new(cx.tr("still-seconds"), Role::Body, page.look).lines(1));
        let line = rect(body.x, ring.y + side + 16.0, body.width, body.height - side - 30.0);
        page.text(line, Fitted::new(cx.tr("still-then"), Role::Hint, page.look));
        page.primary("yes", &cx.tr("still-yes"), Icon::Check, Press::Own(Message::Yes));
        page.hint(&cx.tr("still-hint"));
        page.second((0, 1), "destructive:done", &cx.tr("still-done"), Icon::House, Press::Own(Message::Done));
        page.finish()
    }
}
