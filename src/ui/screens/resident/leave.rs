//! Going home. The way home is asked only if the care plan requires it, and a person who must
//! not leave alone is told to wait for staff.

use std::time::Duration;

use daycare_core::resident::{Escort, Resident};
use daycare_core::roster::Intent;
use daycare_core::time::hour_minute;
use daycare_core::visit::{Visit, Way};
use iced::Task;

use super::confirm::PATIENCE;
use super::page::{Emblem, Page, Words};
use crate::error::Result;
use crate::ui::screens::{Action, ClosingSentence, Ctx, Route, Screen, Side, Trouble, Unfinished, Whose};
use crate::ui::theme::metrics::{column, rect};
use crate::ui::theme::{Rect, Role, Shape};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press, parts};

/// The person going home.
#[derive(Debug)]
pub struct Leave {
    resident: Box<Resident>,
    visit: Option<Visit>,
    way: Option<Way>,
    saving_since: Option<Duration>,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Today's visit was loaded; `None` if the person is not signed in.
    Loaded(Result<Option<Visit>>),
    /// A way home was tapped.
    Chose(Way),
    /// 是，我回家
    Yes,
    /// 不回，点错了
    No,
    /// The result of signing out.
    Saved(Result<Visit>),
}

const WAYS: [(Way, &str, &str); 3] = [
    (Way::Family, "leave-family", "woman"),
    (Way::Alone, "leave-alone", "man-walking"),
    (Way::Ride, "leave-ride", "bus"),
];

impl Screen for Leave {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(visit)) => {
                self.visit = visit;
                Action::None
            }
            Message::Chose(way) => {
                self.way = if self.way == Some(way) { None } else { Some(way) };
                Action::None
            }
            Message::Yes if self.resident.profile.escort == Escort::Staff => {
                Action::Go(Route::Closing(ClosingSentence::WaitForStaff(self.resident.clone())))
            }
            Message::Yes if self.saving_since.is_some() => Action::None,
            Message::Yes => {
                self.saving_since = Some(cx.clock.monotonic());
                let (id, at, way) = (self.resident.id, cx.clock.now(), self.way);
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.check_out(actor, id, at, way));
                Action::Run(Task::perform(write, Message::Saved))
            }
            Message::No => Action::Go(Route::FirstPage),
            Message::Saved(Ok(visit)) => {
                Action::Go(Route::Closing(ClosingSentence::Goodbye(self.resident.clone(), visit.id)))
            }
            Message::Saved(Err(_)) | Message::Loaded(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let came =
            self.visit.as_ref().map(|visit| hour_minute(visit.arrived_at.local(cx.clock.zone()).time()));
        let words = Words {
            lead: cx.addressed(&profile.name, &profile.called_by),
            title: cx.tr("leave-ask"),
            sub: came
                .map(|at| cx.i18n.tr_with("day-came", &[("time", at.as_str().into())]))
                .unwrap_or_default(),
            steps: None,
        };
        let mut page = Page::titled(cx, shape, Emblem::Picture(&profile.picture), &words);
        if profile.escort == Escort::Ask {
            self.ways(&mut page, cx);
        } else {
            Self::picture(&mut page);
        }
        let body = shape.body();
        let at_top = shape == Shape::Landscape && profile.escort == Escort::Ask;
        let y = if at_top { body.y } else { body.y + body.height - 132.0 };
        let note = Rect { y, height: 132.0, ..body };
        page.put(note, parts::note(note, Icon::Luggage, &cx.tr("leave-note"), page.look));
        if self.saving_since.is_some() {
            page.waiting();
        } else {
            page.primary("yes", &cx.tr("leave-yes"), Icon::House, Press::Own(Message::Yes));
        }
        page.hint(&cx.tr("leave-hint"));
        page.second((0, 1), "destructive:no", &cx.tr("leave-no"), Icon::Undo2, Press::Own(Message::No));
        page.finish()
    }

    fn tick(&mut self, now: Duration, _cx: &Ctx) -> Action<Message> {
        match self.saving_since {
            Some(since) if now.saturating_sub(since) >= PATIENCE => {
                Action::Go(Route::Trouble(Trouble::Resting))
            }
            _ => Action::None,
        }
    }

    fn spoken_key(&self) -> &'static str {
        "leave-ask"
    }

    fn intent(&self) -> Option<Intent> {
        Some(Intent::Leave)
    }

    fn resident(&self) -> Option<&Resident> {
        Some(&self.resident)
    }

    fn unfinished(&self) -> Option<Unfinished<'_>> {
        Some(Unfinished { key: "strip-not-out", whose: Whose::Resident(&self.resident) })
    }
}

impl Leave {
    /// Loads today's visit.
    pub fn new(resident: Box<Resident>, cx: &Ctx) -> (Self, Task<Message>) {
        let id = resident.id;
        let load = Task::perform(cx.store.read(move |store| store.open_visit(id)), Message::Loaded);
        (Self { resident, visit: None, way: None, saving_since: None }, load)
    }

    fn ways<'a>(&'a self, page: &mut Page<'a, Message>, cx: &Ctx) {
        let look = page.look;
        let reach = look.shape.reach();
        let title = Fitted::new(cx.tr("leave-way"), Role::Button, look).left().lines(1);
        let tiles = if look.shape == Shape::Portrait {
            page.text(Rect { height: 96.0, ..reach }, title);
            Rect { y: reach.y + 108.0, height: reach.height - 108.0 - 168.0, ..reach }
        } else {
            page.text(Rect { y: reach.y - 84.0, height: 78.0, ..reach }, title);
            reach
        };
        for (of, (way, key, picture)) in WAYS.into_iter().enumerate() {
            let place = column(tiles, of, 3);
            let label = cx.tr(key);
            let on = self.way == Some(way);
            let press = Press::Own(Message::Chose(way));
            page.put(
                place,
                parts::choice(place, &format!("choice:{key}"), (picture, &label), on, press, look),
            );
        }
    }

    fn picture(page: &mut Page<'_, Message>) {
        let body = page.look.shape.body();
        let card = Rect { height: body.height - 168.0, ..body };
        page.put(card, parts::card(page.look));
        let side = (card.height - 80.0).min(360.0);
        let place = rect(card.x + (card.width - side) / 2.0, card.y + (card.height - side) / 2.0, side, side);
        page.put(place, parts::drawn("house-with-garden"));
    }
}
