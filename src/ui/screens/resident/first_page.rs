//! The first page. The card reader is always armed.

use daycare_core::activity::ListedActivity;
use daycare_core::roster::Intent;
use daycare_core::time::hour_minute;
use iced::Task;

use crate::error::Result;
use crate::i18n::Lang;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::metrics::{GAP, column, rect};
use crate::ui::theme::{Rect, Role, Shape};
use crate::ui::widgets::fitted::{Fitted, shortened};
use crate::ui::widgets::frame::Frame;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::parts::{self, Button, Kind};
use crate::ui::widgets::touch::Touch;
use crate::ui::widgets::{Chrome, Element, Press, drawing};

use super::page::Page;

/// Holds no personal data: only the next activity.
#[derive(Debug, Default)]
pub struct FirstPage {
    next: Option<ListedActivity>,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The next activity was loaded.
    Next(Result<Option<ListedActivity>>),
    /// 今天的活动
    Activities,
    /// 没带卡，点这里
    NoCard,
    /// 我要回家了
    Leaving,
    /// A language was chosen.
    Speak(Lang),
    /// 大字
    Display,
}

impl Screen for FirstPage {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, _cx: &Ctx) -> Action<Message> {
        match message {
            Message::Next(next) => {
                self.next = next.unwrap_or_default();
                Action::None
            }
            Message::Activities => Action::Go(Route::Activities(None, None)),
            Message::NoCard => Action::Go(Route::Surname(Intent::CheckIn)),
            Message::Leaving => Action::Go(Route::Surname(Intent::Leave)),
            Message::Speak(lang) => Action::Speak(lang),
            Message::Display => Action::Go(Route::Display),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let mut page = Page::new(cx, shape, Chrome::Staff, false);
        let places = Places::of(shape);
        let p = page.look.palette;
        let h = places.hills;
        page.put(h, drawing::hills(p, h.width, h.height, true, false));
        page.strip(false);
        clock(&mut page, cx, &places);
        invitation(&mut page, cx, &places);
        let label = cx.tr("idle-nocard");
        let button = Button::new(Kind::Primary, Role::Action, &label).icon(Icon::Pointer);
        page.button(places.no_card, "primary:nocard", &button, Press::Own(Message::NoCard));
        self.activities(&mut page, column(places.row, 0, 2), cx);
        let label = cx.tr("idle-leave");
        let button = Button::new(Kind::Secondary, Role::Item, &label).icon(Icon::House);
        page.button(column(places.row, 1, 2), "nav:leave", &button, Press::Own(Message::Leaving));
        languages(&mut page, cx, &places);
        page.finish()
    }

    fn minute(&self, cx: &Ctx) -> Task<Message> {
        Self::ask(cx)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl FirstPage {
    /// Shows the page and loads the next activity.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        (Self::default(), Self::ask(cx))
    }

    /// Loads today's next activity; repeated every minute.
    pub fn ask(cx: &Ctx) -> Task<Message> {
        let (today, now, zone) = (cx.clock.today(), cx.clock.now(), cx.clock.zone());
        let next = cx.store.read(move |store| {
            let coming = |listed: &ListedActivity| {
                listed.occurrence.off.is_none() && listed.occurrence.starts_at(zone) > now
            };
            Ok(store.activities(today, today)?.into_iter().find(coming))
        });
        Task::perform(next, Message::Next)
    }
}

impl FirstPage {
    /// Draws 今天的活动 with the next activity.
    fn activities(&self, page: &mut Page<'_, Message>, place: Rect, cx: &Ctx) {
        let look = page.look;
        let ink = look.palette.ink;
        let label = cx.tr("idle-act");
        let press = Some(Press::Own(Message::Activities));
        let Some(next) = &self.next else {
            let button = Button::new(Kind::Secondary, Role::Item, &label).icon(Icon::Music);
            page.put(place, parts::button(place, "nav:activities", &button, press, look));
            return;
        };
        let mut frame = Frame::new(place.size(), false);
        let side = (place.height * 0.36).min(64.0);
        frame.put(rect(28.0, (place.height - side) / 2.0, side, side), icon(Icon::Music, ink));
        let x = 28.0 + side + 20.0;
        let width = place.width - x - 16.0;
        let top = place.height * 0.05;
        let half = place.height * 0.41;
        frame.put(rect(x, top, width, half), Fitted::new(label, Role::Button, look).left().lines(1));
        let what =
            format!("{} {}", hour_minute(next.occurrence.arrangement.starts), cx.name(&next.occurrence.name));
        let under = rect(x, top + half, width, place.height * 0.9 - half);
        let lines: u8 = if place.height > 150.0 { 2 } else { 1 };
        let what = shortened(&what, width * f32::from(lines) / Role::Small.smallest());
        frame.put(under, Fitted::new(what, Role::Small, look).left().lines(lines));
        page.put(place, Touch::new("nav:activities", parts::faces(Kind::Secondary, look), press, frame));
    }
}

/// Positions used on this screen only.
struct Places {
    clock: Rect,
    date: Rect,
    lunar: Rect,
    hills: Rect,
    card: Rect,
    no_card: Rect,
    row: Rect,
    languages: Rect,
}

impl Places {
    fn of(shape: Shape) -> Self {
        match shape {
            Shape::Portrait => Self {
                clock: rect(48.0, 136.0, 372.0, 160.0),
                date: rect(440.0, 150.0, 592.0, 72.0),
                lunar: rect(440.0, 222.0, 592.0, 62.0),
                hills: rect(0.0, 236.0, 1080.0, 300.0),
                card: rect(48.0, 572.0, 984.0, 428.0),
                no_card: rect(48.0, 1036.0, 984.0, 180.0),
                row: rect(48.0, 1252.0, 984.0, 180.0),
                languages: rect(48.0, 1468.0, 984.0, 148.0),
            },
            Shape::Landscape => Self {
                clock: rect(48.0, 152.0, 672.0, 180.0),
                date: rect(48.0, 340.0, 672.0, 72.0),
                lunar: rect(48.0, 412.0, 672.0, 62.0),
                hills: rect(0.0, 544.0, 768.0, 300.0),
                card: rect(816.0, 48.0, 1056.0, 256.0),
                no_card: rect(816.0, 340.0, 1056.0, 168.0),
                row: rect(816.0, 544.0, 1056.0, 122.0),
                languages: rect(816.0, 702.0, 1056.0, 106.0),
            },
        }
    }
}

fn clock(page: &mut Page<'_, Message>, cx: &Ctx, places: &Places) {
    let now = cx.clock.local();
    let look = page.look;
    page.text(places.clock, Fitted::new(hour_minute(now.time()), Role::Clock, look).left().lines(1));
    let day = now.date();
    page.text(places.date, Fitted::new(cx.i18n.day_line(day), Role::Button, look).left().lines(1));
    page.text(places.lunar, Fitted::new(cx.i18n.lunar_line(day), Role::Body, look).left().lines(1));
}

/// Shows how to scan a card: a drawing and two lines.
fn invitation(page: &mut Page<'_, Message>, cx: &Ctx, places: &Places) {
    let card = places.card;
    let look = page.look;
    page.put(card, parts::card(look));
    let height = card.height - 40.0;
    let width = height * 330.0 / 402.0;
    page.put(rect(card.x + 44.0, card.y + 20.0, width, height), drawing::card_over_reader(look.palette));
    let x = card.x + 44.0 + width + 44.0;
    let text = rect(x, card.y + 20.0, card.x + card.width - x - 28.0, height);
    let title = Fitted::new(cx.tr("idle-title"), Role::Hero, look).left().lines(3);
    let sub = Fitted::new(cx.tr("idle-card"), Role::Body, look).left();
    let split = text.height * if look.shape == Shape::Portrait { 0.72 } else { 0.6 };
    page.text(Rect { height: split, ..text }, title);
    page.text(Rect { y: text.y + split, height: text.height - split, ..text }, sub);
}

/// Position of a language button, or of the text size button after them. The longest name has
/// the widest button, so that no word is broken.
fn language(row: Rect, of: usize) -> Rect {
    const SHARES: [f32; 4] = [0.21, 0.21, 0.33, 0.25];
    let room = row.width - 3.0 * GAP;
    let before: f32 = SHARES.iter().take(of).map(|share| share * room + GAP).sum();
    let share = SHARES.get(of).copied().unwrap_or_default();
    Rect { x: row.x + before, width: share * room, ..row }
}

fn languages(page: &mut Page<'_, Message>, cx: &Ctx, places: &Places) {
    let names = [(Lang::ZhHans, "简体"), (Lang::ZhHant, "繁體"), (Lang::En, "English")];
    for (of, (lang, name)) in names.into_iter().enumerate() {
        let on = cx.i18n.lang() == lang;
        let kind = if on { Kind::Chosen } else { Kind::Quiet };
        let button = Button::new(kind, Role::Label, name);
        let button = if on { button.icon(Icon::Check) } else { button };
        let place = language(places.languages, of);
        page.button(place, &format!("nav:{}", lang.tag()), &button, Press::Own(Message::Speak(lang)));
    }
    let label = cx.tr("idle-display");
    let button = Button::new(Kind::Quiet, Role::Label, &label).icon(Icon::ALargeSmall);
    page.button(language(places.languages, 3), "nav:display", &button, Press::Own(Message::Display));
}
