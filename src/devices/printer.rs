//! A printer of the system (CUPS), if there is one. Its absence or its silence
//! never blocks: papers go to a thread of their own.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};

use crate::error::Result;

/// Makes a paper on the printer's own thread.
pub type Job = Box<dyn FnOnce() -> Result<Vec<u8>> + Send>;

/// A thread that prints, if there is a printer.
#[derive(Debug, Clone, Default)]
pub struct Printer {
    jobs: Option<Sender<Job>>,
}

impl Printer {
    /// The system's default printer, if it has one.
    #[must_use]
    pub fn find() -> Self {
        if !has_default() {
            return Self::default();
        }
        let (sender, receiver) = channel::<Job>();
        let thread = std::thread::Builder::new().name("kiosk-printer".into()).spawn(move || {
            for job in receiver {
                if let Err(what) = job().map_err(|e| e.to_string()).and_then(|pdf| print(&pdf)) {
                    tracing::warn!("printing: {what}");
                }
            }
        });
        Self { jobs: thread.is_ok().then_some(sender) }
    }

    /// Whether there is one.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.jobs.is_some()
    }

    /// Prints what `job` makes; without a printer nothing happens.
    pub fn print(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // The thread is gone only when the program ends.
            let _ = jobs.send(job);
        }
    }
}

fn has_default() -> bool {
    let asked = Command::new("lpstat").arg("-d").stdin(Stdio::null()).stderr(Stdio::null()).output();
    asked.is_ok_and(|answer| answer.status.success() && String::from_utf8_lossy(&answer.stdout).contains(':'))
}

fn print(pdf: &[u8]) -> std::result::Result<(), String> {
    let mut program = Command::new("lp")
        .args(["-s", "-t", "kiosk"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let written = program.stdin.take().map_or(Ok(()), |mut input| input.write_all(pdf));
    let status = program.wait().map_err(|e| e.to_string())?;
    written.map_err(|e| e.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("lp: {status}")) }
}
