//! Shown while a call for help is open. It flashes and rings until the person cancels or
//! staff unlock.

use std::time::Duration;

use super::page::{Emblem, Page, Words};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::theme::metrics::rect;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press, parts};

/// An open call for help.
#[derive(Debug, Default)]
pub struct Help {
    lit: bool,
}

/// Messages of this screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// 不用了
    NeverMind,
}

impl Screen for Help {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, _cx: &Ctx) -> Action<Message> {
        match &message {
            Message::NeverMind => Action::Go(Route::FirstPage),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words { title: cx.tr("help-coming"), sub: cx.tr("help-sub"), ..Words::default() };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::Hand), &words);
        let p = page.look.palette;
        // There is no primary button here, so the sign uses its space too.
        let (body, bar) = (shape.body(), shape.primary());
        let body = rect(body.x, body.y, body.width, bar.y + bar.height - body.y);
        let fill = if self.lit { p.amber_high } else { p.card };
        page.put(body, parts::panel(fill, p.amber_line, 6.0, 36.0));
        let side = (body.height - 160.0).min(400.0);
        let (x, y) = (body.x + (body.width - side) / 2.0, body.y + (body.height - side) / 2.0);
        let ink = if self.lit { p.on_amber_high } else { p.ink };
        page.put(rect(x, y, side, side), crate::ui::widgets::icon::icon(Icon::BellRing, ink));
        page.second(
            (0, 1),
            "nav:never-mind",
            &cx.tr("help-never-mind"),
            Icon::X,
            Press::Own(Message::NeverMind),
        );
        page.finish()
    }

    // A second has passed: slow enough to be no flicker, seen across a room.
    fn tick(&mut self, _now: Duration, _cx: &Ctx) -> Action<Message> {
        self.lit = !self.lit;
        Action::None
    }

    fn spoken_key(&self) -> &'static str {
        "help-coming"
    }

    fn is_personal(&self) -> bool {
        false
    }
}
