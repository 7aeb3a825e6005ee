//! How the form of an activity is drawn.

use chrono::Weekday;
use daycare_core::activity::clash::{Clash, Wanted};
use daycare_core::activity::repeat::{Repeat, weekday};
use daycare_core::activity::{PICTURES, Room, Team};
use daycare_core::time::hour_minute;
use iced::Length;
use iced::widget::{Column, Row, column, container, row};

use super::{Form, Message, Often};
use crate::ui::screens::Ctx;
use crate::ui::screens::staff::kit::Ui;
use crate::ui::widgets::controls::{self, Kind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Element, parts};

impl Form {
    pub(in crate::ui::screens::staff::programme) fn view<'a>(
        &'a self,
        rooms: &'a [Room],
        teams: &'a [Team],
        leaders: &'a [String],
        ui: Ui<'a>,
    ) -> Element<'a, Message> {
        let per_row = if ui.look.shape == crate::ui::theme::Shape::Landscape { 8 } else { 4 };
        let mut lines = Column::new().spacing(12);
        if self.key.is_some() {
            let scope =
                |key: &'static str, only| (key, ui.tr(key), self.only_this == only, Message::OnlyThis(only));
            lines = lines
                .push(ui.segments(vec![scope("prog-only-this", true), scope("prog-from-now", false)], 2));
        }
        if let Some(what) = &self.refused {
            lines = lines.push(ui.error_strip(what));
        }
        if let Some(words) = self.too_small(rooms, ui.cx) {
            lines = lines.push(warning_strip(words, ui));
        }
        for clash in self.clashes.iter().take(3) {
            lines = lines.push(clash_strip(clash, ui));
        }
        if !self.only_this {
            lines = lines.push(self.what(ui));
        }
        lines = lines.push(self.when(ui));
        lines = lines.push(self.where_and_who(rooms, teams, leaders, per_row, ui));
        if !self.only_this {
            lines = lines.push(self.how_often(ui)).push(self.sign_up(ui));
        }
        ui.panel(lines)
    }

    /// 不改了 and 保存, kept visible however long the form is.
    pub(in crate::ui::screens::staff::programme) fn buttons(ui: Ui<'_>) -> Element<'_, Message> {
        let (save, close) = (ui.tr("form-save"), ui.tr("cancel-form"));
        let buttons = vec![
            ui.button("close").label(&close).icon(Icon::X).on_press(Message::Close),
            ui.button("save").label(&save).icon(Icon::Save).kind(Kind::Main).on_press(Message::Save),
        ];
        ui.buttons(buttons, 2)
    }

    /// A warning if there are more places than the room holds.
    fn too_small(&self, rooms: &[Room], cx: &Ctx) -> Option<String> {
        let at = &self.draft.arrangement;
        let room = rooms.iter().find(|room| Some(room.id) == at.room_id)?;
        let holds = room.capacity.filter(|holds| at.capacity.is_none_or(|places| places > *holds))?;
        let values = [("room", cx.name(&room.name).into()), ("count", holds.into())];
        Some(cx.i18n.tr_with("prog-too-small", &values))
    }

    fn what<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let name = ui.tr("prog-name");
        let field = ui.labelled(&name, ui.field(&name, &self.draft.name, Message::Name));
        let pictures = PICTURES.iter().map(|picture| {
            let on = self.draft.picture == *picture;
            let drawn = container(parts::drawn(picture)).center_x(Length::Fill).height(56).padding(4);
            let press = Some(Message::Picture(picture));
            ui.touch_row(format!("picture-{picture}"), drawn)
                .on(on)
                .height(controls::CONTROL)
                .on_press_maybe(press)
        });
        let pictures = ui.buttons(pictures, 8);
        column![field, pictures].spacing(12).into()
    }

    fn when<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let at = &self.draft.arrangement;
        let stepper = |key: &'static str, value: String, less: Message, more: Message| {
            let inner = ui.stepper(key, &value, less, more);
            container(ui.labelled(&ui.tr(key), inner)).width(Length::Fill)
        };
        let day = ui.i18n.day_line(self.held_on);
        let places = at.capacity.map_or_else(
            || ui.tr("prog-no-limit"),
            |places| ui.i18n.tr_with("schedule-people", &[("count", places.into())]),
        );
        let mut first = Row::new().spacing(14);
        // For a series the weekdays are chosen instead, below.
        if self.only_this || self.key.is_none() {
            first = first.push(stepper("prog-day", day, Message::Day(-1), Message::Day(1)));
        }
        first = first.push(stepper("prog-places", places, Message::Capacity(-1), Message::Capacity(1)));
        let second = row![
            stepper("schedule-from", hour_minute(at.starts), Message::Starts(-15), Message::Starts(15)),
            stepper("schedule-until", hour_minute(at.ends), Message::Ends(-15), Message::Ends(15)),
        ]
        .spacing(14);
        if ui.look.shape == crate::ui::theme::Shape::Landscape {
            return row![first, second].spacing(14).into();
        }
        column![first, second].spacing(12).into()
    }

    fn where_and_who<'a>(
        &'a self,
        rooms: &'a [Room],
        teams: &'a [Team],
        leaders: &'a [String],
        per_row: usize,
        ui: Ui<'a>,
    ) -> Element<'a, Message> {
        let at = &self.draft.arrangement;
        let none = ui.tr("prog-none");
        let mut choices = vec![("room-none", none.clone(), at.room_id.is_none(), Message::Room(None))];
        for room in rooms {
            let on = at.room_id == Some(room.id);
            choices.push((room.name.as_str(), ui.name(&room.name), on, Message::Room(Some(room.id))));
        }
        let (new_room, add) = (ui.tr("prog-new-room"), ui.tr("prog-add-room"));
        let add_room = row![
            container(ui.field(&new_room, &self.new_room, Message::NewRoom)).width(Length::Fill),
            ui.button("add-room").label(&add).icon(Icon::Plus).on_press(Message::AddRoom).width(180.0),
        ]
        .spacing(12);
        let mut led = vec![("team-none", none, at.team_id.is_none(), Message::Team(None))];
        for team in teams {
            let on = at.team_id == Some(team.id);
            led.push((team.name.as_str(), ui.name(&team.name), on, Message::Team(Some(team.id))));
        }
        let leader = ui.tr("prog-leader");
        let field = ui.field(&leader, &at.leader, Message::Leader);
        let likely: Vec<_> = leaders
            .iter()
            .filter(|name| at.leader.is_empty() || (name.contains(&at.leader) && **name != at.leader))
            .take(per_row)
            .map(|name| (name.as_str(), name.clone(), false, Message::Leader(name.clone())))
            .collect();
        let label = |key: &str| ui.muted(ui.tr(key));
        column![
            label("prog-room"),
            ui.segments(choices, per_row),
            add_room,
            label("prog-team"),
            ui.segments(led, if per_row > 4 { 7 } else { 3 }),
            ui.labelled(&leader, field),
            ui.segments(likely, per_row),
        ]
        .spacing(10)
        .into()
    }

    fn how_often<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let now = match &self.draft.repeat {
            Repeat::Once => Often::Once,
            Repeat::Weekly { every: 2, .. } => Often::Fortnightly,
            Repeat::Weekly { .. } => Often::Weekly,
            Repeat::Monthly { .. } => Often::Monthly,
        };
        let often = [
            ("often-once", Often::Once),
            ("often-weekly", Often::Weekly),
            ("often-fortnightly", Often::Fortnightly),
            ("often-monthly", Often::Monthly),
        ];
        let often = often.map(|(key, often)| (key, ui.tr(key), often == now, Message::Repeat(often)));
        let mut lines = column![ui.muted(ui.tr("prog-often")), ui.segments(often.into(), 4)].spacing(10);
        let on = |day: Weekday| match &self.draft.repeat {
            Repeat::Weekly { days, .. } => days.contains(&day),
            Repeat::Monthly { day: on, .. } => *on == day,
            Repeat::Once => false,
        };
        if now != Often::Once {
            const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let days = NAMES.iter().enumerate().map(|(at, name)| {
                let day = weekday(at);
                (*name, ui.i18n.weekday_name(day), on(day), Message::Weekday(day))
            });
            lines = lines.push(ui.segments(days.collect(), 7));
        }
        lines.into()
    }

    fn sign_up<'a>(&'a self, ui: Ui<'a>) -> Element<'a, Message> {
        let days = ui.i18n.tr_with("prog-days-before", &[("count", self.draft.opens_days.into())]);
        let opens = ui.stepper("opens", &days, Message::Opens(-1), Message::Opens(1));
        let age = self.draft.notice_on.filter(|_| !self.draft.notice.is_empty()).map(|on| {
            let days = (ui.clock.today() - on).num_days();
            ui.i18n.tr_with("prog-notice-age", &[("days", days.into())])
        });
        let label = match age {
            Some(age) => format!("{} · {age}", ui.tr("prog-notice")),
            None => ui.tr("prog-notice"),
        };
        let notice = ui.field(&ui.tr("prog-notice-hint"), &self.draft.notice, Message::Notice);
        let minutes = ui.i18n.tr_with("schedule-minutes", &[("count", self.draft.closes_minutes.into())]);
        let closes = ui.stepper("closes", &minutes, Message::Closes(-15), Message::Closes(15));
        let steppers = row![
            container(ui.labelled(&ui.tr("prog-opens"), opens)).width(Length::Fill),
            container(ui.labelled(&ui.tr("prog-closes"), closes)).width(Length::Fill),
        ];
        column![steppers.spacing(14), ui.labelled(&label, notice)].spacing(12).into()
    }
}

fn clash_strip<'a>(clash: &Clash, ui: Ui<'a>) -> Element<'a, Message> {
    let with = &clash.with;
    let day = ui.i18n.day_line(with.day);
    let time = format!("{}–{}", hour_minute(with.starts), hour_minute(with.ends));
    let what = match clash.wanted {
        Wanted::Room => ui.name(&with.room),
        Wanted::Leader => with.led_by.clone(),
    };
    let values = [
        ("day", day.as_str().into()),
        ("time", time.as_str().into()),
        ("what", what.into()),
        ("name", ui.name(&with.name).into()),
    ];
    warning_strip(ui.i18n.tr_with("prog-clash", &values), ui)
}

/// A warning that does not prevent saving.
fn warning_strip(words: String, ui: Ui<'_>) -> Element<'_, Message> {
    let p = ui.palette();
    let words = ui.strong(words);
    let icon = container(crate::ui::widgets::icon::icon(Icon::TriangleAlert, p.ink)).width(32).height(32);
    let line = row![icon, words].spacing(12).align_y(iced::alignment::Vertical::Center);
    ui.ground(line, p.amber_soft, p.amber_line, 2.0)
}
