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
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Screen, Side};
use crate::ui::theme::Role;
use crate::ui::theme::Shape;
use crate::ui::widgets::desk::Kind;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, drawing};

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

impl Screen for FirstStart {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
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

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let ui = Ui::new(cx, shape);
        let (title, body) = match self.step {
            Step::Welcome => ("start-welcome", welcome(ui)),
            Step::Join => ("start-join", self.join(ui)),
            Step::Centre => ("start-centre", self.centre(ui)),
            Step::Pin => ("start-pin", keypad(&self.pin, ui)),
            Step::Again => ("start-pin-again", keypad(&self.again, ui)),
            Step::People => ("start-people", self.people(ui)),
        };
        let head = row![
            container(drawing::seal(ui.palette())).width(96).height(96),
            ui.text(ui.tr(title), Role::StaffNumber),
        ]
        .spacing(24)
        .align_y(Vertical::Center);
        let mut content = Column::new().spacing(28).max_width(920).push(head);
        if let Some(error) = &self.error {
            content = content.push(ui.error_strip(error));
        }
        if self.working {
            content = content.push(ui.strong(ui.tr("please-wait")));
        }
        content = content.push(body);
        container(content).center(Length::Fill).padding(60).into()
    }

    fn has_rail(&self) -> bool {
        false
    }
}

impl FirstStart {
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

    fn join<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let field = ui.field(&ui.tr("sync-code"), &self.code, Message::Code);
        let ready = self.code.starts_with("YLH1|") && !self.working;
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let join =
            ui.act("sync-join", Icon::LogIn).kind(kind).on_press_maybe(ready.then_some(Message::Enter));
        column![
            ui.strong(ui.tr("start-join-how")),
            ui.labelled(&ui.tr("sync-code-how"), field),
            row![back_button(ui), join.width(Length::Fill).height(110.0)].spacing(16),
        ]
        .spacing(24)
        .into()
    }

    fn centre<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let name = ui.field(&ui.tr("start-centre-name"), &self.centre, Message::Centre);
        let manager = ui.field(&ui.tr("start-manager"), &self.manager, Message::Manager);
        let sizes = SIZES.map(|inches| {
            let kind = if self.inches == Some(inches) { Kind::On } else { Kind::Plain };
            let label = format!("{inches} 寸");
            ui.button(format!("inches-{inches}")).label(&label).kind(kind).on_press(Message::Inches(inches))
        });
        let next = ui.tr("start-next");
        let ready = self.ready();
        let kind = if ready { Kind::Main } else { Kind::Plain };
        column![
            ui.labelled(&ui.tr("start-centre-name"), name),
            ui.labelled(&ui.tr("start-inches"), ui.buttons(sizes, 4)),
            ui.labelled(&ui.tr("start-manager"), manager),
            row![
                back_button(ui),
                ui.button("start-next")
                    .label(&next)
                    .icon(Icon::ChevronRight)
                    .kind(kind)
                    .on_press_maybe(ready.then_some(Message::Next))
                    .width(Length::Fill)
                    .height(110.0),
            ]
            .spacing(16),
        ]
        .spacing(24)
        .into()
    }

    fn people<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(16);
        if let Some(outcome) = &self.imported {
            lines = lines.push(ui.done_strip(&answer::figures(outcome, "intake-did", &ui.i18n), None));
        } else if let Some((path, outcome)) = &self.chosen {
            lines = lines.push(preview(path, outcome, ui));
        } else {
            lines = lines.push(ui.strong(ui.tr("start-people-how")));
            for (at, path) in self.files.iter().enumerate() {
                let label = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let message = Message::Preview(path.clone());
                let button =
                    ui.button(format!("file-{at}")).label(&label).icon(Icon::FileText).on_press(message);
                lines = lines.push(button.width(Length::Fill));
            }
            let again = ui.tr("start-look-again");
            let button = ui.button("look").label(&again).icon(Icon::Usb).on_press(Message::Look);
            lines = lines.push(button.width(Length::Fill));
        }
        let done = ui.tr(if self.imported.is_some() { "start-done" } else { "start-empty" });
        let kind = if self.imported.is_some() { Kind::Main } else { Kind::Plain };
        let button =
            ui.button("start-done").label(&done).icon(Icon::Check).kind(kind).on_press(Message::Done);
        lines.push(button.width(Length::Fill).height(110.0)).into()
    }
}

fn welcome(ui: Ui<'_>) -> Element<'_, Message> {
    let [begin, join, demo] = ["start-begin", "start-join", "start-demo"].map(|key| ui.tr(key));
    column![
        ui.strong(ui.tr("start-hello")),
        Space::new().height(20),
        ui.button("start-begin")
            .label(&begin)
            .icon(Icon::Pencil)
            .kind(Kind::Main)
            .on_press(Message::Begin)
            .width(Length::Fill)
            .height(130.0),
        ui.button("start-join")
            .label(&join)
            .icon(Icon::LogIn)
            .on_press(Message::Join)
            .width(Length::Fill)
            .height(130.0),
        ui.button("start-demo")
            .label(&demo)
            .icon(Icon::Users)
            .on_press(Message::Demo)
            .width(Length::Fill)
            .height(130.0),
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

fn preview<'a>(path: &std::path::Path, outcome: &Outcome, ui: Ui<'a>) -> Element<'a, Message> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut lines = column![
        ui.text(name, Role::StaffTitle),
        ui.strong(answer::figures(outcome, "intake-would", &ui.i18n)),
    ]
    .spacing(10);
    let shown = [
        answer::doubts(outcome, &ui.i18n),
        answer::refusals(outcome, &ui.i18n),
        answer::remarks(outcome, &ui.i18n),
    ];
    for line in shown.into_iter().flat_map(|lines| lines.into_iter().take(SHOWN)) {
        lines = lines.push(ui.body(line));
    }
    let import = ui.tr("start-import");
    let button = ui
        .button("start-import")
        .label(&import)
        .icon(Icon::Download)
        .kind(Kind::Main)
        .on_press(Message::Import);
    ui.card(lines.push(button.width(Length::Fill).height(110.0)))
}

fn back_button(ui: Ui<'_>) -> Element<'_, Message> {
    let label = ui.tr("back");
    ui.button("start-back")
        .label(&label)
        .icon(Icon::ArrowLeft)
        .on_press(Message::Back)
        .width(220.0)
        .height(110.0)
        .into()
}

fn keypad<'a>(digits: &str, ui: Ui<'a>) -> Element<'a, Message> {
    let dots: String = (0..PIN_LENGTH).map(|at| if at < digits.len() { "● " } else { "○ " }).collect();
    let mut keys = Vec::new();
    for symbol in "123456789c0b".chars() {
        let (label, icon, key) = match symbol {
            'c' => (ui.tr("key-clear"), Some(Icon::RotateCw), Key::Clear),
            'b' => (ui.tr("key-back"), Some(Icon::Delete), Key::Back),
            digit => (digit.to_string(), None, Key::Digit(digit)),
        };
        keys.push(
            ui.button(format!("key:{symbol}")).label(&label).icon_maybe(icon).on_press(Message::Key(key)),
        );
    }
    let mut rows = Column::new().spacing(14);
    let mut keys = keys.into_iter();
    for _ in 0..4 {
        let line = keys.by_ref().take(3).map(|key| key.height(130.0).into());
        rows = rows.push(iced::widget::Row::with_children(line).spacing(14));
    }
    column![container(ui.text(dots, Role::StaffNumber)).center_x(Length::Fill), rows, back_button(ui),]
        .spacing(24)
        .into()
}
