//! The application's state and messages.

use std::collections::HashMap;
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
    /// Number of the current screen; results tagged with an older number are dropped.
    pub(super) generation: u64,
    /// The question "still there?", shown over the unchanged screen.
    pub(super) still_there: Option<StillThere>,
    /// The strip over the screen.
    pub(super) strip: Option<Strip>,
    /// The resident who has identified themselves.
    pub(super) visitor: Option<Visitor>,
    /// Unsaved forms from before the screen locked, by the account they belong to.
    pub(super) parked: HashMap<StaffId, AnyScreen>,
    /// The real centre's context, while the demo is shown.
    pub(super) home: Option<Box<Ctx>>,
    pub(super) guard: TapGuard,
    pub(super) scanner: Scanner,
    pub(super) devices: Devices,
    /// The route to open after unlocking.
    pub(super) wanted: Option<Route>,
    pub(super) last_touch: Duration,
    /// `last_touch` before the first character of a possible scan.
    pub(super) touch_before_scan: Duration,
    /// Monotonic time at which staff unlocked.
    pub(super) unlocked_since: Duration,
    /// Wall clock time at which staff unlocked.
    pub(super) staff_since: Moment,
    /// The call for help that is open on this kiosk.
    pub(super) call: Option<Call>,
    /// A failed write that staff have not been shown yet.
    pub(super) untold: Option<Error>,
    pub(super) housekeeping: housekeeping::State,
    /// Window size divided by grid size.
    pub(super) scale: f32,
    pub(super) fit: Fit,
}

/// The call for help that rings at this screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) id: CallId,
    pub(super) resident: Option<ResidentId>,
    /// It could not be saved and has to be retried.
    pub(super) lost: bool,
}

/// The owner of a scanned card.
#[derive(Debug, Clone)]
pub enum Found {
    /// A resident, and whether they are signed in today.
    Resident(Box<Resident>, bool),
    /// A volunteer who is not a resident.
    Volunteer(Box<Volunteer>),
}

/// Everything the application reacts to.
#[derive(Debug, Clone)]
pub enum Message {
    /// A finger or mouse button was pressed anywhere.
    Pressed,
    /// A key was pressed, by a person or the card reader.
    Key(KeyInput, Modifiers),
    /// A target was tapped: its name, and what the tap means.
    Tapped(String, Press<ScreenMessage>),
    /// A button of the question "still there?" was tapped.
    StillThere(String, Press<still_there::Message>),
    /// 结束演示
    DemoMark(String, Press<demo_mark::Message>),
    /// A button of the strip was tapped.
    Strip(String, Press<strip::Message>),
    /// The result of signing in the owner of a card scanned on a staff screen.
    SignedIn(Result<(Box<Resident>, CheckedIn)>),
    /// The result of undoing that sign-in.
    TakenBack(Result<()>),
    /// The result of printing or saving a document for screen number `.0`, which has been told as
    /// well.
    HandedOver(u64, Result<Handed>),
    /// The result of a task that screen number `.0` started.
    Came(u64, ScreenMessage),
    /// The owner of a scanned card was looked up: `None` for an unknown card.
    Scanned(String, Result<Option<Found>>),
    /// A second has passed.
    Second,
    /// The window has a new size in logical pixels.
    Resized(Size),
    /// The window was opened.
    Opened(iced::window::Id),
    /// Time to check whether a window manager is there.
    Look,
    /// The result of that check, and the desktop's scale factor.
    Covering(Covering, f32),
    /// The window was asked to close.
    CloseAsked,
    /// The clock shows another minute.
    Minute,
    /// The result of a write that no screen waits for.
    Written(Result<()>),
    /// The result of saving a call for help.
    Raised(Result<()>),
    /// The centre's data were loaded.
    Centre(Result<Centre>),
    /// The result of background work.
    Housekeeping(housekeeping::Message),
    /// The photos were loaded.
    Photos(Result<Vec<(ResidentId, Vec<u8>)>>),
    /// The centre's names in other languages were loaded.
    Names(Result<crate::i18n::names::Names>),
    /// The staff counters were loaded, and whether this account may stay signed in.
    Waiting(StaffId, Result<(Waiting, bool)>),
}

/// Attached devices.
#[derive(Debug, Clone, Default)]
pub struct Devices {
    /// The loudspeaker.
    pub sound: Sound,
    /// The printer.
    pub printer: Printer,
}
