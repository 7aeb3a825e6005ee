//! 从U盘导入: previews what a file on a USB stick would change and what is refused, then imports
//! it.

use std::path::{Path, PathBuf};

use chrono::Datelike;
use daycare_core::audit::Actor;
use daycare_core::import::outcome::{At, Outcome};
use daycare_store::background::on_thread;
use daycare_store::handle::StoreHandle;
use daycare_store::import::Mode;
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use iced::widget::{Column, column, container, row};

use super::doubts::{self, Doubts};
use super::frame::{Nav, Place};
use crate::error::Result;
use crate::i18n::{I18n, pinyin};
use crate::intake::activity_plan::ActivityPlan;
use crate::intake::answer;
use crate::intake::files::ENDINGS;
use crate::intake::registry::Registry;
use crate::intake::sign_in_book::SignInBook;
use crate::intake::table::refused_csv;
use crate::ui::screens::document::{self, Document, Handed};
use crate::ui::screens::staff::kit::{Feedback, Ui};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::root::KeyInput;

/// The files found, the chosen one and its preview.
#[derive(Debug)]
pub struct Intake {
    files: Option<Vec<PathBuf>>,
    chosen: Option<PathBuf>,
    kind: Option<FileKind>,
    /// The year for dates written without one.
    year: i32,
    read: Option<Read>,
    doubts: Doubts,
    written: bool,
    /// Whether the import is running, so that it runs only once.
    writing: bool,
    notice: Feedback,
}

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// 名册
    Registry,
    /// 签到本
    Book,
    /// 活动计划
    Plan,
}

/// The outcome of reading a file, and its refused rows.
#[derive(Debug, Clone)]
pub struct Read {
    outcome: Outcome,
    refused: Vec<u8>,
}

/// What is read: a file, as what, and the year of dates without one.
pub type Wanted = (PathBuf, FileKind, i32);

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Files on sticks were found.
    Found(Vec<PathBuf>),
    /// Look for files again.
    Look,
    /// A file was tapped.
    Chosen(usize),
    /// Its kind was chosen: preview it, saving nothing.
    Kind(FileKind),
    /// The preview of the file and kind chosen then is ready.
    Rehearsed(Wanted, Result<Read>),
    /// Change the year by this much.
    Year(i32),
    /// Messages of the doubtful rows.
    Doubts(doubts::Message),
    /// 导入
    Write,
    /// The result of the import.
    Written(Result<Read>),
    /// 存下退回的行
    SaveRefused,
    /// The result of saving the refused rows.
    Handed(Result<Handed>),
    /// Back to the settings.
    Back,
    /// A navigation button was tapped.
    Nav(Nav),
}

/// Most refused rows shown on the screen; the saved file has all.
const SHOWN: usize = 20;

fn look_for_files() -> Action<Message> {
    Action::Look(ENDINGS, Box::new(Message::Found))
}

impl Screen for Intake {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Look => {
                *self = Self::new(cx).0;
                return look_for_files();
            }
            Message::Found(files) => self.files = Some(files),
            // What is being written is not exchanged for something else.
            Message::Chosen(_) | Message::Kind(_) | Message::Year(_) | Message::Write if self.writing => {}
            Message::Chosen(at) => {
                self.chosen = self.files.as_ref().and_then(|files| files.get(at).cloned());
                (self.kind, self.written, self.notice) = (None, false, None);
                self.forget_preview();
            }
            Message::Kind(kind) => {
                self.kind = Some(kind);
                self.forget_preview();
                return self.run(false, cx);
            }
            Message::Year(by) => {
                self.year += by;
                self.forget_preview();
                return self.run(false, cx);
            }
            // An answer about another file is too late.
            Message::Rehearsed(of, _) if self.wanted().as_ref() != Some(&of) => {}
            Message::Rehearsed(_, Ok(read)) => self.read = Some(read),
            Message::Doubts(message) => {
                if let Some(read) = &self.read {
                    self.doubts.update(message, &read.outcome);
                }
            }
            Message::Write if self.wanted().is_some() => {
                self.writing = true;
                return self.run(true, cx);
            }
            Message::Write => {}
            Message::Written(Ok(read)) => {
                self.read = Some(read);
                (self.written, self.writing) = (true, false);
                self.notice = Some(Ok(cx.tr("intake-written")));
            }
            Message::SaveRefused => {
                let Some(read) = &self.read else { return Action::None };
                let bytes = read.refused.clone();
                let stem = format!("refused-{}", cx.clock.local().format("%Y-%m-%d-%H%M"));
                return Action::Save(Document::pdf(stem, move || Ok(bytes), Message::Handed).ending("csv"));
            }
            Message::Handed(handed) => self.notice = Some(document::words(handed, cx)),
            Message::Back => return Action::Go(Route::Settings),
            Message::Nav(nav) => return nav.into(),
            Message::Rehearsed(_, Err(e)) | Message::Written(Err(e)) => {
                (self.read, self.writing) = (None, false);
                self.notice = Some(Err(cx.i18n.error(&e)));
            }
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let ui = Ui::new(cx, shape);
        let head = row![
            ui.act("back", Icon::ArrowLeft).width(170.0).on_press(Message::Back),
            ui.act("intake-look", Icon::RotateCw).width(240.0).on_press(Message::Look),
        ];
        let mut content = Column::new().spacing(14).push(head.spacing(12));
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        let mut lines = Column::new().spacing(12);
        match &self.files {
            None => lines = lines.push(ui.strong(ui.tr("please-wait"))),
            Some(files) if files.is_empty() => {
                lines = lines.push(ui.empty("intake-no-files"));
            }
            Some(files) => {
                for (at, file) in files.iter().enumerate() {
                    lines = lines.push(self.file(at, file, ui));
                }
            }
        }
        if self.chosen.is_some() {
            lines = lines.push(self.preview(ui));
        }
        let content = content.push(controls::scroll(lines));
        ui.page(Place::Settings, &ui.tr("register-import"), content, Message::Nav)
    }

    // Enter writes what the preview shows, Esc goes back.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter if self.read.is_some() && !self.written => self.update(Message::Write, cx),
            KeyInput::Other(Named::Escape) => self.update(Message::Back, cx),
            _ => Action::None,
        }
    }
}

impl Intake {
    /// The screen without files yet, and the task that looks for them.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let year = cx.clock.today().year();
        let screen = Self {
            files: None,
            chosen: None,
            kind: None,
            year,
            read: None,
            doubts: Doubts::default(),
            written: false,
            writing: false,
            notice: None,
        };
        (screen, Task::done(Message::Look))
    }

    fn wanted(&self) -> Option<Wanted> {
        Some((self.chosen.clone()?, self.kind?, self.year))
    }

    fn forget_preview(&mut self) {
        (self.read, self.doubts) = (None, Doubts::default());
    }

    fn run(&self, write: bool, cx: &Ctx) -> Action<Message> {
        let mode = Mode { write, confirmed: write && self.doubts.is_confirmed() };
        let Some(wanted) = self.wanted() else { return Action::None };
        let work = take_in(cx.store.clone(), cx.actor(), mode, wanted.clone(), cx.i18n.clone());
        Action::Run(Task::perform(work, move |read| {
            if write { Message::Written(read) } else { Message::Rehearsed(wanted.clone(), read) }
        }))
    }

    fn file<'a>(&self, at: usize, file: &Path, ui: Ui<'a>) -> Element<'a, Message> {
        let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let about = column![
            ui.strong(part(file.file_name())),
            ui.muted(file.parent().map(|place| place.display().to_string()).unwrap_or_default()),
        ];
        let on = self.chosen.as_deref() == Some(file);
        let content = container(about).padding(12);
        ui.touch_row(format!("file-{at}"), content).on(on).on_press(Message::Chosen(at)).into()
    }

    fn preview<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let kinds = [
            (FileKind::Registry, "intake-registry"),
            (FileKind::Book, "intake-book"),
            (FileKind::Plan, "intake-plan"),
        ];
        let kinds = kinds.map(|(kind, key)| (key, ui.tr(key), self.kind == Some(kind), Message::Kind(kind)));
        let mut lines = column![ui.strong(ui.tr("intake-what")), ui.segments(kinds.into(), 3),].spacing(12);
        if self.kind == Some(FileKind::Book) && !self.written {
            let year = ui.i18n.tr_with("intake-year", &[("year", self.year.to_string().into())]);
            lines = lines.push(ui.stepper("year", &year, Message::Year(-1), Message::Year(1)));
        }
        if let Some(read) = &self.read {
            lines = lines.push(outcome(&read.outcome, self.written, ui));
            if let Some(doubts) = self.doubts.view(&read.outcome, ui).filter(|_| !self.written) {
                lines = lines.push(doubts.map(|tapped| tapped.map(Message::Doubts)));
            }
            let refused = (!read.outcome.rejected.is_empty()).then_some(Message::SaveRefused);
            let buttons = vec![
                ui.act("intake-save-refused", Icon::Download).on_press_maybe(refused),
                ui.act("intake-write", Icon::Check)
                    .kind(if self.written { Kind::Plain } else { Kind::Main })
                    .on_press_maybe((!self.written && !self.writing).then_some(Message::Write)),
            ];
            lines = lines.push(ui.buttons(buttons, 2));
        }
        ui.panel(lines)
    }
}

fn outcome<'a>(outcome: &Outcome, written: bool, ui: Ui<'a>) -> Element<'a, Message> {
    let key = if written { "intake-did" } else { "intake-would" };
    let figures = ui.strong(answer::figures(outcome, key, &ui.i18n));
    let mut lines = Column::new().spacing(6).push(figures);
    let shown =
        answer::refusals(outcome, &ui.i18n).into_iter().take(SHOWN).chain(answer::remarks(outcome, &ui.i18n));
    for line in shown {
        lines = lines.push(ui.body(line));
    }
    lines.into()
}

/// Reads a file on a thread of its own, so that check-ins never wait for a large one, and
/// imports it or only previews the outcome.
async fn take_in(
    store: StoreHandle,
    actor: Actor,
    mode: Mode,
    (path, kind, year): Wanted,
    i18n: I18n,
) -> Result<Read> {
    let (residents, today) =
        store.read(|store| Ok((store.named_residents()?, store.clock().today()))).await?;
    let words = move |outcome: &Outcome| -> Vec<(At, String)> {
        outcome.rejected.iter().map(|r| (r.at, i18n.tr(&r.reason.key()))).collect()
    };
    match kind {
        FileKind::Registry => {
            let read = on_thread(READER, move || Registry::read(&path, today, pinyin::reading)).await?;
            let Registry { rows, table } = read;
            let outcome = store.write(move |store| store.import_registry(actor, mode, &rows)).await?;
            Ok(Read { refused: refused_csv(&table, &words(&outcome))?, outcome })
        }
        FileKind::Book => {
            let read = move || SignInBook::read(&path, Some(year), today, &residents);
            let SignInBook { rows, table } = on_thread(READER, read).await?;
            let outcome = store.write(move |store| store.import_sign_in_book(actor, mode, &rows)).await?;
            Ok(Read { refused: refused_csv(&table, &words(&outcome))?, outcome })
        }
        FileKind::Plan => {
            let ActivityPlan { rows, table } = on_thread(READER, move || ActivityPlan::read(&path)).await?;
            let outcome = store.write(move |store| store.import_activity_plan(actor, mode, &rows)).await?;
            Ok(Read { refused: refused_csv(&table, &words(&outcome))?, outcome })
        }
    }
}

const READER: &str = "kiosk-file";

/// Imports a registry, or previews it; the first start uses it too.
pub(super) async fn take_in_registry(
    store: StoreHandle,
    mode: Mode,
    path: PathBuf,
    i18n: I18n,
) -> Result<Outcome> {
    let wanted = (path, FileKind::Registry, 0);
    take_in(store, Actor::Program, mode, wanted, i18n).await.map(|read| read.outcome)
}
