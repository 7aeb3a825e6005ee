//! How a file is drawn: who it is, its parts, the form.

use daycare_core::picture::PERSONAL;
use daycare_core::resident::{ArchivedAs, Escort, Living, Sex, Standing};
use daycare_core::time::hour_minute;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::frame::{self, Place};
use super::super::programme::people::attended;
use super::{Field, Message, Person, Tab};
use crate::graphics::fonts;
use crate::reports::figures::living_key;
use crate::reports::lists::hidden;
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::desk::{self, Chip, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, parts, qr};

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

pub(super) fn archived_key(why: ArchivedAs) -> &'static str {
    match why {
        ArchivedAs::Moved => "archived-moved",
        ArchivedAs::Deceased => "archived-deceased",
        ArchivedAs::Other => "archived-other",
        ArchivedAs::Erased => "archived-erased",
    }
}

impl Person {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.head(cx, look));
        let tabs = self.tabs(cx);
        if tabs.len() > 1 {
            let choices =
                tabs.iter().map(|(tab, key)| (*key, cx.tr(key), *tab == self.tab, Message::Tabbed(*tab)));
            content = content.push(frame::segments(choices.collect(), tabs.len(), look));
        }
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            content = content.push(strip);
        }
        let body: Element<'a, Message> = match self.tab {
            Tab::Known => self.known(cx, look),
            Tab::Care => self.care(cx, look),
            Tab::Consents => self.consents(cx, look),
            Tab::Cards => self.card(cx, look),
            Tab::Attended => attended(&self.file.attended, cx, look),
            Tab::More => self.more(cx, look),
        };
        content = content.push(desk::scroll(body)).push(self.foot(cx, look));
        let title = if self.new { cx.tr("residents-new") } else { self.resident.profile.name.clone() };
        frame::frame(cx, look, Place::Residents, &title, content.into(), Message::Nav)
    }

    /// Who it is; an allergy never scrolls away.
    fn head<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let plan = &self.file.plan;
        let portrait = parts::portrait(cx.photo(self.resident.id), &profile.picture);
        let age = profile.born_on.map(|born| born.age_on(cx.clock.today()));
        let age = age.map(|age| cx.i18n.tr_with("residents-age", &[("age", age.into())]));
        let born = profile.born_on.map(|born| cx.i18n.birth(born));
        let below =
            [age.unwrap_or_default(), born.unwrap_or_default(), profile.yard.clone(), profile.grid.clone()];
        let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let mut flags = Row::new().spacing(8);
        if !plan.allergies.is_empty() {
            flags = flags.push(desk::chip(Chip::Act, Icon::TriangleAlert, &plan.allergies, look));
        }
        let escort = profile.escort == Escort::Staff;
        let said = [
            (plan.hearing, Icon::Ear, "flag-hearing"),
            (plan.sight, Icon::Eye, "flag-sight"),
            (plan.wheelchair, Icon::Accessibility, "flag-wheelchair"),
            (escort, Icon::Footprints, "escort-staff"),
        ];
        for (_, which, key) in said.into_iter().filter(|(is, ..)| *is) {
            flags = flags.push(desk::chip(Chip::Incomplete, which, &cx.tr(key), look));
        }
        if self.resident.standing == Standing::Archived {
            let key = self.file.archived.0.map_or("residents-archived", archived_key);
            flags = flags.push(desk::chip(Chip::Over, Icon::Archive, &cx.tr(key), look));
        }
        let names = row![
            desk::words(profile.name.as_str(), Role::StaffTitle, look),
            desk::tinted(cx.called(&profile.called_by), Role::StaffName, look.palette.muted, look),
        ];
        let about = column![
            names.spacing(10).align_y(Vertical::Bottom),
            desk::tinted(below, Role::StaffBody, look.palette.muted, look),
            flags,
        ];
        let line = row![container(portrait).width(112).height(112), about.spacing(4)];
        desk::card(line.spacing(20).align_y(Vertical::Center), look)
    }

    fn known<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let open = if self.pictures.is_some() { None } else { Some(0) };
        let buttons = vec![
            frame::act(
                cx,
                look,
                ("person-picture", Icon::Pencil),
                Kind::Plain,
                Some(Message::Pictures(open)),
            ),
            frame::act(
                cx,
                look,
                ("person-phones", Icon::Phone),
                Kind::Plain,
                (!self.phones_shown()).then_some(Message::Phones),
            ),
        ];
        let mut body = Column::new().spacing(18).push(desk::buttons(buttons, 2));
        if let Some(page) = self.pictures {
            body = body.push(pictures(page, cx, look));
        }
        let missing = fonts::missing(&self.resident.profile.name);
        if !missing.is_empty() {
            let codes: Vec<String> = missing.iter().map(|c| format!("U+{:X}", u32::from(*c))).collect();
            let words = cx.i18n.tr_with("person-no-glyph", &[("codes", codes.join(" ").into())]);
            body = body.push(desk::amber_box(desk::words(words, Role::StaffName, look), look));
        }
        body.push(self.fields(cx, look)).push(self.choices(cx, look)).into()
    }

    fn fields<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(12);
        for pair in FIELDS.chunks(2) {
            let mut line = Row::new().spacing(16);
            for (field, key) in pair {
                let input = self.field(*field, key, cx, look);
                line = line.push(container(desk::labelled(&cx.tr(key), input, look)).width(Length::Fill));
            }
            lines = lines.push(line);
        }
        lines.into()
    }

    /// A field; phone numbers are hidden until somebody asks for them.
    pub(super) fn field<'a>(&'a self, field: Field, key: &str, cx: &Ctx, look: Look) -> Element<'a, Message> {
        let value = self.shown(field);
        if matches!(field, Field::Phone | Field::ContactPhone) && !self.phones_shown() {
            let words = desk::words(hidden(value), Role::StaffName, look);
            return container(words).padding([18, 16]).height(desk::CONTROL).into();
        }
        desk::field(&cx.tr(key), value, move |text| Message::Typed(field, text), look)
    }

    fn shown(&self, field: Field) -> &str {
        let (profile, draft) = (&self.resident.profile, &self.draft);
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
            Field::Allergies => &self.file.plan.allergies,
            Field::Notes => &self.file.plan.notes,
            Field::Relative => &draft.relative,
            Field::Relation => &draft.relation,
            Field::RelativePhone => &draft.phone,
            Field::Witness => &draft.witness,
            Field::Guardian => &draft.guardian,
            Field::AwayReason => &draft.away_reason,
            Field::EraseReason => &draft.erase_reason,
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
        let act = |what, kind, there: bool, message: Message| {
            frame::act(cx, look, what, kind, there.then_some(message))
        };
        let (issue, kind) = match valid {
            Some(_) => ("card-replace", Kind::Plain),
            None => ("card-issue", Kind::Main),
        };
        let buttons = vec![
            act((issue, Icon::IdCard), kind, true, Message::Issue),
            act(("card-save", Icon::Download), Kind::Plain, valid.is_some(), Message::SaveCard),
            act(("card-revoke", Icon::X), Kind::Plain, valid.is_some(), Message::Revoke),
        ];
        let about: Element<'a, Message> = match valid {
            Some(card) => {
                let at = card.issued_at.local(cx.clock.zone());
                let tail = daycare_core::text::tail(&card.code, 4);
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
        desk::card(column![about, desk::buttons(buttons, 3)].spacing(14), look)
    }

    fn foot<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        use super::super::frame::Nav;
        let (key, message, ready) = match self.tab {
            Tab::Care => ("person-save-care", Message::SaveCare, true),
            _ => ("person-save", Message::Save, !self.resident.profile.name.trim().is_empty()),
        };
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let back = Some(Message::Nav(Nav::To(Place::Residents)));
        let mut buttons = vec![frame::act(cx, look, ("back", Icon::ArrowLeft), Kind::Plain, back)];
        if !self.new {
            let print = ("person-print", Icon::Printer);
            buttons.push(frame::act(cx, look, print, Kind::Plain, Some(Message::PrintRecord)));
        }
        if matches!(self.tab, Tab::Known | Tab::Care) {
            buttons.push(frame::act(cx, look, (key, Icon::Save), kind, ready.then_some(message)));
        }
        let count = buttons.len();
        desk::buttons(buttons, count)
    }
}

/// A page of the personal pictures.
fn pictures(page: usize, cx: &Ctx, look: Look) -> Element<'_, Message> {
    let pages = PERSONAL.len().div_ceil(PICTURES_PER_PAGE);
    let mut lines = Column::new().spacing(10);
    let shown: Vec<_> = PERSONAL.iter().skip(page * PICTURES_PER_PAGE).take(PICTURES_PER_PAGE).collect();
    for chunk in shown.chunks(8) {
        let line = chunk.iter().map(|name| {
            let picture = container(parts::drawn(name)).padding(10).center_x(Length::Fill).height(92).into();
            desk::touch_row(
                &format!("picture-{name}"),
                picture,
                false,
                Some(Message::Picture(name)),
                92.0,
                look,
            )
        });
        lines = lines.push(Row::with_children(line).spacing(8));
    }
    let next = Some(Message::Pictures(Some((page + 1) % pages)));
    let next = frame::act(cx, look, ("page-next", Icon::ChevronRight), Kind::Plain, next);
    desk::card(lines.push(desk::sized(next, Length::Fill, desk::CONTROL)), look)
}
