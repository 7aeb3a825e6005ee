//! A real hub on the loopback interface, and kiosks that sync with it.

use std::net::SocketAddr;
use std::path::Path;

use daycare_core::audit::Actor;
use daycare_core::clock::Clock;
use daycare_core::ids::{ResidentId, VisitId};
use daycare_core::visit::{CheckIn, Source};
use daycare_kiosk::error::Result;
use daycare_kiosk::sync_client::{self, Done, Failure, Identity};
use daycare_store::Store;
use daycare_store::handle::StoreHandle;
use daycare_store::paths::Paths;
use futures::executor::block_on;
use kiosk_hub::operator;
use kiosk_hub::server::{Listening, Settings};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::postgres::{Database, Server, runtime};

/// A hub running in this process.
pub struct Hub {
    pub database: Database,
    pub url: String,
    pub outside: SocketAddr,
    pub inside: SocketAddr,
    pub authority: TempDir,
    pub runtime: Runtime,
    end: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Hub {
    pub fn start() -> Self {
        let database = Server::shared().database();
        let authority = tempfile::tempdir().expect("a folder");
        Self::on(database, authority, "127.0.0.1:0".parse().expect("an address"))
    }

    pub fn on(database: Database, authority: TempDir, listen: SocketAddr) -> Self {
        let runtime = runtime();
        let settings = Settings {
            database: database.api.clone(),
            listen,
            inside: "127.0.0.1:0".parse().expect("an address"),
            authority: authority.path().to_owned(),
            url: format!("https://localhost:{}", listen.port()),
            names: vec!["localhost".into(), "127.0.0.1".into()],
        };
        let listening = runtime.block_on(Listening::open(&settings)).expect("listens");
        let (outside, inside) = listening.addresses().expect("addresses");
        let url = listening.url().to_owned();
        let (end, ended) = oneshot::channel();
        let serving = runtime.spawn(listening.serve(async move {
            drop(ended.await);
        }));
        Self { database, url, outside, inside, authority, runtime, end: Some((end, serving)) }
    }

    pub fn centre(&self, name: &str) -> Uuid {
        self.runtime.block_on(operator::add_centre(&self.database.owner, name)).expect("added")
    }

    pub fn code(&self, centre: Uuid) -> String {
        let made = operator::invite(&self.database.api, self.authority.path(), &self.url, centre, false);
        self.runtime.block_on(made).expect("a code").to_string()
    }

    /// Ages the whole log beyond the retention period and prunes it; returns how many lines were
    /// removed.
    pub fn prune(&self, centre: Uuid) -> usize {
        let _ = self.ask("WITH aged AS (UPDATE op_log SET recv_at = now() - interval '200 days' RETURNING 1) SELECT count(*) FROM aged");
        let pruned = operator::prune(&self.database.owner, centre, 180);
        self.runtime.block_on(pruned).expect("pruned")
    }

    /// Queries one number as the database owner, bypassing row-level policies.
    pub fn ask(&self, sql: &str) -> i64 {
        self.runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.database.owner, tokio_postgres::NoTls)
                .await
                .expect("connected");
            let driver = tokio::spawn(connection);
            let value = client.query_one(sql, &[]).await.expect(sql).get(0);
            drop(client);
            drop(driver.await);
            value
        })
    }

    /// Waits until the background task has emptied the log of erased people.
    pub fn forgets(&self) {
        for _ in 0..1_200 {
            if self.ask("SELECT count(*) FROM centre_head WHERE log_emptied < log_floor") == 0 {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the log still speaks of somebody who was erased");
    }

    /// One of the hub's metrics.
    pub fn number(&self, name: &str) -> u64 {
        use std::io::{Read, Write};
        let mut socket = std::net::TcpStream::connect(self.inside).expect("connected");
        let call = "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        socket.write_all(call.as_bytes()).expect("sent");
        let mut answer = String::new();
        let _ = socket.read_to_string(&mut answer).expect("read");
        let line = answer.lines().find(|line| line.starts_with(&format!("kiosk_hub_{name} "))).expect(name);
        line.rsplit(' ').next().and_then(|value| value.parse().ok()).expect("a number")
    }

    /// Shuts the hub down gracefully.
    pub fn end(mut self) -> (Database, TempDir, SocketAddr) {
        if let Some((end, serving)) = self.end.take() {
            let _ = end.send(());
            self.runtime.block_on(serving).expect("ended");
        }
        (self.database, self.authority, self.outside)
    }
}

/// A kiosk on real files, with its two store threads.
pub struct Kiosk {
    pub folder: TempDir,
    pub paths: Paths,
    pub clock: Clock,
    pub store: StoreHandle,
}

impl Kiosk {
    pub fn new(clock: &Clock) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = Paths::new(folder.path());
        let store = Store::open(&paths, clock).expect("opens");
        let store = StoreHandle::start(store).expect("starts");
        Self { folder, paths, clock: clock.clone(), store }
    }

    /// A kiosk enrolled at the hub.
    pub fn enrolled(hub: &Hub, centre: Uuid, clock: &Clock) -> Self {
        let kiosk = Self::new(clock);
        let _ = sync_client::join(&kiosk.store, &kiosk.paths, Actor::Cli, &hub.code(centre)).expect("let in");
        kiosk
    }

    /// Restores a backup over the database.
    pub fn put_back(self, backup: &Path) -> Self {
        let Self { folder, paths, clock, store } = self;
        drop(store);
        std::thread::sleep(std::time::Duration::from_millis(300));
        let _ = daycare_store::backup::restore(&paths, &clock, backup).expect("put back");
        let store = StoreHandle::start(Store::open(&paths, &clock).expect("opens")).expect("starts");
        Self { folder, paths, clock, store }
    }

    /// Registers a new resident.
    pub fn resident(&self, name: &str) -> ResidentId {
        let one = crate::centre::person(name);
        let id = one.id;
        self.write(move |store| store.put_resident(Actor::Cli, &one, "").map(drop));
        id
    }

    pub fn check_in(&self, resident_id: ResidentId) {
        let at = self.clock.now();
        let arrival =
            CheckIn { visit_id: VisitId::new(), resident_id, at, source: Source::Card, services: vec![] };
        self.write(move |store| store.check_in(Actor::Resident, &arrival).map(drop));
    }

    /// Queries one number from the database file.
    pub fn count(&self, sql: &str) -> i64 {
        let conn = rusqlite::Connection::open(self.paths.database()).expect("opens");
        conn.query_row(sql, [], |row| row.get(0)).expect("counted")
    }

    /// Number of edits without a result from the hub.
    pub fn pending(&self) -> u64 {
        self.read(|store| Ok(store.sync_status()?.expect("enrolled").pending))
    }

    pub fn identity(&self) -> Identity {
        Identity::load(&self.paths).expect("read").expect("enrolled")
    }

    pub fn sync(&self) -> std::result::Result<Done, Failure> {
        sync_client::once(&self.store, &self.identity(), &self.paths)
    }

    pub fn write<T: Send + 'static>(&self, work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static) -> T {
        block_on(self.store.write(work)).expect("written")
    }

    pub fn read<T: Send + 'static>(&self, work: impl FnOnce(&mut Store) -> Result<T> + Send + 'static) -> T {
        block_on(self.store.read(work)).expect("read")
    }
}
