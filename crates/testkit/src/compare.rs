//! Compares the databases of kiosks.

use std::path::{Path, PathBuf};

use daycare_sync::tables::{SHARED_SETTINGS, TABLES};
use rusqlite::Connection;

/// Every synced row, without columns and settings that are local to a kiosk.
pub fn rows(database: &Path) -> Vec<String> {
    let conn = Connection::open(database).expect("opens");
    let mut all = Vec::new();
    for table in TABLES {
        let mut statement = conn.prepare(&format!("SELECT * FROM {}", table.name)).expect("prepared");
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).expect("asked");
        while let Some(row) = rows.next().expect("read") {
            let key: Option<String> = row.get_ref(0).expect("a cell").as_str().ok().map(str::to_owned);
            if table.name == "setting" && key.is_none_or(|key| !SHARED_SETTINGS.contains(&key.as_str())) {
                continue;
            }
            let cells = names.iter().enumerate().filter(|(_, name)| !table.local.contains(&name.as_str()));
            let cells: Vec<String> =
                cells.map(|(at, name)| format!("{name}={:?}", row.get_ref(at).expect("a cell"))).collect();
            all.push(format!("{}: {}", table.name, cells.join("|")));
        }
    }
    all.sort();
    all
}

/// Asserts that all databases are equal, no foreign key is broken, and no edit is pending.
pub fn assert_same(databases: &[PathBuf]) {
    let first = rows(&databases[0]);
    for other in &databases[1..] {
        let other = rows(other);
        for (one, two) in first.iter().zip(&other) {
            assert_eq!(one, two);
        }
        assert_eq!(first.len(), other.len());
    }
    for database in databases {
        let conn = Connection::open(database).expect("opens");
        let count = |sql: &str| -> i64 { conn.query_row(sql, [], |row| row.get(0)).expect("asked") };
        let lost =
            "SELECT coalesce(group_concat(\"table\" || ' of ' || parent), '') FROM pragma_foreign_key_check";
        let lost: String = conn.query_row(lost, [], |row| row.get(0)).expect("asked");
        assert_eq!(lost, "", "a row refers to nothing");
        assert_eq!(count("SELECT count(*) FROM op"), 0, "an edit waits for its result");
    }
}
