//! The bell that calls staff, the tone of a scan, and sentences read aloud. Without a sound
//! device or voice nothing fails: the words are on the screen too.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use rodio::Source as _;
use rodio::source::SineWave;

/// A handle to the sound thread, if there is one.
#[derive(Debug, Clone, Default)]
pub struct Sound {
    orders: Option<Sender<Tone>>,
}

/// A sound to play.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tone {
    Ding,
    Bell,
    Sentence(Sentence),
}

/// A sentence to read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Path of the centre's own recording, which is preferred if it exists.
    pub recording: PathBuf,
    /// espeak-ng voice for when there is no recording.
    pub voice: &'static str,
    /// The text in the form that voice reads.
    pub words: String,
}

impl Sound {
    /// A loudspeaker at `volume`, 0 to 1.
    #[must_use]
    pub fn new(volume: f32) -> Self {
        let (orders, inbox) = channel();
        let thread = std::thread::Builder::new().name("kiosk-sound".into()).spawn(move || {
            for tone in inbox {
                // The device is opened for each sound, because a loudspeaker may be plugged in
                // later.
                play(tone, volume);
            }
        });
        Self { orders: thread.is_ok().then_some(orders) }
    }

    /// A handle that never makes a sound, for tests and presets.
    #[must_use]
    pub fn silent() -> Self {
        Self::default()
    }

    /// Plays a short tone that confirms a scan.
    pub fn ding(&self) {
        self.order(Tone::Ding);
    }

    /// Rings two tones between 500 and 1000 Hz, the range that age-related hearing loss spares
    /// best.
    pub fn bell(&self) {
        self.order(Tone::Bell);
    }

    /// Reads a sentence aloud.
    pub fn say(&self, sentence: Sentence) {
        self.order(Tone::Sentence(sentence));
    }

    fn order(&self, tone: Tone) {
        if let Some(orders) = &self.orders {
            // The thread ends only with the program.
            let _ = orders.send(tone);
        }
    }
}

fn play(tone: Tone, volume: f32) {
    let notes: &[(f32, u64)] = match tone {
        Tone::Ding => &[(880.0, 140)],
        Tone::Bell => &[(880.0, 260), (660.0, 340)],
        Tone::Sentence(sentence) => {
            if !recorded(&sentence, volume) && !spoken(&sentence, volume) {
                play(Tone::Ding, volume);
            }
            return;
        }
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

/// Plays the centre's recording; `false` if there is none or it cannot be played.
fn recorded(sentence: &Sentence, volume: f32) -> bool {
    let Ok(file) = std::fs::File::open(&sentence.recording) else { return false };
    let Ok(source) = rodio::Decoder::try_from(file) else { return false };
    let Ok(mut device) = rodio::DeviceSinkBuilder::open_default_sink() else { return false };
    device.log_on_drop(false);
    let player = rodio::Player::connect_new(device.mixer());
    player.append(source.amplify(volume));
    player.sleep_until_end();
    true
}

/// Speaks with espeak-ng; `false` if it is not installed. It runs as a separate process: it
/// is GPL-licensed, and a crash does not take this program down.
fn spoken(sentence: &Sentence, volume: f32) -> bool {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 200")]
    let loudness = (volume.clamp(0.0, 1.0) * 200.0) as u32;
    Command::new("espeak-ng")
        .args(["-v", sentence.voice, "-s", "130", "-a", &loudness.to_string(), "--", &sentence.words])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
