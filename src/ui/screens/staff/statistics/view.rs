//! How the figures are drawn.

use daycare_core::papers::Audience;
use daycare_core::statistics::{By, Group, Key, Statistics as Figures, share};
use iced::Length;
use iced::alignment::{Horizontal, Vertical};
use iced::widget::{Column, Row, Space, column, container, row};

use super::super::frame::Place;
use super::super::span::{self, Span};
use super::{Data, Message, Statistics};
use crate::graphics::bars::Bar;
use crate::reports::figures::key_words;
use crate::reports::period::month_bars;
use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::theme::Role;
use crate::ui::widgets::Element;
use crate::ui::widgets::bars::bars;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::{Icon, icon};

/// Breakdowns to choose from; months and purposes are always shown.
const TABLES: [By; 8] =
    [By::Yard, By::Grid, By::Age, By::Sex, By::Living, By::Service, By::Activity, By::Year];

impl Statistics {
    /// Draws the screen.
    pub(super) fn draw<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let today = ui.clock.today();
        let spans = [Span::Day(today), Span::Month(today), Span::Year(today), Span::All];
        let mut content = Column::new()
            .spacing(12)
            .push(span::bar(ui, &spans, self.span, Message::Spanned))
            .push(self.filters(ui));
        let yards = self.data.as_ref().map_or(&[][..], |data| &data.yards);
        if let Some(choices) = self.filters.choices(yards, ui, Message::Filters) {
            content = content.push(choices);
        }
        if let Some(strip) = ui.feedback(&self.notice) {
            content = content.push(strip);
        }
        let inner = self.data.view(ui, Message::Reload, |data| controls::scroll(self.figures(data, ui)));
        let content = content.push(inner).push(self.papers(ui));
        ui.page(Place::Statistics, &ui.tr("staff-statistics"), content, Message::Nav)
    }

    fn filters<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let kind = if self.compared { Kind::On } else { Kind::Plain };
        let which = if self.compared { Icon::SquareCheck } else { Icon::Square };
        let compare = ui.act("figures-compare", which).kind(kind).on_press(Message::Compared);
        let [yard, living] = self.filters.buttons(ui, Message::Filters);
        ui.buttons([compare.into(), yard, living], 3)
    }

    fn figures<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let wide = ui.is_wide();
        let chart = self.chart(data, ui);
        let purposes = table(data, By::Purpose, self.compared, ui);
        let mut all = Column::new().spacing(14).push(self.numbers(data, ui));
        if wide {
            let pair = row![
                container(chart).width(Length::FillPortion(5)),
                container(purposes).width(Length::FillPortion(3)),
            ];
            all = all.push(pair.spacing(14));
        } else {
            all = all.push(chart).push(purposes);
        }
        let choices = TABLES.map(|by| (by.key(), ui.tr(by.key()), self.by == by, Message::By(by)));
        all = all
            .push(ui.segments(choices.into(), if wide { 8 } else { 4 }))
            .push(table(data, self.by, self.compared, ui))
            .push(ui.muted(ui.tr("counting-rule")));
        all.into()
    }

    fn numbers<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let now = &data.now;
        let tenths = now.tenths_a_day();
        let change = self.compared.then(|| change_words(data, ui.cx));
        let registered = ui.i18n.tr_with("figures-of-registered", &[("count", now.registered.into())]);
        let days = ui.i18n.tr_with("figures-open-days", &[("count", now.open_days.into())]);
        let tiles = [
            ("figures-visits", now.total.visits.to_string(), change.unwrap_or_default()),
            ("figures-people", now.total.people.to_string(), registered),
            ("figures-a-day", format!("{}.{}", tenths / 10, tenths % 10), days),
            ("figures-meals", now.meals.to_string(), ui.tr("figures-meal-rule")),
        ];
        let tiles = tiles.map(|(key, number, below)| {
            let lines = column![ui.muted(ui.tr(key)), ui.text(number, Role::StaffNumber), ui.muted(below),];
            ui.card(lines.spacing(2))
        });
        if ui.is_wide() {
            return Row::with_children(tiles).spacing(12).into();
        }
        let mut tiles = tiles.into_iter();
        let first: Vec<_> = tiles.by_ref().take(2).collect();
        column![Row::with_children(first).spacing(12), Row::with_children(tiles).spacing(12)]
            .spacing(12)
            .into()
    }

    fn chart<'a>(&'a self, data: &'a Data, ui: Ui<'a>) -> Element<'a, Message> {
        let wide = ui.is_wide();
        let size = if wide { (980.0, 420.0) } else { (860.0, 400.0) };
        let (title, shown, people) = match self.span {
            Span::Day(_) | Span::Month(_) => ("figures-by-day", days(&data.now, ui.cx), false),
            Span::Year(_) | Span::All => {
                let before = self.compared.then_some(&data.before);
                ("figures-by-month", months(&data.now, before, ui.cx), true)
            }
        };
        let mut legend = row![
            ui.strong(ui.tr(title)),
            Space::new().width(Length::Fill),
            swatch(ui.palette().blue),
            ui.body(ui.tr("figures-visits")),
        ];
        if self.compared && people {
            legend = legend.push(swatch(ui.palette().amber_high)).push(ui.body(ui.tr("figures-before")));
        }
        let mut lines = column![
            legend.spacing(10).align_y(Vertical::Center),
            bars(&shown, &ui.tr("figures-closed"), size, ui.look)
        ];
        if people && shown.len() <= 12 {
            lines = lines.push(people_strip(&data.now, shown.len(), ui));
        }
        ui.card(lines.spacing(8))
    }

    fn papers<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let audience = [(Audience::Street, "for-street"), (Audience::Operator, "for-operator")];
        let audience = audience.map(|(to, key)| (key, ui.tr(key), self.audience == to, Message::For(to)));
        let report = if matches!(self.span, Span::Month(_)) { "print-month" } else { "print-report" };
        let buttons = vec![
            ui.act("attendance-print", Icon::ListChecks).on_press(Message::Attendance(false)),
            ui.act("attendance-xlsx", Icon::FileSpreadsheet).on_press(Message::Attendance(true)),
            ui.act("save-xlsx", Icon::FileSpreadsheet).on_press(Message::SaveXlsx),
            ui.act("save-pdf", Icon::FileText).on_press(Message::SavePdf),
            ui.act(report, Icon::Printer).kind(Kind::Main).on_press(Message::Print),
        ];
        let wide = ui.is_wide();
        let audience = ui.segments(audience.into(), 2);
        if wide {
            let audience = container(audience).width(Length::FillPortion(2));
            let buttons = container(ui.buttons(buttons, 5)).width(Length::FillPortion(5));
            return row![audience, buttons].spacing(12).into();
        }
        column![audience, ui.buttons(buttons, 3)].spacing(10).into()
    }
}

fn swatch<'a>(fill: iced::Color) -> Element<'a, Message> {
    container(Space::new().width(26).height(20))
        .style(move |_| container::Style {
            background: Some(iced::Background::Color(fill)),
            ..container::Style::default()
        })
        .into()
}

fn change_words(data: &Data, cx: &Ctx) -> String {
    let (now, old) = (data.now.total.visits, data.before.total.visits);
    if old == 0 {
        return cx.tr("figures-no-before");
    }
    let (key, difference) =
        if now >= old { ("figures-more", now - old) } else { ("figures-fewer", old - now) };
    cx.i18n.tr_with(key, &[("percent", share(difference, old).unwrap_or(0).into())])
}

fn days(now: &Figures, cx: &Ctx) -> Vec<Bar> {
    use chrono::Datelike;
    let today = cx.clock.today();
    let days = now.period.from.iter_days().take_while(|day| *day <= now.period.to);
    days.map(|day| {
        let found = now.by(By::Day).iter().find(|group| group.key == Key::Day(day));
        let value = found.map_or(0, |group| group.count.visits);
        Bar {
            label: day.day().to_string(),
            value,
            closed: value == 0,
            unfinished: day == today,
            before: None,
        }
    })
    .collect()
}

fn months(now: &Figures, before: Option<&Figures>, cx: &Ctx) -> Vec<Bar> {
    let mut bars = month_bars(now, before, cx.clock.today());
    // A long history shows its last two years.
    let skip = bars.len().saturating_sub(24);
    bars.drain(..skip);
    bars
}

/// A table with a bar of the share, or of the size.
fn table<'a>(data: &'a Data, by: By, compared: bool, ui: Ui<'a>) -> Element<'a, Message> {
    let groups = data.now.by(by);
    let of_people = groups.iter().any(|group| group.registered.is_some());
    let head = |words: String, portion| {
        container(ui.muted(words)).width(Length::FillPortion(portion)).align_x(Horizontal::Right)
    };
    let mut heads = row![
        container(ui.strong(ui.tr(by.key()))).width(Length::FillPortion(6)),
        container(Space::new()).width(Length::FillPortion(4)),
    ];
    if of_people {
        heads = heads.push(head(ui.tr("figures-came-of"), 4)).push(head(ui.tr("figures-share"), 3));
    } else {
        heads = heads.push(head(ui.tr("figures-people"), 3));
    }
    heads = heads.push(head(ui.tr("figures-visits"), 3));
    if compared && !matches!(by, By::Year) {
        heads = heads.push(head(ui.tr("figures-before"), 4));
    }
    let most = groups.iter().map(|group| group.count.visits).max().unwrap_or(0);
    let mut lines = Column::new().spacing(8).push(heads.spacing(10)).push(ui.divider());
    if groups.is_empty() {
        lines = lines.push(ui.body(ui.tr("welfare-nobody")));
    }
    for group in groups {
        let before = (compared && !matches!(by, By::Year)).then(|| earlier(data, by, group));
        let label = key_words(&group.key, &ui.i18n);
        let label = if matches!(by, By::Purpose) { ui.name(&label) } else { label };
        lines = lines.push(line(label, group, most, before, ui)).push(ui.divider());
    }
    ui.card(lines)
}

fn earlier(data: &Data, by: By, group: &Group) -> u32 {
    data.before.by(by).iter().find(|old| old.key == group.key).map_or(0, |old| old.count.visits)
}

fn line<'a>(
    label: String,
    group: &Group,
    most: u32,
    before: Option<u32>,
    ui: Ui<'a>,
) -> Element<'a, Message> {
    let p = ui.palette();
    let number = |words: String, portion, color| {
        container(ui.tinted(words, Role::StaffBody, color))
            .width(Length::FillPortion(portion))
            .align_x(Horizontal::Right)
    };
    let bar = match group.share() {
        Some(share) => controls::share_bar(share, ui.look),
        None => controls::size_bar(share(group.count.visits, most).unwrap_or(0), ui.look),
    };
    let mut line = row![
        container(ui.body(label)).width(Length::FillPortion(6)),
        container(bar).width(Length::FillPortion(4)),
    ]
    .spacing(10)
    .align_y(Vertical::Center);
    if let (Some(registered), Some(share)) = (group.registered, group.share()) {
        let low = share < 50;
        let color = if low { p.red } else { p.ink };
        let mut cell = Row::new().spacing(6).align_y(Vertical::Center);
        if low {
            cell = cell.push(container(icon(Icon::TriangleAlert, p.red)).width(24).height(24));
        }
        let cell = cell.push(ui.tinted(format!("{share}%"), Role::StaffBody, color));
        line = line
            .push(number(format!("{}/{registered}", group.count.people), 4, p.ink))
            .push(container(cell).width(Length::FillPortion(3)).align_x(Horizontal::Right));
    } else {
        line = line.push(number(group.count.people.to_string(), 3, p.ink));
    }
    line = line.push(number(group.count.visits.to_string(), 3, p.ink));
    if let Some(before) = before {
        line = line.push(number(before.to_string(), 4, p.muted));
    }
    line.into()
}

/// 人数 of each month under its bar, as a strip of numbers.
fn people_strip<'a>(now: &Figures, months: usize, ui: Ui<'a>) -> Element<'a, Message> {
    let p = ui.palette();
    let mut strip = Row::new().align_y(Vertical::Center);
    strip = strip.push(
        container(ui.tinted(ui.tr("figures-people"), Role::StaffBody, p.green))
            .width(84)
            .align_x(Horizontal::Center),
    );
    let first = daycare_core::period::Period::month_of(now.period.from).from;
    for at in 0..months {
        let month = first.checked_add_months(chrono::Months::new(u32::try_from(at).unwrap_or(0)));
        let found = month.and_then(|month| {
            use chrono::Datelike;
            let key = Key::Month(month.year(), month.month());
            now.by(By::Month).iter().find(|group| group.key == key)
        });
        let words = found.map(|group| group.count.people.to_string()).unwrap_or_default();
        strip = strip.push(container(ui.tinted(words, Role::StaffBody, p.green)).center_x(Length::Fill));
    }
    ui.ground(strip, p.tint, p.tint, 0.0)
}
