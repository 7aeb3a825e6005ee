//! Choose a family name: alone it identifies nobody.

use daycare_core::roster::{Intent, ListedResident, shown, surnames};
use iced::Task;

use crate::error::Result;
use crate::ui::screens::{Action, Among, ClosingSentence, Ctx, Route, Screen, Side, Trouble};
use crate::ui::theme::metrics::cell;
use crate::ui::theme::{Role, Shape};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts::{Button, Kind};
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};

/// Family names of the people who can sign in or go home.
#[derive(Debug)]
pub struct Surname {
    intent: Intent,
    names: Option<Vec<String>>,
    page: usize,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The roster was loaded.
    Loaded(Result<Vec<ListedResident>>),
    /// A name was tapped.
    Picked(String),
    /// 用手机号
    Phone,
    /// Another page was chosen.
    Turned(usize),
}

impl Screen for Surname {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, _cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(roster)) => {
                let names = surnames(&roster, &shown(&roster, self.intent, false));
                if names.is_empty() && self.intent == Intent::Leave {
                    return Action::Go(Route::Closing(ClosingSentence::NobodyHere));
                }
                if names.is_empty() {
                    return Action::Go(Route::Trouble(Trouble::NotListed));
                }
                self.names = Some(names);
                Action::None
            }
            Message::Loaded(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
            Message::Picked(name) => Action::Go(Route::Photo(self.intent, Among::Surname(name))),
            Message::Phone => Action::Go(Route::Phone(self.intent)),
            Message::Turned(page) => {
                self.page = page;
                Action::None
            }
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let sub = if self.intent == Intent::Leave { "who-surname-leave" } else { "who-surname-sub" };
        let words = Words { title: cx.tr("who-surname"), sub: cx.tr(sub), ..Words::default() };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::UserRoundSearch), &words);
        let names = self.names.as_deref().unwrap_or_default();
        let (columns, rows) = match shape {
            Shape::Portrait => (3, 4),
            Shape::Landscape => (4, 3),
        };
        let per_page = columns * rows;
        let pages = names.len().div_ceil(per_page).max(1);
        let at = self.page.min(pages - 1);
        for (i, name) in names.iter().skip(at * per_page).take(per_page).enumerate() {
            let place = cell(shape.list(), i, columns, rows);
            let button = Button::new(Kind::Secondary, Role::Surname, name);
            page.button(
                place,
                &format!("choice:surname-{name}"),
                &button,
                Press::Own(Message::Picked(name.clone())),
            );
        }
        let label = cx.tr("who-use-phone");
        let button = Button::new(Kind::Secondary, Role::Button, &label).icon(Icon::Smartphone);
        let place = if pages > 1 { shape.pager(1) } else { shape.pager_alone() };
        page.button(place, "nav:phone", &button, Press::Own(Message::Phone));
        page.pager(at, pages, Message::Turned);
        page.finish()
    }

    fn spoken_key(&self) -> &'static str {
        "who-surname"
    }

    fn intent(&self) -> Option<Intent> {
        Some(self.intent)
    }
}

impl Surname {
    /// Loads the roster.
    pub fn new(intent: Intent, cx: &Ctx) -> (Self, Task<Message>) {
        let load = Task::perform(cx.store.read(|store| store.roster()), Message::Loaded);
        (Self { intent, names: None, page: 0 }, load)
    }
}
