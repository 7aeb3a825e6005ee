//! 重复的档案: pairs of files that may be one person, merging them, and undoing a merge.

use daycare_core::ids::{MergeId, ResidentId};
use daycare_core::merge::{Likeness, Merge as Made, candidates, traits};
use daycare_core::resident::{Resident, Standing};
use iced::alignment::Vertical;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use iced::widget::{Column, column, container, row};
use iced::{Length, Task};

use super::frame::{Nav, Place};
use super::picker::{self, Picker};
use crate::error::Result;
use crate::ui::screens::staff::kit::{Feedback, Ui};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::controls::{self};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::root::KeyInput;
use crate::ui::widgets::{Element, Tapped};

/// Candidate pairs, and merges in force.
#[derive(Debug)]
pub struct Merge {
    residents: Vec<Resident>,
    pairs: Vec<(usize, usize, Likeness)>,
    made: Vec<Made>,
    /// Two files chosen by hand.
    chosen: [Option<Box<Resident>>; 2],
    picker: Option<(usize, Picker)>,
    notice: Feedback,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Files and merges were loaded.
    Loaded(Result<(Vec<Resident>, Vec<Made>)>),
    /// Search for the first (0) or second (1) file.
    Picking(usize),
    /// Messages of that search.
    Picker(picker::Message),
    /// Merge: keep the first file, close the second.
    Merge(ResidentId, ResidentId),
    /// Undo this merge.
    Undo(MergeId),
    /// The result of saving.
    Saved(Result<()>),
    /// Return to the settings.
    Back,
    /// A navigation button was tapped.
    Nav(Nav),
}

fn load(cx: &Ctx) -> Task<Message> {
    Task::perform(cx.store.read(|store| Ok((store.residents()?, store.merges()?))), Message::Loaded)
}

impl Screen for Merge {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
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

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        let ui = Ui::new(cx, shape);
        let back = ui.act("back", Icon::ArrowLeft).width(170.0).on_press(Message::Back);
        let mut content = Column::new().spacing(14).push(back);
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        let mut lines = Column::new().spacing(14);
        lines = lines.push(ui.strong(ui.tr("merge-pairs")));
        if self.pairs.is_empty() {
            lines = lines.push(ui.body(ui.tr("merge-no-pairs")));
        }
        for (a, b, likeness) in &self.pairs {
            lines = lines.push(pair(&self.residents[*a], &self.residents[*b], *likeness, ui));
        }
        lines = lines.push(self.by_hand(ui));
        if !self.made.is_empty() {
            lines = lines.push(ui.strong(ui.tr("merge-made")));
        }
        for made in &self.made {
            lines = lines.push(undo_line(made, ui));
        }
        let content = content.push(controls::scroll(lines));
        ui.page(Place::Settings, &ui.tr("register-merge"), content, Message::Nav)
    }

    // Esc closes the search for a file, then goes back.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Other(Named::Escape) if self.picker.is_some() => {
                self.picker = None;
                Action::None
            }
            KeyInput::Other(Named::Escape) => self.update(Message::Back, cx),
            _ => Action::None,
        }
    }
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

    /// Merging two files that only a person recognises as one.
    fn by_hand<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let label = |which: usize, key: &str| {
            self.chosen[which]
                .as_ref()
                .map_or_else(|| ui.tr(key), |who| ui.addressed(&who.profile.name, &who.profile.called_by))
        };
        let choose = |which: usize, key: &str| {
            let words = label(which, key);
            let press = Some(Message::Picking(which));
            ui.button(key).label(&words).icon(Icon::UserRoundSearch).on_press_maybe(press)
        };
        let mut lines = column![
            ui.strong(ui.tr("merge-by-hand")),
            ui.buttons(vec![choose(0, "merge-keep-which"), choose(1, "merge-close-which")], 2),
        ]
        .spacing(12);
        if let Some((_, picker)) = &self.picker {
            let view = picker.view(ui);
            lines = lines.push(view.map(|tapped: Tapped<_>| tapped.map(Message::Picker)));
        }
        if let [Some(keep), Some(close)] = &self.chosen
            && keep.id != close.id
        {
            lines = lines.push(pair(keep, close, Likeness::Name, ui));
        }
        ui.sunk(lines)
    }
}

/// Two files side by side, with a button to keep each.
fn pair<'a>(one: &'a Resident, two: &'a Resident, likeness: Likeness, ui: Ui<'a>) -> Element<'a, Message> {
    let key = match likeness {
        Likeness::NameAndBirth => "merge-same-birth",
        Likeness::Name => "merge-same-name",
        Likeness::Phone => "merge-same-phone",
    };
    let side = |keep: &'a Resident, close: &'a Resident| {
        let profile = &keep.profile;
        let below = traits(keep);
        let label = ui.tr("merge-keep");
        let name = format!("keep-{}-{}", keep.id, close.id);
        let press = Some(Message::Merge(keep.id, close.id));
        let button = ui.button(&name).label(&label).icon(Icon::Check).on_press_maybe(press);
        let about = column![
            ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.grid),
            ui.muted(below),
            button.width(Length::Fill),
        ];
        container(about.spacing(8)).width(Length::FillPortion(1))
    };
    let sides = row![side(one, two), side(two, one)].spacing(20);
    ui.card(column![ui.body(ui.tr(key)), sides].spacing(10))
}

fn undo_line<'a>(made: &'a Made, ui: Ui<'a>) -> Element<'a, Message> {
    let day = ui.i18n.month_day(made.made_at.day(ui.clock.zone()));
    let values = [
        ("merged", made.merged_name.as_str().into()),
        ("kept", made.kept_name.as_str().into()),
        ("day", day.into()),
    ];
    let label = ui.tr("merge-undo");
    let press = Some(Message::Undo(made.id));
    let button = ui.button(format!("undo-{}", made.id)).label(&label).icon(Icon::Undo2).on_press_maybe(press);
    row![container(ui.body(ui.i18n.tr_with("merge-line", &values))).width(Length::Fill), button.width(220.0),]
        .spacing(14)
        .align_y(Vertical::Center)
        .into()
}
