//! Asks "Is it you?". Nothing is saved before the answer.

use std::time::Duration;

use daycare_core::ids::VisitId;
use daycare_core::resident::Resident;
use daycare_core::shift_book::Notice;
use daycare_core::visit::{CheckIn, CheckedIn, Source};
use iced::Task;

use crate::error::Result;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side, Trouble, Unfinished, Whose};
use crate::ui::theme::Shape;
use crate::ui::theme::metrics::{inset, rect};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press, parts};

use super::page::{Emblem, Page, Words};

/// The person, and whether the answer is being saved.
#[derive(Debug)]
pub struct Confirm {
    resident: Box<Resident>,
    source: Source,
    visit_id: VisitId,
    saving_since: Option<Duration>,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// 是我，签到
    Yes,
    /// 不是我
    No,
    /// The result of signing in, with the notices to show.
    Saved(Result<(CheckedIn, Vec<Notice>)>),
}

/// After this long without an answer the screen asks for a person; the write may still
/// succeed, and repeating it changes nothing.
pub const PATIENCE: Duration = Duration::from_secs(5);

impl Screen for Confirm {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Yes if self.saving_since.is_some() => Action::None,
            Message::Yes => {
                self.saving_since = Some(cx.clock.monotonic());
                let arrival = CheckIn {
                    visit_id: self.visit_id,
                    resident_id: self.resident.id,
                    at: cx.clock.now(),
                    source: self.source,
                    services: Vec::new(),
                };
                let actor = cx.actor();
                let write = cx.store.write(move |store| {
                    let done = store.check_in(actor, &arrival)?;
                    let unread = store.unread_notices(arrival.resident_id)?;
                    Ok((done, unread))
                });
                Action::Run(Task::perform(write, Message::Saved))
            }
            Message::No => Action::Go(Route::FirstPage),
            Message::Saved(Ok((CheckedIn::Done(visit), unread))) => {
                let (resident, visit) = (self.resident.clone(), Box::new(visit));
                Action::Go(if unread.is_empty() {
                    Route::Success(resident, visit)
                } else {
                    Route::Notice(resident, visit, unread)
                })
            }
            Message::Saved(Ok((CheckedIn::AlreadyHere(_), _))) => {
                Action::Go(Route::MyDay(self.resident.clone(), self.source))
            }
            Message::Saved(Err(_)) => Action::Go(Route::Trouble(Trouble::Resting)),
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let full = cx.addressed(&profile.name, &profile.called_by);
        let words = Words {
            title: cx.i18n.tr_with("confirm-q", &[("name", full.as_str().into())]),
            sub: cx.tr("confirm-sub"),
            ..Words::default()
        };
        let mut page = Page::titled(cx, shape, Emblem::Sign(Icon::IdCard), &words);
        let body = shape.body();
        let look = page.look;
        page.put(body, parts::card(look));
        let field = inset(body, 28.0);
        let color = look.palette.discs[profile.picture.len() % look.palette.discs.len()];
        page.put(field, parts::panel(color, iced::Color::TRANSPARENT, 0.0, 26.0));
        let side = (field.height - 60.0).min(460.0);
        let (x, y) = (field.x + (field.width - side) / 2.0, field.y + (field.height - side) / 2.0);
        let portrait = parts::portrait(cx.photo(self.resident.id), &profile.picture);
        page.put(rect(x, y, side, side), portrait);
        if self.saving_since.is_some() {
            page.waiting();
        } else {
            page.primary("yes", &cx.tr("confirm-yes"), Icon::Check, Press::Own(Message::Yes));
        }
        page.hint(&cx.tr("confirm-hint"));
        page.second(
            (0, 1),
            "destructive:no",
            &cx.tr("confirm-no"),
            Icon::UserRoundX,
            Press::Own(Message::No),
        );
        page.finish()
    }

    fn tick(&mut self, now: Duration, _cx: &Ctx) -> Action<Message> {
        match self.saving_since {
            Some(since) if now.saturating_sub(since) >= PATIENCE => {
                Action::Go(Route::Trouble(Trouble::Resting))
            }
            _ => Action::None,
        }
    }

    fn spoken_key(&self) -> &'static str {
        "confirm-sub"
    }

    fn unfinished(&self) -> Option<Unfinished<'_>> {
        Some(Unfinished { key: "strip-not-in", whose: Whose::Resident(&self.resident) })
    }
}

impl Confirm {
    /// The question for one person. The visit's identifier is fixed before saving, so that a
    /// double tap makes one visit.
    #[must_use]
    pub fn new(resident: Box<Resident>, source: Source) -> Self {
        Self { resident, source, visit_id: VisitId::new(), saving_since: None }
    }
}
