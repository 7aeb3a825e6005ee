//! S4: signed in. What for may be said, and it may all be taken back.

use std::time::Duration;

use iced::Task;

use crate::domain::audit::Actor;
use crate::domain::ids::ServiceId;
use crate::domain::resident::Resident;
use crate::domain::time::hour_minute;
use crate::domain::visit::Visit;
use crate::error::Result;
use crate::screens::{Action, Ctx, Route, Saying, Trouble};
use crate::theme::metrics::{cell, rect};
use crate::theme::{Rect, Role, Shape};
use crate::widgets::fitted::Fitted;
use crate::widgets::icon::Icon;
use crate::widgets::parts::{self, Button, Kind};
use crate::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};

/// The visit just written.
#[derive(Debug)]
pub struct Success {
    resident: Box<Resident>,
    visit: Box<Visit>,
    /// All services, the person's own usual ones first.
    offered: Vec<ServiceId>,
    page: usize,
    since: Duration,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The person's own usual purposes came.
    Usual(Result<Vec<ServiceId>>),
    /// A purpose was tapped.
    Toggled(ServiceId),
    /// The purposes are on disk, or not.
    Chosen(Result<()>),
    /// 更多, 上一页
    Turned(usize),
    /// 好的
    Done,
    /// 看我今天的安排
    MyDay,
    /// 点错了，取消
    Undo,
    /// It is taken back, or not.
    Undone(Result<Visit>),
}

const PER_PAGE: usize = 4;

impl Success {
    /// Asks for the person's usual purposes.
    pub fn new(resident: Box<Resident>, visit: Box<Visit>, cx: &Ctx) -> (Self, Task<Message>) {
        let id = resident.id;
        let offered = cx.centre.services.iter().map(|service| service.id).collect();
        let usual = Task::perform(cx.store.read(move |store| store.usual_services(id)), Message::Usual);
        (Self { resident, visit, offered, page: 0, since: cx.clock.monotonic() }, usual)
    }

    /// Whose screen it is.
    #[must_use]
    pub fn resident(&self) -> &Resident {
        &self.resident
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Usual(Ok(usual)) => {
                let others = self.offered.iter().filter(|id| !usual.contains(id)).copied();
                self.offered = usual.iter().copied().chain(others).collect();
                Action::None
            }
            // Without their own order the usual one does.
            Message::Usual(Err(_)) | Message::Chosen(Ok(())) => Action::None,
            Message::Toggled(id) => self.toggle(id, cx),
            Message::Turned(page) => {
                self.page = page;
                Action::None
            }
            Message::Done => Action::Go(Route::Idle),
            Message::MyDay => Action::Go(Route::MyDay(self.resident.clone())),
            Message::Undo => {
                let id = self.visit.id;
                let write = cx.store.write(move |store| store.undo_check_in(Actor::Resident, id));
                Action::Run(Task::perform(write, Message::Undone))
            }
            Message::Undone(Ok(_)) => Action::Go(Route::Said(Saying::Undone)),
            Message::Undone(Err(_)) | Message::Chosen(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
        }
    }

    fn toggle(&mut self, id: ServiceId, cx: &Ctx) -> Action<Message> {
        match self.visit.services.iter().position(|chosen| *chosen == id) {
            Some(at) => drop(self.visit.services.remove(at)),
            None => self.visit.services.push(id),
        }
        let (visit, services) = (self.visit.id, self.visit.services.clone());
        let write = cx.store.write(move |store| store.set_services(Actor::Resident, visit, &services));
        // Somebody still choosing is given the whole time again.
        self.since = cx.clock.monotonic();
        Action::Run(Task::perform(write, Message::Chosen))
    }

    /// A second has passed.
    pub fn tick(&mut self, now: Duration, cx: &Ctx) -> Action<Message> {
        let stays = Duration::from_secs(cx.config.screen.success_seconds);
        if now.saturating_sub(self.since) >= stays { Action::Go(Route::Idle) } else { Action::None }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let greeting = cx.i18n.greeting(cx.clock.local());
        let full = format!("{}{}", profile.name, profile.called_by);
        let values = [("name", full.as_str().into()), ("greeting", greeting.as_str().into())];
        let words =
            Words { title: cx.tr("ok-in"), sub: cx.i18n.tr_with("ok-greeting", &values), ..Words::default() };
        let mut page = Page::crowded(cx, shape, Emblem::Done, &words);
        self.purposes(&mut page, cx);
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        let stays = cx.config.screen.success_seconds;
        if shape == Shape::Portrait {
            page.hint(&cx.i18n.tr_with("ok-undo-hint", &[("seconds", stays.into())]));
        }
        page.second(
            (0, 2),
            "nav:my-day",
            &cx.tr("ok-my-day"),
            Icon::CalendarDays,
            Press::Own(Message::MyDay),
        );
        page.second((1, 2), "destructive:undo", &cx.tr("ok-undo"), Icon::Undo2, Press::Own(Message::Undo));
        page.finish()
    }

    fn purposes<'a>(&'a self, page: &mut Page<'a, Message>, cx: &Ctx) {
        let look = page.look;
        let lying = look.shape == Shape::Landscape;
        let body = look.shape.reach();
        let head = 120.0;
        if lying {
            let note = rect(body.x, 48.0, body.width, 176.0);
            let came = hour_minute(self.visit.arrived_at.local(cx.clock.zone()).time());
            let words = cx.i18n.tr_with("day-came", &[("time", came.as_str().into())]);
            page.put(note, parts::note(note, Icon::Clock, &words, look));
        }
        let button_width = 219.0;
        let more = self.offered.len() > (self.page + 1) * PER_PAGE;
        let place = |of: f32| Rect {
            x: body.x + body.width - button_width - of * (button_width + 36.0),
            width: button_width,
            height: 108.0,
            ..body
        };
        let title_width = body.width - 2.0 * (button_width + 36.0);
        let title = Fitted::new(cx.tr("purpose-title"), Role::Button, look).left();
        page.text(rect(body.x, body.y, title_width, head - 12.0), title);
        if more {
            let label = cx.tr("purpose-more");
            let button = Button::new(Kind::Quiet, Role::Label, &label).icon(Icon::Ellipsis);
            page.button(place(0.0), "nav:more", &button, Press::Own(Message::Turned(self.page + 1)));
        }
        if self.page > 0 {
            let label = cx.tr("page-previous");
            let button = Button::new(Kind::Quiet, Role::Label, &label);
            let of = if more { 1.0 } else { 0.0 };
            page.button(place(of), "nav:previous", &button, Press::Own(Message::Turned(self.page - 1)));
        }
        let grid = Rect { y: body.y + head + 24.0, height: body.height - head - 24.0, ..body };
        let shown = self.offered.iter().skip(self.page * PER_PAGE).take(PER_PAGE);
        for (at, service) in shown.filter_map(|id| cx.service(*id)).enumerate() {
            let place = if lying { cell(grid, at, 4, 1) } else { cell(grid, at, 2, 2) };
            let on = self.visit.services.contains(&service.id);
            let press = Press::Own(Message::Toggled(service.id));
            let words = (service.picture.as_str(), service.name.as_str());
            page.put(
                place,
                parts::choice(place, &format!("choice:{}", service.name), words, on, press, look),
            );
        }
    }
}
