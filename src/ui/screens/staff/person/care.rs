//! How care, family, consents and the end of a file are drawn.

use daycare_core::access::Permission;
use daycare_core::consent::Purpose;
use daycare_core::resident::{ArchivedAs, Standing};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::view::archived_key;
use super::{Field, Flag, Message, Person};
use crate::reports::lists::hidden;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::Kind;
use crate::ui::widgets::icon::{Icon, icon};

impl Person {
    /// Care plan, absences and family.
    pub(super) fn care<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let plan = &self.file.plan;
        let flag = |flag, on: bool, key| {
            let which = if on { Icon::SquareCheck } else { Icon::Square };
            let kind = if on { Kind::On } else { Kind::Plain };
            ui.act(key, which).kind(kind).on_press(Message::Flag(flag))
        };
        let flags = vec![
            flag(Flag::Hearing, plan.hearing, "flag-hearing"),
            flag(Flag::Sight, plan.sight, "flag-sight"),
            flag(Flag::Wheelchair, plan.wheelchair, "flag-wheelchair"),
        ];
        let typed = |field, key: &str| ui.labelled(&ui.tr(key), self.field(field, key, ui));
        column![
            typed(Field::Allergies, "care-allergies"),
            typed(Field::Notes, "care-notes"),
            ui.buttons(flags, 3),
            self.family(ui),
            self.away(ui),
        ]
        .spacing(16)
        .into()
    }

    fn family<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(10).push(ui.strong(ui.tr("care-family")));
        for relative in &self.file.relatives {
            let phone = if self.phones_shown() { relative.phone.clone() } else { hidden(&relative.phone) };
            let collects = if relative.collects { ui.tr("care-collects") } else { String::new() };
            let words = [relative.name.clone(), relative.relation.clone(), phone, collects];
            let words = words.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            let remove = Some(Message::RemoveRelative(relative.id));
            let line = row![
                container(ui.body(words)).width(Length::Fill),
                ui.act("book-remove", Icon::X).width(170.0).on_press_maybe(remove),
            ];
            lines = lines.push(line.align_y(Vertical::Center)).push(ui.divider());
        }
        let fields = row![
            self.field(Field::Relative, "column-name", ui),
            self.field(Field::Relation, "care-relation", ui),
            self.field(Field::RelativePhone, "field-contact-phone", ui),
        ];
        let on = self.draft.collects;
        let which = if on { Icon::SquareCheck } else { Icon::Square };
        let kind = if on { Kind::On } else { Kind::Plain };
        let add = self.new_relative().map(|_| Message::AddRelative);
        let buttons = vec![
            ui.act("care-collects", which).kind(kind).on_press(Message::Collects),
            ui.act("care-add-relative", Icon::Plus).on_press_maybe(add),
            ui.act("person-phones", Icon::Phone)
                .on_press_maybe((!self.phones_shown()).then_some(Message::Phones)),
        ];
        ui.card(lines.push(fields.spacing(10)).push(ui.buttons(buttons, 3)))
    }

    fn away<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(10).push(ui.strong(ui.tr("care-away")));
        for absence in &self.file.absences {
            let days =
                format!("{} – {}", ui.i18n.month_day(absence.from_on), ui.i18n.month_day(absence.until_on));
            let line = row![
                container(ui.body(format!("{days} {}", absence.reason))).width(Length::Fill),
                ui.act("care-back", Icon::House).width(180.0).on_press(Message::Back(absence.id)),
            ];
            lines = lines.push(line.align_y(Vertical::Center)).push(ui.divider());
        }
        let until = ui.clock.today().checked_add_days(chrono::Days::new(self.draft.away_days));
        let until = until.map(|day| ui.i18n.month_day(day)).unwrap_or_default();
        let words = ui.i18n.tr_with("welfare-away-until", &[("day", until.into())]);
        let add = ui.act("care-add-away", Icon::Plane).on_press(Message::Away);
        let lines = lines
            .push(ui.stepper("away", &words, Message::AwayDays(-1), Message::AwayDays(1)))
            .push(self.field(Field::AwayReason, "care-away-reason", ui))
            .push(add.width(Length::Fill));
        ui.card(lines)
    }

    /// One line per purpose: the consent in force, since when, who witnessed it; and the photo.
    pub(super) fn consents<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(10);
        for purpose in Purpose::ALL {
            lines = lines.push(self.consent(purpose, ui)).push(ui.divider());
        }
        let fields = row![
            self.field(Field::Witness, "consent-witness", ui),
            self.field(Field::Guardian, "consent-guardian", ui),
        ];
        let lines = lines.push(fields.spacing(12)).push(ui.muted(ui.tr("consent-hint")));
        column![ui.card(lines), self.photo(ui)].spacing(16).into()
    }

    fn consent<'a>(&'a self, purpose: Purpose, ui: Ui<'a>) -> Element<'a, Message> {
        let p = ui.palette();
        let found = self.file.consents.iter().find(|consent| consent.purpose == purpose);
        let (which, color, words) = match found {
            Some(consent) => {
                let by = if consent.guardian.is_empty() {
                    consent.witness.clone()
                } else {
                    format!("{}（{}）", consent.guardian, consent.witness)
                };
                let words = format!("{} · {by}", consent.decided_on);
                let which = if consent.given { Icon::CircleCheck } else { Icon::Minus };
                (which, if consent.given { p.green } else { p.muted }, words)
            }
            None => (Icon::Ellipsis, p.muted, ui.tr("consent-not-asked")),
        };
        let given = found.is_some_and(|consent| consent.given);
        let key = if given { "consent-withdraw" } else { "consent-give" };
        let sign = if given { Icon::Minus } else { Icon::Check };
        row![
            container(icon(which, color)).width(34).height(34),
            container(ui.strong(ui.tr(purpose.key()))).width(220),
            container(ui.muted(words)).width(Length::Fill),
            ui.button(format!("{key}-{}", purpose.key()))
                .label(ui.tr(key))
                .icon(sign)
                .on_press(Message::Consent(purpose, !given))
                .width(200.0),
        ]
        .spacing(14)
        .align_y(Vertical::Center)
        .into()
    }

    fn photo<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let agreed = self.file.consents.iter().any(|c| c.purpose == Purpose::Photo && c.given);
        let there = ui.photo(self.resident.id).is_some();
        let hint = if agreed { "photo-sub" } else { "photo-needs-consent" };
        let mut lines = column![
            ui.strong(ui.tr("photo-title")),
            ui.muted(ui.tr(hint)),
            ui.buttons(
                vec![
                    ui.act("photo-find", Icon::Usb).on_press_maybe(agreed.then_some(Message::FindPhotos)),
                    ui.act("photo-remove", Icon::X).on_press_maybe(there.then_some(Message::RemovePhoto)),
                ],
                2
            ),
        ]
        .spacing(10);
        if let Some(found) = &self.photos {
            if found.is_empty() {
                lines = lines.push(ui.body(ui.tr("photo-none")));
            }
            let names = found.iter().enumerate().map(|(at, path)| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                ui.button(format!("photo-{at}")).label(&name).on_press(Message::Photo(at))
            });
            lines = lines.push(ui.buttons(names, 3));
        }
        ui.card(lines)
    }

    /// Archiving, a copy of the person's data, erasure.
    pub(super) fn more<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(16).push(self.standing(ui));
        if ui.may(Permission::Privacy) {
            let copy = column![
                ui.strong(ui.tr("copy-title")),
                ui.muted(ui.tr("copy-sub")),
                ui.buttons(vec![ui.act("copy-save", Icon::Download).on_press(Message::ExportCopy)], 2),
            ];
            lines = lines.push(ui.card(copy.spacing(10))).push(self.erasure(ui));
        } else {
            lines = lines.push(ui.locked(Permission::Privacy));
        }
        lines.into()
    }

    fn standing<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(10);
        match (self.resident.standing, self.file.archived) {
            (Standing::Archived, (_, Some(_))) => {
                lines = lines.push(ui.strong(ui.tr("archived-merged")));
            }
            (Standing::Archived, (why, None)) => {
                let words = ui.tr(why.map_or("residents-archived", archived_key));
                let back = (why != Some(ArchivedAs::Erased)).then_some(Message::BringBack);
                lines = lines
                    .push(ui.strong(words))
                    .push(ui.buttons(vec![ui.act("person-bring-back", Icon::Undo2).on_press_maybe(back)], 2));
            }
            (Standing::Active, _) => {
                let open = Message::Archiving(!self.draft.archiving);
                lines = lines
                    .push(ui.strong(ui.tr("archive-title")))
                    .push(ui.buttons(vec![ui.act("person-archive", Icon::Archive).on_press(open)], 2));
                if self.draft.archiving {
                    let whys = [ArchivedAs::Moved, ArchivedAs::Deceased, ArchivedAs::Other].map(|why| {
                        let key = archived_key(why);
                        ui.act(key, Icon::Archive).on_press(Message::Archive(why))
                    });
                    lines = lines.push(ui.buttons(whys, 3));
                }
            }
        }
        ui.card(lines)
    }

    fn erasure<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let reason = !self.draft.erase_reason.trim().is_empty();
        let rehearsed = self.draft.erasing.as_ref();
        let buttons = Row::new()
            .spacing(12)
            .push(
                ui.act("register-rehearse", Icon::Eye)
                    .on_press_maybe(reason.then_some(Message::RehearseErasure))
                    .width(Length::Fill),
            )
            .push(
                ui.act("erase-do", Icon::Trash2)
                    .kind(if rehearsed.is_some() { Kind::Red } else { Kind::Plain })
                    .on_press_maybe(rehearsed.map(|_| Message::Erase))
                    .width(Length::Fill),
            );
        let words = rehearsed.cloned().unwrap_or_else(|| ui.tr("erase-sub"));
        let lines = column![
            ui.strong(ui.tr("erase-title")),
            ui.muted(words),
            self.field(Field::EraseReason, "erase-reason", ui),
            buttons,
        ];
        ui.card(lines.spacing(10))
    }
}
