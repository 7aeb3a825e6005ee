//! How the state of sync is drawn.

use daycare_core::access::Permission;
use daycare_core::time::hour_minute;
use daycare_store::sync::{Notice, Status};
use daycare_sync::change::{Outcome, Reason};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, column, container, row};
use serde_json::Value;

use super::super::{frame, hub_clock};
use super::fact::fact;
use super::hub::{Hub, Known, Message, trouble_key};
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::qr;

impl Hub {
    /// Draws it.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(16);
        if self.busy {
            content = content.push(desk::words(cx.tr("please-wait"), Role::StaffName, look));
        }
        match &self.known {
            Known::Asking => {
                content.push(desk::middle(desk::words(cx.tr("please-wait"), Role::StaffName, look)))
            }
            Known::Alone => content.push(self.alone(cx, look)),
            Known::Joined(status) => {
                if let Some(code) = &self.invitation {
                    content = content.push(invitation(code, cx, look));
                }
                let lost =
                    ["rejoin", "put-back", "stranger", "revoked"].contains(&status.state.trouble.as_str());
                if lost && cx.may(Permission::Settings) {
                    let why = cx.tr(trouble_key(&status.state.trouble));
                    let why = desk::words(why, Role::StaffName, look);
                    let form = column![why, self.join_form("sync-rejoin", cx, look)].spacing(12);
                    content = content.push(desk::amber_box(form, look));
                }
                if !status.notices.is_empty() {
                    let title = cx.i18n.tr_with("sync-decide", &[("count", status.notices.len().into())]);
                    content = content.push(desk::words(title, Role::StaffName, look));
                }
                for (at, notice) in status.notices.iter().enumerate() {
                    content = content.push(decision(at, notice, cx, look));
                }
                content.push(facts(status, cx, look)).push(self.buttons(cx, look))
            }
        }
        .into()
    }

    /// Without a hub: what that means, and how to join one.
    fn alone<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut lines = column![
            desk::words(cx.tr("sync-alone"), Role::StaffName, look),
            desk::tinted(cx.tr("sync-alone-sub"), Role::StaffBody, look.palette.muted, look),
        ]
        .spacing(12);
        if cx.may(Permission::Settings) {
            lines = lines.push(self.join_form("sync-join", cx, look));
        }
        desk::card(lines, look)
    }

    /// The field for a code, and the button that joins by it.
    fn join_form<'a>(&'a self, what: &'static str, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let typed = |code| Message::Code(code);
        let ready = self.code.starts_with("YLH1|") && !self.busy;
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let press = ready.then_some(Message::Join);
        let join = frame::act(cx, look, (what, Icon::LogIn), kind, press);
        let field = desk::field(&cx.tr("sync-code"), &self.code, typed, look);
        column![
            desk::labelled(&cx.tr("sync-code-how"), field, look),
            desk::sized(join, Length::Fill, desk::CONTROL)
        ]
        .spacing(12)
        .into()
    }

    fn buttons<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let act =
            |what, kind, message: Message| frame::act(cx, look, what, kind, (!self.busy).then_some(message));
        let mut all = vec![act(("sync-now", Icon::RotateCw), Kind::Plain, Message::Now)];
        if cx.may(Permission::Settings) {
            all.push(act(("sync-invite", Icon::QrCode), Kind::Plain, Message::Invite));
            all.push(act(("sync-leave", Icon::LogOut), Kind::Plain, Message::Leave(false)));
        }
        let mut lines = Column::new().spacing(12).push(desk::buttons(all, 3));
        if self.leaving {
            let meant = act(("sync-leave-yes", Icon::LogOut), Kind::Red, Message::Leave(true));
            let words = desk::words(cx.tr("sync-leave-sub"), Role::StaffBody, look);
            lines = lines.push(desk::amber_box(
                column![words, desk::sized(meant, Length::Fill, desk::CONTROL)].spacing(12),
                look,
            ));
        }
        lines.into()
    }
}

/// The code that lets another machine in, for ten minutes.
fn invitation<'a>(code: &str, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let hide = frame::act(cx, look, ("sync-hide", Icon::Check), Kind::Plain, Some(Message::Hide));
    let words = column![
        desk::words(cx.tr("sync-invited"), Role::StaffName, look),
        desk::tinted(cx.tr("sync-invited-sub"), Role::StaffBody, look.palette.muted, look),
        desk::sized(hide, Length::Fill, desk::CONTROL),
    ];
    let line = row![
        container(qr::qr(code)).width(340).height(340),
        container(words.spacing(16)).width(Length::Fill),
    ];
    desk::card(line.spacing(24).align_y(Vertical::Center), look)
}

/// Whether all is well, line by line.
fn facts<'a>(status: &Status, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let state = &status.state;
    let count = |key: &str, count: u64| cx.i18n.tr_with(key, &[("count", count.to_string().into())]);
    let at = match state.synced_at {
        None => cx.tr("sync-never"),
        Some(at) => {
            let local = at.local(cx.clock.zone());
            let day = cx.i18n.near_day(local.date(), cx.clock.today());
            format!("{day} {}", hour_minute(local.time()))
        }
    };
    let unsent =
        if status.unsent == 0 { cx.tr("sync-all-sent") } else { count("sync-unsent-words", status.unsent) };
    let unheard = match status.pending.saturating_sub(status.unsent) {
        0 => cx.tr("sync-all-answered"),
        some => count("sync-unanswered-words", some),
    };
    let mut lines = Column::new().spacing(12);
    let trouble = (!state.trouble.is_empty()).then(|| cx.tr(trouble_key(&state.trouble)));
    let well = trouble.is_none() && state.synced_at.is_some();
    let facts = [
        (
            well,
            "sync-link",
            trouble.unwrap_or_else(|| cx.tr(if well { "sync-link-good" } else { "sync-link-new" })),
        ),
        (well, "sync-last", at),
        (true, "sync-unsent", unsent),
        (true, "sync-unanswered", unheard),
        (state.offset_ms.abs() <= hub_clock::LIMIT_MS, "sync-clock", hub_clock::words(state.offset_ms, cx)),
        (
            true,
            "sync-accounts",
            cx.tr(if state.accounts { "sync-accounts-here" } else { "sync-accounts-there" }),
        ),
        (true, "sync-hub", state.hub.clone()),
    ];
    for (good, key, words) in facts {
        lines = lines.push(fact(good, &cx.tr(key), words, look)).push(desk::divider(look));
    }
    desk::card(lines, look)
}

/// Something that people must decide, or know.
fn decision<'a>(at: usize, notice: &'a Notice, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let person = notice.person.clone().unwrap_or_else(|| cx.tr("sync-nobody"));
    let decide = |other| Message::Decide(notice.op, other);
    let button = |key: &str, which, kind, message| {
        desk::button(&format!("{key}-{at}"), &cx.tr(key), Some(which), kind, Some(message), look)
    };
    let muted = look.palette.muted;
    let mut lines = Column::new().spacing(10).push(desk::words(person, Role::StaffName, look));
    let buttons = match &notice.outcome {
        Outcome::Queued { .. } => {
            lines = lines.push(desk::tinted(cx.tr("sync-conflict"), Role::StaffBody, muted, look));
            for (field, other) in &notice.asked {
                let stands = notice.stands.get(field).unwrap_or(&Value::Null);
                lines = lines.push(desk::words(cx.tr(field_key(field)), Role::StaffBody, look)).push(
                    row![side("sync-stands", stands, cx, look), side("sync-other", other, cx, look)]
                        .spacing(16),
                );
            }
            vec![
                button("sync-keep", Icon::Check, Kind::Plain, decide(false)),
                button("sync-take", Icon::ArrowRightLeft, Kind::Plain, decide(true)),
            ]
        }
        Outcome::Displaced => {
            lines = lines.push(desk::words(cx.tr("sync-displaced"), Role::StaffBody, look));
            vec![
                button("sync-calls", Icon::Phone, Kind::Main, Message::Calls),
                button("sync-seen", Icon::Check, Kind::Plain, decide(false)),
            ]
        }
        outcome => {
            lines = lines.push(desk::words(cx.tr(refusal_key(outcome)), Role::StaffBody, look));
            vec![button("sync-seen", Icon::Check, Kind::Plain, decide(false))]
        }
    };
    desk::amber_box(lines.push(desk::buttons(buttons, 2)), look)
}

/// One of two values, under whose it is.
fn side<'a>(key: &str, value: &Value, cx: &Ctx, look: Look) -> Element<'a, Message> {
    let words = match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        Value::Null | Value::String(_) => cx.tr("sync-empty"),
        other => other.to_string(),
    };
    let lines = column![
        desk::tinted(cx.tr(key), Role::StaffBody, look.palette.muted, look),
        desk::words(words, Role::StaffName, look),
    ];
    container(desk::card(lines.spacing(4), look)).width(Length::FillPortion(1)).into()
}

fn field_key(field: &str) -> &'static str {
    match field {
        "allergies" => "sync-field-allergies",
        "notes" => "sync-field-notes",
        "contact_name" => "sync-field-contact-name",
        "contact_phone" => "sync-field-contact-phone",
        "name" => "sync-field-name",
        "phone" => "sync-field-phone",
        _ => "sync-field-other",
    }
}

fn refusal_key(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Rejected(Reason::HasAPlace) => "sync-refused-has-a-place",
        Outcome::Rejected(Reason::NotTheirs) => "accounts-elsewhere",
        Outcome::Rejected(Reason::Erased) => "sync-refused-erased",
        Outcome::Rejected(Reason::MergedElsewhere) => "sync-refused-merged",
        Outcome::Rejected(Reason::NoRow) => "sync-refused-no-row",
        Outcome::Rejected(Reason::UnknownTable) => "sync-trouble-update",
        _ => "sync-refused-here",
    }
}
