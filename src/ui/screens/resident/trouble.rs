//! Something did not work: says what to do now, blames nobody, and offers help as the main
//! button.

use daycare_core::roster::Intent;

use crate::ui::screens::{Action, Ctx, Route, Screen, Side, Trouble as Kind};
use crate::ui::theme::metrics::{rect, row};
use crate::ui::theme::{Rect, Role, Shape};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press, drawing, parts};

use super::page::{Emblem, Page, Words};

/// What did not work.
#[derive(Debug)]
pub struct Trouble {
    kind: Kind,
}

/// Messages of this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// 再试一次
    Again,
    /// 不用卡签到
    WithoutCard,
}

impl Screen for Trouble {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, _cx: &Ctx) -> Action<Message> {
        match (message, self.kind) {
            (Message::Again, Kind::Phone) => Action::Go(Route::Phone(Intent::CheckIn)),
            (Message::Again, _) => Action::Go(Route::FirstPage),
            (Message::WithoutCard, _) => Action::Go(Route::Surname(Intent::CheckIn)),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let key = match self.kind {
            Kind::Card => "card",
            Kind::NotListed => "listed",
            Kind::Phone => "phone",
            Kind::Resting => "resting",
        };
        let words = Words {
            title: cx.tr(&format!("trouble-{key}")),
            sub: cx.tr(&format!("trouble-{key}-sub")),
            ..Words::default()
        };
        let icon = match self.kind {
            Kind::Card => Icon::IdCard,
            Kind::Phone => Icon::Smartphone,
            Kind::NotListed | Kind::Resting => Icon::UserRoundSearch,
        };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(icon), &words);
        self.steps(&mut page, cx, key);
        page.help_bar();
        page.hint(&cx.tr("trouble-hint"));
        page.second_row(vec![
            ("nav:again", cx.tr("trouble-again"), Icon::RotateCw, Press::Own(Message::Again)),
            ("nav:without-card", cx.tr("trouble-without"), Icon::Pointer, Press::Own(Message::WithoutCard)),
        ]);
        page.finish()
    }

    fn spoken_key(&self) -> &'static str {
        "trouble-hint"
    }
}

impl Trouble {
    /// The screen for this trouble.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind }
    }

    fn steps<'a>(&'a self, page: &mut Page<'a, Message>, cx: &Ctx, key: &str) {
        let look = page.look;
        let body = look.shape.body();
        page.put(body, parts::card(look));
        let mut left = body.x + 44.0;
        if self.kind == Kind::Card {
            let height = (body.height - 96.0).min(440.0);
            let width = height * 330.0 / 402.0;
            let place = rect(left, body.y + (body.height - height) / 2.0, width, height);
            page.put(place, drawing::card_over_reader(look.palette));
            left += width + 44.0;
        }
        let area = rect(left, body.y + 56.0, body.x + body.width - left - 32.0, body.height - 112.0);
        for step in 0..3usize {
            let place = row(area, step, 3);
            let number = rect(place.x, place.y + (place.height - 76.0) / 2.0, 76.0, 76.0);
            let ground = if look.palette.dark { look.palette.tint } else { look.palette.discs[0] };
            page.put(number, parts::panel(ground, look.palette.hair, 2.0, 38.0));
            page.text(number, Fitted::new((step + 1).to_string(), Role::Body, look).lines(1));
            let text = Rect { x: place.x + 104.0, width: place.width - 104.0, ..place };
            let words = cx.tr(&format!("trouble-{key}-{}", step + 1));
            page.text(text, Fitted::new(words, Role::Button, look).left());
        }
    }
}
