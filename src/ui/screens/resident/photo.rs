//! Pictures of the people with one family name or phone ending. Shows family name, form of
//! address and picture, nothing more.

use daycare_core::resident::{Resident, masked_name, surname};
use daycare_core::roster::{Intent, ListedResident, shown};
use daycare_core::visit::Source;
use iced::widget::image::Handle;
use iced::{Size, Task};

use crate::error::Result;
use crate::ui::screens::{Action, Among, Ctx, Route, Screen, Side, Trouble, next_route};
use crate::ui::theme::metrics::{cell, rect};
use crate::ui::theme::{Look, Rect, Role, Shape};
use crate::ui::widgets::fitted::Fitted;
use crate::ui::widgets::frame::Frame;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::parts::{self, Button, Kind};
use crate::ui::widgets::touch::Touch;
use crate::ui::widgets::{Element, Press};

use super::page::{Emblem, Page, Words};

/// The people to choose from.
#[derive(Debug)]
pub struct Photo {
    intent: Intent,
    among: Among,
    all: bool,
    people: Option<Vec<ListedResident>>,
    page: usize,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The roster was loaded.
    Loaded(Result<Vec<ListedResident>>),
    /// A picture was tapped.
    Picked(usize),
    /// 没有我
    NotMe,
    /// Another page was chosen.
    Turned(usize),
}

impl Screen for Photo {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(roster)) => self.fill(&roster),
            Message::Loaded(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
            Message::Picked(at) => {
                let people = self.people.as_deref().unwrap_or_default();
                people.get(at).map_or(Action::None, |listed| self.lead(listed))
            }
            Message::NotMe if self.all || self.by_phone() || self.intent == Intent::Leave => {
                Action::Go(Route::Trouble(Trouble::NotListed))
            }
            Message::NotMe => {
                self.all = true;
                Action::Run(load(cx))
            }
            Message::Turned(page) => {
                self.page = page;
                Action::None
            }
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let people = self.people.as_deref().unwrap_or_default();
        let lead = match &self.among {
            Among::Surname(name) => cx.i18n.tr_with(
                "who-of-surname",
                &[("surname", name.as_str().into()), ("count", people.len().into())],
            ),
            Among::Phone(_) => cx.tr("who-same-phone"),
        };
        let words = Words { lead, title: cx.tr("who-photo-title"), sub: cx.tr("who-photo"), steps: None };
        let mut page = Page::crowded(cx, shape, Emblem::Sign(Icon::ContactRound), &words);
        let (columns, rows) = match shape {
            Shape::Portrait => (2, 2),
            Shape::Landscape => (3, 1),
        };
        let per_page = columns * rows;
        let pages = people.len().div_ceil(per_page).max(1);
        let at = self.page.min(pages - 1);
        for (i, listed) in people.iter().enumerate().skip(at * per_page).take(per_page) {
            let place = cell(shape.list(), i % per_page, columns, rows);
            let photo = cx.photo(listed.resident.id);
            page.put(place, person(place, i, &listed.resident, photo, cx, page.look));
        }
        if self.people.is_some() {
            let label = cx.tr("who-none");
            let button = Button::new(Kind::Secondary, Role::Button, &label).icon(Icon::UserRoundX);
            let place = if pages > 1 { shape.pager(1) } else { shape.pager_alone() };
            page.button(place, "nav:none", &button, Press::Own(Message::NotMe));
            page.pager(at, pages, Message::Turned);
        }
        page.finish()
    }

    fn back(&mut self) -> Option<Route> {
        Some(if self.by_phone() { Route::Phone(self.intent) } else { Route::Surname(self.intent) })
    }

    fn spoken_key(&self) -> &'static str {
        "who-photo"
    }

    fn intent(&self) -> Option<Intent> {
        Some(self.intent)
    }
}

impl Photo {
    /// Loads the people to choose from.
    pub fn new(intent: Intent, among: Among, cx: &Ctx) -> (Self, Task<Message>) {
        (Self { intent, among, all: false, people: None, page: 0 }, load(cx))
    }

    /// Whether the visitor came here by phone number.
    #[must_use]
    pub fn by_phone(&self) -> bool {
        matches!(self.among, Among::Phone(_))
    }

    fn fill(&mut self, roster: &[ListedResident]) -> Action<Message> {
        let all = self.all || self.by_phone();
        let may = shown(roster, self.intent, all).into_iter();
        let people: Vec<ListedResident> = match &self.among {
            Among::Surname(name) => {
                may.filter(|l| surname(&l.resident.profile.name) == name).cloned().collect()
            }
            Among::Phone(ending) => {
                may.filter(|l| l.resident.profile.phone.ends_with(ending)).cloned().collect()
            }
        };
        match people.as_slice() {
            [] if self.by_phone() => Action::Go(Route::Trouble(Trouble::Phone)),
            [] => Action::Go(Route::Trouble(Trouble::NotListed)),
            // If only one person has these four digits, no pictures are needed.
            [only] if self.by_phone() => self.lead(only),
            _ => {
                self.people = Some(people);
                self.page = 0;
                Action::None
            }
        }
    }

    fn lead(&self, listed: &ListedResident) -> Action<Message> {
        let source = if self.by_phone() { Source::Phone } else { Source::Surname };
        Action::Go(next_route(listed.resident.clone(), listed.here_since.is_some(), self.intent, source))
    }
}

fn load(cx: &Ctx) -> Task<Message> {
    Task::perform(cx.store.read(|store| store.roster()), Message::Loaded)
}

/// A picture card.
fn person<'a>(
    place: Rect,
    at: usize,
    resident: &Resident,
    photo: Option<&Handle>,
    cx: &Ctx,
    look: Look,
) -> Element<'a, Message> {
    let Size { width, height } = place.size();
    let profile = &resident.profile;
    let mut frame = Frame::new(place.size(), false);
    let field = rect(12.0, 12.0, width - 24.0, height * 0.63);
    let color = look.palette.discs[profile.picture.len() % look.palette.discs.len()];
    frame.put(field, parts::panel(color, iced::Color::TRANSPARENT, 0.0, 22.0));
    let side = (field.height - 36.0).min(field.width * 0.7);
    let x = field.x + (field.width - side) / 2.0;
    frame.put(
        rect(x, field.y + (field.height - side) / 2.0, side, side),
        parts::portrait(photo, &profile.picture),
    );
    let y = field.y + field.height;
    // A photo is enough; a drawn picture needs part of the name.
    let label = match photo {
        Some(_) => cx.public_name(profile),
        None => format!("{} {}", masked_name(&profile.name), cx.called(&profile.called_by)),
    };
    frame.put(rect(16.0, y, width - 32.0, height - y - 8.0), Fitted::new(label, Role::Item, look));
    let faces = parts::faces(Kind::Secondary, look);
    Touch::new(&format!("choice:person-{at}"), faces, Some(Press::Own(Message::Picked(at))), frame).into()
}
