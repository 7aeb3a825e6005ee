//! How the state of sync is drawn.

use daycare_core::access::Permission;
use daycare_core::time::hour_minute;
use daycare_store::sync::{Status, SyncIssue};
use daycare_sync::change::{Outcome, Reason};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, column, container, row};
use serde_json::Value;

use super::super::hub_clock;
use super::fact::fact;
use super::hub::{Hub, Known, Message};
use crate::i18n::errors::trouble_key;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::qr;

impl Hub {
    /// Draws it.
    pub fn view<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(16);
        if self.busy {
            content = content.push(ui.strong(ui.tr("please-wait")));
        }
        match &self.known {
            Known::Asking => content.push(ui.loading()),
            Known::Alone => content.push(self.alone(ui)),
            Known::Joined(status) => {
                if let Some(code) = &self.invitation {
                    content = content.push(invitation(code, ui));
                }
                let lost =
                    ["rejoin", "put-back", "stranger", "revoked"].contains(&status.state.trouble.as_str());
                if lost && ui.may(Permission::Settings) {
                    let why = ui.tr(trouble_key(&status.state.trouble));
                    let why = ui.strong(why);
                    let form = column![why, self.join_form("sync-rejoin", ui)].spacing(12);
                    content = content.push(ui.amber_box(form));
                }
                if !status.notices.is_empty() {
                    let title = ui.i18n.tr_with("sync-decide", &[("count", status.notices.len().into())]);
                    content = content.push(ui.strong(title));
                }
                for (at, notice) in status.notices.iter().enumerate() {
                    content = content.push(decision(at, notice, ui));
                }
                content.push(facts(status, ui)).push(self.buttons(ui))
            }
        }
        .into()
    }

    /// Without a hub: what that means, and how to join one.
    fn alone<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut lines =
            column![ui.strong(ui.tr("sync-alone")), ui.muted(ui.tr("sync-alone-sub")),].spacing(12);
        if ui.may(Permission::Settings) {
            lines = lines.push(self.join_form("sync-join", ui));
        }
        ui.card(lines)
    }

    /// The field for a code, and the button that joins by it.
    fn join_form<'a>(&'a self, what: &'static str, ui: Ui<'a>) -> Element<'a, Message> {
        let typed = |code| Message::Code(code);
        let ready = self.code.starts_with("YLH1|") && !self.busy;
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let press = ready.then_some(Message::Join);
        let join = ui.act(what, Icon::LogIn).kind(kind).on_press_maybe(press);
        let field = ui.field(&ui.tr("sync-code"), &self.code, typed);
        column![ui.labelled(&ui.tr("sync-code-how"), field), join.width(Length::Fill)].spacing(12).into()
    }

    fn buttons<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let act = |what: (&str, Icon), kind, message: Message| {
            ui.act(what.0, what.1).kind(kind).on_press_maybe((!self.busy).then_some(message))
        };
        let mut all = vec![act(("sync-now", Icon::RotateCw), Kind::Plain, Message::Now)];
        if ui.may(Permission::Settings) {
            all.push(act(("sync-invite", Icon::QrCode), Kind::Plain, Message::Invite));
            all.push(act(("sync-leave", Icon::LogOut), Kind::Plain, Message::Leave(false)));
        }
        let mut lines = Column::new().spacing(12).push(ui.buttons(all, 3));
        if self.leaving {
            let meant = act(("sync-leave-yes", Icon::LogOut), Kind::Red, Message::Leave(true));
            let words = ui.body(ui.tr("sync-leave-sub"));
            lines = lines.push(ui.amber_box(
                column![words, controls::sized(meant.into(), Length::Fill, controls::CONTROL)].spacing(12),
            ));
        }
        lines.into()
    }
}

/// The code that lets another machine in, for ten minutes.
fn invitation<'a>(code: &str, ui: Ui<'a>) -> Element<'a, Message> {
    let hide = ui.act("sync-hide", Icon::Check).on_press(Message::Hide);
    let words = column![
        ui.strong(ui.tr("sync-invited")),
        ui.muted(ui.tr("sync-invited-sub")),
        hide.width(Length::Fill),
    ];
    let line = row![
        container(qr::qr(code)).width(340).height(340),
        container(words.spacing(16)).width(Length::Fill),
    ];
    ui.card(line.spacing(24).align_y(Vertical::Center))
}

/// Whether all is well, line by line.
fn facts<'a>(status: &Status, ui: Ui<'a>) -> Element<'a, Message> {
    let state = &status.state;
    let count = |key: &str, count: u64| ui.i18n.tr_with(key, &[("count", count.to_string().into())]);
    let at = match state.synced_at {
        None => ui.tr("sync-never"),
        Some(at) => {
            let local = at.local(ui.clock.zone());
            let day = ui.i18n.near_day(local.date(), ui.clock.today());
            format!("{day} {}", hour_minute(local.time()))
        }
    };
    let unsent =
        if status.unsent == 0 { ui.tr("sync-all-sent") } else { count("sync-unsent-words", status.unsent) };
    let unheard = match status.pending.saturating_sub(status.unsent) {
        0 => ui.tr("sync-all-answered"),
        some => count("sync-unanswered-words", some),
    };
    let mut lines = Column::new().spacing(12);
    let trouble = (!state.trouble.is_empty()).then(|| ui.tr(trouble_key(&state.trouble)));
    let well = trouble.is_none() && state.synced_at.is_some();
    let facts = [
        (
            well,
            "sync-link",
            trouble.unwrap_or_else(|| ui.tr(if well { "sync-link-good" } else { "sync-link-new" })),
        ),
        (well, "sync-last", at),
        (true, "sync-unsent", unsent),
        (true, "sync-unanswered", unheard),
        (
            state.offset_ms.abs() <= hub_clock::LIMIT_MS,
            "sync-clock",
            hub_clock::words(state.offset_ms, ui.cx),
        ),
        (
            true,
            "sync-accounts",
            ui.tr(if state.accounts { "sync-accounts-here" } else { "sync-accounts-there" }),
        ),
        (true, "sync-hub", state.hub.clone()),
    ];
    for (good, key, words) in facts {
        lines = lines.push(fact(good, &ui.tr(key), words, ui)).push(ui.divider());
    }
    ui.card(lines)
}

/// Something that people must decide, or know.
fn decision<'a>(at: usize, notice: &'a SyncIssue, ui: Ui<'a>) -> Element<'a, Message> {
    let person = notice.person.clone().unwrap_or_else(|| ui.tr("sync-nobody"));
    let decide = |other| Message::Decide(notice.op, other);
    let button = |key: &str, which, kind, message| {
        ui.button(format!("{key}-{at}")).label(ui.tr(key)).icon(which).kind(kind).on_press(message)
    };
    let _muted = ui.palette().muted;
    let mut lines = Column::new().spacing(10).push(ui.strong(person));
    let buttons = match &notice.outcome {
        Outcome::Queued { .. } => {
            lines = lines.push(ui.muted(ui.tr("sync-conflict")));
            for (field, other) in &notice.asked {
                let stands = notice.stands.get(field).unwrap_or(&Value::Null);
                lines = lines
                    .push(ui.body(ui.tr(field_key(field))))
                    .push(row![side("sync-stands", stands, ui), side("sync-other", other, ui)].spacing(16));
            }
            vec![
                button("sync-keep", Icon::Check, Kind::Plain, decide(false)),
                button("sync-take", Icon::ArrowRightLeft, Kind::Plain, decide(true)),
            ]
        }
        Outcome::Displaced => {
            lines = lines.push(ui.body(ui.tr("sync-displaced")));
            vec![
                button("sync-calls", Icon::Phone, Kind::Main, Message::Calls),
                button("sync-seen", Icon::Check, Kind::Plain, decide(false)),
            ]
        }
        outcome => {
            lines = lines.push(ui.body(ui.tr(refusal_key(outcome))));
            vec![button("sync-seen", Icon::Check, Kind::Plain, decide(false))]
        }
    };
    ui.amber_box(lines.push(ui.buttons(buttons, 2)))
}

/// One of two values, under whose it is.
fn side<'a>(key: &str, value: &Value, ui: Ui<'a>) -> Element<'a, Message> {
    let words = match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        Value::Null | Value::String(_) => ui.tr("sync-empty"),
        other => other.to_string(),
    };
    let lines = column![ui.muted(ui.tr(key)), ui.strong(words),];
    container(ui.card(lines.spacing(4))).width(Length::FillPortion(1)).into()
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
