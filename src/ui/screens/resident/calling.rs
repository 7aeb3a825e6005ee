//! The public calling screen: number and room, nothing else.

use std::time::Duration;

use daycare_core::queue::PublicCall;
use iced::Task;

use crate::error::Result;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::theme::metrics::{inset, rect, row};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press, parts};

use super::page::{Emblem, Page, Words};
use crate::ui::theme::Role;

/// The present call, and earlier ones.
#[derive(Debug)]
pub struct Calling {
    calls: Vec<PublicCall>,
    /// A new call is shown in green for this long.
    fresh_since: Option<Duration>,
    loaded_at: Duration,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The calls were loaded.
    Loaded(Result<Vec<PublicCall>>),
    /// The screen was tapped: back to the first page.
    Done,
}

/// The calls are reloaded this often, so that no outdated number stays.
const REFRESH: Duration = Duration::from_secs(2);
const FRESH: Duration = Duration::from_secs(12);
const SHOWN: usize = 3;

fn load(cx: &Ctx) -> Task<Message> {
    Task::perform(cx.store.read(|store| store.public_calls()), Message::Loaded)
}

impl Screen for Calling {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(calls)) => {
                if calls.first() != self.calls.first() && !calls.is_empty() {
                    self.fresh_since = Some(cx.clock.monotonic());
                    self.calls = calls;
                    return Action::Ring;
                }
                self.calls = calls;
                Action::None
            }
            // The number shown may be outdated: better none than a wrong one.
            Message::Loaded(Err(_)) => {
                self.calls.clear();
                Action::None
            }
            Message::Done => Action::Go(Route::FirstPage),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words { title: cx.tr("calling-title"), sub: cx.tr("calling-sub"), ..Words::default() };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::Megaphone), &words);
        let (look, body) = (page.look, shape.body());
        let p = look.palette;
        if self.calls.is_empty() {
            page.put(body, parts::card(look));
            page.text(inset(body, 40.0), Fitted::new(cx.tr("calling-nobody"), Role::Item, look));
        }
        for (at, call) in self.calls.iter().take(SHOWN).enumerate() {
            let place = row(body, at, SHOWN);
            let fresh = at == 0 && self.fresh_since.is_some();
            let (fill, ink) = if fresh { (p.green, p.on_green) } else { (p.card, p.ink) };
            page.put(place, parts::panel(fill, p.hair, 2.0, 36.0));
            let number = rect(place.x + 32.0, place.y, place.width * 0.4 - 32.0, place.height);
            let role = if at == 0 { Role::Clock } else { Role::Hero };
            page.text(number, Fitted::new(call.ticket.as_str(), role, look).color(ink).lines(1));
            let room = rect(place.x + place.width * 0.42, place.y, place.width * 0.56, place.height);
            page.text(room, Fitted::new(cx.name(&call.room), Role::Action, look).color(ink).left());
        }
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        page.finish()
    }

    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        if self.fresh_since.is_some_and(|since| now.saturating_sub(since) >= FRESH) {
            self.fresh_since = None;
        }
        if now.saturating_sub(self.loaded_at) >= REFRESH {
            self.loaded_at = now;
            return Action::Run(load(cx));
        }
        Action::None
    }

    fn spoken_key(&self) -> &'static str {
        "calling-sub"
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Calling {
    /// Loads the calls.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let now = cx.clock.monotonic();
        (Self { calls: vec![], fresh_since: None, loaded_at: now }, load(cx))
    }
}
