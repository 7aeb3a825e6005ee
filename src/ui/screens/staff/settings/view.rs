//! How the settings are drawn.

use daycare_core::access::Permission;
use daycare_core::audit::AuditEntry;
use daycare_core::chore::Chore;
use daycare_core::time::hour_minute;
use iced::Length;
use iced::widget::{Column, column, container, row};

use super::super::frame::Place;
use super::fact::fact;
use super::{Machine, Message, PER_PAGE, Settings, Tab};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::{Ctx, Route};
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::Icon;

const TABS: [(Tab, &str); 7] = [
    (Tab::Own, "settings-own"),
    (Tab::Machine, "settings-machine"),
    (Tab::Sync, "settings-sync"),
    (Tab::Accounts, "settings-accounts"),
    (Tab::Trail, "settings-trail"),
    (Tab::Register, "settings-register"),
    (Tab::Names, "settings-names"),
];

/// What the trail may be narrowed to.
const ABOUT: [(Option<&str>, &str); 6] = [
    (None, "filter-all"),
    (Some("visit"), "audit-visit"),
    (Some("resident"), "audit-resident"),
    (Some("reading"), "audit-reading"),
    (Some("appointment"), "audit-appointment"),
    (Some("staff"), "audit-staff"),
];

fn needed(tab: Tab) -> Permission {
    match tab {
        Tab::Own | Tab::Machine | Tab::Sync => Permission::Own,
        Tab::Accounts => Permission::Staff,
        Tab::Trail => Permission::Audit,
        Tab::Register | Tab::Names => Permission::Settings,
    }
}

impl Settings {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(ui.tabs(&TABS, self.tab, Message::Tabbed));
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        let what = needed(self.tab);
        let inner = if ui.may(what) {
            match self.tab {
                Tab::Own => controls::scroll(self.own(ui)),
                Tab::Machine => controls::scroll(self.machine(ui)),
                Tab::Sync => controls::scroll(self.hub.view(ui).map(|tapped| tapped.map(Message::Hub))),
                Tab::Accounts => {
                    controls::scroll(self.accounts.view(ui).map(|tapped| tapped.map(Message::Accounts)))
                }
                Tab::Trail => self.trail(ui),
                Tab::Register => controls::scroll(self.register(ui)),
                Tab::Names => controls::scroll(self.names.view(ui).map(|tapped| tapped.map(Message::Names))),
            }
        } else {
            ui.locked(what)
        };
        let content = content.push(inner);
        ui.page(Place::Settings, &ui.tr("staff-settings"), content, Message::Nav)
    }

    fn own<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let own = &self.own;
        let ready = self.pin_is_ready();
        let kind = if ready { Kind::Main } else { Kind::Plain };
        let change = ui
            .act("settings-pin-change", Icon::KeyRound)
            .kind(kind)
            .on_press_maybe(ready.then_some(Message::ChangePin));
        let fields = row![
            ui.secret_field(&ui.tr("settings-pin-present"), &own.present, Message::Present),
            ui.secret_field(&ui.tr("settings-pin-new"), &own.new, Message::New),
            ui.secret_field(&ui.tr("settings-pin-again"), &own.again, Message::Again),
        ]
        .spacing(12);
        let card = column![ui.strong(ui.tr("settings-pin-change")), fields, change.width(Length::Fill)];
        column![ui.sunk(card.spacing(12)), ui.strong(ui.tr("settings-own-log")), entries(&self.entries, ui),]
            .spacing(16)
            .into()
    }

    fn trail<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let about =
            ABOUT.map(|(entity, key)| (key, ui.tr(key), self.about == entity, Message::About(entity)));
        let more = self.entries.len() == PER_PAGE as usize;
        let end = |what: (&str, Icon), there: bool, page| {
            ui.act(what.0, what.1).width(200.0).on_press_maybe(there.then_some(Message::Turned(page)))
        };
        let pager = row![
            end(("page-previous", Icon::ChevronLeft), self.page > 0, self.page.saturating_sub(1)),
            iced::widget::Space::new().width(Length::Fill),
            end(("page-next", Icon::ChevronRight), more, self.page + 1),
        ];
        let everybody = ("trail-everybody", ui.tr("trail-everybody"), self.of.is_none(), Message::Of(None));
        let mut of = vec![everybody];
        of.extend(self.accounts.all().iter().map(|staff| {
            let on = self.of == Some(staff.id);
            ("trail-of", staff.name.clone(), on, Message::Of(Some(staff.id)))
        }));
        column![
            ui.segments(about.into(), 6),
            ui.segments(of, 6),
            controls::scroll(entries(&self.entries, ui)),
            pager
        ]
        .spacing(12)
        .into()
    }

    fn machine<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let Some(machine) = &self.machine else {
            return ui.loading();
        };
        let mut lines = Column::new().spacing(12);
        for (good, key, words) in machine.lines(ui.cx) {
            lines = lines.push(fact(good, &ui.tr(key), words, ui)).push(ui.divider());
        }
        ui.card(lines)
    }

    fn register<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let part = |title: &str, words: String, buttons: Vec<Element<'a, Message>>| {
            let lines = column![ui.strong(ui.tr(title)), ui.muted(words), ui.buttons(buttons, 2),];
            ui.card(lines.spacing(10))
        };
        let act = |what: (&str, Icon), message| ui.act(what.0, what.1).on_press(message);
        let without = self.machine.as_ref().map_or(0, |machine| machine.without_card);
        let cards = ui.i18n.tr_with("register-cards-sub", &[("count", without.into())]);
        let years = match self.keep_years {
            0 => ui.tr("register-keep-always"),
            years => ui.i18n.tr_with("register-keep-years", &[("years", years.into())]),
        };
        let expired = self.expired.map_or_else(
            || ui.tr("register-keep-sub"),
            |expired| {
                ui.i18n.tr_with(
                    "register-expired",
                    &[
                        ("people", expired.people.into()),
                        ("visits", expired.unlinked.into()),
                        ("rows", expired.removed.into()),
                        ("trail", expired.trail.into()),
                    ],
                )
            },
        );
        let keep = column![
            ui.strong(ui.tr("register-keep")),
            ui.stepper("years", &years, Message::KeepYears(-1), Message::KeepYears(1)),
            ui.muted(expired),
            ui.buttons(
                vec![
                    act(("register-rehearse", Icon::Eye), Message::Rehearse),
                    ui.act("register-expire", Icon::Trash2)
                        .kind(if self.expired.is_some() { Kind::Red } else { Kind::Plain })
                        .on_press_maybe(self.expired.map(|_| Message::Expire)),
                ],
                2
            ),
        ];
        column![
            part(
                "register-import",
                ui.tr("register-import-sub"),
                vec![act(("register-import-go", Icon::Usb), Message::Go(Route::Intake)).into()],
            ),
            part(
                "register-merge",
                ui.tr("register-merge-sub"),
                vec![act(("register-merge-go", Icon::Merge), Message::Go(Route::Merge)).into()],
            ),
            part(
                "register-cards",
                cards,
                vec![act(("register-cards-go", Icon::IdCard), Message::Cards).into()]
            ),
            ui.card(keep.spacing(12)),
        ]
        .spacing(16)
        .into()
    }
}

impl Machine {
    /// One line per check of the machine: whether it is well, its name, the words.
    fn lines(&self, cx: &Ctx) -> Vec<(bool, &'static str, String)> {
        let backup = match &self.last_backup {
            Some(day) => cx.i18n.tr_with(
                "machine-backup-words",
                &[("day", day.as_str().into()), ("count", self.backups.into())],
            ),
            None => cx.tr("machine-no-backup"),
        };
        let trail = match self.chain.broken_at {
            None => {
                let seal = self.chain.head.get(..8).unwrap_or_default().to_uppercase();
                let values = [("rows", self.chain.rows.to_string().into()), ("seal", seal.into())];
                cx.i18n.tr_with("machine-trail-words", &values)
            }
            Some(line) => cx.i18n.tr_with("machine-trail-broken", &[("line", line.to_string().into())]),
        };
        let now = cx.clock.local();
        let clock = format!("{} {}", cx.i18n.day_line(now.date()), hour_minute(now.time()));
        let printer = cx.tr(if self.printer { "machine-printer-there" } else { "machine-printer-none" });
        let people = cx.i18n.tr_with("residents-count", &[("count", self.residents.into())]);
        vec![
            (true, "machine-database", people),
            (self.good && !cx.late.has(Chore::Backup) && !cx.late.has(Chore::Copy), "machine-backup", backup),
            (self.chain.broken_at.is_none(), "machine-trail", trail),
            (true, "machine-clock", clock),
            (true, "machine-printer", printer),
        ]
    }
}

/// Lines of the trail: when, who, what, about whom, why.
fn entries<'a>(all: &'a [AuditEntry], ui: Ui<'a>) -> Element<'a, Message> {
    if all.is_empty() {
        return ui.empty("book-empty");
    }
    let mut list = Column::new().spacing(6);
    for entry in all {
        let at = entry.at.local(ui.clock.zone());
        let when = format!("{} {}", ui.i18n.month_day(at.date()), hour_minute(at.time()));
        let what = [
            ui.tr(&action_key(&entry.action)),
            entry.about.clone(),
            entry.reason.clone().unwrap_or_default(),
        ];
        let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let line = row![
            container(ui.muted(when)).width(200),
            container(ui.body(actor_words(&entry.actor, ui.cx))).width(140),
            container(ui.body(what)).width(Length::Fill),
        ];
        list = list.push(line.spacing(12)).push(ui.divider());
    }
    list.into()
}

fn actor_words(actor: &str, cx: &Ctx) -> String {
    match actor {
        "resident" => cx.tr("actor-resident"),
        "cli" => cx.tr("actor-cli"),
        "program" => cx.tr("actor-program"),
        name => name.to_owned(),
    }
}

/// The text key of an action: `trail-visit-check-in` for `visit.check_in`.
fn action_key(action: &str) -> String {
    format!("trail-{}", action.replace(['.', '_'], "-"))
}
