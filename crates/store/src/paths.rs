//! Locations of files in the data folder.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The data folder of one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    root: PathBuf,
}

impl Paths {
    /// The data folder at `root`; nothing is created yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join("kiosk.db")
    }

    /// The key of the identity-number hashes.
    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.root.join("registry.key")
    }

    /// Backups, one folder each.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    /// Files that were set aside: damaged databases, and what a restore replaced.
    #[must_use]
    pub fn set_aside(&self) -> PathBuf {
        self.root.join("set-aside")
    }

    /// Rows that imports refused, written back as files.
    #[must_use]
    pub fn refused(&self) -> PathBuf {
        self.root.join("refused")
    }

    /// Exports and card pictures.
    #[must_use]
    pub fn exports(&self) -> PathBuf {
        self.root.join("exports")
    }

    /// The centre's own recordings, `<language>/<key>.wav`.
    #[must_use]
    pub fn recordings(&self) -> PathBuf {
        self.root.join("voice")
    }

    /// Data folder of the demo centre, separate from the centre's own data.
    #[must_use]
    pub fn demo(&self) -> Self {
        Self::new(self.root.join("demo"))
    }

    /// File with the last size of the window on a caregivers' desk.
    #[must_use]
    pub fn window(&self) -> PathBuf {
        self.root.join("window-size")
    }

    /// Lock file that allows only one running kiosk.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.root.join("kiosk.lock")
    }

    /// Lock file for writing and removing backups.
    #[must_use]
    pub fn backups_lock(&self) -> PathBuf {
        self.root.join("backups.lock")
    }

    /// Makes the folder, readable by its owner only.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn create(&self) -> Result<()> {
        create_private(&self.root)
    }
}

/// The text of a small file; `None` if it cannot be read.
#[must_use]
pub fn read_small(file: &Path) -> Option<String> {
    std::fs::read_to_string(file).ok()
}

/// Writes the whole content of a small file.
///
/// # Errors
/// The file cannot be written.
pub fn write_small(file: &Path, text: &str) -> Result<()> {
    std::fs::write(file, text).map_err(|e| Error::file(file, e))
}

/// Restricts a file or folder to its owner. File systems without owners leave it as it is.
#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let open = std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0);
    if open && let Err(error) = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)) {
        tracing::warn!("{}: others may read it: {error}", path.display());
    }
}

/// Makes a folder that only its owner may read.
pub(crate) fn create_private(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        #[cfg(unix)]
        close_to_others(folder, 0o700);
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| Error::file(folder, e))
}

/// Creates a file that only its owner may read, whatever the umask; an existing one is
/// restricted too.
pub(crate) fn private_file(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    let _ = options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    let _ = std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path).map_err(|e| Error::file(path, e))?);
    #[cfg(unix)]
    close_to_others(path, 0o600);
    Ok(())
}
