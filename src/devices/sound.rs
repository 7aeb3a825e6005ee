//! The bell that calls staff and the ding of a scan, made by the kiosk
//! itself. No sound device is no error: the screen flashes all the same.

use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use rodio::Source as _;
use rodio::source::SineWave;

/// A thread with the loudspeaker, if there is one.
#[derive(Debug, Clone, Default)]
pub struct Sound {
    orders: Option<Sender<Tone>>,
}

/// Something to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Ding,
    Bell,
}

impl Sound {
    /// A loudspeaker at `volume`, 0 to 1.
    #[must_use]
    pub fn new(volume: f32) -> Self {
        let (orders, inbox) = channel();
        let thread = std::thread::Builder::new().name("kiosk-sound".into()).spawn(move || {
            for tone in inbox {
                // Opened for each sound: a loudspeaker may be plugged in later.
                play(tone, volume);
            }
        });
        Self { orders: thread.is_ok().then_some(orders) }
    }

    /// Never makes a sound (tests, presets).
    #[must_use]
    pub fn silent() -> Self {
        Self::default()
    }

    /// A short friendly tone: heard you.
    pub fn ding(&self) {
        self.order(Tone::Ding);
    }

    /// Two tones between 500 and 1000 Hz, which failing ears hear best.
    pub fn bell(&self) {
        self.order(Tone::Bell);
    }

    fn order(&self, tone: Tone) {
        if let Some(orders) = &self.orders {
            // The thread is gone only when the program ends.
            let _ = orders.send(tone);
        }
    }
}

fn play(tone: Tone, volume: f32) {
    let notes: &[(f32, u64)] = match tone {
        Tone::Ding => &[(880.0, 140)],
        Tone::Bell => &[(880.0, 260), (660.0, 340)],
    };
    let Ok(mut device) = rodio::DeviceSinkBuilder::open_default_sink() else { return };
    device.log_on_drop(false);
    for (hertz, ms) in notes {
        let length = Duration::from_millis(*ms);
        device.mixer().add(
            SineWave::new(*hertz).take_duration(length).amplify(volume).fade_in(Duration::from_millis(8)),
        );
        #[expect(clippy::disallowed_methods, reason = "the sound thread waits for the note to end")]
        std::thread::sleep(length);
    }
}
