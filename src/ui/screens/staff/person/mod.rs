//! One person's file: profile, care plan, family, consents, photo, cards, attendance, and
//! documents about them.

mod care;
mod draft;
mod form;
mod papers;
mod shown;
mod view;

use std::path::PathBuf;
use std::time::Duration;

use daycare_core::activity::enrolment::Shown;
use daycare_core::card::{Card, Holder};
use daycare_core::care_plan::{CarePlan, Relative};
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::{AbsenceId, RelativeId, ResidentId};
use daycare_core::picture::PERSONAL;
use daycare_core::resident::{ArchivedAs, Escort, Living, Profile, Resident, Sex, Standing};
use daycare_core::welfare::Absence;
use iced::Task;
use iced::keyboard::Modifiers;

use super::frame::Nav;
use super::revealed::Revealed;
use crate::error::Result;
use crate::ui::screens::document::{self, Handed};
use crate::ui::screens::staff::kit::Feedback;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;
use crate::ui::widgets::root::KeyInput;

pub use draft::Part;

use draft::Draft;

/// A person being looked at, edited or newly registered.
#[derive(Debug)]
pub struct Person {
    resident: Resident,
    /// The birth date as typed.
    born: String,
    new: bool,
    tab: Tab,
    file: File,
    /// Whether phone numbers are revealed; always for a new person.
    revealed: Revealed,
    pictures: Option<usize>,
    draft: Draft,
    /// Photos found on a stick.
    photos: Option<Vec<PathBuf>>,
    /// Unsaved input in the profile and in the care plan.
    edited: (bool, bool),
    notice: Feedback,
}

/// The part of the file shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// 基本
    Known,
    /// 照护
    Care,
    /// 同意书
    Consents,
    /// 卡片
    Cards,
    /// 活动
    Attended,
    /// 更多
    More,
}

/// Everything in the file except the profile.
#[derive(Debug, Clone, Default)]
pub struct File {
    cards: Vec<Card>,
    attended: Vec<Shown>,
    plan: CarePlan,
    relatives: Vec<Relative>,
    consents: Vec<Consent>,
    absences: Vec<Absence>,
    /// Why the person is archived, and into which file theirs was merged.
    archived: (Option<ArchivedAs>, Option<ResidentId>),
}

/// A text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 姓名
    Name,
    /// 称呼
    CalledBy,
    /// 拼音
    Pinyin,
    /// 出生日期
    Born,
    /// 手机号
    Phone,
    /// 院落
    Yard,
    /// 门牌
    Door,
    /// 网格
    Grid,
    /// 紧急联系人
    Contact,
    /// 联系人电话
    ContactPhone,
    /// 备注
    Remark,
    /// 过敏
    Allergies,
    /// 照护备注
    Notes,
    /// A relative's name.
    Relative,
    /// 儿子, 女儿
    Relation,
    /// Their phone.
    RelativePhone,
    /// Who witnessed a consent.
    Witness,
    /// The guardian who decided in the person's place.
    Guardian,
    /// The reason for an absence.
    AwayReason,
    /// The reason for erasure.
    EraseReason,
}

/// A flag of the care plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// 听力弱
    Hearing,
    /// 视力弱
    Sight,
    /// 坐轮椅
    Wheelchair,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The file was loaded; `None` for a new person.
    Loaded(Result<(Option<Resident>, Box<File>)>),
    /// Another part was chosen.
    Tabbed(Tab),
    /// Text was typed into a field.
    Typed(Field, String),
    /// 男 or 女
    Sex(Sex),
    /// A living situation was chosen.
    Living(Living),
    /// A way of going home was chosen.
    Escort(Escort),
    /// 看号码
    Phones,
    /// The pictures were opened at a page, or closed.
    Pictures(Option<usize>),
    /// A picture was chosen.
    Picture(&'static str),
    /// 保存
    Save,
    /// The result of saving the profile, with the profile as sent.
    ProfileSaved(Box<Resident>, Result<()>),
    /// The result of saving the care plan, with the plan as sent.
    CareSaved(Box<CarePlan>, Result<()>),
    /// The result of saving a form of the file.
    Saved(Part, Result<()>),
    /// A flag of the care plan.
    Flag(Flag),
    /// 保存照护
    SaveCare,
    /// Whether the relative may collect the person was switched.
    Collects,
    /// 加家人
    AddRelative,
    /// Remove this relative.
    RemoveRelative(RelativeId),
    /// Change the length of the absence by this many days.
    AwayDays(i64),
    /// 登记外出
    Away,
    /// End this absence.
    Back(AbsenceId),
    /// A consent was given or withdrawn.
    Consent(Purpose, bool),
    /// 找照片
    FindPhotos,
    /// Photos on USB sticks were found.
    PhotosFound(Vec<PathBuf>),
    /// One of them was tapped.
    Photo(usize),
    /// Remove the photo.
    RemovePhoto,
    /// The result of saving the photo; photos are then reloaded.
    PhotoSaved(Part, Result<()>),
    /// Asking for the reason for archiving was opened or closed.
    Archiving(bool),
    /// Archive the person, for this reason.
    Archive(ArchivedAs),
    /// Restore an archived person.
    BringBack,
    /// Issue a new card; older ones are revoked.
    Issue,
    /// Revoke all cards.
    Revoke,
    /// Save the card as a picture file.
    SaveCard,
    /// 打印档案
    PrintRecord,
    /// 导出个人资料
    ExportCopy,
    /// Preview what erasure would remove.
    RehearseErasure,
    /// The preview, in words.
    Rehearsed(Result<String>),
    /// 删除
    Erase,
    /// The result of erasure, in words.
    Erased(Result<String>),
    /// The result of printing or saving a document.
    Handed(Result<Handed>),
    /// A navigation button was tapped.
    Nav(Nav),
}

/// Most past activities shown.
const ATTENDED: u32 = 20;
impl Screen for Person {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((resident, file))) => {
                // Unsaved input is kept.
                if let Some(resident) = resident.filter(|_| !self.edited.0) {
                    self.born = resident.profile.born_on.map(|d| d.to_string()).unwrap_or_default();
                    self.resident = resident;
                }
                let plan = std::mem::take(&mut self.file.plan);
                self.file = *file;
                if self.edited.1 {
                    self.file.plan = plan;
                }
            }
            Message::Tabbed(tab) => {
                self.tab = tab;
                self.notice = None;
                self.pictures = None;
            }
            Message::Typed(field, text) => self.typed(field, text),
            Message::Phones => return self.reveal(cx),
            Message::Pictures(page) => self.pictures = page,
            Message::Picture(name) => {
                name.clone_into(&mut self.resident.profile.picture);
                self.edited.0 = true;
                self.pictures = None;
            }
            Message::Save => return self.save(cx),
            Message::ProfileSaved(sent, Ok(())) => {
                // Input typed since then is still unsaved.
                self.edited.0 &= *sent != self.resident;
                return self.saved(Part::Other, cx);
            }
            Message::CareSaved(sent, Ok(())) => {
                self.edited.1 &= *sent != self.file.plan;
                return self.saved(Part::Other, cx);
            }
            Message::Saved(part, Ok(())) => return self.saved(part, cx),
            Message::PhotoSaved(part, Ok(())) => {
                self.photos = None;
                self.draft.clear(part);
                self.notice = Some(Ok(cx.tr("history-saved")));
                return Action::Reread(self.load(cx));
            }
            Message::PhotosFound(found) => self.photos = Some(found),
            Message::Archiving(open) => self.draft.archiving = open,
            Message::Rehearsed(Ok(words)) => self.draft.erasing = Some(words),
            Message::Erased(Ok(words)) => {
                self.notice = Some(Ok(words));
                self.draft = Draft::default();
                return Action::Reread(self.load(cx));
            }
            Message::Handed(handed) => self.notice = Some(document::words(handed, cx)),
            Message::Nav(nav) => return nav.into(),
            Message::Loaded(Err(e))
            | Message::Saved(_, Err(e))
            | Message::ProfileSaved(_, Err(e))
            | Message::CareSaved(_, Err(e))
            | Message::PhotoSaved(_, Err(e))
            | Message::Rehearsed(Err(e))
            | Message::Erased(Err(e)) => self.notice = Some(Err(cx.i18n.error(&e))),
            Message::Sex(_)
            | Message::Living(_)
            | Message::Escort(_)
            | Message::Flag(_)
            | Message::Collects
            | Message::AwayDays(_) => {
                self.choose(&message);
            }
            request => return self.act(request, cx),
        }
        Action::None
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }

    // A second has passed: numbers are hidden again, unless somebody types.
    fn tick(&mut self, now: Duration, _cx: &Ctx) -> Action<Message> {
        self.revealed.tick(now);
        Action::None
    }

    // Enter saves what was typed, Esc goes back to the list.
    fn key(&mut self, key: &KeyInput, _modifiers: Modifiers, cx: &Ctx) -> Action<Message> {
        match key {
            KeyInput::Enter if self.edited.0 => self.save(cx),
            KeyInput::Enter if self.edited.1 => self.act(Message::SaveCare, cx),
            _ => Action::None,
        }
    }

    fn steps_back(&self) -> bool {
        !self.has_draft()
    }

    fn back(&mut self) -> Option<Route> {
        Some(Route::Residents)
    }

    fn has_draft(&self) -> bool {
        self.edited.0 || self.edited.1 || self.draft.is_typed()
    }
}

impl Person {
    /// Loads a file, or begins an empty one.
    pub fn new(id: Option<ResidentId>, cx: &Ctx) -> (Self, Task<Message>) {
        let profile = Profile { picture: PERSONAL[0].to_owned(), ..Profile::default() };
        let resident =
            Resident { id: id.unwrap_or_default(), profile, standing: Standing::Active, id_hash: None };
        let person = Self {
            new: id.is_none(),
            resident,
            born: String::new(),
            tab: Tab::Known,
            file: File::default(),
            revealed: Revealed::default(),
            pictures: None,
            draft: Draft::default(),
            photos: None,
            edited: (false, false),
            notice: None,
        };
        let load = if person.new { Task::none() } else { person.load(cx) };
        (person, load)
    }

    fn load(&self, cx: &Ctx) -> Task<Message> {
        let (id, today) = (self.resident.id, cx.clock.today());
        let read = cx.store.read(move |store| {
            let file = File {
                cards: store.cards_of(Holder::Resident(id))?,
                attended: store.activity_history(id, today, ATTENDED)?,
                plan: store.care_plan(id)?,
                relatives: store.relatives(id)?,
                consents: store.consents(id)?,
                absences: store.absences(id)?,
                archived: store.archived()?.remove(&id).unwrap_or_default(),
            };
            Ok((store.resident(id)?, Box::new(file)))
        });
        Task::perform(read, Message::Loaded)
    }
}
