//! A volunteer starts or ends a shift: one tap, with a card or a PIN.

use daycare_core::ids::{DutyId, ShiftId};
use daycare_core::time::hour_minute;
use daycare_core::volunteer::{Duty, Shift, Volunteer, Worker};
use iced::Task;

use super::page::{Emblem, Page, Words};
use crate::error::{Error, Result, Thing};
use crate::ui::screens::{Action, ClosingSentence, Ctx, Route, Screen, Side, Trouble, Unfinished, Whose};
use crate::ui::theme::Shape;
use crate::ui::theme::metrics::cell;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, Press, parts};

/// One volunteer at the screen.
#[derive(Debug)]
pub struct VolunteerShift {
    volunteer: Box<Volunteer>,
    team: String,
    duties: Vec<Duty>,
    open: Option<Shift>,
    chosen: Option<DutyId>,
    shift_id: ShiftId,
    loaded: bool,
    saving: bool,
    page: usize,
}

/// A volunteer's open shift, and the duties to choose from.
#[derive(Debug, Clone)]
pub struct Known {
    team: String,
    duties: Vec<Duty>,
    open: Option<Shift>,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The duties and the open shift were loaded.
    Loaded(Result<Known>),
    /// A duty was chosen.
    Chose(DutyId),
    /// 开始服务
    Start,
    /// 服务完了
    End,
    /// The result of starting the shift.
    Started(Result<Shift>),
    /// The result of ending the shift.
    Ended(Result<Shift>),
    /// Another page was chosen.
    Turned(usize),
}

const PER_PAGE: usize = 4;

impl Screen for VolunteerShift {
    type Message = Message;
    const SIDE: Side = Side::Resident;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok(Known { team, duties, open })) => {
                self.chosen = open.as_ref().and_then(|shift| shift.duty_id);
                (self.team, self.duties, self.open, self.loaded) = (team, duties, open, true);
                Action::None
            }
            Message::Chose(duty) => {
                self.chosen = if self.chosen == Some(duty) { None } else { Some(duty) };
                Action::None
            }
            Message::Start | Message::End if self.saving => Action::None,
            Message::Start => {
                self.saving = true;
                let (id, worker, duty) = (self.shift_id, self.worker(), self.chosen);
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.start_shift(actor, id, worker, duty));
                Action::Run(Task::perform(write, Message::Started))
            }
            Message::End => {
                self.saving = true;
                let (worker, duty) = (self.worker(), self.chosen);
                let actor = cx.actor();
                let write = cx.store.write(move |store| {
                    if let Some(open) = store.open_shift(worker)?.filter(|open| open.duty_id != duty) {
                        store.set_duty(actor, open.id, duty)?;
                    }
                    store.end_shift(actor, worker)?.ok_or(Error::NotFound(Thing::Shift))
                });
                Action::Run(Task::perform(write, Message::Ended))
            }
            Message::Started(Ok(shift)) => {
                Action::Go(Route::Closing(ClosingSentence::Serving(self.volunteer.clone(), Box::new(shift))))
            }
            Message::Ended(Ok(shift)) => {
                Action::Go(Route::Closing(ClosingSentence::Served(self.volunteer.clone(), Box::new(shift))))
            }
            Message::Loaded(Err(_)) | Message::Started(Err(_)) | Message::Ended(Err(_)) => {
                Action::Go(Route::Trouble(Trouble::Resting))
            }
            Message::Turned(page) => {
                self.page = page;
                Action::None
            }
        }
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let since = self.open.as_ref().map(|shift| {
            let at = hour_minute(shift.started_at.local(cx.clock.zone()).time());
            cx.i18n.tr_with("serve-since", &[("time", at.as_str().into())])
        });
        let words = Words {
            lead: cx.name(&self.team),
            title: self.volunteer.name.clone(),
            sub: since.unwrap_or_else(|| cx.tr("serve-what")),
            steps: None,
        };
        let mut page = Page::crowded(cx, shape, Emblem::Picture("handshake"), &words);
        let (body, look) = (shape.reach(), page.look);
        let shown = self.duties.iter().skip(self.page * PER_PAGE).take(PER_PAGE);
        for (at, duty) in shown.enumerate() {
            let place = match shape {
                Shape::Portrait => cell(body, at, 2, 2),
                Shape::Landscape => cell(body, at, 4, 1),
            };
            let press = Press::Own(Message::Chose(duty.id));
            let duty_name = cx.name(&duty.name);
            let words = (duty.picture.as_str(), duty_name.as_str());
            let name = format!("choice:duty-{at}");
            page.put(place, parts::choice(place, &name, words, self.chosen == Some(duty.id), press, look));
        }
        if self.saving {
            page.waiting();
        } else if self.open.is_some() {
            page.primary("end", &cx.tr("serve-end"), Icon::Check, Press::Own(Message::End));
        } else if self.loaded {
            page.primary("start", &cx.tr("serve-start"), Icon::HandHeart, Press::Own(Message::Start));
        }
        page.pager(self.page, self.duties.len().div_ceil(PER_PAGE), Message::Turned);
        page.finish()
    }

    fn unfinished(&self) -> Option<Unfinished<'_>> {
        Some(Unfinished { key: "strip-no-shift", whose: Whose::Volunteer(&self.volunteer) })
    }

    fn spoken_key(&self) -> &'static str {
        "serve-what"
    }
}

impl VolunteerShift {
    /// Loads the duties, and whether a shift is open.
    pub fn new(volunteer: Box<Volunteer>, cx: &Ctx) -> (Self, Task<Message>) {
        let (id, team_id) = (volunteer.id, volunteer.team_id);
        let read = cx.store.read(move |store| {
            let team = store.teams()?.into_iter().find(|team| team.id == team_id);
            Ok(Known {
                team: team.map(|team| team.name).unwrap_or_default(),
                duties: store.duties()?,
                open: store.open_shift(Worker::Volunteer(id))?,
            })
        });
        let serving = Self {
            volunteer,
            team: String::new(),
            duties: vec![],
            open: None,
            chosen: None,
            shift_id: ShiftId::new(),
            loaded: false,
            saving: false,
            page: 0,
        };
        (serving, Task::perform(read, Message::Loaded))
    }

    fn worker(&self) -> Worker {
        Worker::Volunteer(self.volunteer.id)
    }
}
