//! Actions on a file: cards, photo, consents, documents, archiving, erasure.

use daycare_core::access::Permission;
use daycare_core::card::{CardCode, Holder};
use daycare_core::care_plan::Relative;
use daycare_core::consent::{Consent, Purpose};
use daycare_core::ids::RelativeId;
use daycare_core::resident::Standing;
use daycare_store::Store;
use daycare_store::privacy::Erased;
use iced::Task;

use super::super::welfare::head;
use super::{Message, Part, Person};
use crate::error::{Error, Result};
use crate::graphics::photo;
use crate::i18n::I18n;
use crate::reports::card;
use crate::ui::screens::document::Document;
use crate::ui::screens::{Action, Ctx};

const PHOTOS: &[&str] = &["jpg", "jpeg", "png"];

impl Person {
    /// Handles actions that are saved at once.
    pub(super) fn act(&mut self, request: Message, cx: &Ctx) -> Action<Message> {
        let (actor, id) = (cx.actor(), self.resident.id);
        match request {
            Message::SaveCare => {
                let plan = self.file.plan.clone();
                let sent = Box::new(plan.clone());
                let work = cx.store.write(move |store| store.put_care_plan(actor, id, &plan));
                Action::Run(Task::perform(work, move |done| Message::CareSaved(sent.clone(), done)))
            }
            Message::AddRelative => {
                let Some(relative) = self.new_relative() else { return Action::None };
                write(Part::Relative, cx, move |store| store.put_relative(actor, id, &relative))
            }
            Message::RemoveRelative(of) => {
                write(Part::Other, cx, move |store| store.remove_relative(actor, id, of))
            }
            Message::Away => {
                let from = cx.clock.today();
                let days = chrono::Days::new(self.draft.away_days);
                let until = from.checked_add_days(days).unwrap_or(from);
                let reason = self.draft.away_reason.trim().to_owned();
                write(Part::Away, cx, move |store| store.add_absence(actor, id, (from, until), &reason))
            }
            Message::Back(absence) => {
                write(Part::Other, cx, move |store| store.end_absence(actor, id, absence))
            }
            Message::Consent(purpose, given) => {
                let (witness, guardian) = self.heard_by(cx);
                let consent = Consent { purpose, given, decided_on: cx.clock.today(), witness, guardian };
                let saved = if purpose == Purpose::Photo { Message::PhotoSaved } else { Message::Saved };
                let write = cx.store.write(move |store| store.decide_consent(actor, id, &consent));
                Action::Run(Task::perform(write, move |done| saved(Part::Consent, done)))
            }
            Message::Archive(why) => {
                self.draft.archiving = false;
                write(Part::Other, cx, move |store| store.archive_resident(actor, id, why, ""))
            }
            Message::BringBack => {
                write(Part::Other, cx, move |store| store.set_standing(actor, id, Standing::Active, ""))
            }
            Message::Issue => write(Part::Other, cx, move |store| {
                let code = CardCode::from_random(store.random_bits()?);
                store.issue_card(actor, Holder::Resident(id), &code)
            }),
            Message::Revoke => {
                write(Part::Other, cx, move |store| store.revoke_cards(actor, Holder::Resident(id), ""))
            }
            Message::SaveCard => {
                let Some(valid) = self.valid_card() else { return Action::None };
                let code = valid.code.clone();
                let document = Document::pdf(card::stem(&code), move || card::png(&code), Message::Handed);
                Action::Save(document.ending("png"))
            }
            request => self.photo_or_paper(&request, cx),
        }
    }

    pub(super) fn new_relative(&self) -> Option<Relative> {
        let draft = &self.draft;
        let name = draft.relative.trim().to_owned();
        let phone = daycare_core::text::phone(&draft.phone)?;
        let relation = draft.relation.trim().to_owned();
        let collects = draft.collects;
        (!name.is_empty()).then(|| Relative { id: RelativeId::new(), name, relation, phone, collects })
    }

    /// The witness of a consent as typed, otherwise the account signed in; and the guardian.
    fn heard_by(&self, cx: &Ctx) -> (String, String) {
        let typed = self.draft.witness.trim();
        let own = cx.staff.as_ref().map(|staff| staff.name.clone()).unwrap_or_default();
        let witness = if typed.is_empty() { own } else { typed.to_owned() };
        (witness, self.draft.guardian.trim().to_owned())
    }

    fn photo_or_paper(&mut self, request: &Message, cx: &Ctx) -> Action<Message> {
        let (actor, id) = (cx.actor(), self.resident.id);
        match request {
            Message::FindPhotos => Action::Look(PHOTOS, Box::new(Message::PhotosFound)),
            Message::Photo(at) => {
                let Some(path) = self.photos.as_ref().and_then(|all| all.get(*at).cloned()) else {
                    return Action::None;
                };
                let write =
                    cx.store.write(move |store| store.put_photo(actor, id, &photo::from_file(&path)?));
                Action::Run(Task::perform(write, |done| Message::PhotoSaved(Part::Other, done)))
            }
            Message::RemovePhoto => {
                let write = cx.store.write(move |store| store.remove_photo(actor, id));
                Action::Run(Task::perform(write, |done| Message::PhotoSaved(Part::Other, done)))
            }
            Message::PrintRecord => {
                let (head, with_health) = (head(cx), cx.may(Permission::Health));
                // The document contains phone numbers, so printing is recorded like looking at
                // them.
                let write = cx.store.write(move |store| {
                    store.note_phone_seen(actor, id)?;
                    store.person_record(id, with_health)
                });
                let make = move || head.person(&futures::executor::block_on(write)?).pdf();
                Action::Print(Document::pdf(self.stem(), make, Message::Handed))
            }
            Message::ExportCopy => {
                let write = cx.store.write(move |store| store.export_person(actor, id));
                let make = move || {
                    let copy = futures::executor::block_on(write)?;
                    serde_json::to_vec_pretty(&copy).map_err(|e| Error::Internal(e.to_string()))
                };
                Action::Save(Document::pdf(self.stem(), make, Message::Handed).ending("json"))
            }
            Message::RehearseErasure => {
                let (reason, i18n) = (self.draft.erase_reason.clone(), cx.i18n.clone());
                let write = cx.store.write(move |store| {
                    let erased = store.rehearse_erasure(actor, id, &reason)?;
                    let rows: usize = erased.rows.iter().map(|(_, count)| count).sum();
                    let values = [("rows", rows.into()), ("visits", erased.visits_kept.into())];
                    Ok(with_namesakes(&i18n, i18n.tr_with("erase-would", &values), &erased))
                });
                Action::Run(Task::perform(write, Message::Rehearsed))
            }
            Message::Erase => {
                let (reason, i18n) = (self.draft.erase_reason.clone(), cx.i18n.clone());
                let write = cx.store.write(move |store| {
                    let erased = store.erase_person(actor, id, &reason)?;
                    let values = [("visits", erased.visits_kept.into()), ("files", erased.files.into())];
                    Ok(with_namesakes(&i18n, i18n.tr_with("erase-did", &values), &erased))
                });
                Action::Run(Task::perform(write, Message::Erased))
            }
            _ => Action::None,
        }
    }

    /// File name of a document about a person; never contains their name.
    fn stem(&self) -> String {
        let id = self.resident.id.to_string();
        format!("record-{}", daycare_core::text::tail(&id, 8))
    }
}

fn write(
    part: Part,
    cx: &Ctx,
    work: impl FnOnce(&mut Store) -> Result<()> + Send + 'static,
) -> Action<Message> {
    Action::Run(Task::perform(cx.store.write(work), move |done| Message::Saved(part, done)))
}

/// Adds that notes mentioning a name shared with others were kept.
fn with_namesakes(i18n: &I18n, words: String, erased: &Erased) -> String {
    if erased.namesakes == 0 {
        return words;
    }
    let values = [("count", erased.namesakes.into())];
    format!("{words}\n{}", i18n.tr_with("erase-namesakes", &values))
}
