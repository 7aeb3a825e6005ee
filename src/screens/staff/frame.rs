//! The frame of a staff screen: places at the left, title on top, content.

use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};
use iced::{Background, Length};

use crate::domain::time::hour_minute;
use crate::screens::Ctx;
use crate::theme::{Look, Role};
use crate::widgets::desk::{self, Kind};
use crate::widgets::icon::Icon;
use crate::widgets::touch::{Face, Faces, Touch};
use crate::widgets::{Element, Press, icon};

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
}

/// What the frame itself asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// Go to a place.
    To(Place),
    /// 锁屏
    Lock,
}

const PLACES: [(Place, &str, Icon); 5] = [
    (Place::Board, "staff-board", Icon::LayoutDashboard),
    (Place::History, "staff-history", Icon::History),
    (Place::Residents, "staff-residents", Icon::Users),
    (Place::Clinic, "staff-clinic", Icon::HeartPulse),
    (Place::Programme, "staff-programme", Icon::CalendarRange),
];

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
    let mut rail = Column::new().spacing(12).padding(12);
    for (place, key, which) in PLACES {
        let on = place == here;
        rail = rail.push(rail_button(key, &cx.tr(key), which, on, nav(Nav::To(place)), look));
    }
    rail = rail.push(Space::new().height(Length::Fill));
    if let Some(staff) = &cx.staff {
        rail = rail
            .push(container(desk::words(staff.name.clone(), Role::StaffBody, look)).center_x(Length::Fill));
    }
    rail = rail.push(rail_button("lock", &cx.tr("staff-lock"), Icon::Lock, false, nav(Nav::Lock), look));
    let sunk = p.sunk;
    let rail = container(rail).width(136).height(Length::Fill).style(move |_| container::Style {
        background: Some(Background::Color(sunk)),
        ..container::Style::default()
    });
    let now = cx.clock.local();
    let day = format!("{} · {}", cx.i18n.day_line(now.date()), cx.i18n.lunar_line(now.date()));
    let head = row![
        column![
            desk::words(title, Role::StaffTitle, look),
            desk::tinted(day, Role::StaffBody, p.muted, look)
        ],
        Space::new().width(Length::Fill),
        desk::words(hour_minute(now.time()), Role::StaffNumber, look),
    ]
    .align_y(Vertical::Center);
    let main = column![head, desk::divider(look), content].spacing(16).padding(20);
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

fn rail_button<'a, M: Clone + 'a>(
    name: &str,
    label: &str,
    which: Icon,
    on: bool,
    message: M,
    look: Look,
) -> Element<'a, M> {
    let p = look.palette;
    let (fill, ink) = if on { (p.green, p.on_green) } else { (p.sunk, p.ink) };
    let face = |fill| Face { fill, edge: p.edge, edge_width: 0.0, radius: 12.0 };
    let content = column![
        container(icon::icon(which, ink)).width(36).height(36),
        desk::tinted(label, Role::StaffBody, ink, look)
    ]
    .spacing(4)
    .align_x(iced::Alignment::Center);
    let faces = Faces { rest: face(fill), pressed: face(p.pressed) };
    let middle = container(content).center(Length::Fill);
    let touch = Touch::new(&format!("nav:{name}"), faces, Some(Press::Own(message)), middle);
    container(touch).width(Length::Fill).height(108).into()
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
    let p = look.palette;
    let line = row![
        container(icon::icon(Icon::CircleAlert, p.red)).width(32).height(32),
        container(desk::words(words, Role::StaffName, look)).width(Length::Fill),
    ]
    .spacing(12)
    .align_y(Vertical::Center);
    desk::ground(line, p.red_soft, p.red, 2.0, look)
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
