//! The real program on real displays: with a window manager, without one, and
//! under a Wayland compositor. The window must be as large as the screen.
#![cfg(target_os = "linux")]

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
    manager: Option<Program>,
    folder: tempfile::TempDir,
}

/// A monitor that exists only in memory, in the shapes of a kiosk and a laptop.
const MONITOR: &str = r#"
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
  Modeline "1920x1080" 148.5 1920 2008 2052 2200 1080 1084 1089 1125
  Modeline "1080x1920" 148.5 1080 1168 1212 1360 1920 1924 1929 1965
  Modeline "1366x768" 85.5 1366 1436 1579 1792 768 771 774 798
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1920x1080" "1080x1920" "1366x768"
  EndSubSection
EndSection
"#;

/// Starts an X server that finds a free number by itself.
fn serve(command: &str, folder: &Path) -> (String, Program) {
    let number = folder.join("number");
    let script = format!("exec {command} -displayfd 3 3>{}", number.display());
    let server = Program::start(Command::new("bash").args(["-c", &script]));
    let name = until("the display", || {
        let text = std::fs::read_to_string(&number).ok()?;
        text.ends_with('\n').then(|| format!(":{}", text.trim()))
    });
    (name, server)
}

impl Display {
    fn new(size: &str, managed: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (name, server) = serve(&format!("Xvfb -noreset -screen 0 {size}x24"), folder.path());
        Self::on(name, server, managed, folder)
    }

    /// A display whose monitor can be given another mode.
    fn changeable(managed: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("xorg.conf");
        std::fs::write(&config, MONITOR).expect("written");
        let log = folder.path().join("log");
        let xorg =
            format!("Xorg -noreset -nolisten tcp -config {} -logfile {}", config.display(), log.display());
        let (name, server) = serve(&xorg, folder.path());
        Self::on(name, server, managed, folder)
    }

    /// Gives the monitor another mode.
    fn turn(&self, mode: &str) {
        let xrandr = |args: &[&str]| said(Command::new("xrandr").env("DISPLAY", &self.name).args(args));
        let _ = xrandr(&["--output", "DUMMY0", "--mode", mode]);
        let wanted = mode.replace('x', " x ");
        assert!(xrandr(&[]).contains(&format!("current {wanted}")), "the monitor turned");
    }

    fn on(name: String, server: Program, managed: bool, folder: tempfile::TempDir) -> Self {
        let manager = managed.then(|| Program::start(Command::new("openbox").env("DISPLAY", &name)));
        Self { name, _server: server, manager, folder }
    }

    /// Waits until the window of `program` covers a screen of `size`.
    fn covered(&self, program: &Program, size: &str) {
        let (width, height) = size.split_once('x').expect("a size");
        let want = [0, 0, width.parse().expect("a number"), height.parse().expect("a number")];
        let mut seen = None;
        let what = format!("a window of {size} (managed: {})", self.manager.is_some());
        until(&what, || {
            seen = self.window(program);
            (seen == Some(want)).then_some(())
        });
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
    display.covered(&program, size);
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
fn the_window_follows_a_monitor_that_changes_while_it_runs() {
    for managed in [true, false] {
        let display = Display::changeable(managed);
        let program = display.open("demo");
        display.covered(&program, "1920x1080");
        for mode in ["1080x1920", "1366x768", "1920x1080"] {
            display.turn(mode);
            display.covered(&program, mode);
        }
    }
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

/// A Wayland compositor without hardware, with the kiosk in it.
struct Compositor {
    folder: tempfile::TempDir,
    socket: String,
    _program: Program,
}

impl Compositor {
    /// `start` says how the compositor is told to start the kiosk.
    fn new(start: impl FnOnce(&Path, &str) -> Vec<String>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = folder.path().join("run");
        std::fs::create_dir(&runtime).expect("made");
        // The other user may not enter the build folder: the program comes along.
        let kiosk = folder.path().join("kiosk");
        let _ = std::fs::copy(env!("CARGO_BIN_EXE_kiosk"), &kiosk).expect("copied");
        let data = folder.path().join("data");
        let line = format!("{} --data {} demo", kiosk.display(), data.display());
        let arguments = start(folder.path(), &line);
        // A compositor does not run as root, and neither does a kiosk.
        let mut command = Command::new("setpriv");
        if said(Command::new("id").arg("-u")).trim() == "0" {
            for path in [folder.path(), &runtime] {
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777)).expect("opened");
            }
            let _ = command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        let _ = command
            .args(arguments)
            .current_dir(folder.path())
            .env("XDG_RUNTIME_DIR", &runtime)
            .envs([
                ("WLR_BACKENDS", "headless"),
                ("WLR_RENDERER", "pixman"),
                ("WLR_LIBINPUT_NO_DEVICES", "1"),
            ])
            .env_remove("DISPLAY");
        let program = Program::start(&mut command);
        let socket = until("the compositor", || named(&runtime, "wayland-"));
        Self { folder, socket, _program: program }
    }

    fn run(&self, program: &str) -> Command {
        let runtime = self.folder.path().join("run");
        let mut command = Command::new(program);
        if let Some(socket) = named(&runtime, "sway-ipc") {
            let _ = command.env("SWAYSOCK", runtime.join(socket));
        }
        let _ = command.env("XDG_RUNTIME_DIR", &runtime).env("WAYLAND_DISPLAY", &self.socket);
        command
    }

    /// Waits until the first page covers the whole of an output of this size, with
    /// the name of the centre.
    fn covered(&self, size: (u32, u32)) {
        let shot = self.folder.path().join("shot.png");
        until(&format!("the first page on {size:?}"), || {
            let _ = said(self.run("grim").arg(&shot));
            let picture = image::open(&shot).ok()?.to_rgb8();
            if picture.dimensions() != size {
                return None;
            }
            let (width, height) = size;
            let at = |x: u32, y: u32| picture.get_pixel(x.min(width - 1), y.min(height - 1)).0;
            let corners = [at(2, 2), at(width - 3, 2), at(2, height - 3), at(width - 3, height - 3)];
            let paper = corners.iter().all(|pixel| pixel.iter().all(|part| *part > 150));
            // The name stands in dark letters beside the seal, at the top left.
            let ink = (width / 16..width / 4)
                .flat_map(|x| (height / 60..height / 9).map(move |y| (x, y)))
                .filter(|(x, y)| at(*x, *y).iter().all(|part| *part < 90))
                .count();
            (paper && ink > 100).then_some(())
        });
    }
}

/// The first file whose name begins so, and is no lock.
fn named(folder: &Path, begins: &str) -> Option<String> {
    std::fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        (name.starts_with(begins) && !name.contains(".lock")).then_some(name)
    })
}

#[test]
fn under_wayland_the_window_covers_each_size_of_the_monitor_and_draws_what_comes_by_itself() {
    let sway = Compositor::new(|folder, kiosk| {
        let config = folder.join("config");
        std::fs::write(&config, format!("exec {kiosk}\nxwayland disable\n")).expect("written");
        vec!["sway".into(), "-c".into(), config.display().to_string()]
    });
    for (width, height) in [(1280, 720), (1080, 1920), (1366, 768)] {
        let mode = format!("{width}x{height}");
        let _ = said(sway.run("swaymsg").args(["output", "HEADLESS-1", "resolution", &mode]));
        // Nobody touches anything: the name of the centre comes with the answer of
        // the store, and must be drawn when it comes.
        sway.covered((width, height));
    }
}

#[test]
fn under_cage_the_window_covers_the_screen() {
    // Cage shows a window of the screen's size without copying it, so that no
    // picture of the headless output can be taken: what the kiosk hands over is
    // read instead.
    let cage = Compositor::new(|folder, kiosk| {
        let spied = format!("WAYLAND_DEBUG=1 exec {kiosk} 2>{}", folder.join("handed-over").display());
        ["cage", "--", "sh", "-c", &spied].map(str::to_owned).to_vec()
    });
    until("a window of 1280x720", || {
        let handed = std::fs::read_to_string(cage.folder.path().join("handed-over")).ok()?;
        let last = handed.lines().rfind(|line| line.contains("damage_buffer"))?;
        last.contains("(0, 0, 1280, 720)").then_some(())
    });
}
