//! The application: the current screen, navigation between screens, and timers.

mod calls;
mod clock;
mod demo;
mod documents;
mod failures;
pub mod fit;
pub mod guard;
pub mod housekeeping;
mod keys;
pub mod presets;
pub mod screen;
mod session;
mod shared;
mod state;
mod window;

use std::collections::HashMap;
use std::time::Duration;

use iced::widget::responsive;
use iced::{Element, Size, Subscription, Task, Theme};

use crate::config::Mode;
use crate::devices::cuff;
use crate::devices::scanner::Scanner;
use crate::devices::sound::Sentence;
use crate::i18n::Lang;
use crate::i18n::pinyin::spoken;
use crate::ui::screens::document::{self, Handed};
use crate::ui::screens::front::StaffSession;
use crate::ui::screens::resident::still_there::{self, StillThere};
use crate::ui::screens::strip::Strip;
use crate::ui::screens::{Action, ClosingSentence, Ctx, Route, Sight, demo_mark};
use crate::ui::theme::Shape;
use crate::ui::widgets::frame::Frame;
use crate::ui::widgets::root::{Codes, Root};
use crate::ui::widgets::{Chrome, Press, Tapped};
use guard::TapGuard;
use screen::{AnyScreen, ScreenMessage};
pub use state::{App, Devices, Message};

/// Time without a touch until "still there?" is asked.
fn idle_limit(cx: &Ctx) -> Duration {
    Duration::from_secs(cx.config.screen.idle_seconds)
}

impl App {
    /// The application at its first page, and the tasks to start with.
    pub fn new(cx: Ctx, devices: Devices) -> (Self, Task<Message>) {
        let now = cx.clock.monotonic();
        let mut app = Self {
            home_lang: cx.i18n.lang(),
            screen: AnyScreen::default(),
            generation: 0,
            still_there: None,
            strip: None,
            visitor: None,
            parked: HashMap::new(),
            home: None,
            guard: TapGuard::default(),
            scanner: Scanner::default(),
            devices,
            wanted: None,
            last_touch: now,
            touch_before_scan: now,
            unlocked_since: now,
            staff_since: cx.clock.now(),
            call: None,
            untold: None,
            housekeeping: housekeeping::State::default(),
            scale: 1.0,
            fit: fit::Fit::default(),
            cx,
        };
        let centre = if app.cx.centre.known { app.begin() } else { app.read_centre() };
        let start = app.housekeep();
        let photos = app.read_photos();
        (app, Task::batch([centre, start, photos]))
    }

    /// The context that every screen reads.
    #[must_use]
    pub fn cx(&self) -> &Ctx {
        &self.cx
    }

    /// The screen shown.
    #[must_use]
    pub fn screen(&self) -> &AnyScreen {
        &self.screen
    }

    /// Whether the question "still there?" is shown.
    #[must_use]
    pub fn asks_still_there(&self) -> bool {
        self.still_there.is_some()
    }

    /// Opens a screen with a visitor's language and display settings, for pictures and audits.
    pub fn open(&mut self, route: Route, lang: Lang, sight: Sight) -> Task<Message> {
        self.call = None;
        let task = self.go(route);
        self.cx.i18n = self.cx.i18n.in_lang(lang);
        self.cx.sight = sight;
        task
    }

    /// Handles a message.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let now = self.cx.clock.monotonic();
        match message {
            Message::Pressed => {
                // A preset's clock does not move; advancing it lets the tap guards accept the next
                // press.
                self.cx.clock.advance_monotonic(Duration::from_secs(1));
                self.last_touch = self.cx.clock.monotonic();
                Task::none()
            }
            Message::Key(key, modifiers) => self.key(&key, modifiers, now),
            Message::Tapped(target, press) => self.tapped(&target, press, now),
            Message::StillThere(target, press) => self.answered(&target, &press, now),
            Message::DemoMark(target, _) if !self.guard.accepts(&target, now) => Task::none(),
            Message::DemoMark(..) => self.end_demo(),
            Message::Strip(target, press) => self.strip_tapped(&target, &press, now),
            Message::SignedIn(done) => self.signed_in(done),
            Message::TakenBack(done) => {
                self.strip = done.err().map(|error| Strip::note(self.cx.i18n.error(&error), &self.cx));
                Task::none()
            }
            Message::HandedOver(generation, done) => {
                // Staff who have left the screen get the result in a strip.
                let gone = generation != self.generation
                    && self.cx.staff.is_some()
                    && !matches!(done, Ok(Handed::Printed));
                let words = document::words(done, &self.cx).unwrap_or_else(|words| words);
                self.strip = gone.then(|| Strip::note(words, &self.cx));
                Task::none()
            }
            Message::Came(generation, _) if generation != self.generation => self.failed_unseen(None),
            Message::Came(_, message) => {
                // The screen that asked reports the failure itself.
                let _ = self.cx.store.take_failure();
                self.deliver(message)
            }
            Message::Scanned(code, found) => self.scanned(&code, found),
            Message::Second => self.second(now),
            Message::Opened(_)
            | Message::Look
            | Message::Covering(..)
            | Message::CloseAsked
            | Message::Resized(_) => self.window_message(&message),
            Message::Minute => {
                let (doubt, set_by) = self.housekeeping.watch(&self.cx);
                let noted = self.clock_seen(doubt, set_by);
                let fresh = self.screen.minute(&self.cx);
                let waiting = if self.cx.staff.is_some() { self.ask_waiting() } else { Task::none() };
                Task::batch([noted, self.housekeep(), waiting, self.owned(fresh)])
            }
            Message::Written(Ok(())) => Task::none(),
            Message::Written(Err(error)) => self.failed_unseen(Some(error)),
            Message::Raised(done) => self.call_raised(&done),
            Message::Housekeeping(message) => self.housekeeping_came(message, now),
            Message::Centre(_) | Message::Waiting(..) | Message::Photos(_) | Message::Names(_) => {
                self.shared_came(message)
            }
        }
    }

    fn tapped(&mut self, target: &str, press: Press<ScreenMessage>, now: Duration) -> Task<Message> {
        // While the demo is being opened nothing may be changed.
        let opening = self.home.is_some() && !self.cx.centre.known;
        if opening || !target.is_empty() && !self.guard.accepts(target, now) {
            return Task::none();
        }
        match press {
            Press::Own(message) => self.deliver(message),
            Press::Chrome(Chrome::Back) => match self.screen.back() {
                Some(route) => self.go(route),
                None => Task::none(),
            },
            Press::Chrome(Chrome::Help) => self.call_for_help(self.screen.resident_id()),
            Press::Chrome(Chrome::Replay) => {
                self.say(self.screen.spoken_key());
                Task::none()
            }
            Press::Chrome(Chrome::Staff) => self.go(Route::Unlock),
        }
    }

    /// Reads the words of a key aloud: the centre's recording, else a voice.
    fn say(&self, key: &str) {
        let lang = self.cx.i18n.lang();
        let text = self.cx.tr(key);
        let (voice, words) =
            if lang.is_chinese() { ("cmn-latn-pinyin", spoken(&text)) } else { ("en", text) };
        let recording = self.cx.paths.recordings().join(lang.tag()).join(format!("{key}.wav"));
        self.devices.sound.say(Sentence { recording, voice, words });
    }

    fn deliver(&mut self, message: ScreenMessage) -> Task<Message> {
        let action = self.screen.update(message, &self.cx);
        self.apply(action)
    }

    pub(super) fn apply(&mut self, action: Action<ScreenMessage>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => self.owned(task),
            Action::Go(route) => self.go(route),
            Action::Speak(lang) => {
                self.cx.i18n = self.cx.i18n.in_lang(lang);
                Task::none()
            }
            Action::See(sight) => {
                self.cx.sight = sight;
                Task::none()
            }
            Action::Unlocked(staff) => {
                let answered = self.answer_call(staff.id);
                let id = staff.id;
                self.cx.staff = Some(StaffSession::new(staff));
                self.unlocked_since = self.cx.clock.monotonic();
                self.staff_since = self.cx.clock.now();
                self.tell_failure();
                let to = self.wanted.take();
                // Reopens the form as it was when the screen locked.
                let parked = if to.is_none() { self.parked.remove(&id) } else { None };
                match parked {
                    Some(screen) => {
                        self.show(screen);
                        Task::batch([answered, self.ask_waiting()])
                    }
                    None => Task::batch([answered, self.go(to.unwrap_or(Route::Board))]),
                }
            }
            Action::Lock => self.lock(),
            Action::Print(document) => self.print(document),
            Action::Save(document) => self.save(document),
            Action::Look(endings, found) => self.look_for(endings, found),
            Action::Reread(task) => Task::batch([self.read_photos(), self.read_names(), self.owned(task)]),
            Action::BelieveClock => {
                self.cx.clock_doubt = None;
                self.housekeeping.believe(&self.cx);
                self.housekeep()
            }
            Action::Ring => {
                self.devices.sound.bell();
                Task::none()
            }
            Action::Cuff => {
                let command = self.cx.config.devices.blood_pressure.clone();
                self.owned(Task::perform(cuff::measure(command), screen::measured))
            }
            Action::Founded => self.read_centre(),
            Action::Demo => self.begin_demo(),
        }
    }

    /// The first page, or the first start of a centre without a name.
    fn begin(&mut self) -> Task<Message> {
        self.go(if self.cx.centre.name.is_empty() { Route::FirstStart } else { Route::FirstPage })
    }

    /// Tags the task's results with the current screen: results for an older screen are dropped.
    fn owned(&self, task: Task<ScreenMessage>) -> Task<Message> {
        let generation = self.generation;
        task.map(move |message| Message::Came(generation, message))
    }

    fn go(&mut self, route: Route) -> Task<Message> {
        // A screen with an unsaved critical value cannot be left.
        if self.screen.is_unsaved_alarm() {
            return self.save_alarm();
        }
        let mut more = Task::none();
        match &route {
            Route::FirstPage if matches!(self.screen, AnyScreen::Help(_)) => more = self.end_call(),
            // A resident who must wait for staff raises a call for help.
            Route::Closing(ClosingSentence::WaitForStaff(resident)) => {
                more = self.raise_call(Some(resident.id));
            }
            _ => {}
        }
        let route = self.passage(route);
        let kept = self.screen.leave(&self.cx);
        let kept = kept.map_or_else(Task::none, |write| Task::perform(write, Message::Written));
        more = Task::batch([more, kept]);
        // The calling screen is public, like the first page.
        if matches!(route, Route::FirstPage | Route::Calling) {
            self.forget_visitor();
        }
        let locked = route.needs_staff() && self.cx.staff.is_none();
        let route = match route.needs() {
            Some(_) if locked => {
                self.wanted = Some(route);
                Route::Unlock
            }
            Some(needed) if !self.cx.may(needed) => Route::Locked(needed),
            _ => route,
        };
        // A desk PC shows no resident screens unless staff lead a resident.
        let residents = !matches!(route, Route::Unlock | Route::FirstStart | Route::Locked(_));
        let led = self.cx.staff.as_ref().is_some_and(StaffSession::is_leading);
        let route = match self.cx.config.mode {
            Mode::Desk if residents && !led && !route.needs_staff() => Route::Unlock,
            _ => route,
        };
        // An open call stays on the screen until somebody comes.
        let route = if route == Route::FirstPage && self.call.is_some() { Route::Help } else { route };
        self.cx.can_print = self.devices.printer.is_there();
        let waiting = if route.needs_staff() { self.ask_waiting() } else { Task::none() };
        let (screen, task) = AnyScreen::open(route, &self.cx);
        self.show(screen);
        Task::batch([more, waiting, self.owned(task)])
    }

    fn show(&mut self, screen: AnyScreen) {
        self.screen = screen;
        self.generation += 1;
        self.still_there = None;
        let now = self.cx.clock.monotonic();
        self.guard.screen_changed(now);
        self.last_touch = now;
    }

    /// Clears everything about the visitor, and ends the staff session.
    fn forget_visitor(&mut self) {
        self.cx.i18n = self.cx.i18n.in_lang(self.home_lang);
        self.cx.sight = Sight::default();
        self.scanner.forget();
        self.end_staff_session();
        self.visitor = None;
        self.wanted = None;
    }

    fn answered(
        &mut self,
        target: &str,
        press: &Press<still_there::Message>,
        now: Duration,
    ) -> Task<Message> {
        if !self.guard.accepts(target, now) {
            return Task::none();
        }
        match press {
            Press::Own(still_there::Message::Done) => self.lock(),
            Press::Chrome(Chrome::Help) => self.call_for_help(self.screen.resident_id()),
            Press::Chrome(Chrome::Replay) => {
                self.say("still-title");
                Task::none()
            }
            Press::Own(still_there::Message::Yes) | Press::Chrome(Chrome::Back | Chrome::Staff) => {
                self.still_there = None;
                self.guard.screen_changed(now);
                Task::none()
            }
        }
    }

    fn second(&mut self, now: Duration) -> Task<Message> {
        if let Some(question) = &mut self.still_there {
            return if question.tick(now, &self.cx) { self.lock() } else { Task::none() };
        }
        let call = self.retry_call();
        if let AnyScreen::Help(_) = self.screen {
            self.devices.sound.bell();
        }
        if self.screen.keeps_awake() {
            self.last_touch = now;
        }
        let alarm = self.screen.is_unsaved_alarm();
        if self.cx.staff.is_some() && !alarm && self.staff_time_is_over(now) {
            return Task::batch([call, self.lock()]);
        }
        if self.strip.as_ref().is_some_and(|strip| strip.is_over(now)) {
            self.strip = None;
        }
        let action = self.screen.tick(now, &self.cx);
        let idle = now.saturating_sub(self.last_touch) >= idle_limit(&self.cx);
        if idle && matches!(self.screen, AnyScreen::FirstPage(_)) && self.is_adapted() {
            self.forget_visitor();
        }
        if matches!(action, Action::None) && idle && self.screen.is_personal() {
            self.still_there = Some(StillThere::new(&self.cx));
            self.guard.screen_changed(now);
            return call;
        }
        Task::batch([call, self.apply(action)])
    }

    /// Whether a visitor changed the language or display of the first page.
    fn is_adapted(&self) -> bool {
        self.cx.i18n.lang() != self.home_lang || self.cx.sight != Sight::default()
    }

    /// Draws the window.
    #[must_use]
    pub fn view(&self) -> Element<'_, Message> {
        let content = responsive(move |size| self.scaled(size));
        let gap = Duration::from_millis(self.cx.config.scanner.gap_ms);
        let clock = self.cx.clock.clone();
        let codes = Codes { prefix: daycare_core::card::PREFIX, gap, clock };
        Root::new(content, Message::Pressed, Message::Key, codes).into()
    }

    /// The whole page, scaled to a window of `size` logical pixels.
    fn scaled(&self, size: Size) -> Element<'_, Message> {
        let shape = Shape::of(size);
        let grid = shape.size();
        let mut frame = Frame::new(size, false);
        let x = ((size.width - grid.width) / 2.0).max(0.0);
        let y = ((size.height - grid.height) / 2.0).max(0.0);
        let place = crate::ui::theme::Rect { x, y, width: grid.width, height: grid.height };
        frame.put(place, self.page(shape));
        frame.into()
    }

    /// The current screen, with the strip over it.
    fn page(&self, shape: Shape) -> Element<'_, Message> {
        let mut page = self.screen_page(shape);
        if self.cx.centre.demo {
            let mark =
                demo_mark::view(&self.cx, self.cx.look(shape), self.screen.has_rail(), self.home.is_some());
            let mark = mark.map(|Tapped { target, press }| Message::DemoMark(target, press));
            page = iced::widget::stack![page, mark].into();
        }
        let Some(strip) = self.strip.as_ref().filter(|_| self.still_there.is_none()) else { return page };
        let view = strip.view(&self.cx, self.cx.look(shape), !self.screen.is_staff());
        let line = view.map(|Tapped { target, press }| Message::Strip(target, press));
        iced::widget::stack![page, line].into()
    }

    /// The current screen, its messages wrapped as the application's own.
    fn screen_page(&self, shape: Shape) -> Element<'_, Message> {
        if let Some(question) = &self.still_there {
            let view = question.view(&self.cx, shape);
            view.map(|Tapped { target, press }| Message::StillThere(target, press))
        } else {
            let view = self.screen.view(&self.cx, shape);
            view.map(|Tapped { target, press }| Message::Tapped(target, press))
        }
    }

    /// Window size divided by grid size.
    #[must_use]
    pub fn scale_factor(&self) -> f32 {
        self.scale
    }

    /// Handles a new window size in logical pixels at the present scale: the grid is scaled to
    /// fill it, so that nothing is cut off on any screen.
    fn resized(&mut self, size: Size) {
        let whole = Size::new(size.width * self.scale, size.height * self.scale);
        let grid = Shape::of(whole).size();
        let scale = (whole.width / grid.width).min(whole.height / grid.height);
        if scale.is_finite() && scale > 0.05 {
            self.scale = scale;
        }
    }

    /// Timers and window events; each timer runs only while it is needed.
    pub fn subscription(&self) -> Subscription<Message> {
        let sized = iced::event::listen_with(|event, _, _| match event {
            iced::Event::Window(
                iced::window::Event::Opened { size, .. } | iced::window::Event::Resized(size),
            ) => Some(Message::Resized(size)),
            iced::Event::Window(iced::window::Event::CloseRequested) => Some(Message::CloseAsked),
            _ => None,
        });
        let opened = iced::window::open_events().map(Message::Opened);
        let resized = Subscription::batch([sized, opened, self.fit.subscription().map(|()| Message::Look)]);
        let minute = iced::time::every(until_next_minute(&self.cx)).map(|_| Message::Minute);
        let busy = self.still_there.is_some()
            || self.strip.is_some()
            || !matches!(self.screen, AnyScreen::FirstPage(_))
            || self.is_adapted();
        if busy {
            let second = iced::time::every(Duration::from_secs(1)).map(|_| Message::Second);
            Subscription::batch([resized, minute, second])
        } else {
            Subscription::batch([resized, minute])
        }
    }
}

/// Time until the next full minute of the wall clock.
fn until_next_minute(cx: &Ctx) -> Duration {
    let into = cx.clock.now().0.rem_euclid(60_000);
    Duration::from_millis(u64::try_from(60_000 - into).unwrap_or(60_000))
}

/// What the application is started with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The context that every screen reads.
    pub cx: Ctx,
    /// Attached devices.
    pub devices: Devices,
}

/// The program as iced runs it.
pub fn application(
    start: impl Fn() -> Start + 'static,
) -> iced::Application<impl iced::Program<State = App, Message = Message, Theme = Theme>> {
    let boot = move || {
        let Start { cx, devices } = start();
        App::new(cx, devices)
    };
    let mut application = iced::application(boot, App::update, App::view)
        .title("日间照料中心")
        .theme(|app: &App| if app.cx.sight.dark { Theme::Dark } else { Theme::Light })
        .style(|app: &App, _| iced::theme::Style {
            background_color: app.cx.palette().paper,
            text_color: app.cx.palette().ink,
        })
        .subscription(App::subscription)
        .scale_factor(App::scale_factor)
        .default_font(crate::ui::theme::fonts::DEFAULT)
        .presets(presets::all());
    for font in crate::ui::theme::fonts::all() {
        application = application.font(font);
    }
    application
}
