//! One line about the state of the machine.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{container, row};

use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::icon::{Icon, icon};

/// One thing that can be wrong: a sign, its name, the words.
pub(super) fn fact<'a, M: 'a>(good: bool, name: &str, words: String, ui: Ui<'a>) -> Element<'a, M> {
    let (which, color) =
        if good { (Icon::CircleCheck, ui.palette().green) } else { (Icon::TriangleAlert, ui.palette().red) };
    let line = row![
        container(icon(which, color)).width(36).height(36),
        container(ui.strong(name)).width(220),
        container(ui.body(words)).width(Length::Fill),
    ];
    line.spacing(16).align_y(Vertical::Center).into()
}
