//! The application without a window: sends messages, runs tasks, touches the real widgets,
//! and draws real pictures.

use std::sync::Once;

use daycare_core::appointment::Appointment;
use daycare_core::ids::ResidentId;
use daycare_core::resident::Resident;
use daycare_core::volunteer::{Volunteer, Worker};
use daycare_kiosk::app::{App, Devices, Message, presets};
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::{Ctx, Route, Sight};
use daycare_kiosk::ui::theme::{Shape, fonts};
use daycare_kiosk::ui::widgets::root::KeyInput;
use iced::touch::{self, Finger};
use iced::{Event, Point, Rectangle, Settings, Size, Task, Theme};
use iced_test::Simulator;
use iced_test::core::clipboard;
use iced_test::core::renderer::Headless;
use iced_test::runtime::{Action, UserInterface, task, user_interface};
use iced_test::selector::Candidate;

/// An element found on a screen.
#[derive(Debug, Clone)]
pub enum Piece {
    Target { name: String, bounds: Rectangle },
    Text { content: String, bounds: Rectangle },
    Forbidden(&'static str),
}

pub struct Sandbox {
    pub app: App,
    pub shape: Shape,
}

impl Sandbox {
    pub fn demo() -> Self {
        Self::on(presets::context(|store| daycare_kiosk::demo::seed(store).map(drop)).expect("a demo centre"))
    }

    pub fn on(cx: Ctx) -> Self {
        Self::with(cx, Devices::default())
    }

    pub fn with(cx: Ctx, devices: Devices) -> Self {
        load_fonts();
        let (app, task) = App::new(cx, devices);
        let mut sandbox = Self { app, shape: Shape::Portrait };
        sandbox.drain(task);
        sandbox
    }

    pub fn cx(&self) -> &Ctx {
        self.app.cx()
    }

    pub fn send(&mut self, message: Message) {
        let task = self.app.update(message);
        self.drain(task);
    }

    /// Runs a task to completion and handles its messages.
    pub fn drain(&mut self, task: Task<Message>) {
        let Some(stream) = task::into_stream(task) else { return };
        let actions: Vec<_> = futures::executor::block_on_stream(stream).collect();
        for action in actions {
            if let Action::Output(message) = action {
                self.send(message);
            }
        }
    }

    /// Opens a screen with a visitor's language and display settings.
    pub fn open(&mut self, route: Route, lang: Lang, sight: Sight, shape: Shape) {
        self.shape = shape;
        let task = self.app.open(route, lang, sight);
        self.drain(task);
    }

    /// The caregiver of the demo unlocks.
    pub fn unlock(&mut self) {
        self.unlock_as("周敏", daycare_kiosk::demo::STAFF_PIN);
    }

    /// Unlocks with this account and PIN.
    pub fn unlock_as(&mut self, name: &str, pin: &str) {
        self.click("工作人员");
        self.wait(1);
        self.click(name);
        for digit in pin.chars() {
            self.wait(1);
            self.click(&digit.to_string());
        }
    }

    fn simulator(&self) -> Simulator<'_, Message, Theme> {
        let settings = Settings { default_font: fonts::DEFAULT, ..Settings::default() };
        Simulator::with_size(settings, self.shape.size(), self.app.view())
    }

    /// Clicks the text, as a mouse would.
    pub fn click(&mut self, text: &str) {
        let mut simulator = self.simulator();
        if let Err(error) = simulator.click(text) {
            panic!("no {text:?} on the screen: {error}\n{:?}", self.texts());
        }
        self.follow(simulator.into_messages().collect());
    }

    /// Types into the field that shows `shown`: its value, or its hint where it is
    /// empty.
    pub fn type_into(&mut self, shown: &str, text: &str) {
        let mut simulator = self.simulator();
        let field = simulator.find(|candidate: Candidate<'_>| match candidate {
            Candidate::TextInput { visible_bounds, state, .. } if state.text() == shown => {
                visible_bounds.map(|bounds| bounds.center())
            }
            _ => None,
        });
        let Ok(at) = field else { panic!("no field {shown:?}: {:?}", self.texts()) };
        simulator.point_at(at);
        simulator.simulate(iced_test::simulator::click());
        simulator.typewrite(text);
        self.follow(simulator.into_messages().collect());
    }

    /// A key of the keyboard, a second after the last one.
    pub fn press_key(&mut self, key: KeyInput) {
        self.wait(1);
        self.send(Message::Key(key, iced::keyboard::Modifiers::empty()));
    }

    /// Sends the events frame by frame and handles their messages.
    pub fn events(&mut self, events: Vec<Event>) {
        let mut simulator = self.simulator();
        simulator.simulate(events);
        self.follow(simulator.into_messages().collect());
    }

    /// Messages that the events produce, without handling them.
    pub fn messages_of(&self, events: Vec<Event>) -> Vec<Message> {
        let mut simulator = self.simulator();
        simulator.simulate(events);
        simulator.into_messages().collect()
    }

    /// A card held under the reader.
    pub fn scan(&mut self, code: &str) {
        let mut simulator = self.simulator();
        simulator.typewrite(code);
        simulator.tap_key(iced::keyboard::key::Named::Enter);
        self.follow(simulator.into_messages().collect());
    }

    fn follow(&mut self, messages: Vec<Message>) {
        messages.into_iter().for_each(|message| self.send(message));
    }

    /// Lets `seconds` pass, one at a time.
    pub fn wait(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.cx().clock.advance(std::time::Duration::from_secs(1));
            self.send(Message::Second);
        }
    }

    /// All elements on the screen.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut simulator = self.simulator();
        let visit = |candidate: Candidate<'_>| -> Option<()> {
            match candidate {
                Candidate::Container { id: Some(id), bounds, .. } => {
                    let shown = format!("{id:?}");
                    if let Some(name) = shown.split('"').nth(1).filter(|name| name.starts_with("btn:")) {
                        pieces.push(Piece::Target { name: name.to_owned(), bounds });
                    }
                }
                Candidate::Text { content, bounds, .. } => {
                    pieces.push(Piece::Text { content: content.to_owned(), bounds });
                }
                Candidate::Scrollable { .. } => pieces.push(Piece::Forbidden("a scrollable")),
                Candidate::TextInput { .. } => pieces.push(Piece::Forbidden("a text field")),
                _ => {}
            }
            None
        };
        // The search ends with "not found" and has seen everything.
        drop(simulator.find(visit));
        pieces
    }

    pub fn texts(&self) -> Vec<String> {
        let text = |piece| match piece {
            Piece::Text { content, .. } => Some(content),
            _ => None,
        };
        self.pieces().into_iter().filter_map(text).collect()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown == text)
    }

    pub fn expect(&self, text: &str) {
        assert!(self.shows(text), "{text:?} is not shown: {:?}", self.texts());
    }

    /// The middle of a target.
    pub fn target(&self, wanted: &str) -> Point {
        let found = self.pieces().into_iter().find_map(|piece| match piece {
            Piece::Target { name, bounds } if name == wanted => Some(bounds.center()),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no target {wanted}: {:?}", self.pieces()))
    }

    /// Taps the first target whose name starts with `prefix`.
    pub fn tap_first(&mut self, prefix: &str) {
        let wanted = format!("btn:{prefix}");
        let found = self.pieces().into_iter().find_map(|piece| match piece {
            Piece::Target { name, bounds } if name.starts_with(&wanted) => Some(bounds.center()),
            _ => None,
        });
        let at = found.unwrap_or_else(|| panic!("no target {wanted}: {:?}", self.pieces()));
        self.events(vec![press(1, at), lift(1, at)]);
    }

    pub fn resident(&self, name: &str) -> Resident {
        let name = name.to_owned();
        let find = self.cx().store.read(move |store| {
            Ok(store.residents()?.into_iter().find(|resident| resident.profile.name == name))
        });
        futures::executor::block_on(find).expect("read").expect("registered")
    }

    pub fn is_here(&self, id: ResidentId) -> bool {
        let find = self.cx().store.read(move |store| store.open_visit(id));
        futures::executor::block_on(find).expect("read").is_some()
    }

    /// A picture of the screen at one pixel per unit: width, height, pixels.
    pub fn picture(&self, size: Size) -> (u32, u32, Vec<u8>) {
        let palette = self.cx().palette();
        Painter::of(size, palette.paper, palette.ink).draw(self.app.view())
    }
}

/// Renders into pixels as the window does.
pub struct Painter {
    renderer: iced::Renderer,
    size: Size,
    paper: iced::Color,
    ink: iced::Color,
    cache: Option<user_interface::Cache>,
}

impl Default for Painter {
    fn default() -> Self {
        Self::new()
    }
}

impl Painter {
    /// A painter for a portrait screen in the light theme.
    pub fn new() -> Self {
        let palette = &daycare_kiosk::ui::theme::palette::LIGHT;
        Self::of(Shape::Portrait.size(), palette.paper, palette.ink)
    }

    fn of(size: Size, paper: iced::Color, ink: iced::Color) -> Self {
        let renderer = futures::executor::block_on(<iced::Renderer as Headless>::new(
            fonts::DEFAULT,
            16.0.into(),
            Some("tiny-skia"),
        ));
        let renderer = renderer.expect("a software renderer");
        Self { renderer, size, paper, ink, cache: Some(user_interface::Cache::default()) }
    }

    /// The renderer that measures and draws.
    pub fn renderer(&self) -> &iced::Renderer {
        &self.renderer
    }

    /// Lays out and draws; width, height and the pixels.
    pub fn draw(&mut self, view: iced::Element<'_, Message>) -> (u32, u32, Vec<u8>) {
        let cache = self.cache.take().unwrap_or_default();
        let mut interface = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let redraw = Event::Window(iced::window::Event::RedrawRequested(std::time::Instant::now()));
        let cursor = iced::mouse::Cursor::Unavailable;
        drop(interface.update(&[redraw], cursor, &mut self.renderer, &mut clipboard::Null, &mut Vec::new()));
        let style = iced_test::core::renderer::Style { text_color: self.ink };
        interface.draw(&mut self.renderer, &Theme::Light, &style, cursor);
        self.cache = Some(interface.into_cache());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's size")]
        let pixels = Size::new(self.size.width as u32, self.size.height as u32);
        let rgba = self.renderer.screenshot(pixels, 1.0, self.paper);
        (pixels.width, pixels.height, rgba)
    }
}

pub fn load_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for font in fonts::all() {
            iced_test::renderer::graphics::text::font_system().write().expect("fonts").load_font(font);
        }
    });
}

pub fn press(finger: u64, position: Point) -> Event {
    Event::Touch(touch::Event::FingerPressed { id: Finger(finger), position })
}

pub fn drag(finger: u64, position: Point) -> Event {
    Event::Touch(touch::Event::FingerMoved { id: Finger(finger), position })
}

pub fn lift(finger: u64, position: Point) -> Event {
    Event::Touch(touch::Event::FingerLifted { id: Finger(finger), position })
}

/// A route to each staff screen by name, for pictures.
pub fn staff_samples(sandbox: &Sandbox) -> Vec<(&'static str, Route)> {
    vec![
        ("Unlock", Route::Unlock),
        ("Board", Route::Board),
        ("History", Route::History),
        ("Residents", Route::Residents),
        ("Person", Route::Person(Some(sandbox.resident("欧阳素芬").id))),
        ("Clinic", Route::Clinic),
        ("Schedule", Route::Schedule),
        ("Health", Route::Health(sandbox.resident("欧阳素芬").id)),
        ("Measure", Route::Measure(sandbox.resident("欧阳素芬").id, None)),
        ("Programme", Route::Programme),
        ("Volunteers", Route::Volunteers),
        ("Welfare", Route::Welfare),
        ("Statistics", Route::Statistics),
        ("ShiftBook", Route::ShiftBook),
        ("Settings", Route::Settings),
        ("Merge", Route::Merge),
        ("Intake", Route::Intake),
        ("Locked", Route::Locked(daycare_core::access::Permission::Health)),
        ("Cleaning", Route::Cleaning),
    ]
}

/// Further views of the staff screens: route and taps. A tap is a text key, `@` and the start
/// of a target's name, or `#` and a name of the centre.
pub fn staff_steps(sandbox: &Sandbox) -> Vec<(&'static str, Route, &'static [&'static str])> {
    let ouyang = || Route::Person(Some(sandbox.resident("欧阳素芬").id));
    let wang = Route::Person(Some(sandbox.resident("王福全").id));
    vec![
        ("Board-expected", Route::Board, &["board-expected"]),
        ("Board-gone", Route::Board, &["board-gone"]),
        ("Board-ticked", Route::Board, &["@tick-"]),
        ("History-open", Route::History, &["@visit-"]),
        ("History-correct", Route::History, &["@visit-", "board-correct"]),
        ("History-late", Route::History, &["history-late"]),
        ("History-yards", Route::History, &["column-yard"]),
        ("Person-care", wang, &["person-care"]),
        ("Person-consents", ouyang(), &["person-consents"]),
        ("Person-cards", ouyang(), &["card-title"]),
        ("Person-more", ouyang(), &["person-more"]),
        ("Person-new", Route::Person(None), &[]),
        ("Welfare-missed", Route::Welfare, &["welfare-missed", "@open-"]),
        ("Welfare-birthdays", Route::Welfare, &["welfare-tab-birthdays"]),
        ("Welfare-incomplete", Route::Welfare, &["welfare-tab-incomplete"]),
        ("Statistics-month", Route::Statistics, &["period-month"]),
        ("ShiftBook-incidents", Route::ShiftBook, &["book-incidents"]),
        ("ShiftBook-notices", Route::ShiftBook, &["book-notices"]),
        ("ShiftBook-numbers", Route::ShiftBook, &["book-numbers"]),
        ("ShiftBook-papers", Route::ShiftBook, &["book-papers"]),
        ("Settings-machine", Route::Settings, &["settings-machine"]),
        ("Settings-accounts", Route::Settings, &["settings-accounts"]),
        ("Settings-trail", Route::Settings, &["settings-trail"]),
        ("Settings-register", Route::Settings, &["settings-register"]),
        ("Settings-names", Route::Settings, &["settings-names"]),
        ("Settings-sync", Route::Settings, &["settings-sync"]),
        ("Programme-month", Route::Programme, &["prog-month-tab"]),
        ("Programme-people", Route::Programme, &["#唱红歌"]),
        ("Programme-change", Route::Programme, &["#唱红歌", "prog-edit", "prog-from-now"]),
        ("Programme-cancel", Route::Programme, &["#唱红歌", "prog-cancel"]),
        ("Volunteers-hours", Route::Volunteers, &["vol-hours"]),
        ("Volunteers-one", Route::Volunteers, &["@open-"]),
        ("Volunteers-late", Route::Volunteers, &["@open-", "vol-late"]),
        ("Volunteers-new", Route::Volunteers, &["vol-new"]),
        ("Volunteers-team", Route::Volunteers, &["vol-new-team"]),
        ("Clinic-week", Route::Clinic, &["clinic-week"]),
        ("Clinic-queue", Route::Clinic, &["clinic-queue"]),
        ("Clinic-calls", Route::Clinic, &["clinic-calls"]),
        ("Clinic-checkups", Route::Clinic, &["clinic-checkups"]),
        ("Clinic-session-form", Route::Clinic, &["clinic-session"]),
        ("Schedule-hours-form", Route::Schedule, &["schedule-add"]),
        ("FirstStart", Route::FirstStart, &[]),
        ("FirstStart-centre", Route::FirstStart, &["start-begin"]),
        ("FirstStart-join", Route::FirstStart, &["start-join"]),
    ]
}

impl Sandbox {
    /// Names of services, rooms, activities, teams or duties that appear in another language than
    /// the current one. A name within a sentence is user input and not counted.
    pub fn strange_names(&self) -> Vec<String> {
        let names = futures::executor::block_on(self.cx().store.read(|store| store.names_in_use()));
        let names = names.expect("read");
        assert!(names.len() > 30, "the demo has services, rooms, activities, teams and duties");
        let names: Vec<_> = names.into_iter().filter(|name| self.cx().name(name) != *name).collect();
        let strange = |text: &String| {
            let mut parts = text.split([' ', '、', '·', ',']).chain([text.as_str()]);
            parts.any(|part| names.iter().any(|name| name == part))
        };
        self.texts().into_iter().filter(strange).collect()
    }

    /// Opens a staff screen as the demo's manager and makes the taps; unlocks first if there is
    /// no session.
    pub fn show_staff(&mut self, route: Route, taps: &[&str], lang: Lang, shape: Shape) {
        if self.cx().staff.is_none() {
            self.open(Route::FirstPage, Lang::ZhHans, Sight::default(), shape);
            self.unlock_as("何静", daycare_kiosk::demo::MANAGER_PIN);
            self.wait(1);
        }
        self.open(route, lang, Sight::default(), shape);
        for tap in taps {
            self.wait(1);
            if let Some(target) = tap.strip_prefix('@') {
                self.tap_first(target);
                continue;
            }
            // A tab's label may be followed by a number.
            let label = tap.strip_prefix('#').map_or_else(|| self.cx().tr(tap), |name| self.cx().name(name));
            let shown = self.texts().into_iter().find(|text| text.starts_with(&label));
            self.click(&shown.unwrap_or(label));
        }
    }
}

/// A resident with bookings today and tomorrow, and one of these bookings, which requires
/// fasting.
fn bookings(sandbox: &Sandbox) -> (Box<Resident>, Box<Appointment>) {
    use daycare_core::appointment::{Booked, Booking};
    use daycare_core::audit::Actor;
    use daycare_core::ids::AppointmentId;
    use daycare_core::service::{CHECKUP, HEALTH_CHECK, seed_id};
    use daycare_core::visit::{CheckIn, Source};
    let who = sandbox.resident("王福全");
    let (id, today) = (who.id, sandbox.cx().clock.today());
    let arrival = CheckIn {
        visit_id: daycare_core::ids::VisitId::from_u128(77),
        resident_id: id,
        at: sandbox.cx().clock.now(),
        source: Source::Card,
        services: vec![],
    };
    let write = sandbox.cx().store.write(move |store| {
        let mut number = 70_000;
        let known = store.appointments_of(id, today)?;
        if known.is_empty() {
            for (service, ahead) in [(HEALTH_CHECK, 0), (6, 3), (CHECKUP, 2), (13, 1)] {
                let day = today + chrono::Days::new(ahead);
                for slot in store.slots(seed_id(service), day, day)? {
                    number += 1;
                    let booking = Booking {
                        id: AppointmentId::from_u128(number),
                        resident_id: id,
                        session_id: slot.session_id,
                        starts_at: slot.starts_at,
                        instead_of: None,
                    };
                    if matches!(store.book(Actor::Program, &booking)?, Booked::Done(_)) {
                        break;
                    }
                }
            }
            store.check_in(Actor::Program, &arrival)?;
        }
        store.appointments_of(id, today)
    });
    let all = futures::executor::block_on(write).expect("booked");
    let fasting = all.iter().find(|a| a.fasting).expect("a check-up").clone();
    (Box::new(who), Box::new(fasting))
}

/// A resident screen by name: where to go and what to tap there.
pub struct Sample {
    pub name: &'static str,
    pub route: Route,
    pub taps: &'static [&'static str],
}

impl Sandbox {
    /// Shows a sample as one visitor sees it.
    pub fn show(&mut self, sample: &Sample, lang: Lang, sight: Sight, shape: Shape) {
        self.open(sample.route.clone(), lang, sight, shape);
        for target in sample.taps {
            self.cx().clock.advance_monotonic(std::time::Duration::from_secs(1));
            let at = self.target(target);
            self.events(vec![press(1, at), lift(1, at)]);
        }
    }
}

/// All resident screens and their steps, for pictures and audits.
pub fn samples(sandbox: &Sandbox) -> Vec<Sample> {
    let plain = |(name, route)| Sample { name, route, taps: &[] };
    let mut all: Vec<Sample> = routes(sandbox).into_iter().chain(serving(sandbox)).map(plain).collect();
    let book = |name, taps| {
        let wish = daycare_kiosk::ui::screens::Wish::health_check(
            Box::new(sandbox.resident("欧阳素芬")),
            daycare_core::visit::Source::Card,
        );
        Sample { name, route: Route::Book(wish), taps }
    };
    all.push(book("Book-what", &["btn:nav:other"]));
    all.push(book("Book-time", &["btn:choice:day-0"]));
    all.push(book("Book-confirm", &["btn:choice:day-1", "btn:choice:time-0"]));
    let talk = ["btn:nav:other", "btn:choice:D", "btn:choice:day-1"];
    all.push(book("Book-wait", Box::leak(Box::new(talk))));
    let visitor = signed_up(sandbox);
    let activities =
        |name, taps| Sample { name, route: Route::Activities(Some(visitor.clone()), None), taps };
    all.push(activities("Activities-joined", &[]));
    all.push(activities("Activities-week", &["btn:nav:next"]));
    all.push(activities("Activities-full", &["btn:choice:full-1"]));
    all.push(activities("Activities-leave", &["btn:choice:joined-0"]));
    all
}

/// Somebody who is signed up for the first activity of today; the second is full.
fn signed_up(sandbox: &Sandbox) -> (Box<Resident>, daycare_core::visit::Source) {
    use daycare_core::activity::enrolment::SigningUp;
    use daycare_core::activity::{Arrangement, OccurrenceChange};
    use daycare_core::audit::Actor;
    use daycare_core::ids::EnrolmentId;
    let who = sandbox.resident("王福全");
    let (id, today) = (who.id, sandbox.cx().clock.today());
    let write = sandbox.cx().store.write(move |store| {
        let held = store.activities(today, today)?;
        let (key, full) = (held[0].occurrence.key, &held[1].occurrence);
        let arrangement = Arrangement { capacity: Some(1), ..full.arrangement.clone() };
        let change = OccurrenceChange { key: full.key, held_on: today, arrangement, cancelled: None };
        let _ = store.change_occurrence(Actor::Program, &change)?;
        store.sign_up(Actor::Program, &SigningUp { id: EnrolmentId::from_u128(5), key, resident_id: id })
    });
    futures::executor::block_on(write).expect("signed up");
    (Box::new(who), daycare_core::visit::Source::Card)
}

/// A volunteer on a shift, one who is not, and one who is a resident.
fn volunteers(sandbox: &Sandbox) -> (Volunteer, Volunteer, Box<Resident>) {
    let read = sandbox.cx().store.write(|store| {
        let all = store.volunteers()?;
        let serves = |volunteer: &&Volunteer| {
            store.open_shift(Worker::Volunteer(volunteer.id)).expect("read").is_some()
        };
        let open = all.iter().find(serves).expect("one serves").clone();
        let closed = all.iter().find(|volunteer| !serves(volunteer)).expect("one does not").clone();
        let both = all.iter().find_map(|volunteer| volunteer.resident_id).expect("one is a resident");
        Ok((open, closed, Box::new(store.resident(both)?.expect("registered"))))
    });
    futures::executor::block_on(read).expect("read")
}

/// The screens of volunteers.
fn serving(sandbox: &Sandbox) -> Vec<(&'static str, Route)> {
    use daycare_core::visit::{Source, State};
    use daycare_kiosk::ui::screens::ClosingSentence;
    let (open, closed, both) = volunteers(sandbox);
    let served = Box::new(daycare_core::volunteer::Shift {
        id: daycare_core::ids::ShiftId::from_u128(9),
        worker: Worker::Volunteer(closed.id),
        team_id: None,
        duty_id: None,
        day: sandbox.cx().clock.today(),
        started_at: sandbox.cx().clock.now().plus_ms(-5_400_000),
        ended_at: Some(sandbox.cx().clock.now()),
        state: State::Left,
    });
    vec![
        ("MyDay-volunteer", Route::MyDay(both, Source::Card)),
        ("VolunteerShift", Route::VolunteerShift(Box::new(closed.clone()))),
        ("VolunteerShift-now", Route::VolunteerShift(Box::new(open))),
        (
            "Closing-serving",
            Route::Closing(ClosingSentence::Serving(Box::new(closed.clone()), served.clone())),
        ),
        ("Closing-served", Route::Closing(ClosingSentence::Served(Box::new(closed), served))),
    ]
}

fn routes(sandbox: &Sandbox) -> Vec<(&'static str, Route)> {
    use daycare_core::roster::Intent;
    use daycare_core::visit::{Source, State, Visit};
    use daycare_kiosk::ui::screens::Wish;
    use daycare_kiosk::ui::screens::{Among, ClosingSentence, Trouble};
    let wang = Box::new(sandbox.resident("王福全"));
    let ouyang = Box::new(sandbox.resident("欧阳素芬"));
    let mut asked = ouyang.clone();
    asked.profile.escort = daycare_core::resident::Escort::Ask;
    let (booked, fasting) = bookings(sandbox);
    let services = &sandbox.cx().centre.services;
    let now = sandbox.cx().clock.now();
    let visit = Visit {
        id: daycare_core::ids::VisitId::from_u128(9),
        resident_id: ouyang.id,
        day: sandbox.cx().clock.today(),
        arrived_at: now,
        left_at: None,
        state: State::Open,
        source: Source::Card,
        services: vec![services[3].id],
    };
    let told = daycare_core::shift_book::Notice {
        id: daycare_core::ids::NoticeId::from_u128(1),
        kind: daycare_core::shift_book::NoticeKind::Heat,
        words: "今天39度，中午别出门，多喝水，不舒服就叫我们".into(),
        from_on: sandbox.cx().clock.today(),
        until_on: sandbox.cx().clock.today(),
        read: 0,
    };
    let numbered =
        Box::new(daycare_core::appointment::Appointment { ticket: Some("A06".into()), ..(*fasting).clone() });
    vec![
        ("FirstPage", Route::FirstPage),
        ("Display", Route::Display),
        ("Surname", Route::Surname(Intent::CheckIn)),
        ("Photo", Route::Photo(Intent::CheckIn, Among::Surname("王".into()))),
        ("Photo-one", Route::Photo(Intent::CheckIn, Among::Surname("欧阳".into()))),
        ("Phone", Route::Phone(Intent::CheckIn)),
        ("Confirm", Route::Confirm(ouyang.clone(), Source::Card)),
        ("Success", Route::Success(ouyang.clone(), Box::new(visit.clone()))),
        ("Notice", Route::Notice(ouyang.clone(), Box::new(visit.clone()), vec![told])),
        ("MyDay", Route::MyDay(ouyang.clone(), Source::Surname)),
        ("MyDay-booked", Route::MyDay(booked.clone(), Source::Card)),
        ("MyDay-looked-at", Route::MyDay(booked.clone(), Source::Phone)),
        ("Book", Route::Book(Wish::health_check(ouyang.clone(), Source::Card))),
        ("Booked", Route::Booked(ouyang.clone(), Source::Card, fasting.clone())),
        ("QueueNumber", Route::QueueNumber(ouyang.clone(), numbered)),
        ("CancelAppointment", Route::CancelAppointment(ouyang.clone(), Source::Card, fasting.clone())),
        ("Calling", Route::Calling),
        ("Activities", Route::Activities(None, None)),
        ("Leave", Route::Leave(wang.clone())),
        ("Leave-ask", Route::Leave(asked)),
        ("Closing-goodbye", Route::Closing(ClosingSentence::Goodbye(ouyang.clone(), visit.id))),
        ("Closing-undone", Route::Closing(ClosingSentence::Undone)),
        (
            "Closing-dropped",
            Route::Closing(ClosingSentence::Dropped(booked.clone(), Source::Card, fasting.clone())),
        ),
        ("Closing-queue", Route::Closing(ClosingSentence::Waiting(booked.clone(), 3))),
        ("Closing-have", Route::Closing(ClosingSentence::AlreadyBooked(booked, fasting))),
        ("Closing-wait", Route::Closing(ClosingSentence::WaitForStaff(wang))),
        ("Closing-nobody", Route::Closing(ClosingSentence::NobodyHere)),
        ("Help", Route::Help),
        ("Trouble-card", Route::Trouble(Trouble::Card)),
        ("Trouble-listed", Route::Trouble(Trouble::NotListed)),
        ("Trouble-phone", Route::Trouble(Trouble::Phone)),
        ("Trouble-resting", Route::Trouble(Trouble::Resting)),
    ]
}
