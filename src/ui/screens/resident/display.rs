//! The visitor's display settings: text size, colours, handedness.

use crate::ui::screens::{Action, Ctx, Route, Screen, Side, Sight};
use crate::ui::theme::metrics::cell;
use crate::ui::theme::{Role, Shape, TextScale};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts::{Button, Kind, Order};
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};

/// Has no state: the application keeps the settings.
#[derive(Debug, Default)]
pub struct Display;

/// Messages of this screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A text size was chosen.
    Sized(TextScale),
    /// The dark theme was switched on or off.
    Colours,
    /// Left-handed mirroring was switched on or off.
    Hand,
    /// 好的
    Done,
}

impl Screen for Display {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        let sight = cx.sight;
        match &message {
            Message::Sized(scale) => Action::See(Sight { scale: *scale, ..sight }),
            Message::Colours => Action::See(Sight { dark: !sight.dark, ..sight }),
            Message::Hand => Action::See(Sight { left_handed: !sight.left_handed, ..sight }),
            Message::Done => Action::Go(Route::FirstPage),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let words = Words { title: cx.tr("display-title"), sub: cx.tr("display-sub"), ..Words::default() };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::ALargeSmall), &words);
        let next = cx.sight.scale.next();
        let size_key = match next {
            TextScale::Normal => "display-normal",
            TextScale::Large => "display-large",
            TextScale::Largest => "display-largest",
        };
        let colours = if cx.sight.dark { ("display-light", Icon::Sun) } else { ("display-dark", Icon::Moon) };
        let hand = if cx.sight.left_handed { "display-right" } else { "display-left" };
        let choices = [
            ("size", size_key, Icon::ALargeSmall, Message::Sized(next)),
            ("colours", colours.0, colours.1, Message::Colours),
            ("hand", hand, Icon::Hand, Message::Hand),
        ];
        for (at, (name, key, icon, message)) in choices.into_iter().enumerate() {
            let label = cx.tr(key);
            let button = Button::new(Kind::Secondary, Role::Item, &label).icon(icon);
            let (columns, rows, order) = match shape {
                Shape::Portrait => (1, 3, Order::Beside),
                Shape::Landscape => (3, 1, Order::Above),
            };
            let button = button.order(order);
            let place = cell(shape.reach(), at, columns, rows);
            page.button(place, &format!("choice:{name}"), &button, Press::Own(message));
        }
        page.primary("done", &cx.tr("ok"), Icon::Check, Press::Own(Message::Done));
        page.finish()
    }

    fn spoken_key(&self) -> &'static str {
        "display-title"
    }
}
