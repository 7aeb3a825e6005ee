//! One person's data: exporting all of it, erasing it with proof, and expiring what is older
//! than the centre keeps.

mod copies;
mod erase;
mod expire;

use daycare_core::audit::Actor;
use daycare_core::card::Holder;
use daycare_core::ids::ResidentId;
use daycare_core::papers::PersonRecord;
use daycare_core::time::Moment;
use daycare_core::visit::HistoryFilter;
use rusqlite::{Connection, types::ValueRef};
use serde_json::{Map, Value, json};

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::Result;
use crate::resident;
use crate::sql::params;

pub(crate) use copies::remove_files;
pub use erase::Erased;
pub use expire::Expired;

/// Tables with a resident column, and their names in an export.
const OWN: [(&str, &str); 19] = [
    ("visits", "visit"),
    ("cards", "card"),
    ("calls", "call"),
    ("appointments", "appointment"),
    ("readings", "reading"),
    ("targets", "target"),
    ("checkup", "checkup_item"),
    ("consents", "consent"),
    ("follow_ups", "follow_up"),
    ("activities", "enrolment_shown"),
    ("relatives", "relative"),
    ("care_plan", "care_plan"),
    ("photo", "photo"),
    ("welfare_checks", "welfare_check"),
    ("absences", "absence"),
    ("incidents", "incident"),
    ("notices_read", "notice_receipt"),
    ("volunteer", "volunteer"),
    ("erasures", "erasure"),
];

/// The rows of a table that belong to somebody, column by column.
fn rows_of(conn: &Connection, table: &str, id: ResidentId) -> Result<Vec<Value>> {
    let mut statement = conn.prepare(&format!("SELECT * FROM {table} WHERE resident_id = ?1"))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query(params![id])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let mut line = Map::new();
        for (at, name) in names.iter().enumerate() {
            // A PIN's hash says nothing about the person, but would help a thief.
            if name != "pin_hash" && name != "resident_id" {
                let _ = line.insert(name.clone(), value(row.get_ref(at)?));
            }
        }
        out.push(Value::Object(line));
    }
    Ok(out)
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => match <[u8; 16]>::try_from(bytes) {
            Ok(id) => json!(uuid::Uuid::from_bytes(id)),
            Err(_) => json!(daycare_core::text::hex(bytes)),
        },
    }
}

impl Store {
    /// One person's file for printing; includes readings only if `with_health`.
    ///
    /// # Errors
    /// No such resident, or database errors.
    pub fn person_record(&self, id: ResidentId, with_health: bool) -> Result<PersonRecord> {
        let filter = HistoryFilter { resident: Some(id), ..HistoryFilter::default() };
        let readings = if with_health { Some(self.readings_of(id, Moment::default())?) } else { None };
        Ok(PersonRecord {
            resident: resident::require(&self.conn, id)?,
            care_plan: self.care_plan(id)?,
            relatives: self.relatives(id)?,
            consents: self.consents(id)?,
            visits: self.history(&filter, 0, u32::MAX)?,
            activities: self.activity_history(id, self.clock.today(), u32::MAX)?,
            checks: self.welfare_checks(id)?,
            readings,
        })
    }

    /// Everything stored about one person, as they may request by law. The export itself is
    /// recorded in the audit trail.
    ///
    /// # Errors
    /// No such resident, or database errors.
    pub fn export_person(&mut self, actor: Actor, id: ResidentId) -> Result<Value> {
        self.transact(actor, |tx| {
            let person = resident::require(tx, id)?;
            let mut all = Map::new();
            let archived_as = resident::archived_as(tx, id)?;
            let _ = all.insert(
                "resident".into(),
                json!({ "id": id, "standing": person.standing, "archived_as": archived_as }),
            );
            let _ = all.insert("profile".into(), json!(person.profile));
            for (name, table) in OWN {
                let _ = all.insert(name.into(), json!(rows_of(tx, table, id)?));
            }
            tx.log(&TrailEntry::new("person.export", "resident", id.uuid()))?;
            Ok(Value::Object(all))
        })
    }

    /// Records that somebody revealed a hidden phone number.
    pub fn note_phone_seen(&mut self, actor: Actor, who: impl Into<Holder>) -> Result<()> {
        let (entity, id) = match who.into() {
            Holder::Resident(id) => ("resident", id.uuid()),
            Holder::Volunteer(id) => ("volunteer", id.uuid()),
        };
        self.transact(actor, |tx| tx.log(&TrailEntry::new("phone.see", entity, id)))
    }
}
