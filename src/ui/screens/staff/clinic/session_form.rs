//! The form for changing a session, and the footer of the day.

use daycare_core::appointment::Status;
use iced::Length;
use iced::widget::{container, row};

use super::{Data, Edit, Message};
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::Element;
use crate::ui::widgets::icon::Icon;

/// The form: room, provider and seats of a session, or cancelling it.
pub(super) fn session_form<'a>(edit: &'a Edit, ui: Ui<'a>) -> Element<'a, Message> {
    let seats = ui.i18n.tr_with("schedule-people", &[("count", edit.capacity.into())]);
    let stepper = ui.stepper(
        "seats",
        &seats,
        Message::Capacity(edit.capacity.saturating_sub(1)),
        Message::Capacity(edit.capacity + 1),
    );
    let fields = row![
        container(ui.entry("schedule-room", &edit.room, Message::Room)).width(Length::Fill),
        container(ui.entry("schedule-provider", &edit.provider, Message::Provider)).width(Length::Fill),
        container(ui.labelled(&ui.tr("schedule-seats"), stepper)).width(Length::Fill),
    ]
    .spacing(14);
    let form = ui.form().push(fields).cancel("cancel-form", Message::Edit(edit.session.id));
    if edit.session.cancelled.is_some() {
        return form.button(ui.act("session-reopen", Icon::RotateCw).on_press(Message::EditReopen)).into();
    }
    let because = |reason| ui.act(reason, Icon::Ban).on_press(Message::EditCancel(reason));
    form.push(ui.muted(ui.tr("session-cancel")))
        .button(because("reason-ill"))
        .button(because("reason-closed"))
        .save("form-save", Some(Message::EditSave))
        .into()
}

pub(super) fn day_foot(ui: Ui<'_>) -> Element<'_, Message> {
    let button = |key: &str, icon, message| {
        let label = ui.tr(key);
        ui.button(key).label(&label).icon(icon).on_press(message)
    };
    ui.buttons(
        vec![
            button("clinic-print", Icon::Printer, Message::Print),
            button("clinic-close-day", Icon::ListChecks, Message::CloseDay),
        ],
        2,
    )
}

pub(super) fn summary<'a>(data: &Data, ui: Ui<'a>) -> Element<'a, Message> {
    let count = |fits: &[Status]| data.listed.iter().filter(|l| fits.contains(&l.appointment.status)).count();
    let free: u32 = data
        .slots
        .iter()
        .filter(|slot| slot.starts_at > ui.clock.now())
        .map(|slot| u32::from(slot.free))
        .sum();
    let all = [Status::Booked, Status::Arrived, Status::CheckedIn, Status::Fulfilled, Status::NoShow];
    let values = [
        ("booked", count(&all).into()),
        ("arrived", count(&[Status::Arrived, Status::CheckedIn]).into()),
        ("done", count(&[Status::Fulfilled]).into()),
        ("missed", count(&[Status::NoShow]).into()),
        ("free", free.into()),
    ];
    ui.muted(ui.i18n.tr_with("clinic-summary", &values))
}
