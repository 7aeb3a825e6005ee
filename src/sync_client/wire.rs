//! HTTPS to the hub; only the hub's own authority is trusted.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use daycare_sync::wire::Refused;
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};

use super::failure::Failure;

/// Time limit of a call.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Largest accepted answer in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// An HTTPS client for one hub.
pub(super) struct Wire {
    agent: ureq::Agent,
    url: String,
}

impl Wire {
    /// A client that trusts only `authority`, and presents the kiosk's own certificate if it has
    /// one.
    pub(super) fn new(url: &str, authority: &str, own: Option<(&str, &str)>) -> Result<Self, Failure> {
        let broken = |e: ureq::Error| Failure::Broken(e.to_string());
        let root = Certificate::from_pem(authority.as_bytes()).map_err(broken)?;
        let mut tls = tls().root_certs(RootCerts::new_with_certs(&[root]));
        if let Some((certificate, key)) = own {
            let certificate = Certificate::from_pem(certificate.as_bytes()).map_err(broken)?;
            let key = PrivateKey::from_pem(key.as_bytes()).map_err(broken)?;
            tls = tls.client_cert(Some(ClientCert::new_with_certs(&[certificate], key)));
        }
        Ok(Self { agent: agent(tls.build()), url: url.to_owned() })
    }

    /// Sends a GET request.
    pub(super) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let call = self.agent.get(format!("{}{path}", self.url)).header("accept-encoding", "zstd");
        read(call.call())
    }

    /// Sends a POST request with a JSON body compressed with zstd.
    pub(super) fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Failure> {
        let json = serde_json::to_vec(body).map_err(|e| Failure::Broken(e.to_string()))?;
        let packed = zstd::bulk::compress(&json, 3).map_err(|e| Failure::Broken(e.to_string()))?;
        let call = self
            .agent
            .post(format!("{}{path}", self.url))
            .header("content-type", "application/json")
            .header("content-encoding", "zstd")
            .header("accept-encoding", "zstd");
        read(call.send(&packed[..]))
    }
}

fn tls() -> ureq::tls::TlsConfigBuilder {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    TlsConfig::builder().unversioned_rustls_crypto_provider(provider)
}

fn agent(tls: TlsConfig) -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .https_only(true)
        .timeout_global(Some(TIMEOUT))
        .tls_config(tls)
        .build();
    config.into()
}

/// Fetches the authority's certificate without verifying the server; the caller must compare
/// it with the pin of the invitation.
pub(super) fn authority(url: &str) -> Result<String, Failure> {
    let agent = agent(tls().disable_verification(true).build());
    let answer = agent.get(format!("{url}/v1/authority")).call();
    let mut answer = answer.map_err(|e| Failure::Offline(e.to_string()))?;
    if answer.status() == 429 {
        return Err(Failure::Later(TIMEOUT));
    }
    answer.body_mut().read_to_string().map_err(|e| Failure::Offline(e.to_string()))
}

fn read<T: DeserializeOwned>(
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<T, Failure> {
    let answer = answer.map_err(|e| Failure::Offline(e.to_string()))?;
    let status = answer.status().as_u16();
    let header =
        |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let packed = header("content-encoding").is_some_and(|coding| coding == "zstd");
    let after = header("retry-after").and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    let reader = answer.into_body().into_with_config().limit(LARGEST).reader();
    let mut bytes = Vec::new();
    let unpacked = if packed {
        zstd::stream::read::Decoder::new(reader)
            .and_then(|decoder| decoder.take(LARGEST).read_to_end(&mut bytes))
    } else {
        reader.take(LARGEST).read_to_end(&mut bytes)
    };
    let _ = unpacked.map_err(|e| Failure::Offline(e.to_string()))?;
    if status == 200 {
        return serde_json::from_slice(&bytes)
            .map_err(|e| Failure::Offline(format!("an answer that cannot be read: {e}")));
    }
    match serde_json::from_slice::<Refused>(&bytes) {
        Ok(Refused::TooMany) => Err(Failure::Later(after.unwrap_or(TIMEOUT))),
        Ok(refused) => Err(Failure::Refused(refused)),
        Err(_) if status == 401 => Err(Failure::Stranger),
        Err(_) => Err(Failure::Offline(format!("the hub answers {status}"))),
    }
}
