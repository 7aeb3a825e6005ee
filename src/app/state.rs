//! What the application knows, and what may happen to it.

use std::time::Duration;

use daycare_core::ids::{CallId, ResidentId, StaffId};
use daycare_core::resident::Resident;
use daycare_core::time::Moment;
use daycare_core::visit::CheckedIn;
use daycare_core::volunteer::Volunteer;
use iced::Size;
use iced::keyboard::Modifiers;

use super::fit::Fit;
use super::guard::TapGuard;
use super::housekeeping;
use super::screen::{AnyScreen, ScreenMessage};
use crate::devices::monitor::Covering;
use crate::devices::printer::Printer;
use crate::devices::scanner::Scanner;
use crate::devices::sound::Sound;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::ui::screens::document::Handed;
use crate::ui::screens::front::Visitor;
use crate::ui::screens::resident::still_there::{self, StillThere};
use crate::ui::screens::strip::{self, Strip};
use crate::ui::screens::{Centre, Ctx, Route, Waiting, demo_mark};
use crate::ui::widgets::Press;
use crate::ui::widgets::root::KeyInput;

/// The whole state of the window.
#[derive(Debug)]
pub struct App {
    pub(super) cx: Ctx,
    /// Language of the first page.
    pub(super) home_lang: Lang,
    pub(super) screen: AnyScreen,
    /// Results for an older screen are dropped.
    pub(super) generation: u64,
    /// The question over the screen, which stays as it is beneath.
    pub(super) still_there: Option<StillThere>,
    /// A line over the screen.
    pub(super) strip: Option<Strip>,
    /// The resident who said who they are.
    pub(super) visitor: Option<Visitor>,
    /// A form that staff had not saved when the screen locked, and whose it is.
    pub(super) parked: Option<(StaffId, AnyScreen)>,
    /// The centre itself, while its demo is shown.
    pub(super) home: Option<Box<Ctx>>,
    pub(super) guard: TapGuard,
    pub(super) scanner: Scanner,
    pub(super) devices: Devices,
    /// Where to go once staff have unlocked.
    pub(super) wanted: Option<Route>,
    pub(super) last_touch: Duration,
    /// The same before the first character of what may be a scan.
    pub(super) touch_before_scan: Duration,
    /// When the staff screens were unlocked.
    pub(super) unlocked_since: Duration,
    /// The same by the clock on the wall.
    pub(super) staff_since: Moment,
    /// The call for help that is open on this kiosk.
    pub(super) call: Option<Call>,
    /// A write that failed while nobody of the staff was there to be told.
    pub(super) untold: Option<Error>,
    pub(super) housekeeping: housekeeping::State,
    /// How much larger than the grid the window is.
    pub(super) scale: f32,
    pub(super) fit: Fit,
}

/// The call for help that rings at this screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) id: CallId,
    pub(super) resident: Option<ResidentId>,
    /// It could not be written.
    pub(super) lost: bool,
}

/// Whose card it is.
#[derive(Debug, Clone)]
pub enum Found {
    /// A resident, and whether they are here.
    Resident(Box<Resident>, bool),
    /// A volunteer who is not a resident.
    Volunteer(Box<Volunteer>),
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A finger or a mouse button came down anywhere.
    Pressed,
    /// A key.
    Key(KeyInput, Modifiers),
    /// A target was hit.
    Tapped(String, Press<ScreenMessage>),
    /// The question over the screen was answered.
    StillThere(String, Press<still_there::Message>),
    /// 结束演示
    DemoMark(String, Press<demo_mark::Message>),
    /// The line over the screen was answered.
    Strip(String, Press<strip::Message>),
    /// A card read by staff signed its owner in, or not.
    SignedIn(Result<(Box<Resident>, CheckedIn)>),
    /// That was taken back, or not.
    TakenBack(Result<()>),
    /// A document was printed or saved, or not; the screen was told.
    HandedOver(u64, Result<Handed>),
    /// Something a screen asked for came.
    Came(u64, ScreenMessage),
    /// The owner of a card was looked up.
    Scanned(String, Result<Option<Found>>),
    /// A second has passed.
    Second,
    /// The window has another size.
    Resized(Size),
    /// The window is there.
    Opened(iced::window::Id),
    /// Time to see who covers the screen.
    Look,
    /// Who does, and the scale of the desktop.
    Covering(Covering, f32),
    /// Somebody closes the window.
    CloseAsked,
    /// The clock shows another minute.
    Minute,
    /// A write nobody waits for has ended.
    Written(Result<()>),
    /// A call for help is on disk, or not.
    Raised(Result<()>),
    /// What the centre is called and offers, after the first start.
    Centre(Result<Centre>),
    /// What the program does by itself went on.
    Housekeeping(housekeeping::Message),
    /// Photos came.
    Photos(Result<Vec<(ResidentId, Vec<u8>)>>),
    /// What the centre calls things in other languages.
    Names(Result<crate::i18n::names::Names>),
    /// What waits for staff, and whether the one who unlocked may stay.
    Waiting(StaffId, Result<(Waiting, bool)>),
}

/// What has a plug.
#[derive(Debug, Clone, Default)]
pub struct Devices {
    /// The loudspeaker.
    pub sound: Sound,
    /// The printer.
    pub printer: Printer,
}
