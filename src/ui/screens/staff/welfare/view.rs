//! How the welfare list is drawn.

use daycare_core::care_plan::Risk;
use daycare_core::time::hour_minute;
use daycare_core::welfare::{Cared, Check, CheckResult, CheckWay, State};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, Row, Space, column, container, row};

use super::super::frame::{self, Place};
use super::{Line, Message, Open, PER_PAGE, Tab, Welfare};
use crate::reports::figures::living_key;
use crate::reports::lists::{rhythm_words, why_words};
use crate::ui::screens::Ctx;
use crate::ui::theme::{Look, Role, Shape};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk::{self, Chip, Kind};
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

fn state_chip<'a>(state: State, cx: &Ctx, look: Look) -> Element<'a, Message> {
    let (kind, which, key) = match state {
        State::Missed => (Chip::Act, Icon::TriangleAlert, "welfare-missed"),
        State::Due => (Chip::Coming, Icon::Footprints, "welfare-due"),
        State::CannotTell => (Chip::Unknown, Icon::MonitorOff, "welfare-unknown"),
        State::Away => (Chip::Over, Icon::Plane, "welfare-away"),
        State::Seen => (Chip::Now, Icon::Eye, "welfare-seen"),
    };
    desk::chip(kind, which, &cx.tr(key), look)
}

/// Key of the words of a class.
pub(in crate::ui::screens::staff) fn risk_key(risk: Risk) -> &'static str {
    match risk {
        Risk::High => "risk-high",
        Risk::Key => "risk-key",
        Risk::General => "risk-general",
    }
}

impl Welfare {
    /// Draws the screen.
    pub fn view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut content = Column::new().spacing(14).push(self.toolbar(cx, look));
        if let Some(strip) = frame::notice_strip(&self.notice, look) {
            content = content.push(strip);
        }
        let inner: Element<'a, Message> = match (&self.data, self.tab) {
            (None, _) => desk::middle(desk::words(cx.tr("please-wait"), Role::StaffName, look)),
            (Some(_), Tab::Cared) => self.cared_view(cx, look),
            (Some(_), _) => self.other_list(cx, look),
        };
        let content = content.push(inner).into();
        frame::frame(cx, look, Place::Welfare, &cx.tr("staff-welfare"), content, Message::Nav)
    }

    fn toolbar<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let tabs = frame::tabs(cx, look, &TABS, self.tab, Message::Tabbed);
        if self.tab != Tab::Cared {
            return tabs;
        }
        let print = frame::act(cx, look, ("welfare-print", Icon::Printer), Kind::Plain, Some(Message::Print));
        let export =
            frame::act(cx, look, ("save-xlsx", Icon::FileSpreadsheet), Kind::Plain, Some(Message::Export));
        column![tabs, desk::buttons(vec![print, export], 2)].spacing(12).into()
    }

    fn cared_view<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let mut list = Column::new().spacing(12).push(self.tiles(cx, look));
        if let Some(strip) = self.off_strip(cx, look) {
            list = list.push(strip);
        }
        let detail = self.open.as_ref().and_then(|open| {
            let cared = self.data.as_ref()?.list.cared.iter().find(|c| c.resident_id == open.who)?;
            Some(detail(open, cared, cx, look))
        });
        let wide = look.shape == Shape::Landscape;
        let list = list.push(self.people(cx, look, detail.is_some() && !wide));
        match detail {
            Some(detail) if wide => row![
                container(list).width(Length::FillPortion(3)),
                container(desk::scroll(detail)).width(Length::FillPortion(2)),
            ]
            .spacing(16)
            .into(),
            Some(detail) => column![
                container(list).height(Length::FillPortion(2)),
                container(desk::scroll(detail)).height(Length::FillPortion(3))
            ]
            .spacing(14)
            .into(),
            None => list.into(),
        }
    }

    fn tiles<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let cared = self.data.as_ref().map(|data| data.list.cared.as_slice()).unwrap_or_default();
        let tile = |(state, key, which): (Option<State>, &str, Icon)| {
            let count = cared.iter().filter(|c| state.is_none_or(|state| c.verdict.state == state)).count();
            let on = self.shown == state;
            let left_over = state == Some(State::Missed) && count > 0;
            let press = Some(Message::Shown(state));
            desk::tile((key, which), &cx.tr(key), &count.to_string(), (on, left_over), press, look)
        };
        let tiles = STATES.map(tile);
        if look.shape == Shape::Landscape {
            return Row::with_children(tiles).spacing(10).into();
        }
        let mut tiles = tiles.into_iter();
        let first: Vec<_> = tiles.by_ref().take(3).collect();
        column![Row::with_children(first).spacing(10), Row::with_children(tiles).spacing(10)]
            .spacing(10)
            .into()
    }

    /// When the kiosk was off: said here, and held against nobody.
    fn off_strip<'a>(&self, cx: &Ctx, look: Look) -> Option<Element<'a, Message>> {
        let data = self.data.as_ref()?;
        let since = cx.clock.today().checked_sub_days(chrono::Days::new(14))?;
        let off = data.list.house.off(since, cx.clock.local());
        let (from, to) = off.last()?;
        let hours = format!("{}–{}", hour_minute(from.time()), hour_minute(to.time()));
        let values = [("day", cx.i18n.month_day(from.date()).into()), ("hours", hours.into())];
        let words = cx.i18n.tr_with("welfare-off", &values);
        let line = row![
            container(icon(Icon::MonitorOff, look.palette.ink)).width(30).height(30),
            desk::words(words, Role::StaffBody, look)
        ]
        .spacing(12)
        .align_y(Vertical::Center);
        Some(desk::ground(line, look.palette.pressed, look.palette.edge, 2.0, look))
    }

    fn people<'a>(&'a self, cx: &'a Ctx, look: Look, short: bool) -> Element<'a, Message> {
        let cared = self.cared();
        if cared.is_empty() {
            return desk::middle(desk::words(cx.tr("welfare-nobody"), Role::StaffName, look));
        }
        let mut rows = Column::new();
        for one in cared.iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            rows = rows.push(self.person(one, cx, look)).push(desk::divider(look));
        }
        let list = desk::scroll(rows);
        let pages = cared.len().div_ceil(PER_PAGE);
        if short || pages < 2 {
            return list;
        }
        column![list, frame::pager(cx, look, self.page, pages, Message::Turned)].spacing(10).into()
    }

    fn person<'a>(&'a self, one: &'a Cared, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let muted = look.palette.muted;
        let today = cx.clock.today();
        let seen = one.verdict.seen.map_or_else(
            || cx.tr("welfare-never-came"),
            |day| {
                let days = (today - day).num_days();
                cx.i18n.tr_with(
                    "welfare-seen-on",
                    &[("day", cx.i18n.month_day(day).into()), ("days", days.into())],
                )
            },
        );
        let duty = cx.tr(risk_key(one.risk));
        let about = column![
            desk::words(rhythm_words(one, &cx.i18n), Role::StaffBody, look),
            desk::tinted(format!("{duty} · {seen}"), Role::StaffBody, muted, look),
        ];
        let line = row![
            container(desk::person(&one.picture, &one.name, &cx.called(&one.called_by), &one.yard, look))
                .width(Length::FillPortion(4)),
            container(about).width(Length::FillPortion(5)),
            container(state_chip(one.verdict.state, cx, look))
                .width(180)
                .align_x(iced::alignment::Horizontal::Right),
        ]
        .spacing(14)
        .padding(10)
        .align_y(Vertical::Center);
        let on = self.open.as_ref().is_some_and(|open| open.who == one.resident_id);
        let press = Some(Message::Opened(one.resident_id));
        desk::touch_row(&format!("open-{}", one.resident_id), line.into(), on, press, desk::ROW, look)
    }

    fn other_list<'a>(&'a self, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
        let lines = self.lines(cx);
        if lines.is_empty() {
            return desk::middle(desk::words(cx.tr("welfare-nobody"), Role::StaffName, look));
        }
        let count = cx.i18n.tr_with("residents-count", &[("count", lines.len().into())]);
        let pages = lines.len().div_ceil(PER_PAGE);
        let mut rows = Column::new();
        for Line { resident, words } in lines.into_iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            let profile = &resident.profile;
            let person = desk::person(
                &profile.picture,
                &profile.name,
                &cx.called(&profile.called_by),
                &profile.yard,
                look,
            );
            let line =
                row![container(person).width(Length::Fill), desk::words(words, Role::StaffBody, look),]
                    .spacing(14)
                    .padding(10)
                    .align_y(Vertical::Center);
            let press = Some(Message::File(resident.id));
            let touch =
                desk::touch_row(&format!("file-{}", resident.id), line.into(), false, press, desk::ROW, look);
            rows = rows.push(touch).push(desk::divider(look));
        }
        column![
            desk::words(count, Role::StaffName, look),
            desk::scroll(rows),
            frame::pager(cx, look, self.page, pages, Message::Turned),
        ]
        .spacing(12)
        .into()
    }
}

/// Who it is, why they are on the list, what was done, and what is done now.
fn detail<'a>(open: &'a Open, one: &'a Cared, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let mut card = Column::new().spacing(14).push(who(open, one, cx, look));
    let why = column![
        desk::words(cx.tr("welfare-why"), Role::StaffName, look),
        desk::words(why_words(one, &cx.i18n), Role::StaffBody, look),
    ];
    card = card.push(desk::amber_box(why.spacing(4), look));
    for check in open.checks.iter().take(3) {
        card = card.push(check_line(check, cx, look));
    }
    let classes = Risk::ALL.map(|risk| {
        let key = risk_key(risk);
        (key, cx.tr(key), one.risk == risk, Message::Classed(risk))
    });
    card = card
        .push(desk::labelled(&cx.tr("welfare-class"), frame::segments(classes.into(), 3, look), look))
        .push(desk::divider(look))
        .push(form(open, cx, look));
    let p = look.palette;
    desk::ground(card, p.card, p.green, 3.0, look)
}

fn who<'a>(open: &'a Open, one: &'a Cared, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let shown = open.revealed.shows(one.resident_id);
    let phone = open.revealed.phone(one.resident_id, &one.phone);
    let age = one.born_on.map(|born| born.age_on(cx.clock.today()));
    let age = age.map(|age| cx.i18n.tr_with("residents-age", &[("age", age.into())])).unwrap_or_default();
    let living = one.living.map(|living| cx.tr(living_key(living))).unwrap_or_default();
    let below = [age, living, phone, one.door.clone()];
    let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let ask = (!shown && !one.phone.is_empty()).then_some(Message::Phone);
    row![
        container(desk::person(&one.picture, &one.name, &cx.called(&one.called_by), &below, look))
            .width(Length::Fill),
        frame::act_wide(cx, look, ("welfare-number", Icon::Phone), 170.0, ask),
        frame::act_wide(
            cx,
            look,
            ("welfare-file", Icon::FolderOpen),
            150.0,
            Some(Message::File(one.resident_id))
        ),
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

fn check_line<'a>(check: &Check, cx: &Ctx, look: Look) -> Element<'a, Message> {
    let at = check.at.local(cx.clock.zone());
    let (way, which) = way_words(check.way);
    let day = format!("{} {}", cx.i18n.month_day(at.date()), hour_minute(at.time()));
    let parts = [day, cx.tr(way), cx.tr(result_words(check.result).0), check.by.clone(), check.note.clone()];
    let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    row![
        container(icon(which, look.palette.green)).width(28).height(28),
        desk::words(words, Role::StaffBody, look)
    ]
    .spacing(12)
    .align_y(Vertical::Center)
    .into()
}

fn form<'a>(open: &'a Open, cx: &'a Ctx, look: Look) -> Element<'a, Message> {
    let ways = [CheckWay::Phone, CheckWay::Home, CheckWay::Family].map(|way| {
        let key = way_words(way).0;
        (key, cx.tr(key), open.way == way, Message::Way(way))
    });
    let results = [CheckResult::Safe, CheckResult::NoAnswer, CheckResult::Away, CheckResult::Help];
    let results = results.map(|result| {
        let (key, which) = result_words(result);
        let kind = if open.result == Some(result) { Kind::On } else { Kind::Plain };
        frame::act(cx, look, (key, which), kind, Some(Message::Result(result)))
    });
    let mut lines = Column::new()
        .spacing(12)
        .push(desk::labelled(&cx.tr("welfare-contact"), frame::segments(ways.into(), 3, look), look))
        .push(desk::labelled(&cx.tr("welfare-result"), desk::buttons(results.into(), 2), look));
    if open.result == Some(CheckResult::Away) {
        let until = cx.clock.today().checked_add_days(chrono::Days::new(open.away_days));
        let until = until.map(|day| cx.i18n.month_day(day)).unwrap_or_default();
        let words = cx.i18n.tr_with("welfare-away-until", &[("day", until.into())]);
        lines = lines.push(desk::stepper("away", &words, Message::Away(-1), Message::Away(1), look));
    }
    lines = lines.push(desk::field(&cx.tr("welfare-note"), &open.note, Message::Note, look));
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
    let save = frame::act(cx, look, (save, Icon::Save), kind, open.result.map(|_| Message::Save));
    lines.push(Space::new().height(2)).push(desk::sized(save, Length::Fill, desk::CONTROL)).into()
}
