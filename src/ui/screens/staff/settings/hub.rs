//! 同步: this machine's sync status in plain words; conflicts to decide; joining, inviting,
//! leaving.

use daycare_store::background::on_thread;
use daycare_store::sync::Status;
use iced::Task;
use uuid::Uuid;

use crate::error::Result;
use crate::i18n::errors::trouble_key;
use crate::sync_client::{self, Identity};
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::{Action, Ctx, Route};

/// The sync status, and the action under way.
#[derive(Debug, Default)]
pub struct Hub {
    pub(super) known: Known,
    pub(super) code: String,
    pub(super) invitation: Option<String>,
    pub(super) busy: bool,
    /// Whether 退出 was tapped once and awaits confirmation.
    pub(super) leaving: bool,
}

/// What is known of sync.
#[derive(Debug, Default)]
pub enum Known {
    /// Still loading.
    #[default]
    Asking,
    /// No hub is joined.
    Alone,
    /// The sync status.
    Joined(Box<Status>),
}

/// The result of an action at the hub; the error is a word of [`sync_client::Failure::word`].
type Went<T> = std::result::Result<T, &'static str>;

/// Messages of the sync settings.
#[derive(Debug, Clone)]
pub enum Message {
    /// The sync status was loaded; `None` if no hub is joined.
    Loaded(Result<Option<Box<Status>>>),
    /// An enrolment code was typed.
    Code(String),
    /// 接入
    Join,
    /// 现在同步
    Now,
    /// The result of joining, syncing or leaving.
    Done(Went<()>),
    /// 让另一台机器进来
    Invite,
    /// The result of inviting: the code.
    Invited(Went<String>),
    /// Hide the code.
    Hide,
    /// 退出: asked first (`false`), then confirmed (`true`).
    Leave(bool),
    /// Decide a conflict: take the other value (`true`) or keep the present one.
    Decide(Uuid, bool),
    /// The result of saving the decision.
    Decided(Result<()>),
    /// 去打电话
    Calls,
}

impl Hub {
    /// Loads the sync status.
    pub fn load(cx: &Ctx) -> Task<Message> {
        let read = cx.store.read(|store| Ok(store.sync_status()?.map(Box::new)));
        Task::perform(read, Message::Loaded)
    }

    /// Whether an enrolment code was typed.
    pub fn has_draft(&self) -> bool {
        !self.code.trim().is_empty()
    }

    /// Handles a message; also returns what to tell the user.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> (Action<Message>, Feedback) {
        match message {
            Message::Loaded(Ok(status)) => self.known = status.map_or(Known::Alone, Known::Joined),
            Message::Code(code) => self.code = code,
            Message::Join if !self.busy => return (self.join(cx), None),
            Message::Now if !self.busy => return (self.now(cx), None),
            Message::Invite if !self.busy => return (self.invite(cx), None),
            Message::Join | Message::Now | Message::Invite => {}
            Message::Done(done) => {
                (self.busy, self.leaving) = (false, false);
                let said = match done {
                    Ok(()) => {
                        self.code.clear();
                        Ok(cx.tr("sync-done"))
                    }
                    Err(word) => Err(cx.tr(trouble_key(word))),
                };
                return (Action::Run(Self::load(cx)), Some(said));
            }
            Message::Invited(Ok(code)) => {
                self.busy = false;
                self.invitation = Some(code);
            }
            Message::Invited(Err(word)) => {
                self.busy = false;
                return (Action::None, Some(Err(cx.tr(trouble_key(word)))));
            }
            Message::Hide => self.invitation = None,
            Message::Leave(false) => self.leaving = !self.leaving,
            Message::Leave(true) => return (self.leave(cx), None),
            Message::Decide(op, take_other) => {
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.decide_notice(actor, op, take_other));
                return (Action::Run(Task::perform(write, Message::Decided)), None);
            }
            Message::Decided(Ok(())) => {
                return (Action::Run(Self::load(cx)), Some(Ok(cx.tr("welfare-saved"))));
            }
            Message::Calls => return (Action::Go(Route::Clinic), None),
            Message::Loaded(Err(e)) | Message::Decided(Err(e)) => {
                return (Action::None, Some(Err(cx.i18n.error(&e))));
            }
        }
        (Action::None, None)
    }

    /// The message for Enter: join with the typed code.
    pub fn enter(&self) -> Option<Message> {
        let may = matches!(self.known, Known::Alone) && !self.code.trim().is_empty();
        may.then_some(Message::Join)
    }

    /// Joins and downloads everything.
    fn join(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let (store, paths, actor, code) = (cx.store.apart(), cx.paths.clone(), cx.actor(), self.code.clone());
        off_screen(move || sync_client::join_and_sync(&store, &paths, actor, &code), Message::Done)
    }

    fn now(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let (store, paths) = (cx.store.apart(), cx.paths.clone());
        let talk = move || match Identity::load(&paths)? {
            Some(identity) => sync_client::once(&store, &identity, &paths).map(drop),
            None => Err(sync_client::Failure::Stranger),
        };
        off_screen(talk, Message::Done)
    }

    fn invite(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let paths = cx.paths.clone();
        let ask = move || match Identity::load(&paths)? {
            Some(identity) => sync_client::invite(&identity),
            None => Err(sync_client::Failure::Stranger),
        };
        off_screen(ask, Message::Invited)
    }

    fn leave(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let (store, paths, actor) = (cx.store.apart(), cx.paths.clone(), cx.actor());
        off_screen(move || sync_client::leave(&store, &paths, actor), Message::Done)
    }
}

/// Runs a call to the hub on a thread of its own.
fn off_screen<T: Send + 'static>(
    work: impl FnOnce() -> std::result::Result<T, sync_client::Failure> + Send + 'static,
    told: fn(Went<T>) -> Message,
) -> Action<Message> {
    let work = on_thread("kiosk-hub", work);
    Action::Run(Task::perform(work, move |done| {
        told(done.map_err(|trouble| {
            tracing::warn!("sync: {trouble}");
            trouble.word()
        }))
    }))
}
