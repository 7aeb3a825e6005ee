//! One person's file: what is known, how they are called and shown, cards.

use iced::alignment::Vertical;
use iced::widget::{Column, column, container, row};
use iced::{Length, Task};

use crate::domain::activity::enrolment::Shown;
use crate::domain::card::{Card, Holder};
use crate::domain::ids::ResidentId;
use crate::domain::picture::PERSONAL;
use crate::domain::resident::{Escort, Living, Profile, Resident, Sex, Standing, default_called_by};
use crate::domain::time::hour_minute;
use crate::error::Result;
use crate::i18n::pinyin::reading;
use crate::reports::card;
use crate::screens::{Action, Ctx, Route};
use crate::theme::{Look, Role};
use crate::widgets::desk::{self, Kind};
use crate::widgets::icon::Icon;
use crate::widgets::{Element, qr};

use super::frame::{self, Nav, Place};
use super::programme::attended;

/// A person being looked at, edited or newly registered.
#[derive(Debug)]
pub struct Person {
    resident: Resident,
    /// The birth date as typed.
    born: String,
    new: bool,
    cards: Vec<Card>,
    /// What they took part in lately.
    attended: Vec<Shown>,
    pictures: Option<usize>,
    notice: Option<std::result::Result<String, String>>,
}

/// A field that is typed.
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
}

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The file came.
    Loaded(Result<(Option<Resident>, Vec<Card>, Vec<Shown>)>),
    /// Something was typed.
    Typed(Field, String),
    /// 男 or 女
    Sex(Sex),
    /// How they live.
    Living(Living),
    /// How they go home.
    Escort(Escort),
    /// Pictures were opened at a page, or closed.
    Pictures(Option<usize>),
    /// A picture was chosen.
    Picture(&'static str),
    /// 保存
    Save,
    /// It is on disk, or not.
    Saved(Result<()>),
    /// Archive, or bring back.
    Standing(Standing),
    /// A new card; older ones end.
    Issue,
    /// End all cards.
    Revoke,
    /// The card as a picture file.
    SaveCard,
    /// Where it is.
    CardSaved(Result<std::path::PathBuf>),
    /// The navigation.
    Nav(Nav),
}

const FIELDS: [(Field, &str); 11] = [
    (Field::Name, "column-name"),
    (Field::CalledBy, "column-called-by"),
    (Field::Pinyin, "field-pinyin"),
    (Field::Born, "field-born"),
    (Field::Phone, "field-phone"),
    (Field::Yard, "column-yard"),
    (Field::Door, "field-door"),
    (Field::Grid, "field-grid"),
    (Field::Contact, "field-contact"),
    (Field::ContactPhone, "field-contact-phone"),
    (Field::Remark, "field-remark"),
];
const PICTURES_PER_PAGE: usize = 24;
/// Activities shown of the past.
const ATTENDED: u32 = 20;

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
            cards: vec![],
            attended: vec![],
            pictures: None,
            notice: None,
        };
        let load = if person.new { Task::none() } else { person.load(cx) };
        (person, load)
    }

    fn load(&self, cx: &Ctx) -> Task<Message> {
        let (id, today) = (self.resident.id, cx.clock.today());
        let read = cx.store.read(move |store| {
            let cards = store.cards_of(Holder::Resident(id))?;
            Ok((store.resident(id)?, cards, store.activity_history(id, today, ATTENDED)?))
        });
        Task::perform(read, Message::Loaded)
    }

    /// Follows a message.
    pub fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(Ok((resident, cards, attended))) => {
                if let Some(resident) = resident {
                    self.born = resident.profile.born_on.map(|d| d.to_string()).unwrap_or_default();
                    self.resident = resident;
                }
                (self.cards, self.attended) = (cards, attended);
            }
            Message::Typed(field, text) => self.typed(field, text),
            Message::Sex(sex) => {
                let profile = &mut self.resident.profile;
                if profile.called_by.is_empty() || profile.called_by == default_called_by(profile.sex) {
                    default_called_by(Some(sex)).clone_into(&mut profile.called_by);
                }
                profile.sex = Some(sex);
            }
            Message::Living(living) => self.resident.profile.living = Some(living),
            Message::Escort(escort) => self.resident.profile.escort = escort,
            Message::Pictures(page) => self.pictures = page,
            Message::Picture(name) => {
                name.clone_into(&mut self.resident.profile.picture);
                self.pictures = None;
            }
            Message::Save => return self.save(cx),
            Message::Saved(Ok(())) => {
                self.new = false;
                self.notice = Some(Ok(cx.tr("history-saved")));
                return Action::Run(self.load(cx));
            }
            Message::CardSaved(Ok(path)) => {
                let values = [("file", path.display().to_string().into())];
                self.notice = Some(Ok(cx.i18n.tr_with("card-saved", &values)));
            }
            Message::Standing(_) | Message::Issue | Message::Revoke | Message::SaveCard => {
                return self.act(&message, cx);
            }
            Message::Nav(nav) => return nav.into(),
            Message::Loaded(Err(e)) | Message::Saved(Err(e)) | Message::CardSaved(Err(e)) => {
                self.notice = Some(Err(e.to_string()));
            }
        }
        Action::None
    }

    fn typed(&mut self, field: Field, text: String) {
        if field == Field::Name {
            // The reading follows the name until somebody has put it right.
            let follows = self.resident.profile.pinyin == reading(&self.resident.profile.name);
            if follows || self.resident.profile.pinyin.is_empty() {
                self.resident.profile.pinyin = reading(text.trim());
            }
        }
        *self.value(field) = text;
    }

    fn value(&mut self, field: Field) -> &mut String {
        let profile = &mut self.resident.profile;
        match field {
            Field::Name => &mut profile.name,
            Field::CalledBy => &mut profile.called_by,
            Field::Pinyin => &mut profile.pinyin,
            Field::Born => &mut self.born,
            Field::Phone => &mut profile.phone,
            Field::Yard => &mut profile.yard,
            Field::Door => &mut profile.door,
            Field::Grid => &mut profile.grid,
            Field::Contact => &mut profile.contact_name,
            Field::ContactPhone => &mut profile.contact_phone,
            Field::Remark => &mut profile.remark,
        }
    }

    fn save(&mut self, cx: &Ctx) -> Action<Message> {
        self.resident.profile.born_on = match self.born.trim() {
            "" => None,
            typed => {
                if let Ok(day) = typed.parse() {
                    Some(day)
                } else {
                    self.notice = Some(Err(cx.tr("person-bad-date")));
                    return Action::None;
                }
            }
        };
        let profile = &mut self.resident.profile;
        profile.name = crate::domain::text::person_name(&profile.name);
        if profile.called_by.trim().is_empty() {
            default_called_by(profile.sex).clone_into(&mut profile.called_by);
        }
        let (actor, resident) = (cx.actor(), self.resident.clone());
        let write = cx.store.write(move |store| store.put_resident(actor, &resident, ""));
        Action::Run(Task::perform(write, Message::Saved))
    }

    fn act(&mut self, message: &Message, cx: &Ctx) -> Action<Message> {
        let (actor, id) = (cx.actor(), self.resident.id);
        let task = match message {
            Message::Standing(standing) => {
                let standing = *standing;
                let write = cx.store.write(move |store| store.set_standing(actor, id, standing, ""));
                Task::perform(write, Message::Saved)
            }
            Message::Issue => {
                let write = cx.store.write(move |store| {
                    let code = crate::domain::card::CardCode::from_random(store.random_bits()?);
                    store.issue_card(actor, Holder::Resident(id), &code)
                });
                Task::perform(write, Message::Saved)
            }
            Message::Revoke => {
                let write = cx.store.write(move |store| store.revoke_cards(actor, Holder::Resident(id), ""));
                Task::perform(write, Message::Saved)
            }
            _ => {
                let Some(valid) = self.valid_card() else { return Action::None };
                let code = valid.code.clone();
                let read = cx.store.read(move |store| card::save_png(&store.paths().exports(), &code));
                Task::perform(read, Message::CardSaved)
            }
        };
        Action::Run(task)
    }

    fn valid_card(&self) -> Option<&Card> {
        self.cards.iter().find(|card| card.revoked_at.is_none())
    }

    /// Where 返回 leads.
    #[must_use]
    pub fn back() -> Route {
        Route::Residents
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14);
        match &self.notice {
            Some(Ok(words)) => content = content.push(frame::done_strip(words, None, look)),
            Some(Err(words)) => content = content.push(frame::error_strip(words, look)),
            None => {}
        }
        let mut body = Column::new().spacing(18).push(self.head(cx, look));
        if let Some(page) = self.pictures {
            body = body.push(pictures(page, cx, look));
        }
        body = body.push(self.fields(cx, look)).push(self.choices(cx, look));
        if !self.new {
            body = body.push(self.card(cx, look)).push(attended(&self.attended, cx, look));
        }
        content = content.push(desk::scroll(body)).push(self.foot(cx, look));
        let title = if self.new { cx.tr("residents-new") } else { self.resident.profile.name.clone() };
        frame::frame(cx, look, Place::Residents, &title, content.into(), Message::Nav)
    }

    fn head<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let label = cx.tr("person-picture");
        let open = if self.pictures.is_some() { None } else { Some(0) };
        let button = desk::button(
            "picture",
            &label,
            Some(Icon::Pencil),
            Kind::Plain,
            Some(Message::Pictures(open)),
            look,
        );
        row![
            container(desk::person(&profile.picture, &profile.name, &profile.called_by, &profile.yard, look))
                .width(Length::Fill),
            desk::sized(button, 220.0, desk::CONTROL),
        ]
        .align_y(Vertical::Center)
        .into()
    }

    fn fields<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(12);
        for pair in FIELDS.chunks(2) {
            let mut line = iced::widget::Row::new().spacing(16);
            for (field, key) in pair {
                let label = cx.tr(key);
                let field = *field;
                let input =
                    desk::field(&label, self.shown(field), move |text| Message::Typed(field, text), look);
                line = line.push(container(desk::labelled(&label, input, look)).width(Length::Fill));
            }
            lines = lines.push(line);
        }
        lines.into()
    }

    fn shown(&self, field: Field) -> &str {
        let profile = &self.resident.profile;
        match field {
            Field::Name => &profile.name,
            Field::CalledBy => &profile.called_by,
            Field::Pinyin => &profile.pinyin,
            Field::Born => &self.born,
            Field::Phone => &profile.phone,
            Field::Yard => &profile.yard,
            Field::Door => &profile.door,
            Field::Grid => &profile.grid,
            Field::Contact => &profile.contact_name,
            Field::ContactPhone => &profile.contact_phone,
            Field::Remark => &profile.remark,
        }
    }

    fn choices<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let pick = |name: &str, on: bool, message: Message| {
            let kind = if on { Kind::On } else { Kind::Plain };
            desk::button(name, &cx.tr(name), None, kind, Some(message), look)
        };
        let sexes = [(Sex::Male, "sex-male"), (Sex::Female, "sex-female")];
        let sexes = sexes.map(|(sex, key)| pick(key, profile.sex == Some(sex), Message::Sex(sex)));
        let living_key = |living| match living {
            Living::Alone => "living-alone",
            Living::EmptyNest => "living-empty-nest",
            Living::WithSpouse => "living-spouse",
            Living::WithChildren => "living-children",
            Living::Other => "living-other",
        };
        let living = Living::ALL
            .map(|living| pick(living_key(living), profile.living == Some(living), Message::Living(living)));
        let escort_key = |escort| match escort {
            Escort::None => "escort-none",
            Escort::Ask => "escort-ask",
            Escort::Staff => "escort-staff",
        };
        let escorts = Escort::ALL
            .map(|escort| pick(escort_key(escort), profile.escort == escort, Message::Escort(escort)));
        column![
            desk::labelled(&cx.tr("field-sex"), desk::buttons(sexes.into(), 2), look),
            desk::labelled(&cx.tr("field-living"), desk::buttons(living.into(), 3), look),
            desk::labelled(&cx.tr("field-escort"), desk::buttons(escorts.into(), 3), look),
        ]
        .spacing(16)
        .into()
    }

    fn card<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let valid = self.valid_card();
        let act = |key: &str, which, kind, there: bool, message: Message| {
            let label = cx.tr(key);
            desk::button(key, &label, Some(which), kind, there.then_some(message), look)
        };
        let issue = if valid.is_some() { "card-replace" } else { "card-issue" };
        let buttons = vec![
            act(
                issue,
                Icon::IdCard,
                if valid.is_some() { Kind::Plain } else { Kind::Main },
                true,
                Message::Issue,
            ),
            act("card-save", Icon::Download, Kind::Plain, valid.is_some(), Message::SaveCard),
            act("card-revoke", Icon::X, Kind::Plain, valid.is_some(), Message::Revoke),
        ];
        let about: Element<'a, Message> = match valid {
            Some(card) => {
                let at = card.issued_at.local(cx.clock.zone());
                let tail = &card.code[card.code.len().saturating_sub(4)..];
                let day = format!("{} {}", cx.i18n.month_day(at.date()), hour_minute(at.time()));
                let values = [("tail", tail.into()), ("day", day.as_str().into())];
                row![
                    container(qr::qr(&card.code)).width(220).height(220),
                    desk::words(cx.i18n.tr_with("card-valid", &values), Role::StaffName, look),
                ]
                .spacing(20)
                .align_y(Vertical::Center)
                .into()
            }
            None => desk::words(cx.tr("card-none"), Role::StaffName, look),
        };
        let title = desk::words(cx.tr("card-title"), Role::StaffName, look);
        desk::card(column![title, about, desk::buttons(buttons, 3)].spacing(14), look)
    }

    fn foot<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let ready = !self.resident.profile.name.trim().is_empty();
        let save = cx.tr("form-save");
        let (key, to) = match self.resident.standing {
            Standing::Active => ("person-archive", Standing::Archived),
            Standing::Archived => ("person-bring-back", Standing::Active),
        };
        let standing = cx.tr(key);
        let back = cx.tr("back");
        let buttons = vec![
            desk::button(
                "person-back",
                &back,
                Some(Icon::ArrowLeft),
                Kind::Plain,
                Some(Message::Nav(Nav::To(Place::Residents))),
                look,
            ),
            desk::button(
                "person-standing",
                &standing,
                Some(Icon::Archive),
                Kind::Plain,
                (!self.new).then_some(Message::Standing(to)),
                look,
            ),
            desk::button(
                "person-save",
                &save,
                Some(Icon::Save),
                if ready { Kind::Main } else { Kind::Plain },
                ready.then_some(Message::Save),
                look,
            ),
        ];
        desk::buttons(buttons, 3)
    }
}

/// A page of the personal pictures.
fn pictures(page: usize, cx: &Ctx, look: Look) -> Element<'_, Message> {
    use crate::widgets::parts::drawn;
    let pages = PERSONAL.len().div_ceil(PICTURES_PER_PAGE);
    let mut lines = Column::new().spacing(10);
    let shown: Vec<_> = PERSONAL.iter().skip(page * PICTURES_PER_PAGE).take(PICTURES_PER_PAGE).collect();
    for chunk in shown.chunks(8) {
        let line = chunk.iter().map(|name| {
            let picture = container(drawn(name)).padding(10).center(Length::Fill).into();
            let touch = desk::touch_row(
                &format!("picture-{name}"),
                picture,
                false,
                Some(Message::Picture(name)),
                look,
            );
            desk::sized(touch, Length::Fill, 92.0)
        });
        lines = lines.push(iced::widget::Row::with_children(line).spacing(8));
    }
    let label = cx.tr("page-next");
    let next = desk::button(
        "pictures-next",
        &label,
        Some(Icon::ChevronRight),
        Kind::Plain,
        Some(Message::Pictures(Some((page + 1) % pages))),
        look,
    );
    desk::card(lines.push(desk::sized(next, Length::Fill, desk::CONTROL)), look)
}
