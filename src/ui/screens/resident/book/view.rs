//! Draws each question of a booking.

use chrono::NaiveDate;
use daycare_core::appointment::{BookableDay, Slot};

use super::super::page::{Emblem, Page, Words};
use super::super::ticket_stub::{self, Stub};
use super::{Book, Message, Step};
use crate::ui::screens::Ctx;
use crate::ui::theme::metrics::{cell, rect, row};
use crate::ui::theme::{Look, Rect, Role, Shape};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::frame::Frame;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::parts::{self, Kind};
use crate::ui::widgets::touch::Touch;
use crate::ui::widgets::{Element, Press};

const DAYS_PER_PAGE: usize = 4;
const TIMES_PER_PAGE: usize = 6;
const SERVICES_PER_PAGE: usize = 4;

impl Book {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        match &self.step {
            Step::What => self.what(cx, shape),
            Step::Day => self.day(cx, shape),
            Step::Time(day) => self.time(*day, cx, shape),
            Step::Confirm(slot) => self.confirm(slot, cx, shape),
            Step::Wait(_) => self.wait_view(cx, shape),
        }
    }

    /// Header with the step of three; a notice replaces the steps.
    fn words(&self, lead: String, title: &str, step: usize, cx: &Ctx) -> Words {
        let words = Words { lead, title: cx.tr(title), ..Words::default() };
        match self.notice {
            Some(key) => Words { sub: cx.tr(key), ..words },
            None => Words {
                sub: cx.i18n.tr_with("book-step", &[("step", step.into())]),
                steps: Some((step, 3)),
                ..words
            },
        }
    }

    fn lead(&self, cx: &Ctx) -> String {
        let name = self.service(cx).map(|service| cx.name(&service.name)).unwrap_or_default();
        cx.i18n.tr_with("book-lead", &[("service", name.as_str().into())])
    }

    fn what<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words {
            lead: String::new(),
            title: cx.tr("book-what"),
            sub: cx.tr("book-what-sub"),
            steps: None,
        };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::CalendarPlus), &words);
        let mut offered: Vec<_> = cx.centre.services.iter().filter(|service| service.bookable).collect();
        // Ordered by letter: health first.
        offered.sort_by_key(|service| &service.letter);
        let pages = offered.len().div_ceil(SERVICES_PER_PAGE).max(1);
        for (at, service) in
            offered.into_iter().skip(self.page * SERVICES_PER_PAGE).take(SERVICES_PER_PAGE).enumerate()
        {
            let place = match shape {
                Shape::Portrait => row(shape.list(), at, 4),
                Shape::Landscape => cell(shape.list(), at, 2, 2),
            };
            let look = page.look;
            let mut frame = Frame::new(place.size(), false);
            let side = (place.height - 48.0).min(140.0);
            let y = (place.height - side) / 2.0;
            let disc = rect(36.0, y, side, side);
            frame.put(disc, parts::disc(disc, &service.picture, at, look));
            let x = 36.0 + side + 36.0;
            let name = Fitted::new(cx.name(&service.name), Role::Item, look).left();
            frame.put(rect(x, 8.0, place.width - x - 100.0, place.height - 16.0), name);
            chevron(&mut frame, place, look);
            let press = Press::Own(Message::Chose(service.id));
            page.put(
                place,
                target(&format!("choice:{}", service.letter), Kind::Secondary, press, frame, look),
            );
        }
        page.pager(self.page, pages, Message::Turned);
        page.finish()
    }

    fn day<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = self.words(self.lead(cx), "book-day", 1, cx);
        let emblem = self.service(cx).map_or("clipboard", |service| service.picture.as_str());
        let mut page = Page::crowded(cx, shape, Emblem::Picture(emblem), &words);
        let days = self.days.as_deref().unwrap_or_default();
        if self.days.is_some() && days.is_empty() {
            let list = shape.list();
            page.put(list, parts::card(page.look));
            let text = Fitted::new(cx.tr("book-no-days"), Role::Item, page.look);
            page.text(Rect { height: list.height * 0.5, ..list }, text);
            let text = Fitted::new(cx.tr("book-no-days-sub"), Role::Body, page.look);
            page.text(rect(list.x, list.y + list.height * 0.5, list.width, list.height * 0.3), text);
        }
        let pages = days.len().div_ceil(DAYS_PER_PAGE).max(1);
        let at_page = self.page.min(pages - 1);
        for (at, day) in days.iter().skip(at_page * DAYS_PER_PAGE).take(DAYS_PER_PAGE).enumerate() {
            let place = match shape {
                Shape::Portrait => row(shape.list(), at, 4),
                Shape::Landscape => cell(shape.list(), at, 2, 2),
            };
            page.put(place, day_row(place, at, day, cx, page.look));
        }
        let label = cx.tr("book-other");
        let other = parts::Button::new(Kind::Secondary, Role::Button, &label).icon(Icon::Ellipsis);
        let place = if pages > 1 { shape.pager(1) } else { shape.pager_alone() };
        page.button(place, "nav:other", &other, Press::Own(Message::Other));
        page.pager(at_page, pages, Message::Turned);
        page.finish()
    }

    fn time<'a>(&'a self, day: NaiveDate, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let today = cx.clock.today();
        let lead = format!("{} {}", cx.i18n.near_day(day, today), cx.i18n.weekday(day));
        let words = self.words(lead, "book-time", 2, cx);
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::Clock), &words);
        let times = self.days.iter().flatten().find(|known| known.day == day).map(times).unwrap_or_default();
        let pages = times.len().div_ceil(TIMES_PER_PAGE).max(1);
        let at_page = self.page.min(pages - 1);
        for (at, slot) in times.into_iter().skip(at_page * TIMES_PER_PAGE).take(TIMES_PER_PAGE).enumerate() {
            let place = match shape {
                Shape::Portrait => cell(shape.list(), at, 2, 3),
                Shape::Landscape => cell(shape.list(), at, 3, 2),
            };
            page.put(place, time_tile(place, at, slot, cx, page.look));
        }
        page.pager(at_page, pages, Message::Turned);
        page.finish()
    }

    fn confirm<'a>(&'a self, slot: &Slot, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = self.words(self.lead(cx), "book-right", 3, cx);
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::CalendarCheck), &words);
        let service = self.service(cx);
        let stub = Stub {
            service: service.map(|service| service.name.clone()).unwrap_or_default(),
            day: slot.day,
            starts_at: slot.starts_at,
            room: slot.room.clone(),
            fasting: service.is_some_and(|service| service.fasting),
        };
        ticket_stub::person(&mut page, &stub, &self.wish.resident.profile, cx);
        if self.saving_since.is_some() {
            page.waiting();
        } else {
            page.primary("yes", &cx.tr("book-yes"), Icon::Check, Press::Own(Message::Yes));
        }
        page.hint(&cx.tr("book-hint"));
        page.second((0, 1), "destructive:no", &cx.tr("book-no"), Icon::Undo2, Press::Own(Message::No));
        page.finish()
    }

    fn wait_view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words {
            lead: self.lead(cx),
            title: cx.tr("book-wait"),
            sub: cx.tr("book-wait-sub"),
            steps: None,
        };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::Hourglass), &words);
        page.pictured(shape.body(), "teapot");
        if self.saving_since.is_some() {
            page.waiting();
        } else {
            page.primary("wait", &cx.tr("book-wait-yes"), Icon::Check, Press::Own(Message::Wait));
        }
        page.second((0, 1), "nav:no", &cx.tr("book-wait-no"), Icon::Undo2, Press::Own(Message::No));
        page.finish()
    }
}

/// The times of a day; if two sessions share a time, the one with a free seat.
fn times(day: &BookableDay) -> Vec<&Slot> {
    let mut all: Vec<&Slot> = Vec::new();
    for slot in &day.slots {
        match all.last_mut() {
            Some(last) if last.starts_at == slot.starts_at => {
                if last.free == 0 {
                    *last = slot;
                }
            }
            _ => all.push(slot),
        }
    }
    all
}

fn target<'a>(
    name: &str,
    kind: Kind,
    press: Press<Message>,
    frame: Frame<'a, crate::ui::widgets::Tapped<Message>>,
    look: Look,
) -> Element<'a, Message> {
    Touch::new(name, parts::faces(kind, look), Some(press), frame).into()
}

fn chevron(frame: &mut Frame<'_, crate::ui::widgets::Tapped<Message>>, place: Rect, look: Look) {
    let at = rect(place.width - 84.0, (place.height - 48.0) / 2.0, 48.0, 48.0);
    frame.put(at, icon(Icon::ChevronRight, look.palette.ink));
}

/// 明天 星期三 11月25日 还有 6 个位
fn day_row<'a>(place: Rect, at: usize, day: &BookableDay, cx: &Ctx, look: Look) -> Element<'a, Message> {
    let (width, height) = (place.width, place.height);
    let free = day.free();
    let full = free == 0;
    let ink = if full { look.palette.muted } else { look.palette.ink };
    let mut frame = Frame::new(place.size(), false);
    let narrow = width < 700.0;
    let near = cx.i18n.near_day(day.day, cx.clock.today());
    let date = cx.i18n.month_day(day.day);
    let left = if narrow { width * 0.5 } else { width * 0.34 };
    frame.put(
        rect(36.0, height * 0.14, left - 36.0, height * 0.72),
        Fitted::new(near.clone(), Role::Action, look).color(ink).left(),
    );
    let second =
        if near == date { cx.i18n.weekday(day.day) } else { format!("{}\n{date}", cx.i18n.weekday(day.day)) };
    if !narrow {
        let text = Fitted::new(second, Role::Small, look).color(ink).left().lines(2);
        frame.put(rect(left + 12.0, 8.0, width * 0.26, height - 16.0), text);
    }
    let x = if narrow { left + 12.0 } else { width * 0.62 };
    let room = width - x - 96.0;
    if full {
        full_sign(&mut frame, rect(x, 8.0, room, height - 16.0), cx, look);
    } else {
        let left = cx.i18n.tr_with("book-left", &[("count", free.into())]);
        let text = Fitted::new(left, Role::Body, look).right();
        frame.put(rect(x, 8.0, room, height - 16.0), text);
    }
    chevron(&mut frame, place, look);
    let kind = if full { Kind::Waiting } else { Kind::Secondary };
    target(&format!("choice:day-{at}"), kind, Press::Own(Message::Day(day.day)), frame, look)
}

/// Marks something as full by icon and word, never by colour alone.
fn full_sign(frame: &mut Frame<'_, crate::ui::widgets::Tapped<Message>>, place: Rect, cx: &Ctx, look: Look) {
    let muted = look.palette.muted;
    let words = Fitted::new(cx.tr("book-full"), Role::Body, look).color(muted).left();
    let width = (place.width - 56.0).min(130.0);
    let x = place.x + (place.width - width - 56.0) / 2.0;
    frame.put(rect(x, place.y + (place.height - 44.0) / 2.0, 44.0, 44.0), icon(Icon::Ban, muted));
    frame.put(rect(x + 56.0, place.y, width, place.height), words);
}

/// 上午 9:30 可以约
fn time_tile<'a>(place: Rect, at: usize, slot: &Slot, cx: &Ctx, look: Look) -> Element<'a, Message> {
    let (width, height) = (place.width, place.height);
    let full = slot.free == 0;
    let ink = if full { look.palette.muted } else { look.palette.ink };
    let (half, clock) = cx.i18n.half_and_clock(slot.starts_at.local(cx.clock.zone()).time());
    let mut frame = Frame::new(place.size(), false);
    let text = |words: String, role| Fitted::new(words, role, look).color(ink).lines(1);
    frame.put(rect(16.0, height * 0.06, width - 32.0, height * 0.26), text(half, Role::Body));
    frame.put(rect(16.0, height * 0.31, width - 32.0, height * 0.4), text(clock, Role::Hero));
    let foot = rect(16.0, height * 0.7, width - 32.0, height * 0.26);
    if full {
        full_sign(&mut frame, foot, cx, look);
        return target(&format!("choice:time-{at}"), Kind::Waiting, Press::Own(Message::Full), frame, look);
    }
    frame.put(foot, text(cx.tr("book-free"), Role::Body));
    let press = Press::Own(Message::Time(Box::new(slot.clone())));
    target(&format!("choice:time-{at}"), Kind::Secondary, press, frame, look)
}
