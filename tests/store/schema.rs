//! Rules of the schema, asked of SQLite itself.

use rusqlite::Connection;

use testkit::centre::Centre;
use testkit::enrolment::welcome;

fn opened() -> (Centre, Connection) {
    let centre = Centre::at("2026-11-24T09:00:00");
    let conn = Connection::open(centre.paths().database()).expect("opens");
    (centre, conn)
}

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).expect("prepared");
    let rows = statement.query_map([], |row| row.get(0)).expect("asked");
    rows.collect::<Result<_, _>>().expect("read")
}

fn tables(conn: &Connection) -> Vec<String> {
    strings(
        conn,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
}

#[test]
fn every_table_is_strict() {
    let (_centre, conn) = opened();
    let loose = strings(
        &conn,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    );
    assert!(loose.is_empty(), "{loose:?}");
    assert!(tables(&conn).len() >= 12);
}

#[test]
fn every_id_column_has_a_foreign_key_and_every_foreign_key_an_index() {
    let (_centre, conn) = opened();
    for table in tables(&conn) {
        let columns = strings(
            &conn,
            &format!("SELECT name FROM pragma_table_info('{table}') WHERE name LIKE '%\\_id' ESCAPE '\\'"),
        );
        let keys = strings(&conn, &format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}')"));
        // Of a key of several columns the first one leads its index.
        let leading =
            strings(&conn, &format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}') WHERE seq = 0"));
        for column in columns {
            // The entity of a trail or an op may be any row.
            if !["entity_id", "op_id"].contains(&column.as_str()) {
                assert!(keys.contains(&column), "{table}.{column} has no foreign key");
            }
        }
        for key in leading {
            let first = strings(
                &conn,
                &format!(
                    "SELECT i.name FROM pragma_index_list('{table}') l, pragma_index_info(l.name) i WHERE i.seqno = 0"
                ),
            );
            assert!(first.contains(&key), "{table}.{key} has no index");
        }
    }
}

#[test]
fn a_second_open_visit_of_one_person_is_refused_by_the_schema_itself() {
    let (mut centre, conn) = opened();
    let who = centre.resident("王福全");
    centre.check_in(who);
    let again = conn.execute(
        "INSERT INTO visit (id, resident_id, day, arrived_at, state, source) SELECT randomblob(16), resident_id, day, arrived_at, 'open', 'staff' FROM visit",
        [],
    );
    assert!(again.expect_err("refused").to_string().contains("UNIQUE"));
}

#[test]
fn writes_are_durable_and_the_bundled_sqlite_has_no_known_wal_bug() {
    let (_centre, conn) = opened();
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)).expect("asked");
    assert_eq!(mode, "wal");
    // Fixed in 3.51.3: a reset of the WAL could corrupt the database.
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[test]
fn ops_are_noted_only_while_a_hub_is_enrolled() {
    use daycare_core::audit::Actor;
    let (mut centre, conn) = opened();
    let count = |conn: &Connection| -> i64 {
        conn.query_row("SELECT count(*) FROM op", [], |row| row.get(0)).expect("asked")
    };
    centre.resident("王福全");
    assert_eq!(count(&conn), 0);
    let id = uuid::Uuid::from_u128(1);
    centre.store.begin_sync(Actor::Cli, "https://hub", &welcome(id, 0)).expect("enrolled");
    let before = count(&conn);
    centre.resident("李素芬");
    assert!(count(&conn) > before);
}

/// The words of a check, without what stands in quotes.
fn words_of_checks(sql: &str) -> Vec<Vec<String>> {
    let mut checks = Vec::new();
    for (at, _) in sql.match_indices("CHECK (") {
        let (mut depth, mut quoted, mut said) = (0, false, String::new());
        for c in sql[at + "CHECK ".len()..].chars() {
            match c {
                '\'' => quoted = !quoted,
                _ if quoted => {}
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            said.push(if quoted || !(c.is_alphanumeric() || c == '_') { ' ' } else { c });
            if depth == 0 {
                break;
            }
        }
        checks.push(said.split_whitespace().map(str::to_owned).collect());
    }
    checks
}

#[test]
fn columns_that_a_check_ties_together_are_synced_as_one() {
    use daycare_sync::tables::TABLES;
    let (_centre, conn) = opened();
    let mut tied = 0;
    for table in TABLES {
        let name = table.name;
        let columns = strings(&conn, &format!("SELECT name FROM pragma_table_info('{name}')"));
        let sql = strings(&conn, &format!("SELECT sql FROM sqlite_schema WHERE name = '{name}'")).concat();
        for words in words_of_checks(&sql) {
            let mut of: Vec<&String> = columns.iter().filter(|column| words.contains(column)).collect();
            of.retain(|column| !table.key.contains(&column.as_str()));
            if of.len() > 1 {
                tied += 1;
                let together = of.iter().all(|column| table.together.contains(&column.as_str()));
                assert!(together, "{name}: {of:?} stand only with each other");
            }
        }
    }
    assert!(tied > 10, "checks are found: {tied}");
}
