//! The frame of a staff screen: places at the left, title on top, content.

use daycare_core::access::Permission;
use daycare_core::time::hour_minute;
use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};
use iced::{Background, Length};

use crate::ui::screens::{Action, Ctx, Route};
use crate::ui::theme::{Look, Role, Shape};
use crate::ui::widgets::desk::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::touch::{Face, Faces, Touch};
use crate::ui::widgets::{Element, Press, icon};

use super::hub_clock::{self, LIMIT_MS};

/// A place of the navigation.
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

/// What the frame itself asks for.
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

/// Distance of everything to the edges of the screen and the rail.
pub const PADDING: f32 = 20.0;
/// Width of the time at the upper right.
pub const CLOCK: f32 = 150.0;
/// Room beside the time for the mark of a demo.
pub const MARK: f32 = 260.0;

/// The whole screen around `content`.
pub fn frame<'a, M: Clone + 'a>(
    cx: &'a Ctx,
    look: Look,
    here: Place,
    title: &str,
    content: Element<'a, M>,
    nav: impl Fn(Nav) -> M,
) -> Element<'a, M> {
    let p = look.palette;
    let rail = rail(cx, look, here, &nav);
    let now = cx.clock.local();
    let day = format!("{} · {}", cx.i18n.day_line(now.date()), cx.i18n.lunar_line(now.date()));
    let mark = if cx.centre.demo { MARK } else { 0.0 };
    let head = row![
        column![
            desk::words(title, Role::StaffTitle, look),
            desk::tinted(day, Role::StaffBody, p.muted, look)
        ]
        .width(Length::Fill),
        Space::new().width(mark),
        container(desk::words(hour_minute(now.time()), Role::StaffNumber, look))
            .width(CLOCK)
            .align_x(iced::Alignment::End),
    ]
    .align_y(Vertical::Center);
    let mut main = column![head, desk::divider(look)].spacing(16).padding(PADDING);
    if cx.waiting.clock_off_ms.abs() > LIMIT_MS {
        main = main.push(error_strip(&hub_clock::words(cx.waiting.clock_off_ms, cx), look));
    }
    if let Some(doubt) = cx.clock_doubt {
        main = main.push(error_strip(&cx.tr(doubt.key()), look));
    }
    let main = main.push(content);
    let paper = p.paper;
    container(row![rail, main])
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(paper)),
            ..container::Style::default()
        })
        .into()
}

/// The places at the left: icons over words on a tall screen, beside them on a
/// wide one; below who is signed in, and the lock.
fn rail<'a, M: Clone + 'a>(cx: &'a Ctx, look: Look, here: Place, nav: &impl Fn(Nav) -> M) -> Element<'a, M> {
    let wide = look.shape == Shape::Landscape;
    let mut rail = Column::new().spacing(if wide { 6 } else { 10 }).padding(12);
    for (place, key, which) in PLACES {
        let (waiting, unit) = match place {
            Place::Board => (cx.waiting.calls, "nav-waiting"),
            Place::Welfare => (cx.waiting.missed, "nav-waiting"),
            Place::Settings => (cx.waiting.decisions, "nav-things"),
            _ => (0, "nav-waiting"),
        };
        let badge = cx.i18n.tr_with(unit, &[("count", waiting.into())]);
        let badge = (waiting > 0).then_some(badge);
        let entry = Entry { name: key, label: cx.tr(key), which, on: place == here, badge };
        rail = rail.push(rail_button(entry, nav(Nav::To(place)), look));
    }
    rail = rail.push(Space::new().height(Length::Fill));
    if let Some(staff) = &cx.staff {
        let who = column![
            desk::words(staff.name.clone(), Role::StaffBody, look),
            desk::tinted(cx.tr(role_key(staff.role)), Role::StaffBody, look.palette.muted, look),
        ];
        rail = rail.push(container(who.align_x(iced::Alignment::Center)).center_x(Length::Fill));
    }
    let lock = Entry { name: "lock", label: cx.tr("staff-lock"), which: Icon::Lock, on: false, badge: None };
    rail = rail.push(rail_button(lock, nav(Nav::Lock), look));
    let sunk = look.palette.sunk;
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

/// Key of the words of a role.
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
    /// How much waits there.
    badge: Option<String>,
}

fn rail_button<'a, M: Clone + 'a>(entry: Entry<'_>, message: M, look: Look) -> Element<'a, M> {
    let p = look.palette;
    let (fill, ink) = if entry.on { (p.green, p.on_green) } else { (p.sunk, p.ink) };
    let face = |fill| Face { fill, edge: p.edge, edge_width: 0.0, radius: 12.0 };
    let picture = container(icon::icon(entry.which, ink)).width(32).height(32);
    let label = desk::tinted(entry.label, Role::StaffBody, ink, look);
    let badge = entry.badge.map(|words| count_badge(words, look));
    let wide = look.shape == Shape::Landscape;
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
fn count_badge<'a, M: 'a>(count: String, look: Look) -> Element<'a, M> {
    let p = look.palette;
    let fill = p.red;
    let words = desk::tinted(count, Role::StaffBody, p.card, look);
    container(words)
        .padding([2, 8])
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: iced::Border { radius: 20.0.into(), ..iced::Border::default() },
            ..container::Style::default()
        })
        .into()
}

/// A strip with what was just done and a way back for 15 seconds.
pub fn done_strip<'a, M: Clone + 'a>(words: &str, undo: Option<(&str, M)>, look: Look) -> Element<'a, M> {
    let p = look.palette;
    let mut line = row![
        container(icon::icon(Icon::CircleCheck, p.green)).width(32).height(32),
        container(desk::words(words, Role::StaffName, look)).width(Length::Fill),
    ]
    .spacing(12)
    .align_y(Vertical::Center);
    if let Some((label, message)) = undo {
        let button = desk::button("undo", label, Some(Icon::Undo2), Kind::Plain, Some(message), look);
        line = line.push(desk::sized(button, 200.0, desk::CONTROL));
    }
    desk::ground(line, p.tint, p.green, 2.0, look)
}

/// Previous and next page of a list, with the page words between.
pub fn pager<'a, M: Clone + 'a>(
    cx: &Ctx,
    look: Look,
    page: usize,
    pages: usize,
    turn: impl Fn(usize) -> M,
) -> Element<'a, M> {
    if pages < 2 {
        return Space::new().into();
    }
    let words = cx.i18n.tr_with("page-of", &[("page", (page + 1).into()), ("pages", pages.into())]);
    let end = |name: &str, key: &str, there: bool, to: usize| {
        let label = cx.tr(key);
        let button = desk::button(name, &label, None, Kind::Plain, there.then(|| turn(to)), look);
        desk::sized(button, 200.0, desk::CONTROL)
    };
    row![
        end("previous", "page-previous", page > 0, page.saturating_sub(1)),
        container(desk::words(words, Role::StaffName, look)).center_x(Length::Fill),
        end("next", "page-next", page + 1 < pages, page + 1),
    ]
    .align_y(Vertical::Center)
    .into()
}

/// A strip that says what did not work.
pub fn error_strip<'a, M: 'a>(words: &str, look: Look) -> Element<'a, M> {
    strip(words, Icon::CircleAlert, (look.palette.red, look.palette.red_soft), look)
}

/// Something that staff see to in the coming days.
pub fn warning_strip<'a, M: 'a>(words: &str, look: Look) -> Element<'a, M> {
    strip(words, Icon::TriangleAlert, (look.palette.amber_line, look.palette.amber_soft), look)
}

fn strip<'a, M: 'a>(
    words: &str,
    which: Icon,
    (ink, ground): (iced::Color, iced::Color),
    look: Look,
) -> Element<'a, M> {
    let line = row![
        container(icon::icon(which, ink)).width(32).height(32),
        container(desk::words(words, Role::StaffName, look)).width(Length::Fill),
    ]
    .spacing(12)
    .align_y(Vertical::Center);
    desk::ground(line, ground, ink, 2.0, look)
}

/// Several choices side by side, one of them on.
pub fn segments<'a, M: Clone + 'a>(
    choices: Vec<(&str, String, bool, M)>,
    per_row: usize,
    look: Look,
) -> Element<'a, M> {
    let button = |(name, label, on, message): (&str, String, bool, M)| {
        let kind = if on { Kind::On } else { Kind::Plain };
        desk::button(name, &label, None, kind, Some(message), look)
    };
    desk::buttons(choices.into_iter().map(button).collect(), per_row)
}

/// What a screen has to say about the last thing done.
pub type Notice = Option<std::result::Result<String, String>>;

/// The strip of a notice, if there is one.
pub fn notice_strip<'a, M: Clone + 'a>(notice: &Notice, look: Look) -> Option<Element<'a, M>> {
    notice.as_ref().map(|notice| match notice {
        Ok(words) => done_strip(words, None, look),
        Err(words) => error_strip(words, look),
    })
}

/// A button known by the key of its words.
pub fn act<'a, M: Clone + 'a>(
    cx: &Ctx,
    look: Look,
    (key, which): (&str, Icon),
    kind: Kind,
    message: Option<M>,
) -> Element<'a, M> {
    desk::button(key, &cx.tr(key), Some(which), kind, message, look)
}

/// The same at a width of its own.
pub fn act_wide<'a, M: Clone + 'a>(
    cx: &Ctx,
    look: Look,
    what: (&str, Icon),
    width: f32,
    message: Option<M>,
) -> Element<'a, M> {
    desk::sized(act(cx, look, what, Kind::Plain, message), width, desk::CONTROL)
}

/// Tabs of a screen: words side by side, one of them on.
pub fn tabs<'a, T: Copy + PartialEq, M: Clone + 'a>(
    cx: &Ctx,
    look: Look,
    all: &[(T, &str)],
    on: T,
    tabbed: impl Fn(T) -> M,
) -> Element<'a, M> {
    let choices = all.iter().map(|(tab, key)| (*key, cx.tr(key), *tab == on, tabbed(*tab))).collect();
    let per_row = match (look.shape, all.len()) {
        (_, few @ ..=5) => few,
        (Shape::Landscape, many) => many,
        (Shape::Portrait, many) => many.div_ceil(2),
    };
    segments(choices, per_row, look)
}

/// What stands where somebody may not look: a lock and whom to ask.
pub fn locked<'a, M: 'a>(cx: &Ctx, look: Look, what: Permission) -> Element<'a, M> {
    let p = look.palette;
    let words = column![
        container(icon::icon(Icon::Lock, p.muted)).width(72).height(72),
        desk::words(cx.tr(what.ask_key()), Role::StaffName, look),
    ];
    desk::middle(words.spacing(20).align_x(iced::Alignment::Center))
}
