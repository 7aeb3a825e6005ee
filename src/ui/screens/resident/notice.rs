//! A notice shown once to everybody who signs in: heat, water, flu. A tap confirms reading
//! it.

use std::time::Duration;

use daycare_core::resident::Resident;
use daycare_core::shift_book::Notice as Told;
use daycare_core::visit::Visit;
use iced::Task;

use crate::error::Result;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};

/// The first of the notices still to be shown.
#[derive(Debug)]
pub struct Notice {
    resident: Box<Resident>,
    visit: Box<Visit>,
    notices: Vec<Told>,
    since: Duration,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// 知道了
    Read,
    /// The result of saving that it was read; the visitor continues either way.
    Noted(Result<()>),
}

impl Screen for Notice {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match &message {
            Message::Read => {
                let Some(told) = self.notices.first() else { return self.on() };
                let (id, resident, actor) = (told.id, self.resident.id, cx.actor());
                let write = cx.store.write(move |store| store.read_notice(actor, id, resident));
                Action::Run(Task::perform(write, Message::Noted))
            }
            Message::Noted(_) => self.on(),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = self.notices.first().map(|told| told.words.clone()).unwrap_or_default();
        let picture = self.notices.first().map_or("megaphone", |told| told.kind.picture());
        let words = Words { lead: cx.tr("notice-lead"), title: words, sub: cx.tr("notice-sub"), steps: None };
        let mut page = Page::titled(cx, shape, Emblem::Done, &words);
        page.pictured(shape.body(), picture);
        page.primary("read", &cx.tr("notice-read"), Icon::Check, Press::Own(Message::Read));
        page.finish()
    }

    // A second has passed. Somebody who walks away has not read the notice and gets it again.
    fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds * 2);
        if now.saturating_sub(self.since) >= stays { Action::Go(Route::FirstPage) } else { Action::None }
    }

    fn spoken_key(&self) -> &'static str {
        "notice-sub"
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.resident)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Notice {
    /// Shows the first one.
    #[must_use]
    pub fn new(resident: Box<Resident>, visit: Box<Visit>, notices: Vec<Told>, cx: &Ctx) -> Self {
        Self { resident, visit, notices, since: cx.clock.monotonic() }
    }

    /// Continues with the next notice, or with what they came for.
    fn on(&mut self) -> Action<Message> {
        if !self.notices.is_empty() {
            let _ = self.notices.remove(0);
        }
        let (resident, visit) = (self.resident.clone(), self.visit.clone());
        if self.notices.is_empty() {
            return Action::Go(Route::Success(resident, visit));
        }
        Action::Go(Route::Notice(resident, visit, std::mem::take(&mut self.notices)))
    }
}
