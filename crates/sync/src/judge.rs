//! The hub's side of one centre: the only place where its kiosks meet. Each op
//! is judged against the rows as they are and becomes one numbered change.

use std::collections::{BTreeMap, BTreeSet};

use daycare_core::time::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::change::{Change, Conflict, Gone, Outcome, Reason};
use super::fault::Fault;
use super::hlc::Hlc;
use super::op::{Edit, Fields, KioskId, Op, RowKey};
use super::pool::Pool;
use super::tables::{Places, Rule, Table};
use super::wire::Caller;

/// A row as stored at the hub.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Its columns.
    pub fields: Fields,
    /// When each column got its present value.
    pub at: BTreeMap<String, Hlc>,
    /// When it was deleted, if it was.
    pub deleted: Option<Hlc>,
    /// Whether it was erased for good.
    pub erased: bool,
}

impl Row {
    /// Whether every column of it was written after `at`.
    fn is_newer_than(&self, at: Hlc) -> bool {
        self.deleted.is_none() && !self.at.is_empty() && self.at.values().all(|since| *since > at)
    }
}

/// What is needed to judge a batch: every row it may touch, and the places it may take. Changes
/// are recorded so that they can be stored.
#[derive(Debug, Clone, Default)]
pub struct Centre {
    /// Rows.
    pub rows: BTreeMap<RowKey, Row>,
    /// Pools of places.
    pub pools: BTreeMap<String, Pool>,
    /// Kiosks to which places are leased.
    pub kiosks: Vec<KioskId>,
    /// Rows and pools that differ from what is stored.
    pub touched: Touched,
    /// Conflicting values between which people must choose.
    pub conflicts: Vec<Conflict>,
    /// A fault injected by the tests.
    pub fault: Fault,
}

/// What is to be stored.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    /// Rows.
    pub rows: BTreeSet<RowKey>,
    /// Pools.
    pub pools: BTreeSet<String>,
}

/// If a person checks in at a second kiosk within this many ms, it is one arrival.
const SAME_ARRIVAL_MS: i64 = 10 * 60_000;

/// What an op does to its row.
struct Verdict {
    outcome: Outcome,
    fields: Fields,
    gone: Option<Gone>,
}

impl Verdict {
    fn refuse(reason: Reason, gone: Option<Gone>) -> Self {
        Self { outcome: Outcome::Rejected(reason), fields: Fields::new(), gone }
    }
}

impl Centre {
    /// Judges an op and numbers the resulting change. Every op gets an answer, whatever it
    /// contains.
    pub fn take(&mut self, caller: Caller, op: &Op, number: u64, hub: Moment) -> Change {
        let at = if self.fault == Fault::NoClamp { op.hlc } else { op.hlc.clamped(hub) };
        let mut change = Change {
            number,
            op: op.id,
            kiosk: caller.kiosk,
            row: op.row.clone(),
            at,
            outcome: Outcome::Applied,
            fields: Fields::new(),
            gone: None,
            asked: Fields::new(),
            leases: vec![],
        };
        let verdict = match Table::named(&op.row.table) {
            None => Verdict::refuse(Reason::UnknownTable, Some(Gone::Deleted)),
            Some(table) if table.accounts && !caller.accounts => self.not_theirs(op, at, hub),
            Some(table) => self.judge(table, op, at, number),
        };
        (change.outcome, change.fields, change.gone) = (verdict.outcome, verdict.fields, verdict.gone);
        if let Outcome::Queued { fields } = &change.outcome {
            let asked = op.edit.fields().into_iter().flatten().filter(|(name, _)| fields.contains(name));
            change.asked = asked.map(|(name, value)| (name.clone(), value.clone())).collect();
        }
        if let Some(table) = Table::named(&op.row.table)
            && !matches!(change.outcome, Outcome::Rejected(_))
        {
            self.say_nothing_of_erased(&mut change);
            if let Some(places) = table.places {
                self.place(caller.kiosk, places, &mut change, hub);
            } else if table.name == "visit" {
                self.same_arrival(&mut change);
            } else if table.name == "merge" && self.fault != Fault::AnyMerge {
                self.one_merge_a_file(&mut change, hub);
            } else if table.name == "pool" && matches!(op.edit, Edit::Insert(_) | Edit::Update { .. }) {
                self.open_pool(&mut change);
            }
        }
        change
    }

    /// Restores the row as the hub has it, because this kiosk may not write it. Accounts that a
    /// kiosk had before it joined are closed; records they signed keep the name.
    fn not_theirs(&mut self, op: &Op, at: Hlc, hub: Moment) -> Verdict {
        let known = self.rows.get(&op.row).filter(|row| row.deleted.is_none());
        match (&op.edit, known) {
            (Edit::Insert(fields), None) if at == Hlc::default() => {
                let mut fields = fields.clone();
                let _ = fields.insert("pin_hash".into(), "".into());
                let ended = fields.get("archived_at").filter(|at| !at.is_null()).cloned();
                let _ = fields.insert("archived_at".into(), ended.unwrap_or_else(|| hub.0.into()));
                self.put(&op.row, Row { fields: fields.clone(), ..Row::default() });
                Verdict { outcome: Outcome::Merged, fields, gone: None }
            }
            (_, Some(row)) if at == Hlc::default() => {
                Verdict { outcome: Outcome::Superseded, fields: row.fields.clone(), gone: None }
            }
            (_, known) => {
                let fields = known.map(|row| row.fields.clone()).unwrap_or_default();
                let gone = known.is_none().then_some(Gone::Deleted);
                Verdict { fields, ..Verdict::refuse(Reason::NotTheirs, gone) }
            }
        }
    }

    fn judge(&mut self, table: &Table, op: &Op, at: Hlc, number: u64) -> Verdict {
        let known = self.rows.get(&op.row);
        if self.is_of_erased(op) {
            return Verdict::refuse(Reason::Erased, known.is_none().then_some(Gone::Deleted));
        }
        if known.is_some_and(|row| row.erased) && !matches!(op.edit, Edit::Erase(_)) {
            let refused = Verdict::refuse(Reason::Erased, Some(Gone::Erased));
            // Nobody needs to be notified about a row that was cleared along with the person.
            let is_person = op.row.table == "resident";
            return if is_person { refused } else { Verdict { outcome: Outcome::Superseded, ..refused } };
        }
        let deleted = known.and_then(|row| row.deleted);
        match &op.edit {
            Edit::Erase(left) => {
                let since = left.keys().map(|name| (name.clone(), at)).collect();
                let row = Row { fields: left.clone(), at: since, deleted: None, erased: true };
                self.put(&op.row, row);
                Verdict { outcome: Outcome::Applied, fields: Fields::new(), gone: Some(Gone::Erased) }
            }
            // The row was written again since.
            Edit::Delete if known.is_some_and(|row| row.is_newer_than(at)) => {
                let fields = known.map(|row| row.fields.clone()).unwrap_or_default();
                Verdict { outcome: Outcome::Superseded, fields, gone: None }
            }
            Edit::Delete => {
                // The old values are not kept: they may be somebody's health data.
                self.put(&op.row, Row { deleted: deleted.max(Some(at)), ..Row::default() });
                Verdict { outcome: Outcome::Applied, fields: Fields::new(), gone: Some(Gone::Deleted) }
            }
            Edit::Update { .. } if known.is_none() => Verdict::refuse(Reason::NoRow, Some(Gone::Deleted)),
            // An update never revives a deleted row; only a new insert does.
            Edit::Update { .. } if deleted.is_some() && self.fault != Fault::Undead => {
                Verdict { outcome: Outcome::Superseded, fields: Fields::new(), gone: Some(Gone::Deleted) }
            }
            Edit::Insert(fields)
                if deleted.is_some_and(|deleted| deleted > at) || !self.has_whole(table, fields) =>
            {
                Verdict { outcome: Outcome::Superseded, fields: Fields::new(), gone: Some(Gone::Deleted) }
            }
            Edit::Insert(fields) if known.is_none() || deleted.is_some() => {
                let row = Row {
                    at: fields.keys().map(|name| (name.clone(), at)).collect(),
                    fields: fields.clone(),
                    ..Row::default()
                };
                self.put(&op.row, row);
                Verdict { outcome: Outcome::Applied, fields: fields.clone(), gone: None }
            }
            Edit::Insert(fields) => self.merge(table, op, fields, &Fields::new(), at, number),
            Edit::Update { fields, was } => self.merge(table, op, fields, was, at, number),
        }
    }

    /// Whether the op would add data about somebody who was erased.
    fn is_of_erased(&self, op: &Op) -> bool {
        let said = |name: &str| self.is_erased(op.edit.fields().and_then(|fields| fields.get(name)));
        let stays = op.row.table == "erasure" || without_whom(&op.row.table).is_some();
        !stays && (said("resident_id") || said("merged_id"))
    }

    fn is_erased(&self, person: Option<&Value>) -> bool {
        let person = person.and_then(Value::as_str).map(|id| RowKey::new("resident", id));
        person.and_then(|key| self.rows.get(&key)).is_some_and(|person| person.erased)
    }

    /// A row that stays as a count after an erasure must not reveal the person.
    fn say_nothing_of_erased(&mut self, change: &mut Change) {
        let Some(silence) = without_whom(&change.row.table) else { return };
        let whose = self.rows.get(&change.row).and_then(|row| row.fields.get("resident_id"));
        if self.is_erased(whose) {
            let said = silence.iter().filter(|(name, _)| change.fields.contains_key(*name));
            let said: Vec<_> = said.cloned().collect();
            self.overrule(change, &said);
        }
    }

    /// Whether the row that this one is part of exists: a single measurement of a reading that
    /// was deleted or refused is of no use.
    fn has_whole(&self, table: &Table, fields: &Fields) -> bool {
        let is_there = |whole| self.rows.get(&whole).is_some_and(|row| row.deleted.is_none());
        table.whole_of(fields).is_none_or(is_there)
    }

    fn merge(
        &mut self,
        table: &Table,
        op: &Op,
        fields: &Fields,
        was: &Fields,
        at: Hlc,
        number: u64,
    ) -> Verdict {
        let mut row = self.rows.get(&op.row).cloned().unwrap_or_default();
        let (mut standing, mut queued) = (Fields::new(), Vec::new());
        let guess = Guess::of(&row.fields, fields);
        let ages = row.at.clone();
        for (name, value) in fields {
            // Columns that belong together are as old as the newest of them.
            let column = name.as_str();
            let since = table.with(&column).iter().filter_map(|name| ages.get(*name).copied()).max();
            let now = row.fields.get(name);
            let later = match (self.fault, since) {
                (_, None) => true,
                (Fault::StrictTie, Some(since)) => at > since,
                // Data from before a kiosk joined only fills in what is missing.
                (_, Some(since)) if at == Hlc::default() => at > since,
                // On a tie, the later arrival wins.
                (_, Some(since)) => at >= since,
            };
            let stands = match table.rule(name) {
                Rule::Guarded if self.fault != Fault::Unguarded => {
                    let seen = now.is_none() || now == was.get(name) || now == Some(value);
                    if !seen {
                        queued.push(name.clone());
                        self.conflicts.push(Conflict {
                            number,
                            row: op.row.clone(),
                            field: name.clone(),
                            stands: now.cloned().unwrap_or_default(),
                            other: value.clone(),
                        });
                    }
                    seen
                }
                Rule::Grows if value.is_null() => later && now.is_none_or(Value::is_null),
                Rule::Grows => later || now.is_none_or(Value::is_null),
                Rule::Later
                    if table.together.contains(&"state") && table.together.contains(&name.as_str()) =>
                {
                    guess.stands(later)
                }
                Rule::Guarded | Rule::Later => later,
            };
            if stands {
                let _ = row.fields.insert(name.clone(), value.clone());
                let since = since.map_or(at, |since| since.max(at));
                let _ = row.at.insert(name.clone(), since);
                let _ = standing.insert(name.clone(), value.clone());
            }
        }
        let outcome = match standing.len() {
            _ if !queued.is_empty() => Outcome::Queued { fields: queued },
            0 if !fields.is_empty() => Outcome::Superseded,
            some if some < fields.len() => Outcome::Merged,
            _ => Outcome::Applied,
        };
        self.put(&op.row, row);
        Verdict { outcome, fields: standing, gone: None }
    }

    fn put(&mut self, key: &RowKey, row: Row) {
        let _ = self.touched.rows.insert(key.clone());
        let _ = self.rows.insert(key.clone(), row);
    }

    /// Sets some columns by the hub's decision, after those of the op.
    fn overrule(&mut self, change: &mut Change, fields: &[(&str, Value)]) {
        self.set(&change.row.clone(), change.at, fields);
        change.fields.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    }

    fn set(&mut self, key: &RowKey, at: Hlc, fields: &[(&str, Value)]) {
        let mut row = self.rows.get(key).cloned().unwrap_or_default();
        for (name, value) in fields {
            let _ = row.fields.insert((*name).to_owned(), value.clone());
            let _ = row.at.insert((*name).to_owned(), at);
        }
        self.put(key, row);
    }

    /// Gives, keeps or frees the place of a row.
    fn place(&mut self, kiosk: KioskId, places: Places, change: &mut Change, hub: Moment) {
        let Some(row) = self.rows.get(&change.row) else { return };
        let fields = row.fields.clone();
        let there = row.deleted.is_none() && !row.erased;
        let (key, table) = (change.row.key.clone(), change.row.table.clone());
        let wants = places.pool_of(&table, &fields).filter(|_| there && places.holds(&fields));
        let had = self.pools.iter().find_map(|(id, pool)| Some((id.clone(), pool.place_of(&key)?)));
        if let Some((pool, seat)) = &had {
            if wants.as_ref() == Some(pool) {
                let seat = Value::from(*seat);
                if fields.get(places.seat) != Some(&seat) {
                    self.overrule(change, &[(places.seat, seat)]);
                }
                return;
            }
            self.pool_mut(pool).free(&key);
        }
        // A person has one place or waits for one; with a place, they no longer wait.
        let none = [("status", "cancelled".into()), (places.seat, Value::Null)];
        if there && places.is_open(&fields) {
            let others = self.others(&change.row, places, &fields);
            let keep = |(_, waits): &(RowKey, bool)| waits_only(&fields) || !waits;
            if others.iter().any(keep) {
                change.outcome = Outcome::Rejected(Reason::HasAPlace);
                return self.overrule(change, &none);
            }
            for (other, _) in others {
                self.set(&other, change.at, &none);
            }
        }
        let Some(pool) = wants else { return };
        let asked = fields.get(places.seat).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        let fault = self.fault;
        let Some(seat) = self.pool_mut(&pool).give(&key, kiosk, asked, hub, fault) else {
            change.outcome = Outcome::Displaced;
            return self.overrule(change, &[("status", "waitlist".into()), (places.seat, Value::Null)]);
        };
        if Some(seat) != asked {
            self.overrule(change, &[(places.seat, seat.into())]);
        }
        change.outcome = Outcome::Confirmed { seat };
    }

    fn pool_mut(&mut self, id: &str) -> &mut Pool {
        let _ = self.touched.pools.insert(id.to_owned());
        self.pools.entry(id.to_owned()).or_default()
    }

    /// Other rows with which the person has a place in the same pool or waits for one, and
    /// whether they only wait.
    fn others(&self, key: &RowKey, places: Places, fields: &Fields) -> Vec<(RowKey, bool)> {
        let same = |other: &Fields| {
            places.is_open(other)
                && other.get("resident_id") == fields.get("resident_id")
                // One place per session, whatever the hour; for an activity, one per day.
                && other.get(places.pool[0]) == fields.get(places.pool[0])
                && (places.pool[1] != "day" || other.get("day") == fields.get("day"))
        };
        let others = self.rows.iter().filter(|(other, row)| {
            other.table == key.table && other.key != key.key && row.deleted.is_none() && same(&row.fields)
        });
        others.map(|(other, row)| (other.clone(), waits_only(&row.fields))).collect()
    }

    /// A person who checks in at two kiosks is here once: the second visit is kept but not
    /// counted.
    fn same_arrival(&mut self, change: &mut Change) {
        let Some(row) = self.rows.get(&change.row) else { return };
        let mine = row.fields.clone();
        // A merge can assign a visit to another person, who may be here already.
        let comes = ["arrived_at", "resident_id"].iter().any(|name| change.fields.contains_key(*name));
        if !comes || !is_arrival(&mine) {
            return;
        }
        let first = self.rows.iter().find(|(key, row)| {
            **key != RowKey::new("visit", change.row.key.as_str())
                && key.table == "visit"
                && row.deleted.is_none()
                && is_same_arrival(&row.fields, &mine)
        });
        if let Some(first) = first.map(|(key, _)| key.key.clone()) {
            self.overrule(change, &[("duplicate_of", first.into())]);
        }
    }

    /// A file is merged into one other at most, and nothing is merged into a file that is
    /// itself merged. A merge made without knowledge of an earlier one is undone.
    fn one_merge_a_file(&mut self, change: &mut Change, hub: Moment) {
        let said = ["resident_id", "merged_id"].map(|name| change.fields.get(name).cloned());
        if said.iter().any(Option::is_none) {
            return;
        }
        let holds =
            |row: &Row| row.deleted.is_none() && row.fields.get("undone_at").is_none_or(Value::is_null);
        let mine = self.rows.get(&change.row).is_some_and(holds);
        let taken = self.rows.iter().any(|(key, row)| {
            key.table == "merge"
                && *key != change.row
                && holds(row)
                && said.contains(&row.fields.get("merged_id").cloned())
        });
        if mine && taken {
            self.overrule(change, &[("undone_at", hub.0.into()), ("kept", "".into())]);
        }
    }

    /// Opens places and leases some of them; repeating it changes nothing.
    fn open_pool(&mut self, change: &mut Change) {
        let id = change.row.key.clone();
        let Some(fields) = self.rows.get(&change.row).map(|row| row.fields.clone()) else { return };
        let capacity = fields.get("capacity").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        let until = Moment(fields.get("until").and_then(Value::as_i64).unwrap_or(0));
        let (kiosks, new) = (self.kiosks.clone(), !self.pools.contains_key(&id));
        change.leases = self.pool_mut(&id).open(&id, capacity, until, &kiosks, new);
    }
}

/// How a row closed automatically at night relates to what people enter: the latter wins, no
/// matter when it arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guess {
    None,
    OverWhatIsKnown,
    KnownOverIt,
}

impl Guess {
    fn of(now: &Fields, said: &Fields) -> Self {
        match (state(now), state(said)) {
            (Some("left"), Some("not_recorded")) => Self::OverWhatIsKnown,
            (Some("not_recorded"), Some("left")) => Self::KnownOverIt,
            _ => Self::None,
        }
    }

    fn stands(self, later: bool) -> bool {
        match self {
            Self::None => later,
            Self::OverWhatIsKnown => false,
            Self::KnownOverIt => true,
        }
    }
}

/// The values of a row that stays as a count when its person is erased.
fn without_whom(table: &str) -> Option<Vec<(&'static str, Value)>> {
    let empty = Value::from("");
    match table {
        "visit" => Some(vec![("other_words", empty)]),
        "call" => Some(vec![("resident_id", Value::Null)]),
        "incident" => Some(vec![("resident_id", Value::Null), ("words", empty.clone()), ("measures", empty)]),
        _ => None,
    }
}

fn waits_only(fields: &Fields) -> bool {
    fields.get("status").and_then(Value::as_str) == Some("waitlist")
}

/// An open visit that is neither a duplicate nor a correction.
fn is_arrival(visit: &Fields) -> bool {
    let is_null = |name: &str| visit.get(name).is_none_or(Value::is_null);
    state(visit) == Some("open") && is_null("duplicate_of") && is_null("corrects")
}

fn is_same_arrival(other: &Fields, mine: &Fields) -> bool {
    let arrived = |visit: &Fields| visit.get("arrived_at").and_then(Value::as_i64).unwrap_or(0);
    let counts = matches!(state(other), Some("open" | "left" | "not_recorded"))
        && other.get("duplicate_of").is_none_or(Value::is_null);
    let near = (arrived(other) - arrived(mine)).abs() <= SAME_ARRIVAL_MS;
    counts && other.get("resident_id") == mine.get("resident_id") && (state(other) == Some("open") || near)
}

fn state(visit: &Fields) -> Option<&str> {
    visit.get("state").and_then(Value::as_str)
}
