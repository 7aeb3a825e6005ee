//! A printer of the system (CUPS), if there is one. Its absence or its silence
//! never blocks: papers go to a thread of their own.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};

use crate::error::Result;

/// Makes a paper on the printer's own thread.
pub type Job = Box<dyn FnOnce() -> Result<Vec<u8>> + Send>;

/// A thread that prints, if there is a printer.
#[derive(Debug, Clone, Default)]
pub struct Printer {
    jobs: Option<Sender<Job>>,
    there: Arc<AtomicBool>,
}

impl Printer {
    /// Looks for the system's default printer, on a thread: asking the
    /// printing system may take long, and nothing waits for it.
    #[must_use]
    pub fn find() -> Self {
        Self::start(has_default, print)
    }

    /// A thread that hands papers to `print`, one after the other, if one is
    /// `there`.
    fn start(
        there: impl FnOnce() -> bool + Send + 'static,
        print: impl Fn(&[u8]) -> std::result::Result<(), String> + Send + 'static,
    ) -> Self {
        let (sender, receiver) = channel::<Job>();
        let found = Arc::new(AtomicBool::new(false));
        let answer = Arc::clone(&found);
        let thread = std::thread::Builder::new().name("kiosk-printer".into()).spawn(move || {
            answer.store(there(), Ordering::Release);
            for job in receiver {
                if let Err(what) = job().map_err(|e| e.to_string()).and_then(|pdf| print(&pdf)) {
                    tracing::warn!("printing: {what}");
                }
            }
        });
        Self { jobs: thread.is_ok().then_some(sender), there: found }
    }

    /// Whether one was found.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.there.load(Ordering::Acquire)
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test proves that nothing waits")]
    fn complaint_16_a_silent_printer_blocks_nothing_and_a_failed_paper_is_not_the_last() {
        let (release, released) = channel::<()>();
        let (told, tell) = channel();
        let silent = move |pdf: &[u8]| {
            let _ = released.recv();
            told.send(pdf.to_vec()).map_err(|e| e.to_string())
        };
        let printer = Printer::start(|| true, silent);
        let began = Instant::now();
        printer.print(Box::new(|| Ok(vec![1])));
        printer.print(Box::new(|| Err(crate::error::Error::Busy)));
        printer.print(Box::new(|| Ok(vec![2])));
        assert!(began.elapsed() < Duration::from_millis(16));
        release.send(()).expect("there");
        assert_eq!(tell.recv(), Ok(vec![1]));
        release.send(()).expect("there");
        assert_eq!(tell.recv(), Ok(vec![2]), "the one that failed is passed over");
        Printer::default().print(Box::new(|| Ok(vec![3])));
    }
}
