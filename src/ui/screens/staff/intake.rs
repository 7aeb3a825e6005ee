//! 从U盘导入: previews what a file on a USB stick would change and what is refused, then imports
//! it.

use std::path::{Path, PathBuf};

use chrono::Datelike;
use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::import::outcome::{At, Outcome};
use daycare_store::Store;
use daycare_store::import::Mode;
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use iced::widget::{Column, column, container, row};

use super::frame::{Nav, Place};
use crate::error::Result;
use crate::i18n::{I18n, pinyin};
use crate::intake::files::ENDINGS;
use crate::intake::table::refused_csv;
use crate::intake::{activity_plan, answer, registry, sign_in_book};
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
    /// Whether doubtful rows were reviewed and are imported too.
    confirmed: bool,
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
    /// The preview is ready.
    Rehearsed(Result<Read>),
    /// Change the year by this much.
    Year(i32),
    /// Importing doubtful rows was switched on or off.
    Confirm,
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
            Message::Chosen(at) => {
                self.chosen = self.files.as_ref().and_then(|files| files.get(at).cloned());
                (self.kind, self.read, self.written, self.notice) = (None, None, false, None);
                self.confirmed = false;
            }
            Message::Kind(kind) => {
                self.kind = Some(kind);
                (self.read, self.confirmed) = (None, false);
                return self.run(false, cx);
            }
            Message::Year(by) => {
                self.year += by;
                self.confirmed = false;
                return self.run(false, cx);
            }
            Message::Rehearsed(Ok(read)) => self.read = Some(read),
            Message::Confirm => self.confirmed = !self.confirmed,
            Message::Write if self.writing => {}
            Message::Write => {
                self.writing = true;
                return self.run(true, cx);
            }
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
            Message::Rehearsed(Err(e)) | Message::Written(Err(e)) => {
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
            confirmed: false,
            written: false,
            writing: false,
            notice: None,
        };
        (screen, Task::done(Message::Look))
    }

    fn run(&self, write: bool, cx: &Ctx) -> Action<Message> {
        let mode = Mode { write, confirmed: write && self.confirmed };
        let (Some(path), Some(kind)) = (self.chosen.clone(), self.kind) else { return Action::None };
        let (actor, i18n, year) = (cx.actor(), cx.i18n.clone(), self.year);
        let work = cx.store.write(move |store| take_in(store, actor, mode, (kind, &path, year), &i18n));
        let told = if write { Message::Written } else { Message::Rehearsed };
        Action::Run(Task::perform(work, told))
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

    /// The list of rows that are imported only after review.
    fn doubts<'a>(&self, outcome: &Outcome, ui: Ui<'a>) -> Element<'a, Message> {
        let count = [("count", outcome.doubtful.len().into())];
        let head = ui.strong(ui.i18n.tr_with("intake-doubtful", &count));
        let mut lines = Column::new().spacing(6).push(head);
        for line in answer::doubts(outcome, &ui.i18n).into_iter().take(SHOWN) {
            lines = lines.push(ui.body(line));
        }
        let icon = if self.confirmed { Icon::Check } else { Icon::Square };
        let tick = ui.act("intake-confirm", icon).width(520.0).on_press(Message::Confirm);
        ui.ground(lines.push(tick), ui.palette().sunk, ui.palette().amber, 3.0)
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
            if !read.outcome.doubtful.is_empty() && !self.written {
                lines = lines.push(self.doubts(&read.outcome, ui));
            }
            let refused = (!read.outcome.rejected.is_empty()).then_some(Message::SaveRefused);
            let buttons = vec![
                ui.act("intake-save-refused", Icon::Download).on_press_maybe(refused),
                ui.act("intake-write", Icon::Check)
                    .kind(if self.written { Kind::Plain } else { Kind::Main })
                    .on_press_maybe((!self.written).then_some(Message::Write)),
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

/// Reads a file, and imports it or only previews the outcome.
fn take_in(
    store: &mut Store,
    actor: Actor,
    mode: Mode,
    (kind, path, year): (FileKind, &Path, i32),
    i18n: &I18n,
) -> Result<Read> {
    let clock: Clock = store.clock().clone();
    let words = |outcome: &Outcome| -> Vec<(At, String)> {
        outcome.rejected.iter().map(|r| (r.at, i18n.tr(&r.reason.key()))).collect()
    };
    Ok(match kind {
        FileKind::Registry => {
            let read = registry::Registry::read(path, clock.today(), pinyin::reading)?;
            let outcome = store.import_registry(actor, mode, &read.rows)?;
            Read { refused: refused_csv(&read.table, &words(&outcome))?, outcome }
        }
        FileKind::Book => {
            let residents = store.named_residents()?;
            let book = sign_in_book::SignInBook::read(path, Some(year), clock.today(), &residents)?;
            let outcome = store.import_sign_in_book(actor, mode, &book.rows)?;
            Read { refused: refused_csv(&book.table, &words(&outcome))?, outcome }
        }
        FileKind::Plan => {
            let plan = activity_plan::ActivityPlan::read(path)?;
            let outcome = store.import_activity_plan(actor, mode, &plan.rows)?;
            Read { refused: refused_csv(&plan.table, &words(&outcome))?, outcome }
        }
    })
}
