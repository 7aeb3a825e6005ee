//! A PostgreSQL server for the tests: in a temporary folder, on a loopback port, as another
//! user if the tests run as root.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A server; it stops when the last test releases it.
pub struct Server {
    folder: TempDir,
    port: u16,
    process: Mutex<Child>,
    making: Mutex<()>,
}

/// A database of one test, with the schema of the hub.
pub struct Database {
    pub server: Arc<Server>,
    pub owner: String,
    pub api: String,
}

static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
static NUMBER: AtomicU32 = AtomicU32::new(0);

fn program(name: &str) -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin").join(name)).collect())
        .unwrap_or_default();
    found.retain(|path| path.exists());
    found.sort();
    found.pop().unwrap_or_else(|| PathBuf::from(name))
}

/// PostgreSQL refuses to run as root.
fn as_somebody(program: &Path) -> Command {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    if id.stdout.trim_ascii() != b"0" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    let _ = command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
    command
}

fn run(command: &mut Command) {
    let output = command.output().expect("PostgreSQL is installed: `make test` does it");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Server {
    /// The server of this test program.
    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = shared.upgrade() {
            return server;
        }
        let server = Arc::new(Self::start());
        *shared = Arc::downgrade(&server);
        server
    }

    /// A server for a single test that kills it.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("hub-pg").tempdir().expect("a folder");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).expect("made");
        let id = Command::new("id").arg("-u").output().expect("id runs");
        if id.stdout.trim_ascii() == b"0" {
            run(Command::new("chown").arg("-R").arg("postgres:postgres").arg(folder.path()));
        }
        let options = ["-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"];
        run(as_somebody(&program("initdb")).args(options).arg(&data));
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
        let server = Self { process: Mutex::new(spawn(&data, port)), making: Mutex::new(()), folder, port };
        server.wait();
        server
    }

    fn url(&self, user: &str, database: &str) -> String {
        format!("host=127.0.0.1 port={} user={user} dbname={database}", self.port)
    }

    fn wait(&self) {
        let until = Instant::now() + Duration::from_mins(1);
        let runtime = runtime();
        loop {
            let url = self.url("owner", "postgres");
            let tried = runtime.block_on(tokio_postgres::connect(&url, tokio_postgres::NoTls));
            match tried {
                Ok(_) => return,
                Err(error) => assert!(Instant::now() < until, "PostgreSQL does not start: {error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Kills it as a power cut would, and starts it again on the same port.
    pub fn kill_and_start(&self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // The postmaster's children exit when it is gone.
        process.kill().expect("killed");
        let _ = process.wait().expect("ended");
        let data = self.folder.path().join("data");
        std::thread::sleep(Duration::from_millis(500));
        *process = spawn(&data, self.port);
        drop(process);
        self.wait();
    }

    /// A new database with the schema of the hub.
    pub fn database(self: &Arc<Self>) -> Database {
        let name = format!("hub_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let (owner, api) = (self.url("owner", &name), self.url("kiosk_hub_api", &name));
        let admin = self.url("owner", "postgres");
        // Roles are shared by the whole server, so databases are created one at a time.
        let _one_by_one = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        runtime().block_on(async {
            let (client, connection) =
                tokio_postgres::connect(&admin, tokio_postgres::NoTls).await.expect("connected");
            let driver = tokio::spawn(connection);
            client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("made");
            drop(client);
            drop(driver.await);
            kiosk_hub::database::migrate(&owner).await.expect("migrated");
        });
        Database { server: Arc::clone(self), owner, api }
    }
}

impl Database {
    /// A copy of its present state; nobody may be connected.
    pub fn backup(&self) -> Self {
        let name = format!("hub_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let own = self.owner.rsplit("dbname=").next().expect("a name");
        let admin = self.server.url("owner", "postgres");
        runtime().block_on(async {
            let (client, connection) =
                tokio_postgres::connect(&admin, tokio_postgres::NoTls).await.expect("connected");
            let driver = tokio::spawn(connection);
            let end =
                format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{own}'");
            let _ = client.simple_query(&end).await.expect("ended");
            client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {own}")).await.expect("copied");
            drop(client);
            drop(driver.await);
        });
        let (owner, api) = (self.server.url("owner", &name), self.server.url("kiosk_hub_api", &name));
        Self { server: Arc::clone(&self.server), owner, api }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(Command::new("kill").args(["-INT", &process.id().to_string()]).status());
        drop(process.wait());
    }
}

fn spawn(data: &Path, port: u16) -> Child {
    let port = format!("port={port}");
    let folder = format!("unix_socket_directories={}", data.display());
    as_somebody(&program("postgres"))
        .arg("-D")
        .arg(data)
        .args(["-c", "listen_addresses=127.0.0.1", "-c", &port, "-c", &folder, "-c", "max_connections=100"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("PostgreSQL starts")
}

/// A runtime for what is asynchronous.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}
