//! The doubtful rows of a file: imported only after every one of them was shown and a person
//! confirmed them.

use daycare_core::import::outcome::Outcome;
use iced::widget::Column;

use crate::intake::answer;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::icon::Icon;

/// Rows on a page.
const PER_PAGE: usize = 20;

/// The page shown, and whether the rows were confirmed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Doubts {
    page: usize,
    /// The last page that was shown.
    furthest: usize,
    confirmed: bool,
}

/// Messages of the list.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// Another page.
    Turned(usize),
    /// Importing the rows was switched on or off.
    Confirm,
}

impl Doubts {
    /// Handles a message about these rows.
    pub fn update(&mut self, message: Message, outcome: &Outcome) {
        match message {
            Message::Turned(page) => {
                self.page = page;
                self.furthest = self.furthest.max(page);
            }
            Message::Confirm => self.confirmed = !self.confirmed && self.is_reviewed(outcome),
        }
    }

    /// Whether a person confirmed the rows.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.confirmed
    }

    fn is_reviewed(&self, outcome: &Outcome) -> bool {
        outcome.doubtful.len() <= (self.furthest + 1) * PER_PAGE
    }

    /// The rows with their reasons, and the tick; `None` if there are none.
    pub fn view<'a>(&self, outcome: &Outcome, ui: Ui<'a>) -> Option<Element<'a, Message>> {
        if outcome.doubtful.is_empty() {
            return None;
        }
        let count = [("count", outcome.doubtful.len().into())];
        let mut lines = Column::new().spacing(6).push(ui.strong(ui.i18n.tr_with("intake-doubtful", &count)));
        let doubts = answer::doubts(outcome, &ui.i18n);
        let pages = doubts.len().div_ceil(PER_PAGE);
        for line in doubts.into_iter().skip(self.page * PER_PAGE).take(PER_PAGE) {
            lines = lines.push(ui.body(line));
        }
        lines = lines.push(ui.pager(self.page, pages, Message::Turned));
        let icon = if self.confirmed { Icon::Check } else { Icon::Square };
        let tick = ui.act("intake-confirm", icon).width(520.0);
        let tick = tick.on_press_maybe(self.is_reviewed(outcome).then_some(Message::Confirm));
        Some(ui.ground(lines.push(tick), ui.palette().sunk, ui.palette().amber, 3.0))
    }
}

#[cfg(test)]
mod tests {
    use daycare_core::import::outcome::{At, Doubt, Doubtful};

    use super::*;

    #[test]
    fn rows_are_confirmed_only_once_all_of_them_were_shown() {
        let row = Doubtful { at: At::line(1), doubt: Doubt::TwoDigitYear };
        let outcome = Outcome { doubtful: vec![row; PER_PAGE + 1], ..Outcome::default() };
        let mut doubts = Doubts::default();
        doubts.update(Message::Confirm, &outcome);
        assert!(!doubts.is_confirmed(), "one row is on the second page");
        doubts.update(Message::Turned(1), &outcome);
        doubts.update(Message::Confirm, &outcome);
        assert!(doubts.is_confirmed());
        doubts.update(Message::Confirm, &outcome);
        assert!(!doubts.is_confirmed());
    }
}
