//! The system's printer (CUPS), if there is one. A missing or unresponsive printer never
//! blocks: each document is sent on a thread of its own and abandoned after a time limit.

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Time limit for the printing system to queue a document.
const PATIENCE: Duration = Duration::from_secs(20);
/// Interval for polling a running program.
const STEP: Duration = Duration::from_millis(50);

/// The system's default printer, if there is one.
#[derive(Debug, Clone, Default)]
pub struct Printer {
    there: Arc<AtomicBool>,
    program: Option<Lp>,
}

/// The printing program, and its time limit.
#[derive(Debug, Clone)]
struct Lp {
    program: String,
    patience: Duration,
}

/// Why a document was not printed, for the log.
pub type NotPrinted = String;

impl Printer {
    /// Looks for the default printer on a thread of its own: asking the printing system may take
    /// long.
    #[must_use]
    pub fn find() -> Self {
        let there = Arc::new(AtomicBool::new(false));
        let answer = Arc::clone(&there);
        let asked = std::thread::Builder::new()
            .name("kiosk-printer".into())
            .spawn(move || answer.store(has_default(), Ordering::Release));
        let program = asked.is_ok().then(|| Lp { program: "lp".into(), patience: PATIENCE });
        Self { there, program }
    }

    /// A printer that pipes documents into this program's standard input.
    #[must_use]
    pub fn through(program: impl Into<String>) -> Self {
        let lp = Lp { program: program.into(), patience: PATIENCE };
        Self { there: Arc::new(AtomicBool::new(true)), program: Some(lp) }
    }

    /// Whether a printer has been found so far.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.there.load(Ordering::Acquire)
    }

    /// Sends a PDF to the printing system and waits until it is queued, for at most twenty
    /// seconds; never call it on the UI thread.
    ///
    /// # Errors
    /// There is no printer, or the program fails, times out or refuses the document.
    pub fn print(&self, pdf: &[u8]) -> Result<(), NotPrinted> {
        let Some(lp) = &self.program else { return Err("no printer".into()) };
        let mut program = Command::new(&lp.program)
            .args(["-s", "-t", "kiosk"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| e.to_string())?;
        // Written on a thread, because a program that does not read its input would block the
        // writer.
        let (input, paper) = (program.stdin.take(), pdf.to_vec());
        let written = std::thread::Builder::new()
            .name("kiosk-paper".into())
            .spawn(move || input.map_or(Ok(()), |mut input| input.write_all(&paper)));
        let ended = wait(&mut program, lp.patience)?;
        if !ended.success() {
            let mut why = String::new();
            let _ = program.stderr.take().map(|mut said| said.read_to_string(&mut why));
            return Err(format!("lp: {ended} {}", why.trim()));
        }
        match written.map(std::thread::JoinHandle::join) {
            Ok(Ok(Ok(()))) => Ok(()),
            _ => Err("lp did not read the paper".into()),
        }
    }
}

/// Waits for a program to exit; kills it after the time limit.
#[expect(clippy::disallowed_methods, reason = "on a thread of its own, never the screen's")]
fn wait(program: &mut Child, patience: Duration) -> Result<std::process::ExitStatus, NotPrinted> {
    let steps = patience.as_millis() / STEP.as_millis().max(1);
    for _ in 0..=steps {
        if let Some(status) = program.try_wait().map_err(|e| e.to_string())? {
            return Ok(status);
        }
        std::thread::sleep(STEP);
    }
    drop(program.kill());
    drop(program.wait());
    Err(format!("lp did not end within {} s", patience.as_secs()))
}

fn has_default() -> bool {
    let asked = Command::new("lpstat").arg("-d").stdin(Stdio::null()).stderr(Stdio::null()).output();
    asked.is_ok_and(|answer| answer.status.success() && String::from_utf8_lossy(&answer.stdout).contains(':'))
}

#[cfg(all(test, unix))]
#[allow(clippy::expect_used, reason = "a test stops where something is wrong")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A printer whose program is this shell script.
    fn printer(script: &str, patience: Duration) -> (tempfile::TempDir, Printer) {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("lp");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("allowed");
        let lp = Lp { program: program.display().to_string(), patience };
        (folder, Printer { there: Arc::new(AtomicBool::new(true)), program: Some(lp) })
    }

    #[test]
    fn a_paper_counts_as_printed_only_when_the_printing_system_took_it() {
        let (_kept, good) = printer("cat > /dev/null", PATIENCE);
        assert_eq!(good.print(&vec![0; 200_000]), Ok(()));
        let (_kept, refusing) = printer("cat > /dev/null; echo 'no such printer' >&2; exit 1", PATIENCE);
        assert!(refusing.print(b"%PDF").expect_err("refused").contains("no such printer"));
        assert!(Printer::default().print(b"%PDF").is_err());
    }

    #[test]
    fn complaint_16_a_printer_that_hangs_is_given_up_and_holds_no_later_paper() {
        let (_kept, hanging) = printer("exec sleep 60", Duration::from_millis(200));
        assert!(hanging.print(&vec![0; 200_000]).expect_err("given up").contains("did not end"));
        assert!(hanging.print(b"%PDF").is_err());
    }
}
