//! Widgets of the kiosk, generic over the message. No domain type is known here.

pub mod bars;
pub mod chart;
pub mod controls;
pub mod drawing;
pub mod fitted;
pub mod frame;
pub mod icon;
pub mod parts;
pub mod picture;
pub mod qr;
pub mod root;
pub mod touch;

use iced::Theme;

/// An element of a screen: everything a finger does there comes as a tap.
pub type Element<'a, M> = iced::Element<'a, Tapped<M>, Theme>;

/// A tap, with the target it hit: the guard against bounces needs the name.
#[derive(Debug, Clone, PartialEq)]
pub struct Tapped<M> {
    /// Name of the target, `btn:primary:yes`.
    pub target: String,
    /// What it means.
    pub press: Press<M>,
}

/// What a tap means.
#[derive(Debug, Clone, PartialEq)]
pub enum Press<M> {
    /// One of the buttons that every screen has.
    Chrome(Chrome),
    /// The screen's own.
    Own(M),
}

/// Buttons that every screen has at the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chrome {
    /// 返回
    Back,
    /// 工作人员
    Staff,
    /// 再听一遍
    Replay,
    /// 叫人帮忙
    Help,
}

impl<M> Tapped<M> {
    /// The same tap, as the message of what is around.
    pub fn map<N>(self, wrap: impl FnOnce(M) -> N) -> Tapped<N> {
        let press = match self.press {
            Press::Own(message) => Press::Own(wrap(message)),
            Press::Chrome(chrome) => Press::Chrome(chrome),
        };
        Tapped { target: self.target, press }
    }

    /// The screen's own message, from something that is not a touch target:
    /// a text field or a scrolling list of the staff.
    pub fn own(message: M) -> Self {
        Self { target: String::new(), press: Press::Own(message) }
    }
}
