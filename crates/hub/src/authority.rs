//! The hub's own certificate authority: it signs the certificates of the hub and of the kiosks.
//! No other authority is trusted.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use daycare_core::text::hex;
use daycare_core::time::Moment;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DnType, ExtendedKeyUsagePurpose,
    IsCa, Issuer, KeyPair, KeyUsagePurpose, SerialNumber,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::error::{Error, Result};

/// Days for which a kiosk's certificate is valid.
pub const KIOSK_DAYS: u64 = 90;
/// Days for which the authority's own certificate is valid.
const AUTHORITY_DAYS: u64 = 3650;
/// Days for which the hub's certificate is valid. It is created at every start, and a hub may
/// run for years.
const HUB_DAYS: u64 = AUTHORITY_DAYS;

/// Certificate and key of the authority.
pub struct Authority {
    pem: String,
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

fn certificate_error(error: impl std::fmt::Display) -> Error {
    Error::Certificate(error.to_string())
}

fn validity(params: &mut CertificateParams, days: u64, now: Moment) {
    let now = UNIX_EPOCH + Duration::from_millis(now.0.unsigned_abs());
    // Valid from the day before, because a kiosk's clock may be behind.
    params.not_before = (now - Duration::from_hours(24)).into();
    params.not_after = (now + Duration::from_hours(24 * days)).into();
}

impl Authority {
    /// Reads the authority from a folder, or creates it there.
    ///
    /// # Errors
    /// A file cannot be read or written, or does not contain a certificate or key.
    pub fn open(folder: &Path, now: Moment) -> Result<Self> {
        let (cert, key) = (folder.join("authority.pem"), folder.join("authority.key"));
        if !cert.exists() {
            let pair = KeyPair::generate().map_err(certificate_error)?;
            let mut params = CertificateParams::default();
            params.distinguished_name.push(DnType::CommonName, "kiosk hub authority");
            params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
            params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
            validity(&mut params, AUTHORITY_DAYS, now);
            let made = params.self_signed(&pair).map_err(certificate_error)?;
            std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
            write_private(&key, &pair.serialize_pem())?;
            std::fs::write(&cert, made.pem()).map_err(|e| Error::file(&cert, e))?;
        }
        let pem = std::fs::read_to_string(&cert).map_err(|e| Error::file(&cert, e))?;
        let key_pem = std::fs::read_to_string(&key).map_err(|e| Error::file(&key, e))?;
        let pair = KeyPair::from_pem(&key_pem).map_err(certificate_error)?;
        let der = der_of(&pem)?;
        let issuer = Issuer::from_ca_cert_der(&der, pair).map_err(certificate_error)?;
        Ok(Self { pem, der, issuer })
    }

    /// The authority's certificate (PEM).
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The fingerprint by which kiosks recognise it: SHA-256, as hexadecimal digits.
    #[must_use]
    pub fn pin(&self) -> String {
        hex(&sha256(&self.der))
    }

    /// Signs a kiosk's key. Returns the certificate (PEM), its SHA-256 fingerprint, and its
    /// expiry in seconds since 1970.
    ///
    /// # Errors
    /// The CSR is malformed.
    pub fn sign(&self, csr: &str, kiosk: Uuid, now: Moment) -> Result<(String, Vec<u8>, i64)> {
        let mut request = CertificateSigningRequestParams::from_pem(csr).map_err(certificate_error)?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, kiosk.to_string());
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.serial_number = Some(SerialNumber::from_slice(Uuid::now_v7().as_bytes()));
        validity(&mut params, KIOSK_DAYS, now);
        let not_after = params.not_after.unix_timestamp();
        // Of the request, only the key is used; everything else is set by the hub.
        request.params = params;
        let signed = request.signed_by(&self.issuer).map_err(certificate_error)?;
        Ok((signed.pem(), sha256(signed.der()).to_vec(), not_after))
    }

    /// TLS 1.3 only. A kiosk's certificate is checked against this authority; a caller without
    /// one may only ask to join.
    ///
    /// # Errors
    /// A name is not a valid DNS name or IP address.
    pub fn tls(&self, names: &[String], now: Moment) -> Result<ServerConfig> {
        let pair = KeyPair::generate().map_err(certificate_error)?;
        let mut params = CertificateParams::new(names.to_vec()).map_err(certificate_error)?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        validity(&mut params, HUB_DAYS, now);
        let made = params.signed_by(&pair, &self.issuer).map_err(certificate_error)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).map_err(certificate_error)?;
        let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
            .allow_unauthenticated()
            .build()
            .map_err(certificate_error)?;
        let chain = vec![made.der().clone(), self.der.clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pair.serialize_der()));
        ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(certificate_error)?
            .with_client_cert_verifier(clients)
            .with_single_cert(chain, key)
            .map_err(certificate_error)
    }
}

fn der_of(pem: &str) -> Result<CertificateDer<'static>> {
    use rustls::pki_types::pem::PemObject;
    CertificateDer::from_pem_slice(pem.as_bytes()).map_err(certificate_error)
}

/// SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn write_private(path: &Path, words: &str) -> Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    let _ = options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let _ = options.mode(0o600);
    }
    let mut file = options.open(path).map_err(|e| Error::file(path, e))?;
    file.write_all(words.as_bytes()).map_err(|e| Error::file(path, e))
}
