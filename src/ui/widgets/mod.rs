//! The kiosk's widgets, generic over the message type and independent of domain types.

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

/// An element of a screen; every touch on it arrives as a tap.
pub type Element<'a, M> = iced::Element<'a, Tapped<M>, Theme>;

/// A tap and the name of its target, which the tap guard needs.
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
    /// A message of the screen.
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
    /// The same tap with its message wrapped for the parent.
    pub fn map<N>(self, wrap: impl FnOnce(M) -> N) -> Tapped<N> {
        let press = match self.press {
            Press::Own(message) => Press::Own(wrap(message)),
            Press::Chrome(chrome) => Press::Chrome(chrome),
        };
        Tapped { target: self.target, press }
    }

    /// A screen message from something that is not a touch target: a text field or a scrolling
    /// staff list.
    pub fn own(message: M) -> Self {
        Self { target: String::new(), press: Press::Own(message) }
    }
}
