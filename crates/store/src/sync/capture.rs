//! Records every edit of a synced table with triggers, which are generated from the schema when
//! a hub is joined and dropped when it is left.

use std::fmt::Write as _;

use daycare_core::resident::ERASED_NAME;
use daycare_sync::tables::{SHARED_SETTINGS, TABLES, Table};
use rusqlite::Connection;

use crate::error::Result;
use crate::sql::RowExt;

/// A column as the schema declares it.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) blob: bool,
    /// Required, and without a default value.
    pub(super) needed: bool,
}

/// The columns of a table, except those local to each kiosk.
pub(super) fn columns(conn: &Connection, table: &Table) -> Result<Vec<Column>> {
    let mut statement = conn.prepare_cached(include_str!("columns.sql"))?;
    let rows = statement.query_map([table.name], |row| {
        Ok(Column {
            name: row.read(0)?,
            blob: row.get_ref(1)?.as_str()? == "BLOB",
            needed: row.read::<bool>(2)? && row.get_ref(3)?.data_type() == rusqlite::types::Type::Null,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Columns that are synced.
pub(super) fn synced(conn: &Connection, table: &Table) -> Result<Vec<Column>> {
    let mut columns = columns(conn, table)?;
    columns.retain(|column| !table.local.contains(&column.name.as_str()));
    Ok(columns)
}

/// A column's value as pushed: bytes as hexadecimal digits.
fn sent(row: &str, column: &Column) -> String {
    let name = &column.name;
    if column.blob {
        format!("CASE WHEN {row}.{name} IS NULL THEN NULL ELSE lower(hex({row}.{name})) END")
    } else {
        format!("{row}.{name}")
    }
}

/// The key of a row as one text.
pub(super) fn key(row: &str, table: &Table, columns: &[Column]) -> String {
    let part = |name: &&str| {
        let blob = columns.iter().any(|column| column.name == **name && column.blob);
        if blob { format!("lower(hex({row}.{name}))") } else { format!("{row}.{name}") }
    };
    table.key.iter().map(part).collect::<Vec<_>>().join(" || '/' || ")
}

/// The whole row as JSON.
fn whole(row: &str, columns: &[Column]) -> String {
    let pairs = columns.iter().map(|column| format!("'{}', {}", column.name, sent(row, column)));
    format!("json_object({})", pairs.collect::<Vec<_>>().join(", "))
}

/// Whether one of some columns changed.
fn differs<'a>(columns: impl Iterator<Item = &'a str>) -> String {
    columns.map(|name| format!("NEW.{name} IS NOT OLD.{name}")).collect::<Vec<_>>().join(" OR ")
}

/// One side of a change, as JSON: the columns that changed and those that belong together with
/// them.
fn changed(side: &str, table: &Table, columns: &[Column]) -> String {
    let lines = columns.iter().map(|column| {
        let name = column.name.as_str();
        let differs = differs(table.with(&name).iter().copied());
        format!("SELECT '{name}' AS name, {} AS value WHERE {differs}", sent(side, column))
    });
    let lines = lines.collect::<Vec<_>>().join(" UNION ALL ");
    format!("(SELECT json_group_object(name, value) FROM ({lines}))")
}

/// The condition for rows of a table that belong to the centre.
fn shared(row: &str, table: &Table) -> String {
    if table.name != "setting" {
        return String::new();
    }
    let keys = SHARED_SETTINGS.iter().map(|key| format!("'{key}'")).collect::<Vec<_>>().join(", ");
    format!(" AND ({row}.key IN ({keys}) OR {row}.key GLOB 'name.*')")
}

const OURS: &str = "(SELECT applying FROM sync_state) = 0";

/// The triggers of one table.
fn triggers(table: &Table, columns: &[Column]) -> String {
    let name = table.name;
    let (new, old) = (key("NEW", table, columns), key("OLD", table, columns));
    let (whole, differs) =
        (whole("NEW", columns), differs(columns.iter().map(|column| column.name.as_str())));
    let (fields, was) = (changed("NEW", table, columns), changed("OLD", table, columns));
    let (new_shared, old_shared) = (shared("NEW", table), shared("OLD", table));
    format!(
        "CREATE TRIGGER sync_{name}_insert AFTER INSERT ON {name} WHEN {OURS}{new_shared} BEGIN
            INSERT INTO op (tbl, row, deed, fields) VALUES ('{name}', {new}, 'insert', {whole});
        END;
        CREATE TRIGGER sync_{name}_update AFTER UPDATE ON {name}
        WHEN {OURS}{new_shared} AND {new} = {old} AND ({differs}) BEGIN
            INSERT INTO op (tbl, row, deed, fields, was) VALUES ('{name}', {new}, 'update', {fields}, {was});
        END;
        CREATE TRIGGER sync_{name}_move AFTER UPDATE ON {name} WHEN {OURS}{new_shared} AND {new} <> {old} BEGIN
            INSERT INTO op (tbl, row, deed) VALUES ('{name}', {old}, 'delete');
            INSERT INTO op (tbl, row, deed, fields) VALUES ('{name}', {new}, 'insert', {whole});
        END;
        CREATE TRIGGER sync_{name}_delete AFTER DELETE ON {name} WHEN {OURS}{old_shared} BEGIN
            INSERT INTO op (tbl, row, deed) VALUES ('{name}', {old}, 'delete');
        END;\n"
    )
}

/// Starts recording edits.
pub(super) fn begin(conn: &Connection) -> Result<()> {
    let mut sql = String::new();
    for table in TABLES {
        sql += &triggers(table, &synced(conn, table)?);
    }
    sql += include_str!("open_pools.sql");
    conn.execute_batch(&sql)?;
    Ok(())
}

/// Stops recording edits.
pub(super) fn end(conn: &Connection) -> Result<()> {
    let mut statement = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'sync\\_%' ESCAPE '\\'",
    )?;
    let names =
        statement.query_map([], |row| row.read::<String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut sql = String::new();
    for name in names {
        let _ = writeln!(sql, "DROP TRIGGER {name};");
    }
    conn.execute_batch(&sql)?;
    Ok(())
}

/// Every row of a table, as if it were written now.
pub(super) fn whole_table(conn: &Connection, table: &Table) -> Result<()> {
    let columns = synced(conn, table)?;
    let sql = format!(
        "INSERT INTO op (tbl, row, deed, fields) SELECT '{}', {}, 'insert', {} FROM {} r WHERE true{}",
        table.name,
        key("r", table, &columns),
        whole("r", &columns),
        table.name,
        shared("r", table)
    );
    let _ = conn.execute(&sql, [])?;
    Ok(())
}

/// Records everything that is stored, and every erasure, as if it were written now.
pub(super) fn everything(conn: &Connection) -> Result<()> {
    for table in TABLES {
        whole_table(conn, table)?;
    }
    // People erased here while there was no hub are erased at the hub too, but not the
    // anonymous residents that stand for expired records.
    let Some(table) = Table::named("resident") else { return Ok(()) };
    let columns = synced(conn, table)?;
    let sql = format!(
        "INSERT INTO op (tbl, row, deed, fields) SELECT 'resident', {}, 'erase', {} FROM resident r
         WHERE r.archived_as = 'erased' AND r.name = '{ERASED_NAME}'",
        key("r", table, &columns),
        whole("r", &columns)
    );
    let _ = conn.execute(&sql, [])?;
    Ok(())
}
