//! Finds mounted USB sticks, where exports are saved and imports are read.

use std::path::{Path, PathBuf};

/// Folders below which desktops mount what is plugged in.
const PLUGGED: [&str; 3] = ["/media/", "/run/media/", "/Volumes/"];

/// Mount points of all USB sticks, in the order in which they were plugged in.
#[must_use]
pub fn sticks() -> Vec<PathBuf> {
    if cfg!(windows) {
        return drives();
    }
    if cfg!(target_os = "macos") {
        return folders("/Volumes".as_ref());
    }
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
    mounted(&mounts, is_removable)
}

/// Mount points of sticks in a mount table: those below a folder for removable media, and
/// removable disks anywhere.
fn mounted(mounts: &str, removable: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for line in mounts.lines() {
        let mut words = line.split(' ');
        let (Some(device), Some(place)) = (words.next(), words.next()) else { continue };
        let place = unescaped(place);
        let plugged = PLUGGED.iter().any(|folder| place.starts_with(folder));
        if device.starts_with("/dev/") && place != "/" && (plugged || removable(device)) {
            found.push(PathBuf::from(place));
        }
    }
    found
}

/// Decodes the mount table's escapes, such as `\040` for a space.
fn unescaped(place: &str) -> String {
    place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

fn is_removable(device: &str) -> bool {
    let name = device.trim_start_matches("/dev/").trim_end_matches(|c: char| c.is_ascii_digit());
    let flag = std::fs::read_to_string(format!("/sys/block/{name}/removable"));
    flag.is_ok_and(|flag| flag.trim() == "1")
}

fn folders(below: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(below) else { return vec![] };
    entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir() && !path.is_symlink()).collect()
}

/// Drive letters that may be sticks; C is the system drive.
fn drives() -> Vec<PathBuf> {
    ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\"))).filter(|path| path.is_dir()).collect()
}

/// Files with one of these extensions on the sticks, at most one folder deep.
#[must_use]
pub fn files(sticks: &[PathBuf], endings: &[&str]) -> Vec<PathBuf> {
    let fits = |path: &Path| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        path.is_file() && !hidden && ending.is_some_and(|ending| endings.contains(&ending.as_str()))
    };
    let mut found = Vec::new();
    for stick in sticks {
        for place in std::iter::once(stick.clone()).chain(folders(stick)) {
            let Ok(entries) = std::fs::read_dir(&place) else { continue };
            found.extend(entries.flatten().map(|entry| entry.path()).filter(|path| fits(path)));
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sticks_are_what_is_plugged_in_and_never_the_disk_of_the_machine() {
        let mounts = "/dev/sda2 / ext4 rw 0 0\n/dev/sdb1 /media/kiosk/U\\040盘 vfat rw 0 0\ntmpfs /run/media/x tmpfs rw 0 0\n/dev/sdc1 /mnt/stick vfat rw 0 0\n/dev/sda3 /home ext4 rw 0 0\n";
        let found = mounted(mounts, |device| device == "/dev/sdc1");
        assert_eq!(found, [PathBuf::from("/media/kiosk/U 盘"), PathBuf::from("/mnt/stick")]);
    }

    #[test]
    fn files_are_found_by_their_ending_on_the_stick_and_in_its_folders() {
        let stick = tempfile::tempdir().expect("a folder");
        let write = |name: &str| {
            let path = stick.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, "x").expect("written");
        };
        for name in ["名册.CSV", "a/plan.xlsx", "a/b/deep.csv", ".hidden.csv", "photo.jpg"] {
            write(name);
        }
        let found = files(&[stick.path().to_owned()], &["csv", "xlsx"]);
        let names: Vec<_> = found.iter().filter_map(|path| path.file_name()).collect();
        assert_eq!(
            names,
            ["a/plan.xlsx", "名册.CSV"].map(|name| Path::new(name).file_name().expect("a name"))
        );
    }
}
