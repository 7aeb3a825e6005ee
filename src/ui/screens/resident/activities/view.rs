//! Draws the activities and each question about one.

use daycare_core::activity::{ListedActivity, Window};
use daycare_core::appointment::Status;
use daycare_core::time::hour_minute;

use super::super::page::{Emblem, Page, Words};
use super::{Activities, Message, SignUpNotice, Step};
use crate::ui::screens::Ctx;
use crate::ui::theme::metrics::{inset, rect, row};
use crate::ui::theme::{Look, Rect, Role, Shape, TextScale};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::frame::Frame;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::parts::{self, Kind};
use crate::ui::widgets::touch::Touch;
use crate::ui::widgets::{Element, Press};

fn per_page(look: Look) -> usize {
    if look.scale == TextScale::Normal { 3 } else { 2 }
}

impl SignUpNotice {
    /// The result as one line of text.
    pub(in crate::ui::screens::resident) fn words(&self, cx: &Ctx) -> String {
        match self {
            Self::Joined(name) => cx.i18n.tr_with("act-joined", &[("name", cx.name(name).into())]),
            Self::Left(name) => cx.i18n.tr_with("act-left", &[("name", cx.name(name).into())]),
            Self::Waiting(before) => cx.i18n.tr_with("act-waiting", &[("count", (*before).into())]),
            Self::Elsewhere(own) => {
                let time = hour_minute(own.starts_at.local(cx.clock.zone()).time());
                let values = [("name", cx.name(&own.name).into()), ("time", time.as_str().into())];
                cx.i18n.tr_with("act-elsewhere", &values)
            }
            Self::Full => cx.tr("act-full-title"),
            Self::Closed => cx.tr("act-closed"),
            Self::CardPlease => cx.tr("act-card"),
        }
    }
}

impl Activities {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        match &self.step {
            Step::List => self.list(cx, shape),
            Step::Full(listed, next) => self.question(listed, next.as_ref(), true, cx, shape),
            Step::Off(listed, next) => self.question(listed, next.as_ref(), false, cx, shape),
            Step::Leaving(listed, _) => self.leaving(listed, cx, shape),
        }
    }

    fn list<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let all = self.all.as_deref().unwrap_or_default();
        let look = cx.look(shape);
        let pages = all.len().div_ceil(per_page(look)).max(1);
        let at_page = self.page.min(pages - 1);
        let first = all.get(at_page * per_page(look));
        let today = first.is_none_or(|listed| listed.occurrence.held_on == cx.clock.today());
        let words = Words {
            lead: self.lead(cx),
            title: cx.tr(if today { "act-title" } else { "act-title-week" }),
            sub: self.sub(cx),
            steps: None,
        };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::Music), &words);
        if self.all.is_some() && all.is_empty() {
            page.nothing(shape.list(), &cx.tr("act-none"));
        }
        for (at, listed) in all.iter().skip(at_page * per_page(look)).take(per_page(look)).enumerate() {
            let place = row(shape.list(), at, per_page(look));
            self.card(&mut page, place, at, listed, cx);
        }
        page.pager(at_page, pages, Message::Turned);
        page.finish()
    }

    /// The visitor's name once known, otherwise the day.
    fn lead(&self, cx: &Ctx) -> String {
        match &self.visitor {
            Some((resident, _)) => cx.public_name(&resident.profile),
            None => cx.i18n.day_line(cx.clock.today()),
        }
    }

    /// The result of the last tap, otherwise what to do.
    fn sub(&self, cx: &Ctx) -> String {
        self.notice.as_ref().map_or_else(|| cx.tr("act-sub"), |said| said.words(cx))
    }

    /// Picture, time, name, place, and the one button.
    fn card<'a>(
        &'a self,
        page: &mut Page<'a, Message>,
        place: Rect,
        at: usize,
        listed: &ListedActivity,
        cx: &'a Ctx,
    ) {
        let look = page.look;
        let joined = self.standing(listed.occurrence.key) == Some(Status::Booked);
        if joined {
            page.put(place, parts::panel(look.palette.tint, look.palette.green, 4.0, 36.0));
        } else {
            page.put(place, parts::card(look));
        }
        let lying = look.shape == Shape::Landscape;
        let width = if lying { 300.0 } else { 316.0 };
        let height = (place.height - 34.0).min(172.0);
        let right = place.x + place.width - 36.0;
        let button = rect(right - width, place.y + (place.height - height) / 2.0, width, height);
        page.put(button, self.button(button, at, listed, cx, look));
        let text = about(page, place, at, listed, joined);
        lines(page, Rect { width: button.x - 24.0 - text.x, ..text }, listed, cx);
    }

    fn button<'a>(
        &'a self,
        place: Rect,
        at: usize,
        listed: &ListedActivity,
        cx: &Ctx,
        look: Look,
    ) -> Element<'a, Message> {
        let key = listed.occurrence.key;
        let free = match listed.free() {
            Some(free) => cx.i18n.tr_with("act-places", &[("count", free.into())]),
            None => cx.tr("act-no-limit"),
        };
        let window = listed.occurrence.window(cx.clock.now(), cx.clock.zone());
        let begun = listed.occurrence.starts_at(cx.clock.zone()) <= cx.clock.now();
        let (name, kind, which, title, sub, message) = match (self.standing(key), window) {
            (_, Window::Off) => {
                let why = listed.occurrence.off.as_ref().map(|off| off.why().to_owned()).unwrap_or_default();
                ("off", Kind::Waiting, Icon::Ban, "act-off", why, Message::Cannot(key))
            }
            (Some(Status::Booked), _) => {
                let (which, title) =
                    if self.is_unsure(key) { (Icon::Clock, "unconfirmed") } else { (Icon::Check, "act-in") };
                ("joined", Kind::Chosen, which, title, cx.tr("act-in-sub"), Message::Leave(key))
            }
            (Some(_), _) => (
                "waits",
                Kind::Chosen,
                Icon::Hourglass,
                "act-waits",
                cx.tr("act-in-sub"),
                Message::Leave(key),
            ),
            (None, Window::Over) => {
                let title = if begun { "act-begun" } else { "act-soon" };
                ("begun", Kind::Waiting, Icon::Clock, title, cx.tr("act-begun-sub"), Message::Cannot(key))
            }
            (None, Window::NotYet(day)) => {
                let day = cx.i18n.near_day(day, cx.clock.today());
                let sub = cx.i18n.tr_with("act-not-yet-sub", &[("day", day.as_str().into())]);
                ("early", Kind::Waiting, Icon::CalendarDays, "act-not-yet", sub, Message::Cannot(key))
            }
            (None, Window::Open) if listed.is_full() => {
                ("full", Kind::Waiting, Icon::Ban, "book-full", cx.tr("act-full-sub"), Message::Cannot(key))
            }
            (None, Window::Open) => {
                ("join", Kind::Secondary, Icon::Plus, "act-join", free, Message::Join(key))
            }
        };
        let ink = if kind == Kind::Waiting { look.palette.muted } else { look.palette.ink };
        let mut frame = Frame::new(place.size(), false);
        let side = (place.height * 0.28).min(if look.shape == Shape::Landscape { 36.0 } else { 48.0 });
        frame.put(rect(22.0, (place.height - side) / 2.0, side, side), icon(which, ink));
        let x = 22.0 + side + 14.0;
        let room = place.width - x - 14.0;
        let half = place.height * 0.52;
        frame.put(
            rect(x, place.height * 0.06, room, half),
            Fitted::new(cx.tr(title), Role::Button, look).color(ink).lines(1),
        );
        let y = place.height * 0.06 + half;
        frame.put(
            rect(x, y, room, place.height * 0.94 - y),
            Fitted::new(sub, Role::Small, look).color(ink).lines(1),
        );
        let name = format!("choice:{name}-{at}");
        Touch::new(&name, parts::faces(kind, look), Some(Press::Own(message)), frame).into()
    }

    /// The question about a full or cancelled activity.
    fn question<'a>(
        &'a self,
        listed: &'a ListedActivity,
        next: Option<&'a ListedActivity>,
        full: bool,
        cx: &'a Ctx,
        shape: Shape,
    ) -> Element<'a, Message> {
        let why = listed.occurrence.off.as_ref().map(|off| off.why().to_owned());
        let waits = full && listed.occurrence.window(cx.clock.now(), cx.clock.zone()) == Window::Open;
        let words = Words {
            lead: format!("{} {}", when(listed, cx), cx.name(&listed.occurrence.name)),
            title: cx.tr(match (full, waits) {
                (false, _) => "act-off-title",
                (true, true) => "act-full-title",
                (true, false) => "act-late-title",
            }),
            sub: why.unwrap_or_else(|| cx.tr(if next.is_some() { "act-next-sub" } else { "act-no-next" })),
            steps: None,
        };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::CalendarDays), &words);
        let body = shape.body();
        match next {
            Some(next) => {
                page.put(body, parts::card(page.look));
                upcoming(&mut page, body, next, cx);
            }
            None => page.pictured(body, &listed.occurrence.picture),
        }
        let next_label = cx.tr("act-join-next");
        let open =
            |next: &ListedActivity| next.occurrence.window(cx.clock.now(), cx.clock.zone()) == Window::Open;
        let joinable = next.is_some_and(open);
        match (self.saving, waits, joinable) {
            (true, ..) => page.waiting(),
            (false, true, _) => {
                page.primary("wait", &cx.tr("act-wait"), Icon::Hourglass, Press::Own(Message::Wait));
            }
            (false, false, true) => {
                page.primary("next", &next_label, Icon::Check, Press::Own(Message::JoinNext));
            }
            (false, false, false) => {
                page.primary("back", &cx.tr("ok"), Icon::Check, Press::Own(Message::Back));
            }
        }
        if waits && joinable {
            let press = Press::Own(Message::JoinNext);
            page.second_row(vec![
                ("nav:join-next", next_label, Icon::CalendarPlus, press),
                ("nav:no", cx.tr("act-no"), Icon::Undo2, Press::Own(Message::Back)),
            ]);
        } else if waits || joinable {
            page.second((0, 1), "nav:no", &cx.tr("act-no"), Icon::Undo2, Press::Own(Message::Back));
        }
        page.finish()
    }

    fn leaving<'a>(&'a self, listed: &'a ListedActivity, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words {
            lead: self.lead(cx),
            title: cx.tr("act-leave-title"),
            sub: cx.tr("act-leave-sub"),
            steps: None,
        };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::CalendarDays), &words);
        let body = shape.body();
        page.put(body, parts::card(page.look));
        upcoming(&mut page, body, listed, cx);
        if self.saving {
            page.waiting();
        } else {
            page.primary("leave", &cx.tr("act-leave-yes"), Icon::Check, Press::Own(Message::LeaveYes));
        }
        page.second(
            (0, 1),
            "destructive:keep",
            &cx.tr("act-leave-no"),
            Icon::Undo2,
            Press::Own(Message::Back),
        );
        page.finish()
    }
}

/// Draws a card's picture; returns the area left for its text.
fn about(
    page: &mut Page<'_, Message>,
    place: Rect,
    at: usize,
    listed: &ListedActivity,
    joined: bool,
) -> Rect {
    let look = page.look;
    let lying = look.shape == Shape::Landscape;
    // A taller card of larger words has no larger picture: the words need the width.
    let side = (place.height - if lying { 38.0 } else { 88.0 }).min(if lying { 122.0 } else { 176.0 });
    let disc = rect(place.x + 36.0, place.y + (place.height - side) / 2.0, side, side);
    if joined {
        page.put(disc, parts::panel(look.palette.card, iced::Color::TRANSPARENT, 0.0, side / 2.0));
        page.put(inset(disc, side * 0.16), parts::drawn(&listed.occurrence.picture));
    } else {
        page.put(disc, parts::disc(disc, &listed.occurrence.picture, at, look));
    }
    let x = disc.x + side + if lying { 28.0 } else { 34.0 };
    rect(x, place.y + 14.0, 0.0, place.height - 28.0)
}

/// Time, name, place; landscape cards have time and place in one line.
fn lines(page: &mut Page<'_, Message>, text: Rect, listed: &ListedActivity, cx: &Ctx) {
    let look = page.look;
    let occurrence = &listed.occurrence;
    let off = occurrence.off.is_some();
    let (green, ink) =
        if off { (look.palette.muted, look.palette.muted) } else { (look.palette.green, look.palette.ink) };
    let time = when(listed, cx);
    let name = Fitted::new(cx.name(&occurrence.name), Role::Item, look).color(ink).left().lines(3);
    let under = if occurrence.notice.is_empty() {
        cx.name(&listed.room)
    } else {
        format!("{} {}", cx.name(&listed.room), occurrence.notice)
    };
    let part = |from: f32, to: f32| Rect {
        y: text.y + text.height * from,
        height: text.height * (to - from),
        ..text
    };
    if look.shape == Shape::Landscape {
        let first = format!("{time} {under}");
        page.text(part(0.0, 0.36), Fitted::new(first, Role::Label, look).color(green).left().lines(1));
        page.text(part(0.36, 1.0), name);
        return;
    }
    page.text(part(0.0, 0.25), Fitted::new(time, Role::Button, look).color(green).left().lines(1));
    page.text(part(0.25, 0.78), name);
    page.text(part(0.78, 1.0), Fitted::new(under, Role::Body, look).color(ink).left().lines(1));
}

/// 9:30 today, 星期四 14:00 later.
fn when(listed: &ListedActivity, cx: &Ctx) -> String {
    let occurrence = &listed.occurrence;
    let time = hour_minute(occurrence.arrangement.starts);
    let time = time.strip_prefix('0').unwrap_or(&time).to_owned();
    let today = cx.clock.today();
    if occurrence.held_on == today {
        return time;
    }
    format!("{} {time}", cx.i18n.near_day(occurrence.held_on, today))
}

/// One occurrence, large: picture, day, time, name, place.
fn upcoming(page: &mut Page<'_, Message>, body: Rect, next: &ListedActivity, cx: &Ctx) {
    let look = page.look;
    let occurrence = &next.occurrence;
    let side = (body.height - 160.0).min(300.0);
    let disc = rect(body.x + 48.0, body.y + (body.height - side) / 2.0, side, side);
    page.put(disc, parts::disc(disc, &occurrence.picture, 1, look));
    let x = disc.x + side + 48.0;
    let width = body.x + body.width - x - 36.0;
    let day = format!(
        "{} {}",
        cx.i18n.near_day(occurrence.held_on, cx.clock.today()),
        cx.i18n.clock_words(occurrence.arrangement.starts)
    );
    let free = match (occurrence.window(cx.clock.now(), cx.clock.zone()), next.free()) {
        (Window::NotYet(day), _) => {
            let day = cx.i18n.near_day(day, cx.clock.today());
            cx.i18n.tr_with("act-not-yet-sub", &[("day", day.as_str().into())])
        }
        (_, Some(free)) => cx.i18n.tr_with("act-places", &[("count", free.into())]),
        (_, None) => cx.tr("act-no-limit"),
    };
    let line = |from: f32, to: f32| rect(x, body.y + body.height * from, width, body.height * (to - from));
    let green = look.palette.green;
    page.text(line(0.08, 0.3), Fitted::new(day, Role::Item, look).color(green).left());
    page.text(line(0.3, 0.6), Fitted::new(cx.name(&occurrence.name), Role::Action, look).left());
    page.text(line(0.6, 0.77), Fitted::new(cx.name(&next.room), Role::Body, look).left().lines(1));
    page.text(line(0.77, 0.93), Fitted::new(free, Role::Body, look).left().lines(1));
}
