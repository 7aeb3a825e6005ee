//! One line about the state of the machine.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{container, row};

use crate::ui::theme::{Look, Role};
use crate::ui::widgets::Element;
use crate::ui::widgets::desk;
use crate::ui::widgets::icon::{Icon, icon};

/// One thing that can be wrong: a sign, its name, the words.
pub(super) fn fact<'a, M: 'a>(good: bool, name: &str, words: String, look: Look) -> Element<'a, M> {
    let (which, color) =
        if good { (Icon::CircleCheck, look.palette.green) } else { (Icon::TriangleAlert, look.palette.red) };
    let line = row![
        container(icon(which, color)).width(36).height(36),
        container(desk::words(name, Role::StaffName, look)).width(220),
        container(desk::words(words, Role::StaffBody, look)).width(Length::Fill),
    ];
    line.spacing(16).align_y(Vertical::Center).into()
}
