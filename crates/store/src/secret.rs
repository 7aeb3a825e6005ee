//! The key for hashing identity numbers. It is stored beside the database, never in it, and is
//! part of every backup.

use daycare_core::text::{hex, unhex};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::connection::Store;
use crate::error::{Error, FileFault, Result};
use crate::setting;

/// The key: 32 random bytes.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The keyed hash of an identity number.
    #[must_use]
    pub fn hash(&self, number: &str) -> [u8; 32] {
        self.mac(b"id-number:", number.as_bytes())
    }

    fn fingerprint(&self) -> String {
        hex(&self.mac(b"fingerprint:", b"")[..8])
    }

    fn mac(&self, purpose: &[u8], data: &[u8]) -> [u8; 32] {
        // HMAC pads a short key with zeros to one block; so do we.
        let mut block = [0u8; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        mac.update(purpose);
        mac.update(data);
        mac.finalize().into_bytes().into()
    }
}

impl Store {
    /// The key of this centre, created on first use.
    ///
    /// # Errors
    /// The key file is missing, or is not the one that belongs to the database.
    pub fn secret(&mut self) -> Result<Secret> {
        let path = self.paths.key();
        let known = setting::get(&self.conn, setting::KEY_FINGERPRINT)?;
        let secret = match std::fs::read_to_string(&path) {
            Ok(text) => Secret(
                unhex(text.trim())
                    .and_then(|bytes| bytes.try_into().ok())
                    .ok_or_else(|| Error::bad_file(&path, FileFault::NotAKey, ""))?,
            ),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && known.is_none() => {
                let mut bytes = [0u8; 32];
                getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
                write_private(&path, &hex(&bytes))?;
                Secret(bytes)
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::bad_file(&path, FileFault::KeyMissing, ""));
            }
            Err(e) => return Err(Error::file(&path, e)),
        };
        match known {
            Some(known) if known == secret.fingerprint() => {}
            Some(_) => return Err(Error::bad_file(&path, FileFault::KeyOfAnother, "")),
            None => setting::put(&self.conn, setting::KEY_FINGERPRINT, &secret.fingerprint())?,
        }
        Ok(secret)
    }
}

fn write_private(path: &std::path::Path, text: &str) -> Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| Error::file(path, e))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| Error::file(path, e))
}
