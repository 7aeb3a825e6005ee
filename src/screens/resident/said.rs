//! A sentence at the end of something, and back to the first page.

use std::time::Duration;

use iced::Task;

use crate::domain::audit::Actor;
use crate::domain::visit::Visit;
use crate::error::Result;
use crate::screens::{Action, Ctx, Route, Saying, Trouble};
use crate::theme::Shape;
use crate::theme::metrics::rect;
use crate::widgets::icon::Icon;
use crate::widgets::{Element, Press, parts};

use super::page::{Emblem, Page, Words};

/// The sentence.
#[derive(Debug)]
pub struct Said {
    saying: Saying,
    since: Duration,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// 好的
    Done,
    /// 点错了，取消: the departure is taken back.
    Undo,
    /// It is taken back, or not.
    Undone(Result<Visit>),
}

impl Said {
    /// Says it.
    #[must_use]
    pub fn new(saying: Saying, cx: &Ctx) -> Self {
        Self { saying, since: cx.clock.monotonic() }
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match (message, &self.saying) {
            (Message::Undo, Saying::Goodbye(_, visit)) => {
                let id = *visit;
                let write = cx.store.write(move |store| store.undo_check_out(Actor::Resident, id));
                Action::Run(Task::perform(write, Message::Undone))
            }
            (Message::Undone(Ok(_)), Saying::Goodbye(resident, _)) => {
                Action::Go(Route::MyDay(resident.clone()))
            }
            (Message::Undone(Err(_)), _) => Action::Go(Route::Trouble(Trouble::Resting)),
            _ => Action::Go(Route::Idle),
        }
    }

    /// A second has passed.
    pub fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds);
        if now.saturating_sub(self.since) >= stays { Action::Go(Route::Idle) } else { Action::None }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let (title, sub, lead, picture) = match &self.saying {
            Saying::Goodbye(resident, _) => {
                ("said-goodbye", "said-goodbye-sub", Some(resident), "house-with-garden")
            }
            Saying::Undone => ("said-undone", "said-undone-sub", None, "handshake"),
            Saying::WaitForStaff(resident) => ("said-wait", "said-wait-sub", Some(resident), "handshake"),
            Saying::NobodyHere => ("said-nobody", "said-nobody-sub", None, "house-with-garden"),
        };
        let name = lead.map(|r| format!("{}{}", r.profile.name, r.profile.called_by));
        let words = Words { lead: name.unwrap_or_default(), title: cx.tr(title), sub: cx.tr(sub) };
        let waits = matches!(self.saying, Saying::WaitForStaff(_) | Saying::NobodyHere);
        let emblem = if waits { Emblem::Sign(Icon::Hand) } else { Emblem::Done };
        let mut page = Page::titled(cx, shape, emblem, &words);
        let body = shape.body();
        page.put(body, parts::card(page.look));
        let side = (body.height - 120.0).min(440.0);
        let (x, y) = (body.x + (body.width - side) / 2.0, body.y + (body.height - side) / 2.0);
        page.put(rect(x, y, side, side), parts::drawn(picture));
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        if matches!(self.saying, Saying::Goodbye(..)) {
            let stays = cx.config.screen.success_seconds;
            page.hint(&cx.i18n.tr_with("ok-undo-hint", &[("seconds", stays.into())]));
            page.second(
                (0, 1),
                "destructive:undo",
                &cx.tr("ok-undo"),
                Icon::Undo2,
                Press::Own(Message::Undo),
            );
        }
        page.finish()
    }
}
