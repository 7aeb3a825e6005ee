//! Files that are read and written from the screen: previews, what is asked about, what could
//! not be saved.

use std::path::{Path, PathBuf};

use daycare_core::resident::Resident;
use daycare_kiosk::app::Message;
use daycare_kiosk::app::screen::ScreenMessage;
use daycare_kiosk::demo::MANAGER_PIN;
use daycare_kiosk::i18n::Lang;
use daycare_kiosk::ui::screens::staff::intake::{self, FileKind};
use daycare_kiosk::ui::screens::staff::{doubts, first_start, statistics};
use daycare_kiosk::ui::screens::{Route, Sight};
use daycare_kiosk::ui::theme::Shape;
use daycare_kiosk::ui::widgets::Press;

use testkit::sandbox::Sandbox;

fn send(sandbox: &mut Sandbox, message: ScreenMessage) {
    sandbox.wait(1);
    sandbox.send(Message::Tapped(String::new(), Press::Own(message)));
    sandbox.wait(1);
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn everybody(sandbox: &Sandbox) -> Vec<Resident> {
    futures::executor::block_on(sandbox.cx().store.read(|store| store.residents())).expect("read")
}

/// Somebody certain, somebody doubtful, and a line below the list.
const LIST: &str = "姓名,出生日期\n钱一,1942-03-05\n孙二 李三,1941-01-01\n制表：何静,\n";

#[test]
fn doubtful_rows_of_a_file_are_shown_and_written_only_with_the_tick() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = file(folder.path(), "a.csv", LIST);
    for confirmed in [false, true] {
        let mut sandbox = Sandbox::demo();
        sandbox.unlock_as("何静", MANAGER_PIN);
        sandbox.open(Route::Intake, Lang::ZhHans, Sight::default(), Shape::Portrait);
        let before = everybody(&sandbox).len();
        let mut tap = |message| send(&mut sandbox, ScreenMessage::Intake(message));
        tap(intake::Message::Found(vec![list.clone()]));
        tap(intake::Message::Chosen(0));
        tap(intake::Message::Kind(FileKind::Registry));
        if confirmed {
            tap(intake::Message::Doubts(doubts::Message::Confirm));
        }
        sandbox.expect("要看一看的 1 行：确认后才写");
        assert_eq!(everybody(&sandbox).len(), before, "a preview writes nothing");
        send(&mut sandbox, ScreenMessage::Intake(intake::Message::Write));
        assert_eq!(everybody(&sandbox).len() - before, 1 + usize::from(confirmed));
    }
}

#[test]
fn the_answer_about_one_file_is_not_shown_for_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (file(folder.path(), "a.csv", LIST), file(folder.path(), "b.csv", LIST));
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as("何静", MANAGER_PIN);
    sandbox.open(Route::Intake, Lang::ZhHans, Sight::default(), Shape::Portrait);
    let mut tap = |message| send(&mut sandbox, ScreenMessage::Intake(message));
    tap(intake::Message::Found(vec![one.clone(), other]));
    tap(intake::Message::Chosen(1));
    let late = (one, FileKind::Registry, 2026);
    tap(intake::Message::Rehearsed(late, Err(daycare_kiosk::error::Error::Busy)));
    tap(intake::Message::Write);
    assert!(!sandbox.shows("写进去"), "nothing was read, so nothing can be written");
    sandbox.click("老人名册");
    sandbox.wait(1);
    sandbox.expect("要看一看的 1 行：确认后才写");
}

#[test]
fn the_first_start_asks_about_doubtful_rows_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = file(folder.path(), "a.csv", LIST);
    let cx = daycare_kiosk::app::presets::context(|_| Ok(())).expect("a new centre");
    let mut sandbox = Sandbox::on(cx);
    sandbox.open(Route::FirstStart, Lang::ZhHans, Sight::default(), Shape::Portrait);
    let mut tap = |message| send(&mut sandbox, ScreenMessage::FirstStart(message));
    tap(first_start::Message::Founded(Ok(())));
    tap(first_start::Message::Preview(list));
    tap(first_start::Message::Doubts(doubts::Message::Confirm));
    tap(first_start::Message::Import);
    assert_eq!(everybody(&sandbox).len(), 2);
}

#[test]
fn what_could_not_be_saved_is_not_called_saved() {
    let mut sandbox = Sandbox::demo();
    sandbox.unlock_as("何静", MANAGER_PIN);
    std::fs::write(sandbox.cx().paths.exports(), "a file where the folder should be").expect("written");
    sandbox.open(Route::Statistics, Lang::ZhHans, Sight::default(), Shape::Landscape);
    for save in [statistics::Message::SavePdf, statistics::Message::SaveXlsx] {
        send(&mut sandbox, ScreenMessage::Statistics(save));
        let said = sandbox.texts().join(" ");
        assert!(!said.contains("存好了") && !said.contains("已存"), "{said}");
    }
}
