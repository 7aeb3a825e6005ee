//! How the welfare list is drawn.

use daycare_core::care_plan::Risk;
use daycare_core::time::hour_minute;
use daycare_core::welfare::{Cared, Check, CheckResult, CheckWay, State};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, Space, column, container, row};

use super::super::frame::Place;
use super::{Line, Message, Open, PER_PAGE, Tab, Welfare};
use crate::reports::figures::living_key;
use crate::reports::lists::{rhythm_words, why_words};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Chip, Kind};
use crate::ui::widgets::icon::{Icon, icon};

const TABS: [(Tab, &str); 5] = [
    (Tab::Cared, "welfare-tab-cared"),
    (Tab::Birthdays, "welfare-tab-birthdays"),
    (Tab::Lapsed, "welfare-tab-lapsed"),
    (Tab::Never, "welfare-tab-never"),
    (Tab::Incomplete, "welfare-tab-incomplete"),
];

const STATES: [(Option<State>, &str, Icon); 6] = [
    (None, "welfare-all", Icon::Users),
    (Some(State::Missed), "welfare-missed", Icon::TriangleAlert),
    (Some(State::Due), "welfare-due", Icon::Footprints),
    (Some(State::CannotTell), "welfare-unknown", Icon::MonitorOff),
    (Some(State::Away), "welfare-away", Icon::Plane),
    (Some(State::Seen), "welfare-seen", Icon::Eye),
];

fn state_chip(state: State, ui: Ui<'_>) -> Element<'_, Message> {
    let (kind, which, key) = match state {
        State::Missed => (Chip::Act, Icon::TriangleAlert, "welfare-missed"),
        State::Due => (Chip::Coming, Icon::Footprints, "welfare-due"),
        State::CannotTell => (Chip::Unknown, Icon::MonitorOff, "welfare-unknown"),
        State::Away => (Chip::Over, Icon::Plane, "welfare-away"),
        State::Seen => (Chip::Now, Icon::Eye, "welfare-seen"),
    };
    ui.chip(kind, which, &ui.tr(key))
}

/// Text key of a risk class.
pub(in crate::ui::screens::staff) fn risk_key(risk: Risk) -> &'static str {
    match risk {
        Risk::High => "risk-high",
        Risk::Key => "risk-key",
        Risk::General => "risk-general",
    }
}

impl Welfare {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.toolbar(ui));
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        let inner = self.data.view(ui, Message::Reload, |_| match self.tab {
            Tab::Cared => self.cared_view(ui),
            _ => self.other_list(ui),
        });
        let content = content.push(inner);
        ui.page(Place::Welfare, &ui.tr("staff-welfare"), content, Message::Nav)
    }

    fn toolbar<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let tabs = ui.tabs(&TABS, self.tab, Message::Tabbed);
        if self.tab != Tab::Cared {
            return tabs;
        }
        let print = ui.act("welfare-print", Icon::Printer).on_press(Message::Print);
        let export = ui.act("save-xlsx", Icon::FileSpreadsheet).on_press(Message::Export);
        column![tabs, ui.buttons(vec![print, export], 2)].spacing(12).into()
    }

    fn cared_view<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let mut list = Column::new().spacing(12).push(self.tiles(ui));
        if let Some(strip) = self.off_strip(ui) {
            list = list.push(strip);
        }
        let detail = self.open.as_ref().and_then(|open| {
            let cared = self.data.as_ref()?.list.cared.iter().find(|c| c.resident_id == open.who)?;
            Some(detail(open, cared, ui))
        });
        let wide = ui.is_wide();
        let list = list.push(self.people(ui, detail.is_some() && !wide));
        match detail {
            Some(detail) if wide => row![
                container(list).width(Length::FillPortion(3)),
                container(controls::scroll(detail)).width(Length::FillPortion(2)),
            ]
            .spacing(16)
            .into(),
            Some(detail) => column![
                container(list).height(Length::FillPortion(2)),
                container(controls::scroll(detail)).height(Length::FillPortion(3))
            ]
            .spacing(14)
            .into(),
            None => list.into(),
        }
    }

    fn tiles<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let cared = self.data.as_ref().map(|data| data.list.cared.as_slice()).unwrap_or_default();
        let tile = |(state, key, which): (Option<State>, &str, Icon)| {
            let count = cared.iter().filter(|c| state.is_none_or(|state| c.verdict.state == state)).count();
            let on = self.shown == state;
            let left_over = state == Some(State::Missed) && count > 0;
            let press = Some(Message::Shown(state));
            controls::Tile::new(key, which, ui.look)
                .label(ui.tr(key))
                .number(count.to_string())
                .on(on)
                .left_over(left_over)
                .on_press_maybe(press)
                .into()
        };
        let tiles = STATES.map(tile);
        if ui.is_wide() {
            return Row::with_children(tiles).spacing(10).into();
        }
        let mut tiles = tiles.into_iter();
        let first: Vec<_> = tiles.by_ref().take(3).collect();
        column![Row::with_children(first).spacing(10), Row::with_children(tiles).spacing(10)]
            .spacing(10)
            .into()
    }

    /// Says when the kiosk was off; absences then are not counted.
    fn off_strip<'a>(&self, ui: Ui<'a>) -> Option<Element<'a, Message>> {
        let data = self.data.as_ref()?;
        let since = ui.clock.today().checked_sub_days(chrono::Days::new(14))?;
        let off = data.list.house.off(since, ui.clock.local());
        let (from, to) = off.last()?;
        let hours = format!("{}–{}", hour_minute(from.time()), hour_minute(to.time()));
        let values = [("day", ui.i18n.month_day(from.date()).into()), ("hours", hours.into())];
        let words = ui.i18n.tr_with("welfare-off", &values);
        let line =
            row![container(icon(Icon::MonitorOff, ui.palette().ink)).width(30).height(30), ui.body(words)]
                .spacing(12)
                .align_y(Vertical::Center);
        Some(ui.ground(line, ui.palette().pressed, ui.palette().edge, 2.0))
    }

    fn people<'a>(&'a self, ui: Ui<'a>, short: bool) -> Element<'a, Message> {
        let cared = self.cared();
        if cared.is_empty() {
            return ui.empty("welfare-nobody");
        }
        let mut rows = Column::new();
        for one in cared.iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            rows = rows.push(self.person(one, ui)).push(ui.divider());
        }
        let list = controls::scroll(rows);
        let pages = cared.len().div_ceil(PER_PAGE);
        if short || pages < 2 {
            return list;
        }
        column![list, ui.pager(self.page, pages, Message::Turned)].spacing(10).into()
    }

    fn person<'a>(&'a self, one: &'a Cared, ui: Ui<'a>) -> Element<'a, Message> {
        let _muted = ui.palette().muted;
        let today = ui.clock.today();
        let seen = one.verdict.seen.map_or_else(
            || ui.tr("welfare-never-came"),
            |day| {
                let days = (today - day).num_days();
                ui.i18n.tr_with(
                    "welfare-seen-on",
                    &[("day", ui.i18n.month_day(day).into()), ("days", days.into())],
                )
            },
        );
        let duty = ui.tr(risk_key(one.risk));
        let about = column![ui.body(rhythm_words(one, &ui.i18n)), ui.muted(format!("{duty} · {seen}")),];
        let line = row![
            container(ui.person(&one.picture, &one.name, &one.called_by, &one.yard))
                .width(Length::FillPortion(4)),
            container(about).width(Length::FillPortion(5)),
            container(state_chip(one.verdict.state, ui))
                .width(180)
                .align_x(iced::alignment::Horizontal::Right),
        ]
        .spacing(14)
        .padding(10)
        .align_y(Vertical::Center);
        let on = self.open.as_ref().is_some_and(|open| open.who == one.resident_id);
        let press = Some(Message::Opened(one.resident_id));
        ui.touch_row(format!("open-{}", one.resident_id), line).on(on).on_press_maybe(press).into()
    }

    fn other_list<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let lines = self.lines(ui.cx);
        if lines.is_empty() {
            return ui.empty("welfare-nobody");
        }
        let count = ui.i18n.tr_with("residents-count", &[("count", lines.len().into())]);
        let pages = lines.len().div_ceil(PER_PAGE);
        let mut rows = Column::new();
        for Line { resident, words } in lines.into_iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            let profile = &resident.profile;
            let person = ui.person(&profile.picture, &profile.name, &profile.called_by, &profile.yard);
            let line = row![container(person).width(Length::Fill), ui.body(words),]
                .spacing(14)
                .padding(10)
                .align_y(Vertical::Center);
            let press = Some(Message::File(resident.id));
            let touch = ui.touch_row(format!("file-{}", resident.id), line).on_press_maybe(press);
            rows = rows.push(touch).push(ui.divider());
        }
        column![ui.strong(count), controls::scroll(rows), ui.pager(self.page, pages, Message::Turned),]
            .spacing(12)
            .into()
    }
}

/// Who it is, why they are on the list, what was done, and what is done now.
fn detail<'a>(open: &'a Open, one: &'a Cared, ui: Ui<'a>) -> Element<'a, Message> {
    let mut card = Column::new().spacing(14).push(who(open, one, ui));
    let why = column![ui.strong(ui.tr("welfare-why")), ui.body(why_words(one, &ui.i18n)),];
    card = card.push(ui.amber_box(why.spacing(4)));
    for check in open.checks.iter().take(3) {
        card = card.push(check_line(check, ui));
    }
    let classes = Risk::ALL.map(|risk| {
        let key = risk_key(risk);
        (key, ui.tr(key), one.risk == risk, Message::Classed(risk))
    });
    card = card
        .push(ui.labelled(&ui.tr("welfare-class"), ui.segments(classes.into(), 3)))
        .push(ui.divider())
        .push(form(open, ui));
    let p = ui.palette();
    ui.ground(card, p.card, p.green, 3.0)
}

fn who<'a>(open: &'a Open, one: &'a Cared, ui: Ui<'a>) -> Element<'a, Message> {
    let shown = open.revealed.shows(one.resident_id);
    let phone = open.revealed.phone(one.resident_id, &one.phone);
    let age = one.born_on.map(|born| born.age_on(ui.clock.today()));
    let age = age.map(|age| ui.i18n.tr_with("residents-age", &[("age", age.into())])).unwrap_or_default();
    let living = one.living.map(|living| ui.tr(living_key(living))).unwrap_or_default();
    let below = [age, living, phone, one.door.clone()];
    let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let ask = (!shown && !one.phone.is_empty()).then_some(Message::Phone);
    row![
        container(ui.person(&one.picture, &one.name, &one.called_by, &below)).width(Length::Fill),
        ui.act("welfare-number", Icon::Phone).width(170.0).on_press_maybe(ask),
        ui.act("welfare-file", Icon::FolderOpen).width(150.0).on_press(Message::File(one.resident_id)),
    ]
    .spacing(10)
    .align_y(Vertical::Center)
    .into()
}

fn way_words(way: CheckWay) -> (&'static str, Icon) {
    match way {
        CheckWay::Phone => ("way-phone", Icon::Phone),
        CheckWay::Home => ("way-home", Icon::Footprints),
        CheckWay::Family => ("way-ask-family", Icon::Users),
    }
}

fn result_words(result: CheckResult) -> (&'static str, Icon) {
    match result {
        CheckResult::Safe => ("result-safe", Icon::Check),
        CheckResult::NoAnswer => ("result-no-answer", Icon::PhoneMissed),
        CheckResult::Away => ("result-away", Icon::Plane),
        CheckResult::Help => ("result-help", Icon::BellRing),
    }
}

fn check_line<'a>(check: &Check, ui: Ui<'a>) -> Element<'a, Message> {
    let at = check.at.local(ui.clock.zone());
    let (way, which) = way_words(check.way);
    let day = format!("{} {}", ui.i18n.month_day(at.date()), hour_minute(at.time()));
    let parts = [day, ui.tr(way), ui.tr(result_words(check.result).0), check.by.clone(), check.note.clone()];
    let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    row![container(icon(which, ui.palette().green)).width(28).height(28), ui.body(words)]
        .spacing(12)
        .align_y(Vertical::Center)
        .into()
}

fn form<'a>(open: &'a Open, ui: Ui<'a>) -> Element<'a, Message> {
    let ways = [CheckWay::Phone, CheckWay::Home, CheckWay::Family].map(|way| {
        let key = way_words(way).0;
        (key, ui.tr(key), open.way == way, Message::Way(way))
    });
    let results = [CheckResult::Safe, CheckResult::NoAnswer, CheckResult::Away, CheckResult::Help];
    let results = results.map(|result| {
        let (key, which) = result_words(result);
        let kind = if open.result == Some(result) { Kind::On } else { Kind::Plain };
        ui.act(key, which).kind(kind).on_press(Message::Result(result))
    });
    let mut lines = Column::new()
        .spacing(12)
        .push(ui.labelled(&ui.tr("welfare-contact"), ui.segments(ways.into(), 3)))
        .push(ui.labelled(&ui.tr("welfare-result"), ui.buttons(results, 2)));
    if open.result == Some(CheckResult::Away) {
        let until = ui.clock.today().checked_add_days(chrono::Days::new(open.away_days));
        let until = until.map(|day| ui.i18n.month_day(day)).unwrap_or_default();
        let words = ui.i18n.tr_with("welfare-away-until", &[("day", until.into())]);
        lines = lines.push(ui.stepper("away", &words, Message::Away(-1), Message::Away(1)));
    }
    lines = lines.push(ui.field(&ui.tr("welfare-note"), &open.note, Message::Note));
    let save = match open.result {
        None => "welfare-choose",
        Some(CheckResult::Safe) => "welfare-save-safe",
        Some(CheckResult::NoAnswer) => "welfare-save-wait",
        Some(CheckResult::Away) => "welfare-save-away",
        Some(CheckResult::Help) => "welfare-save-help",
    };
    let kind = match open.result {
        None => Kind::Plain,
        Some(CheckResult::Help) => Kind::Red,
        Some(_) => Kind::Main,
    };
    let save = ui.act(save, Icon::Save).kind(kind).on_press_maybe(open.result.map(|_| Message::Save));
    lines.push(Space::new().height(2)).push(save.width(Length::Fill)).into()
}
