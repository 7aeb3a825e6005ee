//! What the centre calls its services, rooms, activities, teams and duties in
//! the other languages of the screens.

use iced::alignment::Vertical;
use iced::widget::{Column, column, container, row};
use iced::{Length, Task};

use crate::error::Result;
use crate::i18n::Lang;
use crate::i18n::names::usual;
use crate::ui::screens::staff::kit::{Feedback, Ui};
use crate::ui::screens::{Action, Ctx};
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::Kind;
use crate::ui::widgets::icon::Icon;

/// All names in use, and the one being translated.
#[derive(Debug, Default)]
pub struct Names {
    all: Vec<String>,
    open: Option<Draft>,
}

/// The translations being entered for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    name: String,
    traditional: String,
    english: String,
}

/// Messages of the names.
#[derive(Debug, Clone)]
pub enum Message {
    /// All names were loaded.
    Loaded(Result<Vec<String>>),
    /// A name was tapped.
    Opened(usize),
    /// Words in traditional characters.
    Traditional(String),
    /// Words in English.
    English(String),
    /// 保存
    Save,
    /// The result of saving.
    Saved(Result<()>),
}

impl Names {
    /// Every name in use.
    pub fn load(cx: &Ctx) -> Task<Message> {
        let read = cx.store.read(|store| store.names_in_use());
        Task::perform(read, Message::Loaded)
    }

    /// Handles a message; also returns what to tell the user.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> (Action<Message>, Feedback) {
        match message {
            Message::Loaded(Ok(all)) => self.all = all,
            Message::Opened(at) => self.open(at, cx),
            Message::Traditional(words) => {
                if let Some(draft) = &mut self.open {
                    draft.traditional = words;
                }
            }
            Message::English(words) => {
                if let Some(draft) = &mut self.open {
                    draft.english = words;
                }
            }
            Message::Save => return (self.save(cx), None),
            Message::Saved(Ok(())) => {
                self.open = None;
                return (Action::Reread(Self::load(cx)), Some(Ok(cx.tr("welfare-saved"))));
            }
            Message::Loaded(Err(e)) | Message::Saved(Err(e)) => {
                return (Action::None, Some(Err(cx.i18n.error(&e))));
            }
        }
        (Action::None, None)
    }

    /// Whether the form of a name is open.
    pub fn has_draft(&self) -> bool {
        self.open.is_some()
    }

    /// The message for Enter (`true`) or Esc (`false`).
    pub fn key(&self, enter: bool, cx: &Ctx) -> Option<Message> {
        let open = self.open.as_ref()?;
        let at = self.all.iter().position(|name| *name == open.name)?;
        let own = |lang| cx.centre.names.own(lang, &open.name).unwrap_or_default();
        let unchanged = open.traditional == own(Lang::ZhHant) && open.english == own(Lang::En);
        if enter { Some(Message::Save) } else { unchanged.then_some(Message::Opened(at)) }
    }

    fn open(&mut self, at: usize, cx: &Ctx) {
        let Some(name) = self.all.get(at) else { return };
        if self.open.as_ref().is_some_and(|draft| draft.name == *name) {
            self.open = None;
            return;
        }
        let own = |lang| cx.centre.names.own(lang, name).unwrap_or_default().to_owned();
        self.open =
            Some(Draft { name: name.clone(), traditional: own(Lang::ZhHant), english: own(Lang::En) });
    }

    fn save(&self, cx: &Ctx) -> Action<Message> {
        let (Some(draft), actor) = (self.open.clone(), cx.actor()) else { return Action::None };
        let write = cx.store.write(move |store| {
            let words = [(Lang::ZhHant, &draft.traditional), (Lang::En, &draft.english)];
            store.set_own_names(actor, &draft.name, &words.map(|(lang, words)| (lang.tag(), words.as_str())))
        });
        Action::Run(Task::perform(write, Message::Saved))
    }

    /// Draws the list, with the form under the name that is open.
    pub fn view<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let rule = ui.muted(ui.tr("names-rule"));
        let mut list = Column::new().spacing(10).push(rule);
        for (at, name) in self.all.iter().enumerate() {
            let in_lang = |lang: Lang| {
                let own = ui.centre.names.own(lang, name).map(str::to_owned);
                let words = own.unwrap_or_else(|| usual(lang, name));
                container(ui.muted(words)).width(Length::Fill)
            };
            let line = row![
                container(ui.strong(name.as_str())).width(Length::Fill),
                in_lang(Lang::ZhHant),
                in_lang(Lang::En),
            ];
            let line = container(line.spacing(16).align_y(Vertical::Center)).padding([0, 14]);
            let draft = self.open.as_ref().filter(|draft| draft.name == *name);
            let press = Some(Message::Opened(at));
            let touch = ui.touch_row(format!("name-{at}"), line).on(draft.is_some()).on_press_maybe(press);
            list = list.push(touch);
            if let Some(draft) = draft {
                list = list.push(form(draft, ui));
            }
            list = list.push(ui.divider());
        }
        list.into()
    }
}

fn form<'a>(draft: &'a Draft, ui: Ui<'a>) -> Element<'a, Message> {
    let traditional = ui.field(&usual(Lang::ZhHant, &draft.name), &draft.traditional, Message::Traditional);
    let english = ui.field(&usual(Lang::En, &draft.name), &draft.english, Message::English);
    let save = ui.act("form-save", Icon::Save).kind(Kind::Main).on_press(Message::Save);
    let fields = column![
        ui.labelled(&ui.tr("names-traditional"), traditional),
        ui.labelled(&ui.tr("names-english"), english),
        save.width(Length::Fill),
    ];
    ui.sunk(fields.spacing(12))
}
