//! The frame of a staff screen: navigation at the left, title at the top, content.

use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};
use iced::{Background, Length};

use super::kit::Ui;
use crate::ui::screens::{Action, Route};
use crate::ui::theme::Role;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::touch::{Face, Faces, Touch};
use crate::ui::widgets::{Element, Press, icon};

use super::hub_clock::{self, LIMIT_MS};

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// 今日
    Board,
    /// 来访
    History,
    /// 老人
    Residents,
    /// 健康
    Clinic,
    /// 活动
    Programme,
    /// 关怀名单
    Welfare,
    /// 统计
    Statistics,
    /// 交班本
    ShiftBook,
    /// 设置
    Settings,
}

/// Buttons of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// Go to a place.
    To(Place),
    /// 锁屏
    Lock,
}

impl<M> From<Nav> for Action<M> {
    fn from(nav: Nav) -> Self {
        match nav {
            Nav::To(Place::Board) => Self::Go(Route::Board),
            Nav::To(Place::History) => Self::Go(Route::History),
            Nav::To(Place::Residents) => Self::Go(Route::Residents),
            Nav::To(Place::Clinic) => Self::Go(Route::Clinic),
            Nav::To(Place::Programme) => Self::Go(Route::Programme),
            Nav::To(Place::Welfare) => Self::Go(Route::Welfare),
            Nav::To(Place::Statistics) => Self::Go(Route::Statistics),
            Nav::To(Place::ShiftBook) => Self::Go(Route::ShiftBook),
            Nav::To(Place::Settings) => Self::Go(Route::Settings),
            Nav::Lock => Self::Lock,
        }
    }
}

const PLACES: [(Place, &str, Icon); 9] = [
    (Place::Board, "staff-board", Icon::LayoutDashboard),
    (Place::History, "staff-history", Icon::History),
    (Place::Residents, "staff-residents", Icon::Users),
    (Place::Clinic, "staff-clinic", Icon::HeartPulse),
    (Place::Programme, "staff-programme", Icon::CalendarRange),
    (Place::Welfare, "staff-welfare", Icon::HandHeart),
    (Place::Statistics, "staff-statistics", Icon::ChartColumn),
    (Place::ShiftBook, "staff-shift-book", Icon::NotebookPen),
    (Place::Settings, "staff-settings", Icon::Settings),
];

/// Padding in px at the edges of the screen and the rail.
pub const PADDING: f32 = 20.0;
/// Width in px of the time at the upper right.
pub const CLOCK: f32 = 150.0;
/// Width in px reserved beside the time for the demo mark.
pub const MARK: f32 = 260.0;

impl<'a> Ui<'a> {
    /// The whole screen around `content`: navigation, title, time, and warnings about the clock.
    pub fn page<M: Clone + 'a>(
        self,
        here: Place,
        title: &str,
        content: impl Into<Element<'a, M>>,
        nav: impl Fn(Nav) -> M,
    ) -> Element<'a, M> {
        let rail = rail(self, here, &nav);
        let now = self.clock.local();
        let day = format!("{} · {}", self.i18n.day_line(now.date()), self.i18n.lunar_line(now.date()));
        let mark = if self.centre.demo { MARK } else { 0.0 };
        let head = row![
            column![self.text(title, Role::StaffTitle), self.muted(day)].width(Length::Fill),
            Space::new().width(mark),
            container(self.text(hour_minute(now.time()), Role::StaffNumber))
                .width(CLOCK)
                .align_x(iced::Alignment::End),
        ]
        .align_y(Vertical::Center);
        let mut main = column![head, self.divider()].spacing(16).padding(PADDING);
        if self.waiting.clock_off_ms.abs() > LIMIT_MS {
            main = main.push(self.error_strip(&hub_clock::words(self.waiting.clock_off_ms, self.cx)));
        }
        if let Some(doubt) = self.clock_doubt {
            main = main.push(self.error_strip(&self.tr(doubt.key())));
        }
        let main = main.push(content.into());
        let paper = self.palette().paper;
        container(row![rail, main])
            .width(Length::Fill)
            .height(Length::Fill)
            .style(move |_| container::Style {
                background: Some(Background::Color(paper)),
                ..container::Style::default()
            })
            .into()
    }
}

/// The navigation: icons over words on a portrait screen, beside them on a landscape one;
/// below them the account and the lock button.
fn rail<'a, M: Clone + 'a>(ui: Ui<'a>, here: Place, nav: &impl Fn(Nav) -> M) -> Element<'a, M> {
    let wide = ui.is_wide();
    let mut rail = Column::new().spacing(if wide { 6 } else { 10 }).padding(12);
    for (place, key, which) in PLACES {
        let (waiting, unit) = match place {
            Place::Board => (ui.waiting.calls, "nav-waiting"),
            Place::Welfare => (ui.waiting.missed, "nav-waiting"),
            Place::Settings => (ui.waiting.decisions, "nav-things"),
            _ => (0, "nav-waiting"),
        };
        let badge = ui.i18n.tr_with(unit, &[("count", waiting.into())]);
        let badge = (waiting > 0).then_some(badge);
        let entry = Entry { name: key, label: ui.tr(key), which, on: place == here, badge };
        rail = rail.push(rail_button(entry, nav(Nav::To(place)), ui));
    }
    rail = rail.push(Space::new().height(Length::Fill));
    if let Some(staff) = &ui.staff {
        let who = column![ui.body(staff.name.clone()), ui.muted(ui.tr(role_key(staff.role))),];
        rail = rail.push(container(who.align_x(iced::Alignment::Center)).center_x(Length::Fill));
    }
    let lock = Entry { name: "lock", label: ui.tr("staff-lock"), which: Icon::Lock, on: false, badge: None };
    rail = rail.push(rail_button(lock, nav(Nav::Lock), ui));
    let sunk = ui.palette().sunk;
    let width = if wide { 244 } else { 136 };
    container(rail)
        .width(width)
        .height(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(sunk)),
            ..container::Style::default()
        })
        .into()
}

/// Text key of a role.
#[must_use]
pub fn role_key(role: daycare_core::staff::Role) -> &'static str {
    use daycare_core::staff::Role as Of;
    match role {
        Of::Caregiver => "role-caregiver",
        Of::Nurse => "role-nurse",
        Of::Manager => "role-manager",
    }
}

/// One button of the rail.
struct Entry<'a> {
    name: &'a str,
    label: String,
    which: Icon,
    on: bool,
    /// Number of things to see to there.
    badge: Option<String>,
}

fn rail_button<'a, M: Clone + 'a>(entry: Entry<'_>, message: M, ui: Ui<'a>) -> Element<'a, M> {
    let p = ui.palette();
    let (fill, ink) = if entry.on { (p.green, p.on_green) } else { (p.sunk, p.ink) };
    let face = |fill| Face { fill, edge: p.edge, edge_width: 0.0, radius: 12.0 };
    let picture = container(icon::icon(entry.which, ink)).width(32).height(32);
    let label = ui.tinted(entry.label, Role::StaffBody, ink);
    let badge = entry.badge.map(|words| count_badge(words, ui));
    let wide = ui.is_wide();
    let content: Element<'a, M> = if wide {
        let mut line = row![picture, container(label).width(Length::Fill)].spacing(8);
        if let Some(badge) = badge {
            line = line.push(badge);
        }
        container(line.align_y(Vertical::Center)).padding([0, 8]).center_y(Length::Fill).into()
    } else {
        let mut top = row![picture].spacing(6).align_y(Vertical::Center);
        if let Some(badge) = badge {
            top = top.push(badge);
        }
        container(column![top, label].spacing(2).align_x(iced::Alignment::Center)).center(Length::Fill).into()
    };
    let faces = Faces { rest: face(fill), pressed: face(p.pressed) };
    let touch = Touch::new(&format!("nav:{}", entry.name), faces, Some(Press::Own(message)), content);
    container(touch).width(Length::Fill).height(if wide { 76 } else { 104 }).into()
}

/// A red disc with a number.
fn count_badge<'a, M: 'a>(count: String, ui: Ui<'a>) -> Element<'a, M> {
    let p = ui.palette();
    let fill = p.red;
    let words = ui.tinted(count, Role::StaffBody, p.card);
    container(words)
        .padding([2, 8])
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: iced::Border { radius: 20.0.into(), ..iced::Border::default() },
            ..container::Style::default()
        })
        .into()
}
