//! This kiosk's identity at its hub: key, certificate, trusted authority.

use std::path::{Path, PathBuf};

use daycare_core::time::Moment;
use daycare_store::paths::Paths;
use rcgen::{CertificateParams, KeyPair};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::failure::Failure;
use super::wire::Wire;
use crate::error::{Error, FileFault, Result};

/// The identity of an enrolled kiosk. The key never leaves this machine.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Identity {
    /// Address of the hub.
    pub url: String,
    /// Identifier of the centre.
    pub centre: Uuid,
    /// Identifier of this kiosk.
    pub kiosk: Uuid,
    /// Time at which the certificate expires.
    pub not_after: Moment,
    /// Certificate of the hub's authority (PEM), the only one trusted.
    pub authority: String,
    /// Own certificate (PEM).
    pub certificate: String,
    /// Own key (PEM).
    pub key: String,
}

fn file(paths: &Paths) -> PathBuf {
    paths.root().join("hub.json")
}

impl Identity {
    /// The stored identity; `None` if no hub has been joined.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn load(paths: &Paths) -> Result<Option<Self>> {
        let file = file(paths);
        match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|e| Error::bad_file(&file, FileFault::BadIdentity, e.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file(&file, error)),
        }
    }

    /// Saves it atomically, readable by this user account only.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, paths: &Paths) -> Result<()> {
        let (file, fresh) = (file(paths), paths.root().join("hub.json.new"));
        let json = serde_json::to_vec_pretty(self).map_err(|e| Error::Internal(e.to_string()))?;
        write_private(&fresh, &json)?;
        std::fs::rename(&fresh, &file).map_err(|e| Error::file(&file, e))
    }

    /// Removes the stored identity.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn forget(paths: &Paths) -> Result<()> {
        match std::fs::remove_file(file(paths)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::file(file(paths), error))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn wire(&self) -> std::result::Result<Wire, Failure> {
        Wire::new(&self.url, &self.authority, Some((&self.certificate, &self.key)))
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    let _ = options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let _ = options.mode(0o600);
    }
    let mut file = options.open(path).map_err(|e| Error::file(path, e))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|e| Error::file(path, e))
}

/// Generates a key and its certificate signing request.
pub(super) fn key() -> std::result::Result<(String, String), Failure> {
    let broken = |e: rcgen::Error| Failure::Broken(e.to_string());
    let pair = KeyPair::generate().map_err(broken)?;
    let request = CertificateParams::default().serialize_request(&pair).map_err(broken)?;
    Ok((pair.serialize_pem(), request.pem().map_err(broken)?))
}
