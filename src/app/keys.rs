//! What comes in by keys: a card under the reader, a shortcut of the staff.

use std::time::Duration;

use iced::Task;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;

use super::{App, Message, screen};
use crate::devices::scanner::Scan;
use crate::domain::card::Holder;
use crate::domain::resident::Resident;
use crate::domain::roster::Intent;
use crate::domain::visit::Source;
use crate::domain::volunteer::Volunteer;
use crate::error::Result;
use crate::screens::{Route, Trouble, led};
use crate::widgets::root::KeyInput;

/// Whose card it is.
#[derive(Debug, Clone)]
pub enum Found {
    /// A resident, and whether they are here.
    Resident(Box<Resident>, bool),
    /// A volunteer who is none.
    Volunteer(Box<Volunteer>),
}

impl App {
    /// Keys of the staff: Alt and a digit for the places, Ctrl and L to lock,
    /// F8 for the oldest call for help.
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
            ((_, true), KeyInput::Char('L' | 'l')) => Route::Idle,
            (_, KeyInput::Other(Named::F8)) => return Some(self.deliver(screen::answer_oldest_call())),
            _ => return None,
        };
        Some(self.go(route))
    }

    pub(super) fn key(&mut self, key: &KeyInput, modifiers: Modifiers, now: Duration) -> Task<Message> {
        if self.screen.is_staff() && self.cx.staff.is_some() {
            self.last_touch = now;
            return self.shortcut(key, modifiers).unwrap_or_else(|| {
                let action = self.screen.key(key, modifiers, &self.cx);
                self.apply(action)
            });
        }
        // At the first start a scan is typed into the field for it.
        if self.screen.is_staff() {
            return Task::none();
        }
        let gap = Duration::from_millis(self.cx.config.scanner.gap_ms);
        match key {
            KeyInput::Char(c) => self.scanner.character(*c, now, gap),
            KeyInput::Enter => {
                if let Some(scan) = self.scanner.enter(now, gap) {
                    self.last_touch = now;
                    self.devices.sound.ding();
                    return self.look_up(scan);
                }
            }
            KeyInput::Other(_) => {}
        }
        Task::none()
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
        match found {
            Ok(Some(Found::Resident(resident, here))) => {
                let intent = self.screen.intent().unwrap_or(Intent::CheckIn);
                self.go(led(*resident, here, intent, Source::Card))
            }
            Ok(Some(Found::Volunteer(volunteer))) => self.go(Route::Serving(volunteer)),
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
