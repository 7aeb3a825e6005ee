//! Accepts connections, terminates TLS, and passes each call to its handler.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use daycare_core::clock::Clock;
use daycare_sync::wire::{Asking, Batch, Invitation, Refused};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use uuid::Uuid;

use super::authority::Authority;
use super::database::Database;
use super::error::{Error, Result};
use super::forget::Forgetting;
use super::metrics::Metrics;
use super::pull::{About, Page, Since};
use super::rate::Rate;
use super::{Answer, Refusal, enrol, pull, push};

/// Settings of a hub.
#[derive(Debug, Clone)]
pub struct Settings {
    /// PostgreSQL, as the role `kiosk_hub_api`.
    pub database: String,
    /// Address on which it listens for kiosks.
    pub listen: SocketAddr,
    /// Address for health checks and metrics; must not be reachable from outside.
    pub inside: SocketAddr,
    /// Folder of the authority.
    pub authority: PathBuf,
    /// Public address given to kiosks: `https://hub.example:8443`.
    pub url: String,
    /// Names in the hub's certificate.
    pub names: Vec<String>,
}

/// State shared by the handlers.
struct Hub {
    database: Database,
    authority: Authority,
    metrics: Metrics,
    rate: Rate,
    forgetting: Forgetting,
    clock: Clock,
    url: String,
}

/// Largest bodies in bytes, as received and decompressed.
const BODY: usize = 1024 * 1024;
const UNPACKED: u64 = 4 * 1024 * 1024;
/// Time limit for answering a call.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Pause after a connection could not be accepted.
const PAUSE: Duration = Duration::from_millis(100);
/// When the hub stops, time left to finish answers in progress.
const GRACE: Duration = Duration::from_secs(10);

/// The client certificate of a connection, if any.
#[derive(Debug, Clone)]
struct Shown(Option<Arc<Vec<u8>>>);

/// A hub that listens but does not answer yet.
pub struct Listening {
    outside: TcpListener,
    inside: TcpListener,
    tls: TlsAcceptor,
    hub: Arc<Hub>,
}

impl Listening {
    /// Opens the ports; nothing is answered before [`Listening::serve`].
    ///
    /// # Errors
    /// A port is in use, or the authority cannot be read.
    pub async fn open(settings: &Settings) -> Result<Self> {
        let clock = Clock::real(chrono_tz::UTC);
        let authority = Authority::open(&settings.authority, clock.now())?;
        let mut tls = authority.tls(&settings.names, clock.now())?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let bind = |at: SocketAddr| async move {
            TcpListener::bind(at).await.map_err(|e| Error::Usage(format!("cannot listen at {at}: {e}")))
        };
        let outside = bind(settings.listen).await?;
        let url = settings.url.replace(":0", &format!(":{}", local(&outside)?.port()));
        let hub = Hub {
            database: Database::open(&settings.database)?,
            authority,
            metrics: Metrics::default(),
            rate: Rate::default(),
            forgetting: Forgetting::default(),
            clock,
            url,
        };
        Ok(Self {
            outside,
            inside: bind(settings.inside).await?,
            tls: TlsAcceptor::from(Arc::new(tls)),
            hub: Arc::new(hub),
        })
    }

    /// The addresses for kiosks and for health checks.
    ///
    /// # Errors
    /// A socket has no local address.
    pub fn addresses(&self) -> Result<(SocketAddr, SocketAddr)> {
        Ok((local(&self.outside)?, local(&self.inside)?))
    }

    /// The public address given to kiosks.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.hub.url
    }

    /// Answers until `end` resolves, then finishes the answers in progress.
    pub async fn serve(self, end: impl Future<Output = ()> + Send) {
        let inside = tokio::spawn(serve_inside(self.inside, self.hub.clone()));
        let router = router(self.hub);
        let graceful = GracefulShutdown::new();
        tokio::pin!(end);
        loop {
            let accepted = tokio::select! {
                accepted = self.outside.accept() => accepted,
                () = &mut end => break,
            };
            let stream = match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Probably out of file handles: retrying at once would only waste CPU time.
                    tracing::warn!("accept: {error}");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            // Answers are small and awaited, so they must not be delayed to fill a packet.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!("nodelay: {error}");
            }
            let (tls, router, watcher) = (self.tls.clone(), router.clone(), graceful.watcher());
            drop(tokio::spawn(async move {
                // A client that does not complete the handshake must not hold resources for
                // long.
                let Ok(Ok(stream)) = tokio::time::timeout(TIMEOUT, tls.accept(stream)).await else { return };
                let shown = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
                let shown = Shown(shown.map(|der| Arc::new(der.to_vec())));
                let service = TowerToHyperService::new(router.layer(Extension(shown)));
                let mut http = hyper::server::conn::http1::Builder::new();
                let _ = http.timer(TokioTimer::new()).header_read_timeout(TIMEOUT);
                drop(watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await);
            }));
        }
        drop(tokio::time::timeout(GRACE, graceful.shutdown()).await);
        inside.abort();
    }
}

fn local(listener: &TcpListener) -> Result<SocketAddr> {
    listener.local_addr().map_err(|e| Error::Internal(e.to_string()))
}

fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/v1/authority", get(authority))
        .route("/v1/enrol", post(do_enrol))
        .route("/v1/renew", post(do_renew))
        .route("/v1/invite", post(do_invite))
        .route("/v1/leave", post(do_leave))
        .route("/v1/sync/push", post(do_push))
        .route("/v1/sync/pull", get(do_pull))
        .route("/v1/sync/head", get(do_head))
        .route("/v1/sync/snapshot", get(do_snapshot))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(axum::middleware::from_fn_with_state(hub.clone(), limits))
        .with_state(hub)
}

/// Applies the rate limit and the time limit to each call.
async fn limits(
    State(hub): State<Arc<Hub>>,
    Extension(shown): Extension<Shown>,
    request: Request<Body>,
    next: axum::middleware::Next,
) -> Response {
    let caller = shown.0.as_deref().map_or(&b"stranger"[..], Vec::as_slice);
    if !hub.rate.allows(caller, hub.clock.monotonic()) {
        return Refusal::from(Refused::TooMany).into_response();
    }
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn serve_inside(listener: TcpListener, hub: Arc<Hub>) {
    let ready = |State(hub): State<Arc<Hub>>| async move {
        let works = match hub.database.connection().await {
            Ok(connection) => connection.simple_query("SELECT 1").await.is_ok(),
            Err(_) => false,
        };
        if works { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
    };
    let numbers = |State(hub): State<Arc<Hub>>| async move { hub.metrics.text(hub.database.load()) };
    let router = Router::new()
        .route("/healthz", get(|| async { StatusCode::OK }))
        .route("/readyz", get(ready))
        .route("/metrics", get(numbers))
        .with_state(hub);
    drop(axum::serve(listener, router).await);
}

type Shared = State<Arc<Hub>>;

/// The centre and kiosk of the caller.
async fn caller(hub: &Hub, shown: &Shown) -> Answer<(Uuid, Uuid)> {
    let certificate = shown.0.as_ref().ok_or(Refusal::Stranger)?;
    enrol::whose(&hub.database, certificate).await
}

/// Decompresses and parses a body.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Answer<T> {
    use std::io::Read;
    let packed = headers.get("content-encoding").is_some_and(|coding| coding == "zstd");
    let mut unpacked = Vec::new();
    let bytes = if packed {
        let decoder = zstd::stream::read::Decoder::new(&body[..]).map_err(|_| Refused::BadBody)?;
        let read = decoder.take(UNPACKED + 1).read_to_end(&mut unpacked).map_err(|_| Refused::BadBody)?;
        if read as u64 > UNPACKED {
            return Err(Refused::BadBody.into());
        }
        &unpacked[..]
    } else {
        &body[..]
    };
    serde_json::from_slice(bytes).map_err(|_| Refused::BadBody.into())
}

/// Serialises an answer, compressed if the caller supports it.
fn answer<T: Serialize>(hub: &Hub, headers: &HeaderMap, done: Answer<T>) -> Response {
    let value = match done {
        Ok(value) => value,
        Err(refusal) => {
            hub.metrics.ended(&refusal);
            return refusal.into_response();
        }
    };
    let json = serde_json::to_vec(&value).unwrap_or_default();
    let may = headers.get("accept-encoding").and_then(|value| value.to_str().ok());
    if may.is_some_and(|codings| codings.contains("zstd"))
        && let Ok(packed) = zstd::bulk::compress(&json, 3)
    {
        return ([("content-type", "application/json"), ("content-encoding", "zstd")], packed)
            .into_response();
    }
    ([("content-type", "application/json")], json).into_response()
}

async fn authority(State(hub): Shared) -> String {
    hub.authority.pem().to_owned()
}

async fn do_enrol(State(hub): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let done = async {
        let asking: Asking = read(&headers, &body)?;
        enrol::enrol(&hub.database, &hub.authority, &asking, hub.clock.now()).await
    };
    let done = done.await;
    if let Ok(welcome) = &done {
        tracing::info!(centre = %welcome.centre, kiosk = %welcome.kiosk, "enrolled");
    }
    answer(&hub, &headers, done)
}

async fn do_renew(
    State(hub): Shared,
    Extension(shown): Extension<Shown>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let done = async {
        let who = caller(&hub, &shown).await?;
        let csr: String = read(&headers, &body)?;
        enrol::renew(&hub.database, &hub.authority, who, &csr, hub.clock.now()).await
    };
    answer(&hub, &headers, done.await)
}

async fn do_invite(State(hub): Shared, Extension(shown): Extension<Shown>, headers: HeaderMap) -> Response {
    let done = async {
        let (centre, kiosk) = caller(&hub, &shown).await?;
        let keeps = enrol::keeps_accounts(&hub.database, centre, kiosk).await?;
        let invitation =
            enrol::invite(&hub.database, &hub.authority, &hub.url, centre, (false, keeps)).await?;
        Ok(Invitation { code: invitation.to_string() })
    };
    answer(&hub, &headers, done.await)
}

async fn do_leave(State(hub): Shared, Extension(shown): Extension<Shown>, headers: HeaderMap) -> Response {
    let done = async {
        let (centre, kiosk) = caller(&hub, &shown).await?;
        enrol::leave(&hub.database, centre, kiosk).await
    };
    answer(&hub, &headers, done.await)
}

async fn do_push(
    State(hub): Shared,
    Extension(shown): Extension<Shown>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let begun = hub.clock.monotonic();
    let done = async {
        let who = caller(&hub, &shown).await?;
        let batch: Batch = read(&headers, &body)?;
        let ops = batch.ops.len();
        let pushed = push::push(&hub.database, who, batch, (hub.clock.now(), &hub.forgetting)).await?;
        hub.metrics.pushed(ops, hub.clock.monotonic().saturating_sub(begun));
        Ok(pushed)
    };
    answer(&hub, &headers, done.await)
}

async fn do_pull(
    State(hub): Shared,
    Extension(shown): Extension<Shown>,
    headers: HeaderMap,
    Query(since): Query<Since>,
) -> Response {
    let done = async {
        let (centre, kiosk) = caller(&hub, &shown).await?;
        let pulled = pull::pull(&hub.database, centre, kiosk, &since, hub.clock.now()).await?;
        hub.metrics.pulled();
        Ok(pulled)
    };
    answer(&hub, &headers, done.await)
}

async fn do_head(
    State(hub): Shared,
    Extension(shown): Extension<Shown>,
    headers: HeaderMap,
    Query(about): Query<About>,
) -> Response {
    let done = async {
        let (centre, kiosk) = caller(&hub, &shown).await?;
        pull::head(&hub.database, centre, kiosk, &about, (hub.clock.now(), &hub.forgetting)).await
    };
    answer(&hub, &headers, done.await)
}

async fn do_snapshot(
    State(hub): Shared,
    Extension(shown): Extension<Shown>,
    headers: HeaderMap,
    Query(page): Query<Page>,
) -> Response {
    let done = async {
        let (centre, kiosk) = caller(&hub, &shown).await?;
        pull::snapshot(&hub.database, centre, kiosk, &page).await
    };
    answer(&hub, &headers, done.await)
}
