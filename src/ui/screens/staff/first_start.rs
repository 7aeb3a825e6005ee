//! The first start: the centre's name, the screen, the manager and a PIN,
//! then the residents from a file, or a demo, or nobody yet.

use std::path::PathBuf;

use daycare_core::audit::Actor;
use daycare_core::ids::StaffId;
use daycare_core::import::outcome::Outcome;
use daycare_core::staff::{PIN_LENGTH, Role as StaffRole, Staff};
use daycare_store::background::on_thread;
use daycare_store::import::Mode;
use daycare_store::setting;
use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};
use iced::{Length, Task};

use crate::error::Result;
use crate::i18n::pinyin::reading;
use crate::intake::registry::Registry;
use crate::intake::{answer, places};
use crate::link;
use crate::ui::screens::resident::page::Key;
use crate::ui::screens::{Action, Ctx};
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, drawing};

use super::frame;
use super::settings::hub::trouble_key;

/// What has been said so far.
#[derive(Debug, Default)]
pub struct FirstStart {
    step: Step,
    centre: String,
    inches: Option<&'static str>,
    manager: String,
    pin: String,
    again: String,
    files: Vec<PathBuf>,
    chosen: Option<(PathBuf, Outcome)>,
    imported: Option<Outcome>,
    code: String,
    working: bool,
    error: Option<String>,
}

/// Which question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    #[default]
    Welcome,
    Join,
    Centre,
    Pin,
    Again,
    People,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Begin with the own centre.
    Begin,
    /// Look at the demo centre first.
    Demo,
    /// The centre has a machine already.
    Join,
    /// The code that it shows.
    Code(String),
    /// Go in.
    Enter,
    /// Everything of the centre is here, or not.
    Entered(std::result::Result<(), &'static str>),
    /// The centre's name.
    Centre(String),
    /// The screen's diagonal.
    Inches(&'static str),
    /// The manager's name.
    Manager(String),
    /// A key of the PIN.
    Key(Key),
    /// On.
    Next,
    /// A step back.
    Back,
    /// The centre is on disk, or not.
    Founded(Result<()>),
    /// Files came.
    Files(Vec<PathBuf>),
    /// Look for files again.
    Look,
    /// A file was tapped: what would it bring?
    Preview(PathBuf),
    /// What it would bring.
    Previewed(PathBuf, Result<Outcome>),
    /// Take it in.
    Import,
    /// It is on disk, or not.
    Imported(Result<Outcome>),
    /// Start.
    Done,
}

const SIZES: [&str; 4] = ["21.5", "23.8", "27", "32"];

impl FirstStart {
    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Begin => self.step = Step::Centre,
            Message::Demo => {
                self.working = true;
                return Action::Demo;
            }
            Message::Join => self.step = Step::Join,
            Message::Code(code) => self.code = code,
            Message::Enter => return self.enter(cx),
            Message::Entered(Ok(())) => return Action::Founded,
            Message::Entered(Err(word)) => {
                self.working = false;
                self.error = Some(cx.tr(trouble_key(word)));
            }
            Message::Centre(name) => self.centre = name,
            Message::Inches(inches) => self.inches = Some(inches),
            Message::Manager(name) => self.manager = name,
            Message::Key(key) => return self.key(key, cx),
            Message::Next if self.ready() => self.step = Step::Pin,
            Message::Next => {}
            Message::Back => self.back(),
            Message::Founded(Ok(())) => {
                self.working = false;
                self.step = Step::People;
                return Action::Run(look(cx));
            }
            Message::Files(files) => self.files = files,
            Message::Look => return Action::Run(look(cx)),
            Message::Preview(path) => return self.read(path, Mode::DRY_RUN, cx),
            Message::Previewed(path, Ok(outcome)) => {
                self.working = false;
                self.error = None;
                self.chosen = Some((path, outcome));
            }
            Message::Import => {
                if let Some((path, _)) = self.chosen.take() {
                    return self.read(path, Mode::WRITE, cx);
                }
            }
            Message::Imported(Ok(outcome)) => {
                self.working = false;
                self.imported = Some(outcome);
            }
            Message::Done => return Action::Founded,
            Message::Founded(Err(e)) | Message::Previewed(_, Err(e)) | Message::Imported(Err(e)) => {
                self.working = false;
                self.error = Some(cx.i18n.error(&e));
            }
        }
        Action::None
    }

    fn ready(&self) -> bool {
        !self.centre.trim().is_empty() && !self.manager.trim().is_empty() && self.inches.is_some()
    }

    fn back(&mut self) {
        self.error = None;
        self.pin.clear();
        self.again.clear();
        self.step = match self.step {
            Step::Again => Step::Pin,
            Step::Pin => Step::Centre,
            _ => Step::Welcome,
        };
    }

    /// Joins the hub of the centre: name, people, accounts come from there.
    fn enter(&mut self, cx: &Ctx) -> Action<Message> {
        if self.working {
            return Action::None;
        }
        (self.working, self.error) = (true, None);
        let (store, paths, code) = (cx.store.apart(), cx.paths.clone(), self.code.clone());
        let join = move || link::join_and_listen(&store, &paths, Actor::Program, &code);
        let work = on_thread("kiosk-hub", join);
        Action::Run(Task::perform(work, |done| Message::Entered(done.map_err(|trouble| trouble.word()))))
    }

    /// The PIN is made twice; it opens nothing until both are the same.
    fn key(&mut self, key: Key, cx: &Ctx) -> Action<Message> {
        self.error = None;
        if self.step == Step::Pin {
            key.apply(&mut self.pin, PIN_LENGTH);
            if self.pin.len() == PIN_LENGTH {
                self.step = Step::Again;
            }
            return Action::None;
        }
        key.apply(&mut self.again, PIN_LENGTH);
        if self.again.len() < PIN_LENGTH || self.working {
            return Action::None;
        }
        let (pin, again) = (std::mem::take(&mut self.pin), std::mem::take(&mut self.again));
        if pin != again {
            self.step = Step::Pin;
            self.error = Some(cx.tr("start-pin-differs"));
            return Action::None;
        }
        self.working = true;
        let staff =
            Staff { id: StaffId::new(), name: self.manager.trim().to_owned(), role: StaffRole::Manager };
        let (centre, inches) = (self.centre.trim().to_owned(), self.inches.unwrap_or(SIZES[0]));
        let write = cx.store.write(move |store| {
            store.add_staff(Actor::Program, &staff, &pin)?;
            store.set_setting(Actor::Staff(staff.id), setting::PANEL_INCHES, inches)?;
            store.set_setting(Actor::Staff(staff.id), setting::CENTRE_NAME, &centre)
        });
        Action::Run(Task::perform(write, Message::Founded))
    }

    fn read(&mut self, path: PathBuf, mode: Mode, cx: &Ctx) -> Action<Message> {
        self.working = true;
        let today = cx.clock.today();
        let file = path.clone();
        let write = cx.store.write(move |store| {
            let registry = Registry::read(&file, today, reading)?;
            store.import_registry(Actor::Program, mode, &registry.rows)
        });
        Action::Run(Task::perform(write, move |outcome| {
            if mode.write { Message::Imported(outcome) } else { Message::Previewed(path.clone(), outcome) }
        }))
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let (title, body) = match self.step {
            Step::Welcome => ("start-welcome", welcome(cx, look)),
            Step::Join => ("start-join", self.join(cx, look)),
            Step::Centre => ("start-centre", self.centre(cx, look)),
            Step::Pin => ("start-pin", keypad(&self.pin, cx, look)),
            Step::Again => ("start-pin-again", keypad(&self.again, cx, look)),
            Step::People => ("start-people", self.people(cx, look)),
        };
        let head = row![
            container(drawing::seal(look.palette)).width(96).height(96),
            desk::words(cx.tr(title), Role::StaffNumber, look),
        ]
        .spacing(24)
        .align_y(Vertical::Center);
        let mut content = Column::new().spacing(28).max_width(920).push(head);
        if let Some(error) = &self.error {
            content = content.push(frame::error_strip(error, look));
        }
        if self.working {
            content = content.push(desk::words(cx.tr("please-wait"), Role::StaffName, look));
        }
        content = content.push(body);
        container(content).center(Length::Fill).padding(60).into()
    }

    fn join<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let field = desk::field(&cx.tr("sync-code"), &self.code, Message::Code, look);
        let ready = self.code.starts_with("YLH1|") && !self.working;
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let join = frame::act(cx, look, ("sync-join", Icon::LogIn), kind, ready.then_some(Message::Enter));
        column![
            desk::words(cx.tr("start-join-how"), Role::StaffName, look),
            desk::labelled(&cx.tr("sync-code-how"), field, look),
            row![back_button(cx, look), desk::sized(join, Length::Fill, 110.0)].spacing(16),
        ]
        .spacing(24)
        .into()
    }

    fn centre<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let name = desk::field(&cx.tr("start-centre-name"), &self.centre, Message::Centre, look);
        let manager = desk::field(&cx.tr("start-manager"), &self.manager, Message::Manager, look);
        let sizes = SIZES.map(|inches| {
            let kind = if self.inches == Some(inches) { Kind::On } else { Kind::Plain };
            let label = format!("{inches} 寸");
            desk::button(&format!("inches-{inches}"), &label, None, kind, Some(Message::Inches(inches)), look)
        });
        let next = cx.tr("start-next");
        let ready = self.ready();
        let kind = if ready { Kind::Main } else { Kind::Plain };
        column![
            desk::labelled(&cx.tr("start-centre-name"), name, look),
            desk::labelled(&cx.tr("start-inches"), desk::buttons(sizes.into(), 4), look),
            desk::labelled(&cx.tr("start-manager"), manager, look),
            row![
                back_button(cx, look),
                desk::sized(
                    desk::button(
                        "start-next",
                        &next,
                        Some(Icon::ChevronRight),
                        kind,
                        ready.then_some(Message::Next),
                        look
                    ),
                    Length::Fill,
                    110.0
                ),
            ]
            .spacing(16),
        ]
        .spacing(24)
        .into()
    }

    fn people<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(16);
        if let Some(outcome) = &self.imported {
            lines =
                lines.push(frame::done_strip(&answer::figures(outcome, "intake-did", &cx.i18n), None, look));
        } else if let Some((path, outcome)) = &self.chosen {
            lines = lines.push(preview(path, outcome, cx, look));
        } else {
            lines = lines.push(desk::words(cx.tr("start-people-how"), Role::StaffName, look));
            for (at, path) in self.files.iter().enumerate() {
                let label = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let message = Message::Preview(path.clone());
                let button = desk::button(
                    &format!("file-{at}"),
                    &label,
                    Some(Icon::FileText),
                    Kind::Plain,
                    Some(message),
                    look,
                );
                lines = lines.push(desk::sized(button, Length::Fill, desk::CONTROL));
            }
            let again = cx.tr("start-look-again");
            let button =
                desk::button("look", &again, Some(Icon::Usb), Kind::Plain, Some(Message::Look), look);
            lines = lines.push(desk::sized(button, Length::Fill, desk::CONTROL));
        }
        let done = cx.tr(if self.imported.is_some() { "start-done" } else { "start-empty" });
        let kind = if self.imported.is_some() { Kind::Main } else { Kind::Plain };
        let button = desk::button("start-done", &done, Some(Icon::Check), kind, Some(Message::Done), look);
        lines.push(desk::sized(button, Length::Fill, 110.0)).into()
    }
}

fn welcome(cx: &Ctx, look: Look) -> Element<'_, Message> {
    let [begin, join, demo] = ["start-begin", "start-join", "start-demo"].map(|key| cx.tr(key));
    column![
        desk::words(cx.tr("start-hello"), Role::StaffName, look),
        Space::new().height(20),
        desk::sized(
            desk::button("start-begin", &begin, Some(Icon::Pencil), Kind::Main, Some(Message::Begin), look),
            Length::Fill,
            130.0
        ),
        desk::sized(
            desk::button("start-join", &join, Some(Icon::LogIn), Kind::Plain, Some(Message::Join), look),
            Length::Fill,
            130.0
        ),
        desk::sized(
            desk::button("start-demo", &demo, Some(Icon::Users), Kind::Plain, Some(Message::Demo), look),
            Length::Fill,
            130.0
        ),
    ]
    .spacing(20)
    .into()
}

fn look(cx: &Ctx) -> Task<Message> {
    let read = cx.store.read(|store| {
        let mut extra = vec![store.paths().root().to_owned()];
        extra.extend(std::env::var_os("HOME").map(PathBuf::from));
        Ok(places::files(&extra))
    });
    Task::perform(read, |files| Message::Files(files.unwrap_or_default()))
}

/// Lines of each kind shown here; the settings show all.
const SHOWN: usize = 8;

fn preview<'a>(path: &std::path::Path, outcome: &Outcome, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut lines = column![
        desk::words(name, Role::StaffTitle, look),
        desk::words(answer::figures(outcome, "intake-would", &cx.i18n), Role::StaffName, look),
    ]
    .spacing(10);
    let shown = [
        answer::doubts(outcome, &cx.i18n),
        answer::refusals(outcome, &cx.i18n),
        answer::remarks(outcome, &cx.i18n),
    ];
    for line in shown.into_iter().flat_map(|lines| lines.into_iter().take(SHOWN)) {
        lines = lines.push(desk::words(line, Role::StaffBody, look));
    }
    let import = cx.tr("start-import");
    let button =
        desk::button("start-import", &import, Some(Icon::Download), Kind::Main, Some(Message::Import), look);
    desk::card(lines.push(desk::sized(button, Length::Fill, 110.0)), look)
}

fn back_button(cx: &Ctx, look: Look) -> Element<'_, Message> {
    let label = cx.tr("back");
    desk::sized(
        desk::button("start-back", &label, Some(Icon::ArrowLeft), Kind::Plain, Some(Message::Back), look),
        220.0,
        110.0,
    )
}

fn keypad<'a>(digits: &str, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let dots: String = (0..PIN_LENGTH).map(|at| if at < digits.len() { "● " } else { "○ " }).collect();
    let mut keys = Vec::new();
    for symbol in "123456789c0b".chars() {
        let (label, icon, key) = match symbol {
            'c' => (cx.tr("key-clear"), Some(Icon::RotateCw), Key::Clear),
            'b' => (cx.tr("key-back"), Some(Icon::Delete), Key::Back),
            digit => (digit.to_string(), None, Key::Digit(digit)),
        };
        keys.push(desk::button(
            &format!("key:{symbol}"),
            &label,
            icon,
            Kind::Plain,
            Some(Message::Key(key)),
            look,
        ));
    }
    let mut rows = Column::new().spacing(14);
    let mut keys = keys.into_iter();
    for _ in 0..4 {
        let line = keys.by_ref().take(3).map(|key| desk::sized(key, Length::Fill, 130.0));
        rows = rows.push(iced::widget::Row::with_children(line).spacing(14));
    }
    column![
        container(desk::words(dots, Role::StaffNumber, look)).center_x(Length::Fill),
        rows,
        back_button(cx, look),
    ]
    .spacing(24)
    .into()
}
