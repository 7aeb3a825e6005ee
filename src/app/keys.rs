//! Keyboard input: card scans and the staff's shortcuts.

use std::time::Duration;

use daycare_core::card::Holder;
use daycare_core::ids::VisitId;
use daycare_core::resident::{Resident, surname};
use daycare_core::roster::Intent;
use daycare_core::visit::{CheckIn, CheckedIn, Source};
use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::state::{App, Found, Message};
use crate::devices::scanner::Scan;
use crate::error::Result;
use crate::ui::screens::strip::{self, Strip};
use crate::ui::screens::{Route, Trouble, Whose, next_route};
use crate::ui::widgets::Press;
use crate::ui::widgets::root::KeyInput;

impl App {
    /// Staff shortcuts: Alt + digit opens a screen, Ctrl + L locks, F8 answers the oldest call
    /// for help.
    fn shortcut(&mut self, key: &KeyInput, modifiers: Modifiers) -> Option<Task<Message>> {
        let held = (modifiers.alt(), modifiers.control());
        let route = match (held, key) {
            ((true, _), KeyInput::Char('1')) => Route::Board,
            ((true, _), KeyInput::Char('2')) => Route::History,
            ((true, _), KeyInput::Char('3')) => Route::Residents,
            ((true, _), KeyInput::Char('4')) => Route::Clinic,
            ((true, _), KeyInput::Char('5')) => Route::Programme,
            ((true, _), KeyInput::Char('6')) => Route::Welfare,
            ((true, _), KeyInput::Char('7')) => Route::Statistics,
            ((true, _), KeyInput::Char('8')) => Route::ShiftBook,
            ((true, _), KeyInput::Char('9')) => Route::Settings,
            ((_, true), KeyInput::Char('L' | 'l')) => return Some(self.lock()),
            (_, KeyInput::Other(Named::F8)) => return Some(self.answer_oldest_call()),
            _ => return None,
        };
        Some(self.go(route))
    }

    pub(super) fn key(&mut self, key: &KeyInput, modifiers: Modifiers, now: Duration) -> Task<Message> {
        let staff = self.cx.staff.is_some();
        // During the first start nobody is signed in, and no card is known yet.
        if self.screen.is_staff() && !staff {
            return self.pressed_key(key, modifiers, now);
        }
        let gap = Duration::from_millis(self.cx.config.scanner.gap_ms);
        match key {
            KeyInput::Char(c) => {
                self.scanner.character(*c, now, gap);
                if self.scanner.is_scanning() {
                    return Task::none();
                }
                self.touch_before_scan = self.last_touch;
            }
            KeyInput::Enter => {
                if let Some(scan) = self.scanner.enter(now, gap) {
                    // A scanned card does not count as staff activity.
                    if staff {
                        self.last_touch = self.touch_before_scan;
                    } else {
                        self.last_touch = now;
                    }
                    self.devices.sound.ding();
                    return self.look_up(scan);
                }
            }
            KeyInput::Other(_) => {}
        }
        self.pressed_key(key, modifiers, now)
    }

    /// Handles a key pressed by a person, not typed by the card reader.
    fn pressed_key(&mut self, key: &KeyInput, modifiers: Modifiers, now: Duration) -> Task<Message> {
        let staff = self.cx.staff.is_some();
        if staff {
            self.last_touch = now;
        }
        // The demo is full screen, so it can also be left with Ctrl + Q.
        if self.cx.centre.demo && modifiers.control() && matches!(key, KeyInput::Char('Q' | 'q')) {
            return self.end_demo();
        }
        if staff
            && self.screen.is_staff()
            && let Some(task) = self.shortcut(key, modifiers)
        {
            return task;
        }
        // Enter pressed twice must not save twice.
        let repeated = *key == KeyInput::Enter && !self.guard.accepts("btn:key:enter", now);
        if !self.screen.has_keys() || repeated {
            return Task::none();
        }
        if *key == KeyInput::Other(Named::Escape) && self.screen.steps_back() {
            return self.screen.back().map_or_else(Task::none, |route| self.go(route));
        }
        let action = self.screen.key(key, modifiers, &self.cx);
        self.apply(action)
    }

    fn look_up(&self, scan: Scan) -> Task<Message> {
        match scan {
            Scan::Foreign(text) => Task::done(Message::Scanned(text, Ok(None))),
            Scan::Card(code) => {
                let text = code.as_str().to_owned();
                let find = self.cx.store.read(move |store| {
                    Ok(match store.find_by_card(&code)? {
                        Some(Holder::Resident(id)) => {
                            let here = store.open_visit(id)?.is_some();
                            store.resident(id)?.map(|resident| Found::Resident(Box::new(resident), here))
                        }
                        Some(Holder::Volunteer(id)) => Some(Found::Volunteer(Box::new(store.volunteer(id)?))),
                        None => None,
                    })
                });
                Task::perform(find, move |found| Message::Scanned(text.clone(), found))
            }
        }
    }

    pub(super) fn scanned(&mut self, code: &str, found: Result<Option<Found>>) -> Task<Message> {
        if self.screen.is_staff() && self.cx.staff.is_some() {
            return self.scanned_by_staff(found);
        }
        let (next_resident, next_volunteer) = match &found {
            Ok(Some(Found::Resident(resident, _))) => (Some(resident.id), None),
            Ok(Some(Found::Volunteer(volunteer))) => (None, Some(volunteer.id)),
            _ => (None, None),
        };
        // A visitor who was still being asked is told that nothing was saved.
        let left = self.screen.unfinished().and_then(|unfinished| {
            let name = match unfinished.whose {
                Whose::Resident(resident) if Some(resident.id) == next_resident => return None,
                Whose::Resident(resident) => self.cx.public_name(&resident.profile),
                Whose::Volunteer(volunteer) if Some(volunteer.id) == next_volunteer => return None,
                Whose::Volunteer(volunteer) => surname(&volunteer.name).to_owned(),
            };
            Some((unfinished.key, name))
        });
        // Staff who led a resident here may have walked away; a scanned card is a new visitor.
        self.end_staff_session();
        self.strip = None;
        let task = self.led_to(code, found);
        if let Some((key, name)) = left {
            let words = self.cx.i18n.tr_with(key, &[("name", name.into())]);
            self.strip = Some(Strip::note(words, &self.cx));
        }
        task
    }

    /// A card scanned while staff are signed in: on the board and the lists it signs its owner
    /// in; on other screens it only shows a note.
    fn scanned_by_staff(&mut self, found: Result<Option<Found>>) -> Task<Message> {
        let resident = match found {
            Ok(Some(Found::Resident(resident, _))) if self.screen.takes_cards() => resident,
            Ok(Some(_)) => return self.note("strip-not-here"),
            Ok(None) => return self.note("strip-unknown-card"),
            Err(error) => {
                self.strip = Some(Strip::note(self.cx.i18n.error(&error), &self.cx));
                return Task::none();
            }
        };
        let arrival = CheckIn {
            visit_id: VisitId::new(),
            resident_id: resident.id,
            at: self.cx.clock.now(),
            source: Source::Card,
            services: vec![],
        };
        let actor = self.cx.actor();
        let write = self.cx.store.write(move |store| Ok((resident, store.check_in(actor, &arrival)?)));
        Task::perform(write, Message::SignedIn)
    }

    fn note(&mut self, key: &str) -> Task<Message> {
        self.strip = Some(Strip::note(self.cx.tr(key), &self.cx));
        Task::none()
    }

    pub(super) fn signed_in(&mut self, done: Result<(Box<Resident>, CheckedIn)>) -> Task<Message> {
        if self.cx.staff.is_none() {
            // The screen was locked meanwhile: the first page must not show a name.
            return Task::none();
        }
        let (resident, checked) = match done {
            Ok(done) => done,
            Err(error) => {
                self.strip = Some(Strip::note(self.cx.i18n.error(&error), &self.cx));
                return Task::none();
            }
        };
        let profile = &resident.profile;
        let name = self.cx.addressed(&profile.name, &profile.called_by);
        let words = |key: &str| self.cx.i18n.tr_with(key, &[("name", name.into())]);
        self.strip = Some(match checked {
            CheckedIn::Done(visit) => Strip::done(words("strip-signed-in"), visit.id, &self.cx),
            CheckedIn::AlreadyHere(_) => Strip::note(words("strip-here-already"), &self.cx),
        });
        Task::none()
    }

    pub(super) fn strip_tapped(
        &mut self,
        target: &str,
        press: &Press<strip::Message>,
        now: Duration,
    ) -> Task<Message> {
        if !self.guard.accepts(target, now) {
            return Task::none();
        }
        self.strip = None;
        let Press::Own(strip::Message::Undo(visit)) = *press else { return Task::none() };
        let actor = self.cx.actor();
        let write = self.cx.store.write(move |store| store.undo_check_in(actor, visit).map(drop));
        Task::perform(write, Message::TakenBack)
    }

    fn led_to(&mut self, code: &str, found: Result<Option<Found>>) -> Task<Message> {
        match found {
            Ok(Some(Found::Resident(resident, here))) => {
                let intent = self.screen.intent().unwrap_or(Intent::CheckIn);
                self.go(next_route(*resident, here, intent, Source::Card))
            }
            Ok(Some(Found::Volunteer(volunteer))) => self.go(Route::VolunteerShift(volunteer)),
            Ok(None) => {
                let code = code.to_owned();
                let note = self.cx.store.write(move |store| store.note_unknown_scan(&code));
                let note = Task::perform(note, Message::Written);
                Task::batch([note, self.go(Route::Trouble(Trouble::Card))])
            }
            Err(_) => self.go(Route::Trouble(Trouble::Resting)),
        }
    }
}
