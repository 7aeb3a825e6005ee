//! The real program on real displays: with a window manager, without one, and
//! under a Wayland compositor. The window must be as large as the screen.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test stops where something is wrong, and waits for programs"
)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A program that ends with the test.
struct Program(Child);

impl Program {
    fn start(command: &mut Command) -> Self {
        let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(silent.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}; `make packages` installs it")))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Asks again until the answer is there, or time is over.
fn until<T>(what: &str, ask: impl FnMut() -> Option<T>) -> T {
    let wait = std::iter::repeat_with(|| std::thread::sleep(Duration::from_millis(250)));
    let mut ask = ask;
    wait.take(240).find_map(|()| ask()).unwrap_or_else(|| panic!("{what} did not come"))
}

fn kiosk(folder: &Path, command: &str) -> Command {
    let mut kiosk = Command::new(env!("CARGO_BIN_EXE_kiosk"));
    let _ = kiosk.arg("--data").arg(folder.join("data")).current_dir(folder).arg(command);
    kiosk
}

/// A display of its own, with a window manager or without.
struct Display {
    name: String,
    _server: Program,
    _manager: Option<Program>,
    folder: tempfile::TempDir,
}

impl Display {
    fn new(size: &str, managed: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let number = folder.path().join("number");
        let script = format!("exec Xvfb -displayfd 3 -noreset -screen 0 {size}x24 3>{}", number.display());
        let server = Program::start(Command::new("bash").args(["-c", &script]));
        let name = until("the display", || {
            let text = std::fs::read_to_string(&number).ok()?;
            text.ends_with('\n').then(|| format!(":{}", text.trim()))
        });
        let manager = managed.then(|| Program::start(Command::new("openbox").env("DISPLAY", &name)));
        Self { name, _server: server, _manager: manager, folder }
    }

    fn open(&self, command: &str) -> Program {
        let mut kiosk = kiosk(self.folder.path(), command);
        Program::start(kiosk.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY"))
    }

    /// Place and size of the program's window.
    fn window(&self, program: &Program) -> Option<[i32; 4]> {
        let id = said(Command::new("xdotool").env("DISPLAY", &self.name).args([
            "search",
            "--pid",
            &program.0.id().to_string(),
        ]));
        let id = id.lines().last()?.to_owned();
        let about = said(Command::new("xwininfo").env("DISPLAY", &self.name).args(["-id", &id]));
        let field = |key: &str| {
            let line = about.lines().find(|line| line.contains(key))?;
            line.rsplit(' ').next()?.parse().ok()
        };
        Some([
            field("Absolute upper-left X:")?,
            field("Absolute upper-left Y:")?,
            field("Width:")?,
            field("Height:")?,
        ])
    }
}

fn covers(size: &str, managed: bool) {
    let display = Display::new(size, managed);
    let program = display.open("demo");
    let (width, height) = size.split_once('x').expect("a size");
    let want = [0, 0, width.parse().expect("a number"), height.parse().expect("a number")];
    let mut seen = None;
    until(&format!("a window of {size} (managed: {managed}); it is {seen:?}"), || {
        seen = display.window(&program);
        (seen == Some(want)).then_some(())
    });
}

#[test]
fn the_window_covers_the_screen_with_a_window_manager() {
    for size in ["1920x1080", "1366x768", "1080x1920", "3840x2160"] {
        covers(size, true);
    }
}

#[test]
fn the_window_covers_the_screen_without_a_window_manager() {
    covers("1920x1080", false);
}

#[test]
fn a_caregivers_table_opens_in_a_window_that_fits_a_laptop() {
    let display = Display::new("1366x768", true);
    std::fs::write(display.folder.path().join("kiosk.toml"), "mode = \"desk\"\n").expect("written");
    let program = display.open("run");
    let [x, y, width, height] = until("the window", || display.window(&program).filter(|w| w[2] > 300));
    assert!(x >= 0 && y >= 0 && x + width <= 1366 && y + height <= 768, "{x} {y} {width} {height}");
    assert!(width > height, "landscape");
}

#[test]
fn under_a_wayland_compositor_the_window_covers_the_screen_and_draws_what_comes_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = folder.path().join("run");
    std::fs::create_dir(&runtime).expect("made");
    // A compositor does not run as root, and neither does a kiosk.
    let user = said(Command::new("id").arg("-u"));
    // The other user may not enter the build folder: the program comes along.
    let program = folder.path().join("kiosk");
    let _ = std::fs::copy(env!("CARGO_BIN_EXE_kiosk"), &program).expect("copied");
    let mut cage = if user.trim() == "0" {
        for path in [folder.path(), &runtime] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777)).expect("opened");
        }
        let mut other = Command::new("setpriv");
        let _ = other.args(["--reuid=65534", "--regid=65534", "--clear-groups", "cage"]);
        other
    } else {
        Command::new("cage")
    };
    let _ = cage
        .arg("--")
        .arg(&program)
        .arg("--data")
        .arg(folder.path().join("data"))
        .arg("demo")
        .current_dir(folder.path())
        .env("XDG_RUNTIME_DIR", &runtime)
        .envs([("WLR_BACKENDS", "headless"), ("WLR_RENDERER", "pixman"), ("WLR_LIBINPUT_NO_DEVICES", "1")])
        .env_remove("DISPLAY");
    let _cage = Program::start(&mut cage);
    let socket = until("the compositor", || {
        let mut entries = std::fs::read_dir(&runtime).ok()?.flatten();
        entries.find_map(|e| {
            let name = e.file_name().into_string().ok()?;
            (name.starts_with("wayland-") && !name.contains(".lock")).then_some(name)
        })
    });
    let shot = folder.path().join("shot.png");
    // Nobody touches anything: the name of the centre comes with the answer of the
    // store, and must be drawn when it comes. A headless output has no frames of
    // its own: each picture taken of it is one, so several are taken.
    until("the first page on the whole screen", || {
        let _ = said(
            Command::new("grim").arg(&shot).env("XDG_RUNTIME_DIR", &runtime).env("WAYLAND_DISPLAY", &socket),
        );
        let picture = image::open(&shot).ok()?.to_rgb8();
        let (width, height) = picture.dimensions();
        let at = |x: u32, y: u32| picture.get_pixel(x.min(width - 1), y.min(height - 1)).0;
        let drawn = [at(2, 2), at(width - 3, 2), at(2, height - 3), at(width - 3, height - 3)];
        let paper = drawn.iter().all(|pixel| pixel.iter().all(|part| *part > 150));
        // The name stands in dark letters beside the seal, at the top left.
        let ink = (width / 16..width / 4)
            .flat_map(|x| (height / 30..height / 9).map(move |y| (x, y)))
            .filter(|(x, y)| at(*x, *y).iter().all(|part| *part < 90))
            .count();
        (paper && ink > 100).then_some(())
    });
}
