//! How care, family, consents and the end of a file are drawn.

use daycare_core::access::Permission;
use daycare_core::consent::Purpose;
use daycare_core::resident::{ArchivedAs, Standing};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, column, container, row};

use super::super::frame;
use super::view::archived_key;
use super::{Field, Flag, Message, Person};
use crate::reports::lists::hidden;
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::icon::{Icon, icon};

impl Person {
    /// What carers must know, who is away, the family.
    pub(super) fn care<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let plan = &self.file.plan;
        let flag = |flag, on: bool, key| {
            let which = if on { Icon::SquareCheck } else { Icon::Square };
            let kind = if on { Kind::On } else { Kind::Plain };
            frame::act(cx, look, (key, which), kind, Some(Message::Flag(flag)))
        };
        let flags = vec![
            flag(Flag::Hearing, plan.hearing, "flag-hearing"),
            flag(Flag::Sight, plan.sight, "flag-sight"),
            flag(Flag::Wheelchair, plan.wheelchair, "flag-wheelchair"),
        ];
        let typed = |field, key: &str| desk::labelled(&cx.tr(key), self.field(field, key, cx, look), look);
        column![
            typed(Field::Allergies, "care-allergies"),
            typed(Field::Notes, "care-notes"),
            desk::buttons(flags, 3),
            self.family(cx, look),
            self.away(cx, look),
        ]
        .spacing(16)
        .into()
    }

    fn family<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines =
            Column::new().spacing(10).push(desk::words(cx.tr("care-family"), Role::StaffName, look));
        for relative in &self.file.relatives {
            let phone = if self.phones_shown() { relative.phone.clone() } else { hidden(&relative.phone) };
            let collects = if relative.collects { cx.tr("care-collects") } else { String::new() };
            let words = [relative.name.clone(), relative.relation.clone(), phone, collects];
            let words = words.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            let remove = Some(Message::RemoveRelative(relative.id));
            let line = row![
                container(desk::words(words, Role::StaffBody, look)).width(Length::Fill),
                frame::act_wide(cx, look, ("book-remove", Icon::X), 170.0, remove),
            ];
            lines = lines.push(line.align_y(Vertical::Center)).push(desk::divider(look));
        }
        let fields = row![
            self.field(Field::Relative, "column-name", cx, look),
            self.field(Field::Relation, "care-relation", cx, look),
            self.field(Field::RelativePhone, "field-contact-phone", cx, look),
        ];
        let on = self.draft.collects;
        let which = if on { Icon::SquareCheck } else { Icon::Square };
        let kind = if on { Kind::On } else { Kind::Plain };
        let add = self.new_relative().map(|_| Message::AddRelative);
        let buttons = vec![
            frame::act(cx, look, ("care-collects", which), kind, Some(Message::Collects)),
            frame::act(cx, look, ("care-add-relative", Icon::Plus), Kind::Plain, add),
            frame::act(
                cx,
                look,
                ("person-phones", Icon::Phone),
                Kind::Plain,
                (!self.phones_shown()).then_some(Message::Phones),
            ),
        ];
        desk::card(lines.push(fields.spacing(10)).push(desk::buttons(buttons, 3)), look)
    }

    fn away<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines =
            Column::new().spacing(10).push(desk::words(cx.tr("care-away"), Role::StaffName, look));
        for absence in &self.file.absences {
            let days =
                format!("{} – {}", cx.i18n.month_day(absence.from_on), cx.i18n.month_day(absence.until_on));
            let line = row![
                container(desk::words(format!("{days} {}", absence.reason), Role::StaffBody, look))
                    .width(Length::Fill),
                frame::act_wide(cx, look, ("care-back", Icon::House), 180.0, Some(Message::Back(absence.id))),
            ];
            lines = lines.push(line.align_y(Vertical::Center)).push(desk::divider(look));
        }
        let until = cx.clock.today().checked_add_days(chrono::Days::new(self.draft.away_days));
        let until = until.map(|day| cx.i18n.month_day(day)).unwrap_or_default();
        let words = cx.i18n.tr_with("welfare-away-until", &[("day", until.into())]);
        let add = frame::act(cx, look, ("care-add-away", Icon::Plane), Kind::Plain, Some(Message::Away));
        let lines = lines
            .push(desk::stepper("away", &words, Message::AwayDays(-1), Message::AwayDays(1), look))
            .push(self.field(Field::AwayReason, "care-away-reason", cx, look))
            .push(desk::sized(add, Length::Fill, desk::CONTROL));
        desk::card(lines, look)
    }

    /// One line a purpose: what holds, since when, who heard it; and the photo.
    pub(super) fn consents<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(10);
        for purpose in Purpose::ALL {
            lines = lines.push(self.consent(purpose, cx, look)).push(desk::divider(look));
        }
        let fields = row![
            self.field(Field::Witness, "consent-witness", cx, look),
            self.field(Field::Guardian, "consent-guardian", cx, look),
        ];
        let lines = lines.push(fields.spacing(12)).push(desk::tinted(
            cx.tr("consent-hint"),
            Role::StaffBody,
            look.palette.muted,
            look,
        ));
        column![desk::card(lines, look), self.photo(cx, look)].spacing(16).into()
    }

    fn consent<'a>(&'a self, purpose: Purpose, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let p = look.palette;
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
            None => (Icon::Ellipsis, p.muted, cx.tr("consent-not-asked")),
        };
        let given = found.is_some_and(|consent| consent.given);
        let key = if given { "consent-withdraw" } else { "consent-give" };
        let sign = if given { Icon::Minus } else { Icon::Check };
        row![
            container(icon(which, color)).width(34).height(34),
            container(desk::words(cx.tr(purpose.key()), Role::StaffName, look)).width(220),
            container(desk::tinted(words, Role::StaffBody, p.muted, look)).width(Length::Fill),
            desk::sized(
                desk::button(
                    &format!("{key}-{}", purpose.key()),
                    &cx.tr(key),
                    Some(sign),
                    Kind::Plain,
                    Some(Message::Consent(purpose, !given)),
                    look
                ),
                200.0,
                desk::CONTROL
            ),
        ]
        .spacing(14)
        .align_y(Vertical::Center)
        .into()
    }

    fn photo<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let agreed = self.file.consents.iter().any(|c| c.purpose == Purpose::Photo && c.given);
        let there = cx.photo(self.resident.id).is_some();
        let hint = if agreed { "photo-sub" } else { "photo-needs-consent" };
        let mut lines = column![
            desk::words(cx.tr("photo-title"), Role::StaffName, look),
            desk::tinted(cx.tr(hint), Role::StaffBody, look.palette.muted, look),
            desk::buttons(
                vec![
                    frame::act(
                        cx,
                        look,
                        ("photo-find", Icon::Usb),
                        Kind::Plain,
                        agreed.then_some(Message::FindPhotos)
                    ),
                    frame::act(
                        cx,
                        look,
                        ("photo-remove", Icon::X),
                        Kind::Plain,
                        there.then_some(Message::RemovePhoto)
                    ),
                ],
                2
            ),
        ]
        .spacing(10);
        if let Some(found) = &self.photos {
            if found.is_empty() {
                lines = lines.push(desk::words(cx.tr("photo-none"), Role::StaffBody, look));
            }
            let names = found.iter().enumerate().map(|(at, path)| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                desk::button(&format!("photo-{at}"), &name, None, Kind::Plain, Some(Message::Photo(at)), look)
            });
            lines = lines.push(desk::buttons(names.collect(), 3));
        }
        desk::card(lines, look)
    }

    /// No longer coming, a copy of one's data, the end of them.
    pub(super) fn more<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(16).push(self.standing(cx, look));
        if cx.may(Permission::Privacy) {
            let copy = column![
                desk::words(cx.tr("copy-title"), Role::StaffName, look),
                desk::tinted(cx.tr("copy-sub"), Role::StaffBody, look.palette.muted, look),
                desk::buttons(
                    vec![frame::act(
                        cx,
                        look,
                        ("copy-save", Icon::Download),
                        Kind::Plain,
                        Some(Message::ExportCopy)
                    )],
                    2
                ),
            ];
            lines = lines.push(desk::card(copy.spacing(10), look)).push(self.erasure(cx, look));
        } else {
            lines = lines.push(frame::locked(cx, look, Permission::Privacy));
        }
        lines.into()
    }

    fn standing<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(10);
        match (self.resident.standing, self.file.archived) {
            (Standing::Archived, (_, Some(_))) => {
                lines = lines.push(desk::words(cx.tr("archived-merged"), Role::StaffName, look));
            }
            (Standing::Archived, (why, None)) => {
                let words = cx.tr(why.map_or("residents-archived", archived_key));
                let back = (why != Some(ArchivedAs::Erased)).then_some(Message::BringBack);
                lines = lines.push(desk::words(words, Role::StaffName, look)).push(desk::buttons(
                    vec![frame::act(cx, look, ("person-bring-back", Icon::Undo2), Kind::Plain, back)],
                    2,
                ));
            }
            (Standing::Active, _) => {
                let open = Message::Archiving(!self.draft.archiving);
                lines = lines.push(desk::words(cx.tr("archive-title"), Role::StaffName, look)).push(
                    desk::buttons(
                        vec![frame::act(
                            cx,
                            look,
                            ("person-archive", Icon::Archive),
                            Kind::Plain,
                            Some(open),
                        )],
                        2,
                    ),
                );
                if self.draft.archiving {
                    let whys = [ArchivedAs::Moved, ArchivedAs::Deceased, ArchivedAs::Other].map(|why| {
                        let key = archived_key(why);
                        frame::act(cx, look, (key, Icon::Archive), Kind::Plain, Some(Message::Archive(why)))
                    });
                    lines = lines.push(desk::buttons(whys.into(), 3));
                }
            }
        }
        desk::card(lines, look)
    }

    fn erasure<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let reason = !self.draft.erase_reason.trim().is_empty();
        let rehearsed = self.draft.erasing.as_ref();
        let buttons = Row::new()
            .spacing(12)
            .push(desk::sized(
                frame::act(
                    cx,
                    look,
                    ("register-rehearse", Icon::Eye),
                    Kind::Plain,
                    reason.then_some(Message::RehearseErasure),
                ),
                Length::Fill,
                desk::CONTROL,
            ))
            .push(desk::sized(
                frame::act(
                    cx,
                    look,
                    ("erase-do", Icon::Trash2),
                    if rehearsed.is_some() { Kind::Red } else { Kind::Plain },
                    rehearsed.map(|_| Message::Erase),
                ),
                Length::Fill,
                desk::CONTROL,
            ));
        let words = rehearsed.cloned().unwrap_or_else(|| cx.tr("erase-sub"));
        let lines = column![
            desk::words(cx.tr("erase-title"), Role::StaffName, look),
            desk::tinted(words, Role::StaffBody, look.palette.muted, look),
            self.field(Field::EraseReason, "erase-reason", cx, look),
            buttons,
        ];
        desk::card(lines.spacing(10), look)
    }
}
