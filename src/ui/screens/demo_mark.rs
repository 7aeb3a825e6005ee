//! The mark 演示 on every page of the demo, and the way out of it.

use iced::alignment::Horizontal;
use iced::widget::container;
use iced::{Length, Padding};

use super::Ctx;
use super::staff::frame;
use crate::ui::theme::{Look, Role, TextScale};
use crate::ui::widgets::Element;
use crate::ui::widgets::controls::{self, Button};
use crate::ui::widgets::icon::Icon;

/// Messages of the mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// 结束演示
    End,
}

/// The mark at the upper edge: over the title of residents' pages, beside the time on staff
/// screens. If the demo was opened from the first start, tapping it leads back there.
pub fn view<'a>(cx: &Ctx, look: Look, staff: bool, can_end: bool) -> Element<'a, Message> {
    // The mark is not content, so it does not grow with the text scale.
    let look = Look { scale: TextScale::Normal, ..look };
    let mark = if can_end {
        Button::new("demo-end", look)
            .label(cx.tr("demo-end"))
            .icon(Icon::X)
            .on_press(Message::End)
            .width(if staff { frame::MARK - 20.0 } else { 420.0 })
            .height(if staff { controls::CONTROL } else { 96.0 })
            .into()
    } else {
        controls::tinted(cx.tr("demo-mark"), Role::Small, look.palette.muted, look)
    };
    if !staff {
        return container(mark).width(Length::Fill).align_x(Horizontal::Center).into();
    }
    let beside = container(mark).width(frame::MARK).align_x(Horizontal::Center);
    let right = frame::PADDING + frame::CLOCK;
    container(beside)
        .width(Length::Fill)
        .align_x(Horizontal::Right)
        .padding(Padding { top: frame::PADDING, right, ..Padding::ZERO })
        .into()
}
