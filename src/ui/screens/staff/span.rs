//! Days shown: one, a month, a year, or all; with arrows between.

use chrono::{Days, Months, NaiveDate};
use daycare_core::period::Period;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Row, container};

use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::Kind;
use crate::ui::widgets::icon::Icon;

/// Days shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// One day.
    Day(NaiveDate),
    /// The month of a day.
    Month(NaiveDate),
    /// The year of a day.
    Year(NaiveDate),
    /// Everything.
    All,
}

impl Span {
    /// First and last local day; `None` for everything.
    #[must_use]
    pub fn period(self) -> Option<Period> {
        match self {
            Self::Day(day) => Some(Period { from: day, to: day }),
            Self::Month(day) => Some(Period::month_of(day)),
            Self::Year(day) => Some(Period::year_of(day)),
            Self::All => None,
        }
    }

    /// The previous or next period of the same length.
    #[must_use]
    pub fn moved(self, forward: bool) -> Self {
        let by_days = |day: NaiveDate| {
            let one = Days::new(1);
            if forward { day.checked_add_days(one) } else { day.checked_sub_days(one) }.unwrap_or(day)
        };
        let by_months = |day: NaiveDate, months| {
            let by = Months::new(months);
            if forward { day.checked_add_months(by) } else { day.checked_sub_months(by) }.unwrap_or(day)
        };
        match self {
            Self::Day(day) => Self::Day(by_days(day)),
            Self::Month(day) => Self::Month(by_months(Period::month_of(day).from, 1)),
            Self::Year(day) => Self::Year(by_months(Period::year_of(day).from, 12)),
            Self::All => Self::All,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Day(_) => "period-day",
            Self::Month(_) => "period-month",
            Self::Year(_) => "period-year",
            Self::All => "period-all",
        }
    }

    /// The days in words.
    #[must_use]
    pub fn words(self, cx: &Ctx) -> String {
        match self {
            Self::Day(day) => cx.i18n.day_line(day),
            Self::Month(day) => day.format("%Y-%m").to_string(),
            Self::Year(day) => day.format("%Y").to_string(),
            Self::All => cx.tr("period-everything"),
        }
    }
}

/// The choices side by side, the days in words between two arrows.
pub fn bar<'a, M: Clone + 'a>(
    ui: Ui<'a>,
    choices: &[Span],
    shown: Span,
    moved: impl Fn(Span) -> M,
) -> Element<'a, M> {
    let mut line = Row::new().spacing(10).align_y(Vertical::Center);
    let width = if ui.is_wide() { 130.0 } else { 104.0 };
    for choice in choices {
        let on = std::mem::discriminant(choice) == std::mem::discriminant(&shown);
        let kind = if on { Kind::On } else { Kind::Plain };
        let key = choice.key();
        let button = ui.button(key).label(ui.tr(key)).kind(kind).on_press(moved(*choice));
        line = line.push(button.width(width));
    }
    let arrow = |name: &str, which, forward| {
        let press = (shown != Span::All).then(|| moved(shown.moved(forward)));
        ui.button(name).icon(which).on_press_maybe(press).width(76.0)
    };
    let words = ui.strong(shown.words(ui.cx));
    line.push(arrow("earlier", Icon::ChevronLeft, false))
        .push(container(words).center_x(Length::Fill))
        .push(arrow("later", Icon::ChevronRight, true))
        .into()
}
