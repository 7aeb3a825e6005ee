//! How a file is drawn: who it is, its parts, the form.

use daycare_core::picture::PERSONAL;
use daycare_core::resident::{ArchivedAs, Escort, Living, Sex, Standing};
use daycare_core::time::hour_minute;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::frame::Place;
use super::super::programme::people::attended;
use super::{Field, Message, Person, Tab};
use crate::graphics::fonts;
use crate::reports::figures::living_key;
use crate::reports::lists::hidden;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::Role;
use crate::ui::widgets::controls::{self, Chip, Kind};
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
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.head(ui));
        let tabs = self.tabs(ui.cx);
        if tabs.len() > 1 {
            let choices =
                tabs.iter().map(|(tab, key)| (*key, ui.tr(key), *tab == self.tab, Message::Tabbed(*tab)));
            content = content.push(ui.segments(choices.collect(), tabs.len()));
        }
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        let body: Element<'a, Message> = match self.tab {
            Tab::Known => self.known(ui),
            Tab::Care => self.care(ui),
            Tab::Consents => self.consents(ui),
            Tab::Cards => self.card(ui),
            Tab::Attended => attended(&self.file.attended, ui),
            Tab::More => self.more(ui),
        };
        content = content.push(controls::scroll(body)).push(self.foot(ui));
        let title = if self.new { ui.tr("residents-new") } else { self.resident.profile.name.clone() };
        ui.page(Place::Residents, &title, content, Message::Nav)
    }

    /// Who it is; allergies are always visible.
    fn head<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let plan = &self.file.plan;
        let portrait = parts::portrait(ui.photo(self.resident.id), &profile.picture);
        let age = profile.born_on.map(|born| born.age_on(ui.clock.today()));
        let age = age.map(|age| ui.i18n.tr_with("residents-age", &[("age", age.into())]));
        let born = profile.born_on.map(|born| ui.i18n.birth(born));
        let below =
            [age.unwrap_or_default(), born.unwrap_or_default(), profile.yard.clone(), profile.grid.clone()];
        let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let mut flags = Row::new().spacing(8);
        if !plan.allergies.is_empty() {
            flags = flags.push(ui.chip(Chip::Act, Icon::TriangleAlert, &plan.allergies));
        }
        let escort = profile.escort == Escort::Staff;
        let said = [
            (plan.hearing, Icon::Ear, "flag-hearing"),
            (plan.sight, Icon::Eye, "flag-sight"),
            (plan.wheelchair, Icon::Accessibility, "flag-wheelchair"),
            (escort, Icon::Footprints, "escort-staff"),
        ];
        for (_, which, key) in said.into_iter().filter(|(is, ..)| *is) {
            flags = flags.push(ui.chip(Chip::Incomplete, which, &ui.tr(key)));
        }
        if self.resident.standing == Standing::Archived {
            let key = self.file.archived.0.map_or("residents-archived", archived_key);
            flags = flags.push(ui.chip(Chip::Over, Icon::Archive, &ui.tr(key)));
        }
        let names = row![
            ui.text(profile.name.as_str(), Role::StaffTitle),
            ui.tinted(ui.called(&profile.called_by), Role::StaffName, ui.palette().muted),
        ];
        let about = column![names.spacing(10).align_y(Vertical::Bottom), ui.muted(below), flags,];
        let line = row![container(portrait).width(112).height(112), about.spacing(4)];
        ui.card(line.spacing(20).align_y(Vertical::Center))
    }

    fn known<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let open = if self.pictures.is_some() { None } else { Some(0) };
        let buttons = vec![
            ui.act("person-picture", Icon::Pencil).on_press(Message::Pictures(open)),
            ui.act("person-phones", Icon::Phone)
                .on_press_maybe((!self.phones_shown()).then_some(Message::Phones)),
        ];
        let mut body = Column::new().spacing(18).push(ui.buttons(buttons, 2));
        if let Some(page) = self.pictures {
            body = body.push(pictures(page, ui));
        }
        let missing = fonts::missing(&self.resident.profile.name);
        if !missing.is_empty() {
            let codes: Vec<String> = missing.iter().map(|c| format!("U+{:X}", u32::from(*c))).collect();
            let words = ui.i18n.tr_with("person-no-glyph", &[("codes", codes.join(" ").into())]);
            body = body.push(ui.amber_box(ui.strong(words)));
        }
        body.push(self.fields(ui)).push(self.choices(ui)).into()
    }

    fn fields<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(12);
        for pair in FIELDS.chunks(2) {
            let mut line = Row::new().spacing(16);
            for (field, key) in pair {
                let input = self.field(*field, key, ui);
                line = line.push(container(ui.labelled(&ui.tr(key), input)).width(Length::Fill));
            }
            lines = lines.push(line);
        }
        lines.into()
    }

    /// A field; phone numbers are hidden until somebody asks for them.
    pub(super) fn field<'a>(&'a self, field: Field, key: &str, ui: Ui<'a>) -> Element<'a, Message> {
        let value = self.shown(field);
        if matches!(field, Field::Phone | Field::ContactPhone) && !self.phones_shown() {
            let words = ui.strong(hidden(value));
            return container(words).padding([18, 16]).height(controls::CONTROL).into();
        }
        ui.field(&ui.tr(key), value, move |text| Message::Typed(field, text))
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

    fn choices<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let profile = &self.resident.profile;
        let pick = |name: &str, on: bool, message: Message| {
            let kind = if on { Kind::On } else { Kind::Plain };
            ui.button(name).label(ui.tr(name)).kind(kind).on_press(message)
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
            ui.labelled(&ui.tr("field-sex"), ui.buttons(sexes, 2)),
            ui.labelled(&ui.tr("field-living"), ui.buttons(living, 3)),
            ui.labelled(&ui.tr("field-escort"), ui.buttons(escorts, 3)),
        ]
        .spacing(16)
        .into()
    }

    fn card<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let valid = self.valid_card();
        let act = |what: (&str, Icon), kind, there: bool, message: Message| {
            ui.act(what.0, what.1).kind(kind).on_press_maybe(there.then_some(message))
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
                let at = card.issued_at.local(ui.clock.zone());
                let tail = daycare_core::text::tail(&card.code, 4);
                let day = format!("{} {}", ui.i18n.month_day(at.date()), hour_minute(at.time()));
                let values = [("tail", tail.into()), ("day", day.as_str().into())];
                row![
                    container(qr::qr(&card.code)).width(220).height(220),
                    ui.strong(ui.i18n.tr_with("card-valid", &values)),
                ]
                .spacing(20)
                .align_y(Vertical::Center)
                .into()
            }
            None => ui.strong(ui.tr("card-none")),
        };
        ui.card(column![about, ui.buttons(buttons, 3)].spacing(14))
    }

    fn foot<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        use super::super::frame::Nav;
        let (key, message, ready) = match self.tab {
            Tab::Care => ("person-save-care", Message::SaveCare, true),
            _ => ("person-save", Message::Save, !self.resident.profile.name.trim().is_empty()),
        };
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let back = Some(Message::Nav(Nav::To(Place::Residents)));
        let mut buttons = vec![ui.act("back", Icon::ArrowLeft).on_press_maybe(back)];
        if !self.new {
            let print = ("person-print", Icon::Printer);
            buttons.push(ui.act(print.0, print.1).on_press(Message::PrintRecord));
        }
        if matches!(self.tab, Tab::Known | Tab::Care) {
            buttons.push(ui.act(key, Icon::Save).kind(kind).on_press_maybe(ready.then_some(message)));
        }
        let count = buttons.len();
        ui.buttons(buttons, count)
    }
}

/// A page of the personal pictures.
fn pictures(page: usize, ui: Ui<'_>) -> Element<'_, Message> {
    let pages = PERSONAL.len().div_ceil(PICTURES_PER_PAGE);
    let mut lines = Column::new().spacing(10);
    let shown: Vec<_> = PERSONAL.iter().skip(page * PICTURES_PER_PAGE).take(PICTURES_PER_PAGE).collect();
    for chunk in shown.chunks(8) {
        let line = chunk.iter().map(|name| {
            let picture = container(parts::drawn(name)).padding(10).center_x(Length::Fill).height(92);
            ui.touch_row(format!("picture-{name}"), picture)
                .height(92.0)
                .on_press(Message::Picture(name))
                .into()
        });
        lines = lines.push(Row::with_children(line).spacing(8));
    }
    let next = Some(Message::Pictures(Some((page + 1) % pages)));
    let next = ui.act("page-next", Icon::ChevronRight).on_press_maybe(next);
    ui.card(lines.push(next.width(Length::Fill)))
}
