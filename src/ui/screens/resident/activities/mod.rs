//! The activities of the next days. One tap signs up; a full or cancelled one offers the next
//! occurrence.

mod view;

use chrono::Days;
use daycare_core::activity::enrolment::{Own, Shown, SignedUp, SigningUp};
use daycare_core::activity::{ListedActivity, OccurrenceKey};
use daycare_core::appointment::Status;
use daycare_core::ids::EnrolmentId;
use daycare_core::resident::Resident;
use daycare_core::roster::Intent;
use daycare_core::visit::Source;
use iced::Task;
use uuid::Uuid;

use crate::error::Result;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side, Trouble};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;

/// Days shown, including today.
const DAYS: u64 = 7;

/// The list of activities, and the person it is shown for.
#[derive(Debug)]
pub struct Activities {
    visitor: Option<(Box<Resident>, Source)>,
    /// Sign up for this one as soon as the list is loaded.
    wanted: Option<OccurrenceKey>,
    all: Option<Vec<ListedActivity>>,
    own: Vec<Shown>,
    /// Sign-ups that the hub has not confirmed yet.
    unconfirmed: Vec<Uuid>,
    step: Step,
    notice: Option<SignUpNotice>,
    page: usize,
    saving: bool,
    /// Identifier of the next sign-up, fixed in advance so that a double tap signs up once.
    next_id: EnrolmentId,
}

/// Which question is shown.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// Choose an activity.
    List,
    /// It is full: join the waiting list, or take the next occurrence?
    Full(ListedActivity, Option<ListedActivity>),
    /// It is cancelled: take the next occurrence?
    Off(ListedActivity, Option<ListedActivity>),
    /// Confirm giving up the place.
    Leaving(ListedActivity, EnrolmentId),
}

/// The result of the last tap, in one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SignUpNotice {
    Joined(String),
    Waiting(usize),
    Left(String),
    Elsewhere(Own),
    Full,
    Closed,
    CardPlease,
}

impl SignUpNotice {
    /// The line for the result of signing up for `name`.
    pub(super) fn of(name: String, outcome: SignedUp) -> Self {
        match outcome {
            SignedUp::Done(_) => Self::Joined(name),
            SignedUp::Waiting(_, before) => Self::Waiting(before),
            SignedUp::Elsewhere(own) => Self::Elsewhere(own),
            SignedUp::Full => Self::Full,
            SignedUp::Closed => Self::Closed,
        }
    }
}

/// Activities, this person's sign-ups, and those of them that are unconfirmed.
type Loaded = (Vec<ListedActivity>, Vec<Shown>, Vec<Uuid>);

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The activities and this person's sign-ups were loaded.
    Loaded(Result<Loaded>),
    /// 我要去
    Join(OccurrenceKey),
    /// The result of signing up.
    SignedUp(OccurrenceKey, String, Result<SignedUp>),
    /// 满了, 这次不办: a full or cancelled activity was tapped.
    Cannot(OccurrenceKey),
    /// The next occurrence was loaded; `None` if there is none.
    Next(Box<ListedActivity>, Result<Option<ListedActivity>>),
    /// 帮我等位
    Wait,
    /// 下一次我去
    JoinNext,
    /// 不去点这里
    Leave(OccurrenceKey),
    /// 是，不去了
    LeaveYes,
    /// The result of giving the place back.
    Left(String, Result<()>),
    /// Return to the list.
    Back,
    /// Another page was chosen.
    Turned(usize),
}

impl Screen for Activities {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((all, own, unconfirmed))) => {
                (self.all, self.own, self.unconfirmed) = (Some(all), own, unconfirmed);
                match self.wanted.take() {
                    Some(key) if self.own(key).is_none() => self.join(key, cx),
                    _ => Action::None,
                }
            }
            Message::Join(key) => self.join(key, cx),
            Message::SignedUp(key, name, outcome) => self.signed_up(key, name, outcome, cx),
            Message::Cannot(key) => {
                let Some(listed) = self.find(key).cloned() else { return Action::None };
                let read = cx.store.read(move |store| store.next_time(key));
                let listed = Box::new(listed);
                Action::Run(Task::perform(read, move |next| Message::Next(listed.clone(), next)))
            }
            Message::Next(listed, next) => {
                let next = next.unwrap_or_default();
                let off = listed.occurrence.off.is_some();
                self.step = if off { Step::Off(*listed, next) } else { Step::Full(*listed, next) };
                Action::None
            }
            Message::Wait => {
                let Step::Full(listed, _) = &self.step else { return Action::None };
                let (key, name) = (listed.occurrence.key, listed.occurrence.name.clone());
                self.sign_up(key, name, true, cx)
            }
            Message::JoinNext => {
                let (Step::Full(_, Some(next)) | Step::Off(_, Some(next))) = &self.step else {
                    return Action::None;
                };
                let (key, name) = (next.occurrence.key, next.occurrence.name.clone());
                self.sign_up(key, name, false, cx)
            }
            Message::Leave(key) => {
                if let (Some(listed), Some(own)) = (self.find(key), self.own(key)) {
                    let step = Step::Leaving(listed.clone(), own.enrolment.id);
                    if self.may_leave(cx) {
                        self.step = step;
                    } else {
                        self.notice = Some(SignUpNotice::CardPlease);
                    }
                }
                Action::None
            }
            Message::LeaveYes => self.leave(cx),
            Message::Left(name, Ok(())) => {
                (self.step, self.notice, self.saving) = (Step::List, Some(SignUpNotice::Left(name)), false);
                Action::Run(self.load(cx))
            }
            Message::Loaded(Err(_)) | Message::Left(_, Err(_)) => {
                Action::Go(Route::Trouble(Trouble::Resting))
            }
            Message::Back => {
                self.step = Step::List;
                Action::None
            }
            Message::Turned(page) => {
                self.page = page;
                Action::None
            }
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(cx, shape)
    }

    fn back(&mut self) -> Option<Route> {
        if self.step == Step::List {
            return Some(Route::FirstPage);
        }
        self.step = Step::List;
        None
    }

    fn spoken_key(&self) -> &'static str {
        match self.step {
            Step::List => "act-title",
            Step::Full(..) => "act-full-title",
            Step::Off(..) => "act-off-title",
            Step::Leaving(..) => "act-leave-title",
        }
    }

    fn intent(&self) -> Option<Intent> {
        Some(Intent::Activities(None))
    }

    fn resident(&self) -> Option<&Resident> {
        self.visitor.as_ref().map(|(resident, _)| &**resident)
    }
}

impl Activities {
    /// Loads the activities; signs up for `wanted` at once.
    pub fn new(
        visitor: Option<(Box<Resident>, Source)>,
        wanted: Option<OccurrenceKey>,
        cx: &Ctx,
    ) -> (Self, Task<Message>) {
        let screen = Self {
            visitor,
            wanted,
            all: None,
            own: vec![],
            unconfirmed: vec![],
            step: Step::List,
            notice: None,
            page: 0,
            saving: false,
            next_id: EnrolmentId::new(),
        };
        let load = screen.load(cx);
        (screen, load)
    }

    fn load(&self, cx: &Ctx) -> Task<Message> {
        let today = cx.clock.today();
        let last = today.checked_add_days(Days::new(DAYS - 1)).unwrap_or(today);
        let who = self.resident().map(|resident| resident.id);
        let (now, zone, wanted) = (cx.clock.now(), cx.clock.zone(), self.wanted);
        let read = cx.store.read(move |store| {
            let mut all = store.activities(today, last)?;
            all.retain(|listed| listed.occurrence.ends_at(zone) > now);
            // The next occurrence that was offered may be after the days shown.
            if let Some(key) = wanted.filter(|key| !all.iter().any(|listed| listed.occurrence.key == *key)) {
                all.extend(store.occurrence(key)?);
            }
            let own = who.map(|id| store.enrolments_of(id, today)).transpose()?;
            Ok((all, own.unwrap_or_default(), store.unconfirmed()?))
        });
        Task::perform(read, Message::Loaded)
    }

    fn find(&self, key: OccurrenceKey) -> Option<&ListedActivity> {
        self.all.iter().flatten().find(|listed| listed.occurrence.key == key)
    }

    fn own(&self, key: OccurrenceKey) -> Option<&Shown> {
        self.own.iter().find(|own| own.enrolment.key == key)
    }

    /// Whether this sign-up is unconfirmed, because another kiosk may have taken the last place.
    fn is_unsure(&self, key: OccurrenceKey) -> bool {
        self.own(key).is_some_and(|own| self.unconfirmed.contains(&own.enrolment.id.uuid()))
    }

    /// Whether this person may give a place back: with the card, or led by staff.
    fn may_leave(&self, cx: &Ctx) -> bool {
        cx.staff.is_some() || self.visitor.as_ref().is_some_and(|(_, source)| *source == Source::Card)
    }

    fn join(&mut self, key: OccurrenceKey, cx: &Ctx) -> Action<Message> {
        let Some(listed) = self.find(key) else { return Action::None };
        let name = listed.occurrence.name.clone();
        // The visitor must be identified first; then this activity is signed up for.
        if self.visitor.is_none() {
            return Action::Go(Route::Surname(Intent::Activities(Some(key))));
        }
        self.sign_up(key, name, false, cx)
    }

    fn sign_up(&mut self, key: OccurrenceKey, name: String, wait: bool, cx: &Ctx) -> Action<Message> {
        let Some((resident, _)) = &self.visitor else {
            return Action::Go(Route::Surname(Intent::Activities(Some(key))));
        };
        if self.saving {
            return Action::None;
        }
        self.saving = true;
        let asked = SigningUp { id: self.next_id, key, resident_id: resident.id };
        let actor = cx.actor();
        let write = cx.store.write(move |store| {
            if wait { store.sign_up_or_wait(actor, &asked) } else { store.sign_up(actor, &asked) }
        });
        Action::Run(Task::perform(write, move |outcome| Message::SignedUp(key, name.clone(), outcome)))
    }

    fn signed_up(
        &mut self,
        key: OccurrenceKey,
        name: String,
        outcome: Result<SignedUp>,
        cx: &Ctx,
    ) -> Action<Message> {
        self.saving = false;
        self.next_id = EnrolmentId::new();
        self.notice = match outcome {
            // It filled up meanwhile.
            Ok(SignedUp::Full) => return self.update(Message::Cannot(key), cx),
            Ok(outcome) => Some(SignUpNotice::of(name, outcome)),
            Err(_) => return Action::Go(Route::Trouble(Trouble::Resting)),
        };
        self.step = Step::List;
        Action::Run(self.load(cx))
    }

    fn leave(&mut self, cx: &Ctx) -> Action<Message> {
        let Step::Leaving(listed, id) = &self.step else { return Action::None };
        if self.saving {
            return Action::None;
        }
        self.saving = true;
        let (id, name, actor) = (*id, listed.occurrence.name.clone(), cx.actor());
        let write = cx.store.write(move |store| store.leave_activity(actor, id, "").map(drop));
        Action::Run(Task::perform(write, move |done| Message::Left(name.clone(), done)))
    }

    /// This person's sign-up status for an activity.
    fn standing(&self, key: OccurrenceKey) -> Option<Status> {
        self.own(key).map(|own| own.enrolment.status)
    }
}
