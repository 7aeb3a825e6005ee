//! Filters a list or statistics by 院落 and living situation: two buttons that open their
//! choices.

use daycare_core::resident::Living;
use iced::widget::Column;

use crate::reports::figures::living_key;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;

/// The active filters, and which choices are open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// Only this 院落; `None` for all.
    pub yard: Option<String>,
    /// Only this living situation; `None` for all.
    pub living: Option<Living>,
    open: Option<Which>,
}

/// One of the two filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// 院落
    Yard,
    /// 居住情况
    Living,
}

/// Messages of the filters.
#[derive(Debug, Clone)]
pub enum Message {
    /// Choices were opened or closed.
    Opened(Which),
    /// A 院落 was chosen; `None` for all.
    Yard(Option<String>),
    /// A living situation was chosen; `None` for all.
    Living(Option<Living>),
}

impl Filters {
    /// Handles a message; returns whether the filter changed.
    pub fn update(&mut self, message: Message) -> bool {
        let open = self.open.take();
        match message {
            Message::Opened(which) => {
                self.open = (open != Some(which)).then_some(which);
                return false;
            }
            Message::Yard(yard) => self.yard = yard,
            Message::Living(living) => self.living = living,
        }
        true
    }

    /// The two filter buttons, with messages wrapped for the screen.
    pub fn buttons<'a, M: Clone + 'a>(&self, ui: Ui<'_>, wrap: impl Fn(Message) -> M) -> [Element<'a, M>; 2] {
        let opener = |name: &str, label: String, which| {
            let open = self.open == Some(which);
            ui.opener(name, label, open).on_press(wrap(Message::Opened(which))).into()
        };
        let yard = self.yard.clone().unwrap_or_else(|| ui.tr("column-yard"));
        let living = self.living.map_or_else(|| ui.tr("field-living"), |of| ui.tr(living_key(of)));
        [opener("pick-yard", yard, Which::Yard), opener("pick-living", living, Which::Living)]
    }

    /// The open choices; `None` if none are open.
    pub fn choices<'a, M: Clone + 'a>(
        &self,
        yards: &[String],
        ui: Ui<'a>,
        wrap: impl Fn(Message) -> M,
    ) -> Option<Element<'a, M>> {
        let plain = |name: String, label: &str, message| {
            ui.button(format!("choice-{name}")).label(label).on_press(wrap(message))
        };
        let all = ui.tr("filter-all");
        let buttons: Vec<_> = match self.open? {
            Which::Yard => {
                let everywhere = plain("all".into(), &all, Message::Yard(None));
                let yards = yards.iter().enumerate();
                let one = |(at, yard): (usize, &String)| {
                    plain(at.to_string(), yard, Message::Yard(Some(yard.clone())))
                };
                std::iter::once(everywhere).chain(yards.map(one)).collect()
            }
            Which::Living => {
                let anyhow = plain("all".into(), &all, Message::Living(None));
                let one = |living| {
                    let key = living_key(living);
                    plain(key.into(), &ui.tr(key), Message::Living(Some(living)))
                };
                std::iter::once(anyhow).chain(Living::ALL.map(one)).collect()
            }
        };
        Some(ui.card(Column::new().push(ui.buttons(buttons, 4))))
    }
}
