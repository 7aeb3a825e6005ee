//! Notices shown to everybody who signs in, and who has read them.

use daycare_core::audit::Actor;
use daycare_core::ids::{NoticeId, ResidentId};
use daycare_core::shift_book::{NOTICE_CHARS, Notice};
use rusqlite::Row;
use serde_json::json;

use crate::audit::TrailEntry;
use crate::connection::Store;
use crate::error::{Error, Result, Rule};
use crate::sql;
use crate::sql::{RowExt, params};

fn from_row(row: &Row<'_>) -> rusqlite::Result<Notice> {
    Ok(Notice {
        id: row.read(0)?,
        kind: row.read(1)?,
        words: row.read(2)?,
        from_on: sql::day(row.get_ref(3)?.as_str()?)?,
        until_on: sql::day(row.get_ref(4)?.as_str()?)?,
        read: row.read(5)?,
    })
}

impl Store {
    /// Adds a notice. Repeating the call writes it only once.
    ///
    /// # Errors
    /// The text is empty or too long, the last day is before the first, or database errors.
    pub fn add_notice(&mut self, actor: Actor, notice: &Notice) -> Result<()> {
        let words = notice.words.trim();
        if words.is_empty() || words.chars().count() > NOTICE_CHARS {
            return Err(Error::Rule(Rule::NoticeLength));
        }
        if notice.until_on < notice.from_on {
            return Err(Error::Rule(Rule::DaysReversed));
        }
        self.transact(actor, |tx| {
            let days = (notice.from_on.to_string(), notice.until_on.to_string());
            let _ = tx.prepare_cached(include_str!("add.sql"))?.execute(params![
                notice.id,
                notice.kind,
                words,
                days.0,
                days.1
            ])?;
            let after = json!({ "words": words, "from": notice.from_on, "until": notice.until_on });
            tx.log(&TrailEntry::new("notice.add", "notice", notice.id.uuid()).after(after))
        })
    }

    /// Ends a notice.
    pub fn end_notice(&mut self, actor: Actor, id: NoticeId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let _ = tx.prepare_cached(include_str!("end.sql"))?.execute(params![id, now])?;
            tx.log(&TrailEntry::new("notice.end", "notice", id.uuid()))
        })
    }

    /// Current and future notices, with how many people have read them.
    pub fn notices(&self) -> Result<Vec<Notice>> {
        let today = self.clock.today().to_string();
        let mut statement = self.conn.prepare_cached(include_str!("list.sql"))?;
        let rows = statement.query_map([today], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Notices that a resident has not read yet today.
    pub fn unread_notices(&self, resident: ResidentId) -> Result<Vec<Notice>> {
        let today = self.clock.today().to_string();
        let mut statement = self.conn.prepare_cached(include_str!("list_unread.sql"))?;
        let rows = statement.query_map(params![today, resident], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Records that a resident has read a notice; repeating the call changes nothing.
    pub fn read_notice(&mut self, actor: Actor, id: NoticeId, resident: ResidentId) -> Result<()> {
        self.transact(actor, |tx| {
            let now = tx.clock.now();
            let added =
                tx.prepare_cached(include_str!("add_receipt.sql"))?.execute(params![id, resident, now])?;
            if added == 0 {
                return Ok(());
            }
            tx.log(
                &TrailEntry::new("notice.read", "notice", id.uuid()).after(json!({ "resident": resident })),
            )
        })
    }
}
