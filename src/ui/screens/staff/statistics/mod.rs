//! 统计: 人次 and 人数 side by side, broken down in several ways and compared with last year; and
//! the reports for the street office and the operating organisation.

mod view;

use daycare_core::papers::Audience;
use daycare_core::period::Period;
use daycare_core::statistics::{By, Statistics as Figures, Who};
use iced::Task;

use crate::error::Result;
use crate::reports::period::PeriodReport;
use crate::ui::screens::document::{self, Document, Handed};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::screens::staff::kit::{Feedback, Loadable};
use crate::ui::screens::{Action, Ctx, Route, Screen, Side};
use crate::ui::theme::Shape;
use crate::ui::widgets::Element;

use super::filters::{self, Filters};
use super::frame::Nav;
use super::span::Span;
use super::welfare::head;

/// The figures of a period.
#[derive(Debug)]
pub struct Statistics {
    span: Span,
    filters: Filters,
    compared: bool,
    by: By,
    audience: Audience,
    data: Loadable<Box<Data>>,
    notice: Feedback,
}

/// What the screen shows.
#[derive(Debug, Clone)]
pub struct Data {
    now: Figures,
    before: Figures,
    yards: Vec<String>,
}

/// Messages of this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The figures were loaded.
    Loaded(Result<Box<Data>>),
    /// 再试一次, after loading failed.
    Reload,
    /// Another period was chosen.
    Spanned(Span),
    /// 和去年比
    Compared,
    /// Another breakdown was chosen.
    By(By),
    /// Messages of the filters.
    Filters(filters::Message),
    /// The audience of the report was chosen.
    For(Audience),
    /// 月报 PDF, on paper where there is a printer
    Print,
    /// 存 PDF
    SavePdf,
    /// XLSX
    SaveXlsx,
    /// 签到表 of a day, or 出勤表 of longer
    Attendance(bool),
    /// The result of printing or saving the document.
    Handed(Result<Handed>),
    /// A navigation button was tapped.
    Nav(Nav),
}

impl Screen for Statistics {
    type Message = Message;
    const SIDE: Side = Side::Staff;

    fn update(&mut self, message: Message, cx: &Ctx) -> Action<Message> {
        match message {
            Message::Loaded(read) => self.data.came(read, &mut self.notice, cx),
            Message::Reload => return Action::Run(self.load(cx)),
            Message::Spanned(span) => {
                self.span = span;
                return self.reload(cx);
            }
            Message::Filters(message) => {
                if self.filters.update(message) {
                    return self.reload(cx);
                }
            }
            Message::Compared => self.compared = !self.compared,
            Message::By(by) => self.by = by,
            Message::For(audience) => self.audience = audience,
            Message::Print => {
                return self.report(cx, PeriodReport::pdf).map_or(Action::None, Action::Print);
            }
            Message::SavePdf => {
                return self.report(cx, PeriodReport::pdf).map_or(Action::None, Action::Save);
            }
            Message::SaveXlsx => {
                let report = self.report(cx, PeriodReport::xlsx);
                return report.map_or(Action::None, |document| Action::Save(document.ending("xlsx")));
            }
            Message::Attendance(spreadsheet) => return self.attendance(spreadsheet, cx),
            Message::Handed(handed) => self.notice = Some(document::words(handed, cx)),
            Message::Nav(nav) => return nav.into(),
        }
        Action::None
    }

    fn steps_back(&self) -> bool {
        true
    }

    fn back(&mut self) -> Option<Route> {
        Some(Route::Board)
    }

    fn view<'a>(&'a self, cx: &'a Ctx, shape: Shape) -> Element<'a, Message> {
        self.draw(Ui::new(cx, shape))
    }
}

impl Statistics {
    /// This year's figures.
    pub fn new(cx: &Ctx) -> (Self, Task<Message>) {
        let screen = Self {
            span: Span::Year(cx.clock.today()),
            filters: Filters::default(),
            compared: true,
            by: By::Yard,
            audience: Audience::Street,
            data: Loadable::default(),
            notice: None,
        };
        let load = screen.load(cx);
        (screen, load)
    }

    fn load(&self, cx: &Ctx) -> Task<Message> {
        let (span, today) = (self.span, cx.clock.today());
        let Filters { yard, living, .. } = self.filters.clone();
        let who = Who { yard, living, ..Who::default() };
        let read = cx.store.read(move |store| {
            let all = Period { from: today, to: today };
            let period = match span.period() {
                // Days still to come are not compared.
                Some(period) => period.until(today),
                None => store.days_with_visits()?.unwrap_or(all),
            };
            Ok(Box::new(Data {
                now: store.statistics(period, &who)?,
                before: store.statistics(period.year_before(), &who)?,
                yards: store.yards()?,
            }))
        });
        Task::perform(read, Message::Loaded)
    }

    fn reload(&mut self, cx: &Ctx) -> Action<Message> {
        self.notice = None;
        Action::Run(self.load(cx))
    }

    fn period(&self) -> Option<Period> {
        self.span.period().or_else(|| Some(self.data.as_ref()?.now.period))
    }

    /// The report of the whole period, not filtered.
    fn report(&self, cx: &Ctx, write: fn(&PeriodReport) -> Result<Vec<u8>>) -> Option<Document<Message>> {
        let period = self.period()?;
        let (audience, made_at) = (self.audience, cx.clock.local());
        let made_by = cx.staff.as_ref().map(|staff| staff.name.clone()).unwrap_or_default();
        let read = cx.store.read(move |store| store.report_contents(period));
        let make = move || {
            let contents = futures::executor::block_on(read)?;
            write(&PeriodReport { contents, audience, made_by, made_at })
        };
        Some(Document::pdf(format!("report-{}-{}", period.from, period.to), make, Message::Handed))
    }

    /// Who came on a day, or on which days of a period.
    fn attendance(&self, spreadsheet: bool, cx: &Ctx) -> Action<Message> {
        let Some(period) = self.period() else { return Action::None };
        let head = head(cx);
        let read = cx.store.read(move |store| {
            let filter = daycare_core::visit::HistoryFilter {
                from: Some(period.from),
                to: Some(period.to),
                ..Default::default()
            };
            store.history(&filter, 0, u32::MAX)
        });
        let make = move || {
            let rows = futures::executor::block_on(read)?;
            let sheet = if period.from == period.to {
                head.day(period.from, &rows)
            } else {
                head.attendance(period, &rows)
            };
            if spreadsheet { sheet.xlsx() } else { sheet.pdf() }
        };
        let document = Document::pdf(format!("attendance-{}", period.from), make, Message::Handed);
        if spreadsheet { Action::Save(document.ending("xlsx")) } else { Action::Print(document) }
    }
}
