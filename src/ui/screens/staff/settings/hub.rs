//! 同步: how this machine stands with the others of the centre, in words that
//! are true; what people must decide; joining, inviting, leaving.

use daycare_store::background::on_thread;
use daycare_store::sync::Status;
use iced::Task;
use uuid::Uuid;

use crate::error::Result;
use crate::link::{self, Identity};
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::{Action, Ctx, Route};

/// What is known, and what is being done.
#[derive(Debug, Default)]
pub struct Hub {
    pub(super) known: Known,
    pub(super) code: String,
    pub(super) invitation: Option<String>,
    pub(super) busy: bool,
    /// Leaving was asked for once.
    pub(super) leaving: bool,
}

/// What is known of sync.
#[derive(Debug, Default)]
pub enum Known {
    /// Nothing yet.
    #[default]
    Asking,
    /// There is no hub.
    Alone,
    /// How it stands.
    Joined(Box<Status>),
}

/// How something at the hub went: a word of [`link::Failure::word`] where it did
/// not.
type Went<T> = std::result::Result<T, &'static str>;

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// How it stands came.
    Loaded(Result<Option<Box<Status>>>),
    /// The code of an invitation.
    Code(String),
    /// 接入
    Join,
    /// 现在同步
    Now,
    /// It is done, or not.
    Done(Went<()>),
    /// 让另一台机器进来
    Invite,
    /// The code for it came.
    Invited(Went<String>),
    /// The code was used.
    Hide,
    /// 退出: asked, then meant.
    Leave(bool),
    /// The other value of a conflict, or what stands.
    Decide(Uuid, bool),
    /// It is on disk, or not.
    Decided(Result<()>),
    /// 去打电话
    Calls,
}

impl Hub {
    /// How it stands.
    pub fn load(cx: &Ctx) -> Task<Message> {
        let read = cx.store.read(|store| Ok(store.sync_status()?.map(Box::new)));
        Task::perform(read, Message::Loaded)
    }

    /// Follows a message; also what is to be said.
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

    /// What Enter stands for: joining with the code that was typed.
    pub fn enter(&self) -> Option<Message> {
        let may = matches!(self.known, Known::Alone) && !self.code.trim().is_empty();
        may.then_some(Message::Join)
    }

    /// Joins and downloads everything.
    fn join(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let (store, paths, actor, code) = (cx.store.apart(), cx.paths.clone(), cx.actor(), self.code.clone());
        off_screen(move || link::join_and_sync(&store, &paths, actor, &code), Message::Done)
    }

    fn now(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let (store, paths) = (cx.store.apart(), cx.paths.clone());
        let talk = move || match Identity::load(&paths)? {
            Some(identity) => link::once(&store, &identity, &paths).map(drop),
            None => Err(link::Failure::Stranger),
        };
        off_screen(talk, Message::Done)
    }

    fn invite(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let paths = cx.paths.clone();
        let ask = move || match Identity::load(&paths)? {
            Some(identity) => link::invite(&identity),
            None => Err(link::Failure::Stranger),
        };
        off_screen(ask, Message::Invited)
    }

    fn leave(&mut self, cx: &Ctx) -> Action<Message> {
        self.busy = true;
        let (store, paths, actor) = (cx.store.apart(), cx.paths.clone(), cx.actor());
        off_screen(move || link::leave(&store, &paths, actor), Message::Done)
    }
}

/// Talks to the hub on a thread of its own.
fn off_screen<T: Send + 'static>(
    work: impl FnOnce() -> std::result::Result<T, link::Failure> + Send + 'static,
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

/// Key of the words of what went wrong.
pub fn trouble_key(word: &str) -> &'static str {
    match word {
        "offline" => "sync-trouble-offline",
        "revoked" => "sync-trouble-revoked",
        "wiped" => "sync-trouble-wiped",
        "update" => "sync-trouble-update",
        "stranger" => "sync-trouble-stranger",
        "other-hub" => "sync-trouble-other-hub",
        "rejoin" => "sync-trouble-rejoin",
        "put-back" => "sync-trouble-put-back",
        _ => "sync-trouble-broken",
    }
}
