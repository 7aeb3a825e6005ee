//! `kiosk.toml` -> [`Config`]. Every key is documented in `kiosk.toml` itself.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, FileFault, Result};

/// All settings of the file, one field per table or key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Whether this machine is a public kiosk or a desk PC.
    pub mode: Mode,
    /// The centre.
    pub centre: Centre,
    /// Where records live.
    pub storage: Storage,
    /// The screen.
    pub screen: Screen,
    /// The card reader.
    pub scanner: Scanner,
    /// The bell for calls.
    pub sound: Sound,
    /// Measuring devices.
    pub devices: Devices,
    /// The hub.
    pub sync: Sync,
}

/// `mode`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A public kiosk at the entrance.
    #[default]
    Kiosk,
    /// A caregivers' desk PC: a window with the staff screens only.
    Desk,
}

/// `[sync]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sync {
    /// Whether to sync, if a hub has been joined.
    pub enabled: bool,
    /// Seconds between two polls of the hub.
    pub poll_seconds: u64,
}

/// `[devices]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Devices {
    /// Command that prints blood pressure notifications; empty means no device.
    pub blood_pressure: String,
}

/// `[centre]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Centre {
    /// IANA time zone.
    pub timezone: String,
}

/// `[storage]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Storage {
    /// Data folder; empty means the user's data folder.
    pub data: PathBuf,
    /// Folder for a second copy of backups, such as on a USB disk; empty means none.
    pub backup_copy: PathBuf,
    /// How many nightly backups are kept.
    pub backups_kept: u32,
    /// Local hour of the nightly backup, 0 to 23.
    pub backup_hour: u32,
}

/// `[screen]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    /// Diagonal in inches, used unless the first start has asked for it.
    pub panel_diagonal_in: f32,
    /// Whether the window covers the whole screen.
    pub fullscreen: bool,
    /// Language of the first page: `zh-Hans`, `zh-Hant` or `en`.
    pub language: String,
    /// Seconds without a touch before "still there?".
    pub idle_seconds: u64,
    /// Seconds until that question counts as unanswered.
    pub still_there_seconds: u64,
    /// Seconds the success screen and its undo button stay.
    pub success_seconds: u64,
    /// Seconds without a touch before staff screens lock.
    pub staff_idle_seconds: u64,
    /// Minutes after which staff screens lock even if they are in use.
    pub staff_session_minutes: u64,
}

/// `[scanner]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scanner {
    /// Longest gap between two characters of a scan, in milliseconds.
    pub gap_ms: u64,
}

/// `[sound]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sound {
    /// Loudness of the bell, 0 to 1.
    pub volume: f32,
}

impl Default for Centre {
    fn default() -> Self {
        Self { timezone: "Asia/Shanghai".into() }
    }
}

impl Default for Storage {
    fn default() -> Self {
        Self { data: PathBuf::new(), backup_copy: PathBuf::new(), backups_kept: 14, backup_hour: 2 }
    }
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            panel_diagonal_in: 21.5,
            fullscreen: true,
            language: "zh-Hans".into(),
            idle_seconds: 60,
            still_there_seconds: 30,
            success_seconds: 15,
            staff_idle_seconds: 180,
            staff_session_minutes: 30,
        }
    }
}

impl Default for Sync {
    fn default() -> Self {
        Self { enabled: true, poll_seconds: 30 }
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self { gap_ms: 50 }
    }
}

impl Default for Sound {
    fn default() -> Self {
        Self { volume: 0.8 }
    }
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// The file cannot be read, or a key is unknown or invalid; the error names file and key.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
        Self::parse(&text).map_err(|what| Error::bad_file(path, FileFault::BadSettings, what))
    }

    /// Parses and checks the text of a file.
    ///
    /// # Errors
    /// A key is unknown or invalid; the detail shows it, in no language.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let config: Self = toml::from_str(text).map_err(|e| line_of(text, &e))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> std::result::Result<(), String> {
        let screen = &self.screen;
        let within = |key: &str, value: f64, low: f64, high: f64| {
            if (low..=high).contains(&value) {
                Ok(())
            } else {
                Err(format!("{key} = {value} ({low} – {high})"))
            }
        };
        let seconds = |value: u64| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
        self.zone()?;
        within("screen.panel_diagonal_in", screen.panel_diagonal_in.into(), 10.0, 65.0)?;
        within("screen.idle_seconds", seconds(screen.idle_seconds), 20.0, 600.0)?;
        within("screen.still_there_seconds", seconds(screen.still_there_seconds), 20.0, 300.0)?;
        within("screen.success_seconds", seconds(screen.success_seconds), 15.0, 120.0)?;
        within("screen.staff_idle_seconds", seconds(screen.staff_idle_seconds), 30.0, 1800.0)?;
        within("screen.staff_session_minutes", seconds(screen.staff_session_minutes), 1.0, 480.0)?;
        within("sync.poll_seconds", seconds(self.sync.poll_seconds), 5.0, 3600.0)?;
        within("scanner.gap_ms", seconds(self.scanner.gap_ms), 10.0, 500.0)?;
        within("sound.volume", self.sound.volume.into(), 0.0, 1.0)?;
        within("storage.backups_kept", self.storage.backups_kept.into(), 1.0, 365.0)?;
        within("storage.backup_hour", self.storage.backup_hour.into(), 0.0, 23.0)?;
        if !["zh-Hans", "zh-Hant", "en"].contains(&screen.language.as_str()) {
            return Err(format!("screen.language = {:?} (zh-Hans, zh-Hant, en)", screen.language));
        }
        Ok(())
    }

    /// The centre's time zone.
    ///
    /// # Errors
    /// The name is not in the zone table.
    pub fn zone(&self) -> std::result::Result<chrono_tz::Tz, String> {
        let name = &self.centre.timezone;
        name.parse().map_err(|_| format!("centre.timezone = {name:?}"))
    }
}

/// The line that cannot be read, with its number.
fn line_of(text: &str, error: &toml::de::Error) -> String {
    tracing::warn!("kiosk.toml: {error}");
    let from = error.span().map_or(0, |span| span.start);
    let before = text.get(..from).unwrap_or_default();
    let number = before.matches('\n').count();
    format!("{}: {}", number + 1, text.lines().nth(number).unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_file_equals_the_defaults() {
        let file = Config::parse(include_str!("../kiosk.toml")).expect("kiosk.toml is valid");
        assert_eq!(file, Config::default());
    }

    #[test]
    fn every_key_of_the_defaults_is_documented() {
        let defaults = toml::Table::try_from(Config::default()).expect("a table");
        let file: toml::Table = include_str!("../kiosk.toml").parse().expect("a table");
        for (section, keys) in &defaults {
            assert!(file.get(section).is_some(), "{section} is not in kiosk.toml");
            for key in keys.as_table().into_iter().flat_map(toml::Table::keys) {
                assert!(file[section].get(key).is_some(), "{section}.{key} is not in kiosk.toml");
            }
        }
    }

    #[test]
    fn a_wrong_key_or_value_is_named() {
        let unknown = Config::parse("[screen]\nidle_secnds = 3").expect_err("refused");
        assert!(unknown.contains("idle_secnds"), "{unknown}");
        let range = Config::parse("[screen]\nsuccess_seconds = 3").expect_err("refused");
        assert!(range.contains("success_seconds"), "{range}");
        let zone = Config::parse("[centre]\ntimezone = \"Mars\"").expect_err("refused");
        assert!(zone.contains("timezone"), "{zone}");
    }
}
