//! 老人: find a person by name, first letters, reading or phone.

use daycare_core::ids::ResidentId;
use daycare_core::resident::{ArchivedAs, Query, Resident, Standing};
use iced::alignment::Vertical;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use iced::widget::{Column, container, row};
use iced::{Length, Task};

use crate::error::Result;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::root::KeyInput;

use super::filters::{self, Filters};
use super::frame::{Nav, Place};

/// Everybody registered.
#[derive(Debug, Default)]
pub struct Residents {
    all: Vec<Resident>,
    /// Indices into `all` of the search results.
    found: Vec<usize>,
    text: String,
    archived: bool,
    filters: Filters,
    yards: Vec<String>,
    page: usize,
    error: Option<String>,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// All residents were loaded.
    Loaded(Result<Vec<Resident>>),
    /// The search text changed.
    Searched(String),
    /// Show archived people, or active ones.
    Archived(bool),
    /// Messages of the filters.
    Filters(filters::Message),
    /// Another page was chosen.
    Turned(usize),
    /// A person was tapped.
    Opened(ResidentId),
    /// 新登记
    New,
    /// A navigation button was tapped.
    Nav(Nav),
}

const PER_PAGE: usize = 30;

/// Indices of the people that match a search; runs on every keystroke.
#[must_use]
pub fn search(all: &[Resident], text: &str, standing: Standing) -> Vec<usize> {
    let query = Query::new(text);
    let fits = |resident: &Resident| resident.standing == standing && resident.profile.matches(&query);
    all.iter().enumerate().filter(|(_, resident)| fits(resident)).map(|(at, _)| at).collect()
}

impl Screen for Residents {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(all)) => {
                self.yards =
                    all.iter().map(|r| r.profile.yard.clone()).filter(|yard| !yard.is_empty()).collect();
                self.yards.sort_unstable();
                self.yards.dedup();
                self.all = all;
                self.search();
            }
            Message::Loaded(Err(error)) => self.error = Some(cx.i18n.error(&error)),
            Message::Searched(text) => {
                self.text = text;
                self.search();
            }
            Message::Archived(on) => {
                self.archived = on;
                self.search();
            }
            Message::Filters(message) => {
                if self.filters.update(message) {
                    self.search();
                }
            }
            Message::Turned(page) => self.page = page,
            Message::Opened(id) => return Action::Go(Route::Person(Some(id))),
            Message::New => return Action::Go(Route::Person(None)),
            Message::Nav(nav) => return nav.into(),
        }
        Action::None
    }

    // Enter opens the person if only one was found, Esc empties the search, then goes back.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match (key, self.found.as_slice()) {
            (KeyInput::Enter, [only]) if !self.text.is_empty() => {
                let found = self.all.get(*only).map(|resident| resident.id);
                found.map_or(Action::None, |id| self.update(Message::Opened(id), cx))
            }
            (KeyInput::Other(Named::Escape), _) => self.update(Message::Searched(String::new()), cx),
            _ => Action::None,
        }
    }

    fn steps_back(&self) -> bool {
        self.text.is_empty()
    }

    fn back(&mut self) -> Option<Route> {
        Some(Route::Board)
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let ui = Ui::new(cx, shape);
        let new = ui.tr("residents-new");
        let archived = ui.tr("residents-archived");
        let kind = if self.archived { Kind::On } else { Kind::Plain };
        let head = row![
            ui.field(&ui.tr("history-search"), &self.text, Message::Searched),
            ui.button("archived")
                .label(&archived)
                .icon(Icon::Archive)
                .kind(kind)
                .on_press(Message::Archived(!self.archived))
                .width(190.0),
            ui.button("new")
                .label(&new)
                .icon(Icon::UserPlus)
                .kind(Kind::Main)
                .on_press(Message::New)
                .width(190.0),
        ]
        .spacing(12);
        let count = ui.i18n.tr_with("residents-count", &[("count", self.found.len().into())]);
        let mut content = Column::new()
            .spacing(14)
            .push(head)
            .push(ui.buttons(self.filters.buttons(ui, Message::Filters), 2));
        if let Some(choices) = self.filters.choices(&self.yards, ui, Message::Filters) {
            content = content.push(choices);
        }
        content = content.push(ui.strong(count));
        if let Some(error) = &self.error {
            content = content.push(ui.error_strip(error));
        }
        let mut list = Column::new();
        for at in self.found.iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            list = list.push(person_row(&self.all[*at], ui)).push(ui.divider());
        }
        content = content.push(controls::scroll(list)).push(ui.pager(
            self.page,
            self.found.len().div_ceil(PER_PAGE),
            Message::Turned,
        ));
        ui.page(Place::Residents, &ui.tr("residents-title"), content, Message::Nav)
    }

    fn takes_cards(&self) -> bool {
        true
    }
}

impl Residents {
    /// Loads everybody.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let read = cx.store.read(|store| {
            let archived = store.archived()?;
            let erased = |id: &ResidentId| matches!(archived.get(id), Some((Some(ArchivedAs::Erased), _)));
            Ok(store.residents()?.into_iter().filter(|resident| !erased(&resident.id)).collect())
        });
        (Self::default(), Task::perform(read, Message::Loaded))
    }

    fn search(&mut self) {
        let standing = if self.archived { Standing::Archived } else { Standing::Active };
        self.found = search(&self.all, &self.text, standing);
        let (all, Filters { yard, living, .. }) = (&self.all, &self.filters);
        self.found.retain(|at| {
            let profile = &all[*at].profile;
            yard.as_ref().is_none_or(|yard| *yard == profile.yard)
                && living.is_none_or(|living| profile.living == Some(living))
        });
        self.page = 0;
    }
}

fn person_row<'a>(resident: &'a Resident, ui: Ui<'a>) -> Element<'a, Message> {
    let profile = &resident.profile;
    let age = profile.born_on.map(|born| born.age_on(ui.clock.today()));
    let age = age.map(|age| ui.i18n.tr_with("residents-age", &[("age", age.into())])).unwrap_or_default();
    let mut line = row![
        container(ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.yard))
            .width(Length::Fill),
        ui.strong(age),
    ]
    .spacing(16)
    .padding(12)
    .align_y(Vertical::Center);
    if resident.standing == Standing::Archived {
        line = line.push(ui.chip(Chip::Over, Icon::Archive, &ui.tr("residents-archived")));
    }
    ui.touch_row(format!("open-{}", resident.id), line).on_press(Message::Opened(resident.id)).into()
}
