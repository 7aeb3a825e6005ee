//! The first start: asks for the centre's name, the screen, the manager and a PIN; then
//! imports residents from a file, opens a demo, or starts empty.

mod view;

use std::path::PathBuf;

use daycare_core::audit::Actor;
use daycare_core::ids::StaffId;
use daycare_core::import::outcome::Outcome;
use daycare_core::staff::{PIN_LENGTH, Role as StaffRole, Staff};
use daycare_store::background::on_thread;
use daycare_store::import::Mode;
use daycare_store::setting;
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use crate::error::Result;
use crate::i18n::errors::trouble_key;
use crate::intake::files;
use crate::sync_client;
use crate::ui::screens::resident::keypad::Key;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

use super::doubts::{self, Doubts};
use super::intake::take_in_registry;

/// The answers so far.
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
    doubts: Doubts,
    imported: Option<Outcome>,
    code: String,
    working: bool,
    error: Option<String>,
}

/// The question shown.
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

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Set up this centre.
    Begin,
    /// Open the demo centre first.
    Demo,
    /// Join the centre's existing hub.
    Join,
    /// The enrolment code was typed.
    Code(String),
    /// Join with that code.
    Enter,
    /// The result of joining and the first sync; the error is a failure code.
    Entered(std::result::Result<(), &'static str>),
    /// The centre's name was typed.
    Centre(String),
    /// The screen's diagonal in inches was chosen.
    Inches(&'static str),
    /// The manager's name was typed.
    Manager(String),
    /// A keypad key of the PIN was tapped.
    Key(Key),
    /// Go to the next step.
    Next,
    /// Go back a step.
    Back,
    /// The result of saving the centre.
    Founded(Result<()>),
    /// Files on USB sticks were found.
    Files(Vec<PathBuf>),
    /// Look for files again.
    Look,
    /// A file was tapped, to be previewed.
    Preview(PathBuf),
    /// The preview of importing this file.
    Previewed(PathBuf, Result<Outcome>),
    /// Messages of the doubtful rows.
    Doubts(doubts::Message),
    /// Import the file.
    Import,
    /// The result of the import.
    Imported(Result<Outcome>),
    /// Finish, and show the first page.
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
            Message::Key(key) => return self.pin_key(key, cx),
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
                (self.chosen, self.doubts) = (Some((path, outcome)), Doubts::default());
            }
            Message::Doubts(message) => {
                if let Some((_, outcome)) = &self.chosen {
                    self.doubts.update(message, outcome);
                }
            }
            Message::Import => {
                if let Some((path, _)) = self.chosen.take() {
                    return self.read(path, Mode { write: true, confirmed: self.doubts.is_confirmed() }, cx);
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
        self.draw(Ui::new(cx, shape))
    }

    // The PIN can be typed; Enter does what the main button does, Esc goes back a step.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        let is_pin = matches!(self.step, Step::Pin | Step::Again);
        let message = match key {
            KeyInput::Char(digit) if is_pin && digit.is_ascii_digit() => Message::Key(Key::Digit(*digit)),
            KeyInput::Other(Named::Backspace) if is_pin => Message::Key(Key::Back),
            KeyInput::Enter => match self.step {
                Step::Welcome => Message::Begin,
                Step::Join if self.may_join() => Message::Enter,
                Step::Centre => Message::Next,
                Step::People if self.imported.is_some() => Message::Done,
                Step::People if self.chosen.is_some() => Message::Import,
                _ => return Action::None,
            },
            KeyInput::Other(Named::Escape) if !self.working => Message::Back,
            _ => return Action::None,
        };
        self.update(message, cx)
    }

    fn has_rail(&self) -> bool {
        false
    }
}

impl FirstStart {
    fn ready(&self) -> bool {
        !self.centre.trim().is_empty() && !self.manager.trim().is_empty() && self.inches.is_some()
    }

    fn may_join(&self) -> bool {
        self.code.starts_with("YLH1|") && !self.working
    }

    fn back(&mut self) {
        self.error = None;
        self.pin.clear();
        self.again.clear();
        self.step = match self.step {
            Step::Again => Step::Pin,
            Step::Pin => Step::Centre,
            // The centre is saved: there is nothing to go back to.
            Step::People => {
                self.chosen = None;
                Step::People
            }
            _ => Step::Welcome,
        };
    }

    /// Joins the centre's hub, which provides name, people and accounts.
    fn enter(&mut self, cx: &Ctx) -> Action<Message> {
        if self.working {
            return Action::None;
        }
        (self.working, self.error) = (true, None);
        let (store, paths, code) = (cx.store.apart(), cx.paths.clone(), self.code.clone());
        let join = move || sync_client::join_and_sync(&store, &paths, Actor::Program, &code);
        let work = on_thread("kiosk-hub", join);
        Action::Run(Task::perform(work, |done| Message::Entered(done.map_err(|trouble| trouble.word()))))
    }

    /// The PIN is entered twice, and accepted only if both are the same.
    fn pin_key(&mut self, key: Key, cx: &Ctx) -> Action<Message> {
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
        let work = take_in_registry(cx.store.clone(), mode, path.clone(), cx.i18n.clone());
        Action::Run(Task::perform(work, move |outcome| {
            if mode.write { Message::Imported(outcome) } else { Message::Previewed(path.clone(), outcome) }
        }))
    }
}

fn look(cx: &Ctx) -> Task<Message> {
    let read = cx.store.read(|store| {
        let mut extra = vec![store.paths().root().to_owned()];
        extra.extend(std::env::var_os("HOME").map(PathBuf::from));
        Ok(files::files(&extra))
    });
    Task::perform(read, |files| Message::Files(files.unwrap_or_default()))
}
