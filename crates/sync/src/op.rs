//! One edit of one row, as a kiosk made it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::hlc::Hlc;

/// Identifier of an op, made by the kiosk; the same op twice is one.
pub type OpId = Uuid;

/// A kiosk, by the identifier it was enrolled with.
pub type KioskId = Uuid;

/// Columns of a row by name. Bytes are written as hexadecimal digits. A column
/// that this program does not know is kept and passed on.
pub type Fields = BTreeMap<String, Value>;

/// A row by its table and its key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowKey {
    /// Table, as the kiosk's database calls it.
    pub table: String,
    /// Key columns in their order, joined by `/`.
    pub key: String,
}

impl RowKey {
    /// A row of a table.
    #[must_use]
    pub fn new(table: impl Into<String>, key: impl Into<String>) -> Self {
        Self { table: table.into(), key: key.into() }
    }
}

/// What was done to the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// It was not there, or comes back.
    Insert(Fields),
    /// Some columns changed.
    Update {
        /// What they are now.
        fields: Fields,
        /// What they were to who changed them.
        was: Fields,
    },
    /// It was taken away.
    Delete,
    /// Everything about a person goes for good; what is left of the row is
    /// nobody in particular.
    Erase(Fields),
}

impl Op {
    /// Takes NUL characters out of every text: PostgreSQL stores none, and an op
    /// that cannot be stored would come again for ever.
    pub fn without_nul(&mut self) {
        for text in [&mut self.row.table, &mut self.row.key] {
            text.retain(|c| c != '\0');
        }
        match &mut self.edit {
            Edit::Insert(fields) | Edit::Erase(fields) => without_nul(fields),
            Edit::Update { fields, was } => {
                without_nul(fields);
                without_nul(was);
            }
            Edit::Delete => {}
        }
    }
}

fn without_nul(fields: &mut Fields) {
    fn clean(value: &mut Value) {
        match value {
            Value::String(text) => text.retain(|c| c != '\0'),
            Value::Array(all) => all.iter_mut().for_each(clean),
            Value::Object(map) => {
                let all = std::mem::take(map);
                map.extend(all.into_iter().map(|(name, mut value)| {
                    clean(&mut value);
                    (name.replace('\0', ""), value)
                }));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let all = std::mem::take(fields);
    fields.extend(all.into_iter().map(|(name, mut value)| {
        clean(&mut value);
        (name.replace('\0', ""), value)
    }));
}

impl Edit {
    /// What the columns are now; nothing for an end.
    #[must_use]
    pub fn fields(&self) -> Option<&Fields> {
        match self {
            Self::Insert(fields) | Self::Update { fields, .. } => Some(fields),
            Self::Delete | Self::Erase(_) => None,
        }
    }
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Op {
    /// Identifier.
    pub id: OpId,
    /// Which row.
    #[serde(flatten)]
    pub row: RowKey,
    /// When, by the clock of the kiosk.
    pub hlc: Hlc,
    /// Schema of the program that made it.
    pub schema: u32,
    /// What.
    #[serde(rename = "deed")]
    pub edit: Edit,
}
