//! The input about a person, and saving it.

use daycare_core::birth::Birth;
use daycare_core::resident::default_called_by;
use daycare_core::text;
use iced::Task;

use super::{Field, Flag, Message, Part, Person};
use crate::i18n::pinyin::reading;
use crate::ui::screens::{Action, Ctx};

impl Person {
    pub(super) fn saved(&mut self, part: Part, cx: &Ctx) -> Action<Message> {
        self.new = false;
        self.draft.clear(part);
        self.notice = Some(Ok(cx.tr("history-saved")));
        Action::Run(self.load(cx))
    }

    pub(super) fn typed(&mut self, field: Field, text: String) {
        if field == Field::Name {
            // The pinyin follows the name until somebody has corrected it.
            let follows = self.resident.profile.pinyin == reading(&self.resident.profile.name);
            if follows || self.resident.profile.pinyin.is_empty() {
                self.resident.profile.pinyin = reading(text.trim());
            }
        }
        match field {
            Field::Allergies | Field::Notes => self.edited.1 = true,
            Field::Relative
            | Field::Relation
            | Field::RelativePhone
            | Field::Witness
            | Field::Guardian
            | Field::AwayReason
            | Field::EraseReason => {}
            _ => self.edited.0 = true,
        }
        *self.value(field) = text;
    }

    pub(super) fn value(&mut self, field: Field) -> &mut String {
        let (profile, draft) = (&mut self.resident.profile, &mut self.draft);
        match field {
            Field::Name => &mut profile.name,
            Field::CalledBy => &mut profile.called_by,
            Field::Pinyin => &mut profile.pinyin,
            Field::Born => &mut self.born,
            Field::Phone => &mut profile.phone,
            Field::Yard => &mut profile.yard,
            Field::Door => &mut profile.door,
            Field::Grid => &mut profile.grid,
            Field::Contact => &mut profile.contact_name,
            Field::ContactPhone => &mut profile.contact_phone,
            Field::Remark => &mut profile.remark,
            Field::Allergies => &mut self.file.plan.allergies,
            Field::Notes => &mut self.file.plan.notes,
            Field::Relative => &mut draft.relative,
            Field::Relation => &mut draft.relation,
            Field::RelativePhone => &mut draft.phone,
            Field::Witness => &mut draft.witness,
            Field::Guardian => &mut draft.guardian,
            Field::AwayReason => &mut draft.away_reason,
            Field::EraseReason => &mut draft.erase_reason,
        }
    }

    /// Choices that are kept only when saved.
    pub(super) fn choose(&mut self, message: &Message) {
        self.edited.0 |= matches!(message, Message::Sex(_) | Message::Living(_) | Message::Escort(_));
        self.edited.1 |= matches!(message, Message::Flag(_));
        let plan = &mut self.file.plan;
        match message {
            Message::Sex(sex) => {
                let profile = &mut self.resident.profile;
                if profile.called_by.is_empty() || profile.called_by == default_called_by(profile.sex) {
                    default_called_by(Some(*sex)).clone_into(&mut profile.called_by);
                }
                profile.sex = Some(*sex);
            }
            Message::Living(living) => self.resident.profile.living = Some(*living),
            Message::Escort(escort) => self.resident.profile.escort = *escort,
            Message::Flag(Flag::Hearing) => plan.hearing = !plan.hearing,
            Message::Flag(Flag::Sight) => plan.sight = !plan.sight,
            Message::Flag(Flag::Wheelchair) => plan.wheelchair = !plan.wheelchair,
            Message::Collects => self.draft.collects = !self.draft.collects,
            Message::AwayDays(by) => {
                self.draft.away_days = self.draft.away_days.saturating_add_signed(*by).clamp(1, 365);
            }
            _ => {}
        }
    }

    pub(super) fn save(&mut self, cx: &Ctx) -> Action<Message> {
        self.resident.profile.born_on = match self.born.trim() {
            "" => None,
            typed => {
                if let Ok(birth) = typed.parse::<Birth>() {
                    Some(birth)
                } else {
                    self.notice = Some(Err(cx.tr("person-bad-date")));
                    return Action::None;
                }
            }
        };
        let profile = &mut self.resident.profile;
        // The same forms as an import writes, so that files are found and compared alike.
        profile.name = text::person_name(&profile.name);
        profile.contact_name = text::person_name(&profile.contact_name);
        for place in [&mut profile.yard, &mut profile.door, &mut profile.grid] {
            *place = text::tidy(place);
        }
        for number in [&mut profile.phone, &mut profile.contact_phone] {
            *number = text::phone(number).unwrap_or_else(|| text::tidy(number));
        }
        if profile.called_by.trim().is_empty() {
            default_called_by(profile.sex).clone_into(&mut profile.called_by);
        }
        let (actor, resident) = (cx.actor(), self.resident.clone());
        let sent = Box::new(resident.clone());
        let write = cx.store.write(move |store| store.put_resident(actor, &resident, ""));
        Action::Run(Task::perform(write, move |done| Message::ProfileSaved(sent.clone(), done)))
    }
}
