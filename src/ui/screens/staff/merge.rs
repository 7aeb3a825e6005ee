//! 重复的档案: pairs that may be one person, which file is kept, and the way
//! back.

use daycare_core::ids::{MergeId, ResidentId};
use daycare_core::merge::{Likeness, Merge as Made, candidates, traits};
use daycare_core::resident::{Resident, Standing};
use iced::alignment::Vertical;
use iced::keyboard::key::Named;
use iced::widget::{Column, column, container, row};
use iced::{Length, Task};

use crate::error::Result;
use crate::ui::screens::{Action, Ctx, Route};
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::root::KeyInput;
use crate::ui::widgets::{Element, Tapped};

use super::frame::{self, Nav, Notice, Place};
use super::picker::{self, Picker};

/// Pairs to look at, merges that hold.
#[derive(Debug)]
pub struct Merge {
    residents: Vec<Resident>,
    pairs: Vec<(usize, usize, Likeness)>,
    made: Vec<Made>,
    /// Two files chosen by hand.
    chosen: [Option<Box<Resident>>; 2],
    picker: Option<(usize, Picker)>,
    notice: Notice,
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Files and merges came.
    Loaded(Result<(Vec<Resident>, Vec<Made>)>),
    /// One of two files is looked for.
    Picking(usize),
    /// The search for it.
    Picker(picker::Message),
    /// Keep the first, close the second.
    Merge(ResidentId, ResidentId),
    /// Take it back.
    Undo(MergeId),
    /// It is on disk, or not.
    Saved(Result<()>),
    /// Back to the settings.
    Back,
    /// The navigation.
    Nav(Nav),
}

fn load(cx: &Ctx) -> Task<Message> {
    Task::perform(cx.store.read(|store| Ok((store.residents()?, store.merges()?))), Message::Loaded)
}

impl Merge {
    /// Looks for pairs.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let screen = Self {
            residents: vec![],
            pairs: vec![],
            made: vec![],
            chosen: [None, None],
            picker: None,
            notice: None,
        };
        (screen, load(cx))
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((mut residents, made))) => {
                residents.retain(|resident| resident.standing == Standing::Active);
                self.pairs = candidates(&residents);
                (self.residents, self.made) = (residents, made);
            }
            Message::Picking(which) => {
                let (picker, load) = Picker::new(cx);
                self.picker = Some((which, picker));
                return Action::Run(load.map(Message::Picker));
            }
            Message::Picker(message) => {
                let Some((which, picker)) = &mut self.picker else { return Action::None };
                if let Some(picked) = picker.update(message) {
                    self.chosen[*which] = Some(picked);
                    self.picker = None;
                }
            }
            Message::Merge(kept, merged) => {
                let (actor, id) = (cx.actor(), MergeId::new());
                let write = cx.store.write(move |store| store.merge_residents(actor, id, kept, merged));
                return Action::Run(Task::perform(write, Message::Saved));
            }
            Message::Undo(id) => {
                let actor = cx.actor();
                let write = cx.store.write(move |store| store.undo_merge(actor, id));
                return Action::Run(Task::perform(write, Message::Saved));
            }
            Message::Saved(Ok(())) => {
                self.chosen = [None, None];
                self.notice = Some(Ok(cx.tr("welfare-saved")));
                return Action::Reread(load(cx));
            }
            Message::Back => return Action::Go(Route::Settings),
            Message::Nav(nav) => return nav.into(),
            Message::Loaded(Err(e)) | Message::Saved(Err(e)) => self.notice = Some(Err(cx.i18n.error(&e))),
        }
        Action::None
    }

    /// Esc closes the search for a file, then goes back.
    pub fn key(&mut self, key: &KeyInput, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Other(Named::Escape) if self.picker.is_some() => {
                self.picker = None;
                Action::None
            }
            KeyInput::Other(Named::Escape) => self.update(Message::Back, cx),
            _ => Action::None,
        }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let back = frame::act_wide(cx, look, ("back", Icon::ArrowLeft), 170.0, Some(Message::Back));
        let mut content = Column::new().spacing(14).push(back);
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            content = content.push(strip);
        }
        let mut lines = Column::new().spacing(14);
        lines = lines.push(desk::words(cx.tr("merge-pairs"), Role::StaffName, look));
        if self.pairs.is_empty() {
            lines = lines.push(desk::words(cx.tr("merge-no-pairs"), Role::StaffBody, look));
        }
        for (a, b, likeness) in &self.pairs {
            lines = lines.push(pair(&self.residents[*a], &self.residents[*b], *likeness, cx, look));
        }
        lines = lines.push(self.by_hand(cx, look));
        if !self.made.is_empty() {
            lines = lines.push(desk::words(cx.tr("merge-made"), Role::StaffName, look));
        }
        for made in &self.made {
            lines = lines.push(undo_line(made, cx, look));
        }
        let content = content.push(desk::scroll(lines)).into();
        frame::frame(cx, look, Place::Settings, &cx.tr("register-merge"), content, Message::Nav)
    }

    /// Two files that only a person knows to be one.
    fn by_hand<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let label = |which: usize, key: &str| {
            self.chosen[which]
                .as_ref()
                .map_or_else(|| cx.tr(key), |who| cx.addressed(&who.profile.name, &who.profile.called_by))
        };
        let choose = |which: usize, key: &str| {
            let words = label(which, key);
            let press = Some(Message::Picking(which));
            desk::button(key, &words, Some(Icon::UserRoundSearch), Kind::Plain, press, look)
        };
        let mut lines = column![
            desk::words(cx.tr("merge-by-hand"), Role::StaffName, look),
            desk::buttons(vec![choose(0, "merge-keep-which"), choose(1, "merge-close-which")], 2),
        ]
        .spacing(12);
        if let Some((_, picker)) = &self.picker {
            let view = picker.view(cx, look);
            lines = lines.push(view.map(|tapped: Tapped<_>| tapped.map(Message::Picker)));
        }
        if let [Some(keep), Some(close)] = &self.chosen
            && keep.id != close.id
        {
            lines = lines.push(pair(keep, close, Likeness::Name, cx, look));
        }
        let p = look.palette;
        desk::ground(lines, p.sunk, p.hair, 1.0, look)
    }
}

/// Two files side by side; each may be the one that is kept.
fn pair<'a>(
    one: &'a Resident,
    two: &'a Resident,
    likeness: Likeness,
    cx: &'a Ctx,
    look: Look,
) -> Element<'a, Message> {
    let key = match likeness {
        Likeness::NameAndBirth => "merge-same-birth",
        Likeness::Name => "merge-same-name",
        Likeness::Phone => "merge-same-phone",
    };
    let side = |keep: &'a Resident, close: &'a Resident| {
        let profile = &keep.profile;
        let below = traits(keep);
        let label = cx.tr("merge-keep");
        let name = format!("keep-{}-{}", keep.id, close.id);
        let press = Some(Message::Merge(keep.id, close.id));
        let button = desk::button(&name, &label, Some(Icon::Check), Kind::Plain, press, look);
        let about = column![
            desk::person(
                &profile.picture,
                &profile.name,
                &cx.called(&profile.called_by),
                &profile.grid,
                look
            ),
            desk::tinted(below, Role::StaffBody, look.palette.muted, look),
            desk::sized(button, Length::Fill, desk::CONTROL),
        ];
        container(about.spacing(8)).width(Length::FillPortion(1))
    };
    let sides = row![side(one, two), side(two, one)].spacing(20);
    desk::card(column![desk::words(cx.tr(key), Role::StaffBody, look), sides].spacing(10), look)
}

fn undo_line<'a>(made: &'a Made, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let day = cx.i18n.month_day(made.made_at.day(cx.clock.zone()));
    let values = [
        ("merged", made.merged_name.as_str().into()),
        ("kept", made.kept_name.as_str().into()),
        ("day", day.into()),
    ];
    let label = cx.tr("merge-undo");
    let press = Some(Message::Undo(made.id));
    let button =
        desk::button(&format!("undo-{}", made.id), &label, Some(Icon::Undo2), Kind::Plain, press, look);
    row![
        container(desk::words(cx.i18n.tr_with("merge-line", &values), Role::StaffBody, look))
            .width(Length::Fill),
        desk::sized(button, 220.0, desk::CONTROL),
    ]
    .spacing(14)
    .align_y(Vertical::Center)
    .into()
}
