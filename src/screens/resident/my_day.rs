//! S5: what is on for one person today. A second scan leads here, never to
//! an error.

use iced::Task;

use crate::domain::resident::Resident;
use crate::domain::time::hour_minute;
use crate::domain::visit::Visit;
use crate::error::Result;
use crate::screens::{Action, Ctx, Route, Trouble};
use crate::theme::metrics::{rect, row};
use crate::theme::{Rect, Role, Shape};
use crate::widgets::fitted::Fitted;
use crate::widgets::icon::Icon;
use crate::widgets::{Element, Press, parts};

use super::page::{Emblem, Page, Words};

/// One person's day.
#[derive(Debug)]
pub struct MyDay {
    resident: Box<Resident>,
    visit: Option<Visit>,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Today's visit came.
    Loaded(Result<Option<Visit>>),
    /// 看好了
    Done,
    /// 我要回家了
    Leaving,
}

impl MyDay {
    /// Loads today's visit.
    pub fn new(resident: Box<Resident>, cx: &Ctx) -> (Self, Task<Message>) {
        let id = resident.id;
        let load = Task::perform(cx.store.read(move |store| store.open_visit(id)), Message::Loaded);
        (Self { resident, visit: None }, load)
    }

    /// Whose screen it is.
    #[must_use]
    pub fn resident(&self) -> &Resident {
        &self.resident
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message) -> Action<Message> {
        match message {
            Message::Loaded(Ok(visit)) => {
                self.visit = visit;
                Action::None
            }
            Message::Loaded(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
            Message::Done => Action::Go(Route::Idle),
            Message::Leaving => Action::Go(Route::Leave(self.resident.clone())),
        }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let came =
            self.visit.as_ref().map(|visit| hour_minute(visit.arrived_at.local(cx.clock.zone()).time()));
        let words = Words {
            lead: format!("{}{}", profile.name, profile.called_by),
            title: cx.tr("day-title"),
            sub: came
                .map(|at| cx.i18n.tr_with("day-came", &[("time", at.as_str().into())]))
                .unwrap_or_default(),
        };
        let mut page = Page::titled(cx, shape, Emblem::Picture(&profile.picture), &words);
        self.rows(&mut page, cx);
        page.primary("done", &cx.tr("day-done"), Icon::Check, Press::Own(Message::Done));
        if self.visit.is_some() {
            page.hint(&cx.tr("day-hint"));
            page.second((0, 1), "nav:leave", &cx.tr("idle-leave"), Icon::House, Press::Own(Message::Leaving));
        }
        page.finish()
    }

    fn rows<'a>(&'a self, page: &mut Page<'a, Message>, cx: &Ctx) {
        let look = page.look;
        let body = look.shape.body();
        let chosen = self.visit.iter().flat_map(|visit| &visit.services).filter_map(|id| cx.service(*id));
        let chosen: Vec<_> = chosen.take(3).collect();
        if chosen.is_empty() {
            page.put(body, parts::card(look));
            let side = (body.height * 0.5).min(300.0);
            let picture = rect(body.x + (body.width - side) / 2.0, body.y + body.height * 0.1, side, side);
            page.put(picture, parts::drawn("teapot"));
            let y = picture.y + side;
            let words = rect(body.x + 40.0, y, body.width - 80.0, body.y + body.height - y - 24.0);
            page.text(words, Fitted::new(cx.tr("day-none"), Role::Item, look));
            return;
        }
        for (at, service) in chosen.into_iter().enumerate() {
            let place = row(body, at, 3);
            page.put(place, parts::card(look));
            let side = (place.height - 40.0).min(128.0);
            let disc = rect(place.x + 36.0, place.y + (place.height - side) / 2.0, side, side);
            page.put(disc, parts::disc(disc, &service.picture, at, look));
            let x = disc.x + side + 36.0;
            let text = Rect { x, width: place.x + place.width - x - 36.0, ..place };
            page.text(text, Fitted::new(service.name.as_str(), Role::Item, look).left());
        }
    }
}
