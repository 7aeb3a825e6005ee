//! 演示 on every page of a demo, and the way out of it.

use iced::Length;
use iced::alignment::Horizontal;
use iced::widget::container;

use super::Ctx;
use crate::theme::Look;
use crate::widgets::Element;
use crate::widgets::desk::{self, Kind};
use crate::widgets::icon::Icon;

/// What happened there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// 结束演示
    End,
}

/// The mark at the upper edge, which ends the demo.
pub fn view<'a>(cx: &Ctx, look: Look) -> Element<'a, Message> {
    let mark = desk::button("demo-end", &cx.tr("demo-mark"), Some(Icon::X), Kind::Plain, Some(Message::End), look);
    container(desk::sized(mark, 300.0, 40.0)).width(Length::Fill).align_x(Horizontal::Center).into()
}
