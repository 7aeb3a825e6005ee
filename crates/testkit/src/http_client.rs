//! An HTTP client of the hub that sends whatever a test wants.

use std::sync::Arc;
use std::time::Duration;

use daycare_kiosk::sync_client::Identity;
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};

pub struct Caller {
    agent: ureq::Agent,
    url: String,
}

impl Caller {
    /// A client with the certificate of a kiosk.
    pub fn of(identity: &Identity) -> Self {
        let own = Certificate::from_pem(identity.certificate.as_bytes()).expect("a certificate");
        let key = PrivateKey::from_pem(identity.key.as_bytes()).expect("a key");
        Self::new(identity, Some(ClientCert::new_with_certs(&[own], key)))
    }

    /// A client without a certificate, for the same hub.
    pub fn nobody(at: &Identity) -> Self {
        Self::new(at, None)
    }

    fn new(at: &Identity, own: Option<ClientCert>) -> Self {
        let root = Certificate::from_pem(at.authority.as_bytes()).expect("a certificate");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(provider)
            .root_certs(RootCerts::new_with_certs(&[root]))
            .client_cert(own)
            .build();
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .tls_config(tls)
            .build();
        Self { agent: config.into(), url: at.url.clone() }
    }

    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        read(self.agent.get(format!("{}{path}", self.url)).call())
    }

    pub fn post(&self, path: &str, body: &[u8], packed: bool) -> (u16, Vec<u8>) {
        let call = self.agent.post(format!("{}{path}", self.url)).header("content-type", "application/json");
        let call = if packed { call.header("content-encoding", "zstd") } else { call };
        read(call.send(body))
    }

    /// Posts a value as JSON and decodes the answer; otherwise returns status and body.
    pub fn tell<T: DeserializeOwned>(
        &self,
        path: &str,
        value: &impl Serialize,
    ) -> std::result::Result<T, (u16, String)> {
        understood(self.post(path, &serde_json::to_vec(value).expect("JSON"), false))
    }

    /// Gets a path and decodes the answer; otherwise returns status and body.
    pub fn ask<T: DeserializeOwned>(&self, path: &str) -> std::result::Result<T, (u16, String)> {
        understood(self.get(path))
    }
}

fn understood<T: DeserializeOwned>((status, bytes): (u16, Vec<u8>)) -> std::result::Result<T, (u16, String)> {
    let words = || String::from_utf8_lossy(&bytes).into_owned();
    if status != 200 {
        return Err((status, words()));
    }
    serde_json::from_slice(&bytes).map_err(|error| (status, format!("{error}: {}", words())))
}

/// Status and body; status 0 means that there was no answer.
fn read(answer: std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> (u16, Vec<u8>) {
    match answer {
        Ok(mut answer) => {
            let status = answer.status().as_u16();
            (status, answer.body_mut().read_to_vec().unwrap_or_default())
        }
        Err(error) => (0, error.to_string().into_bytes()),
    }
}
