//! A sandbox kiosk with a hub whose answers the test provides.

use daycare_core::audit::Actor;
use daycare_core::time::Moment;
use daycare_sync::change::{Change, Outcome};
use daycare_sync::hlc::Hlc;
use daycare_sync::op::{Fields, KioskId, RowKey};
use daycare_sync::wire::Pulled;
use futures::executor::block_on;
use uuid::Uuid;

use crate::enrolment::welcome;
use crate::sandbox::Sandbox;

/// Identifiers of this and another kiosk, and the number of the last change sent.
pub struct Joined {
    pub own: KioskId,
    pub other: KioskId,
    told: u64,
}

impl Joined {
    /// Joins the sandbox to a hub as kiosk number `ordinal`; the first kiosk keeps the accounts.
    pub fn of(sandbox: &Sandbox, ordinal: u32) -> Self {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let begin = sandbox.cx().store.write(move |store| {
            store.begin_sync(Actor::Cli, "https://hub.example:8443", &welcome(own, ordinal))
        });
        block_on(begin).expect("joined");
        Self { own, other, told: 0 }
    }

    /// Delivers the outcome of `kiosk`'s edit of a row.
    pub fn hear(
        &mut self,
        sandbox: &Sandbox,
        kiosk: KioskId,
        row: RowKey,
        outcome: Outcome,
        fill: impl FnOnce(&mut Change),
    ) {
        self.told += 1;
        let now = sandbox.cx().clock.now();
        let mut change = Change {
            number: self.told,
            op: Uuid::now_v7(),
            kiosk,
            row,
            at: Hlc::default().next(now),
            outcome,
            fields: Fields::new(),
            gone: None,
            asked: Fields::new(),
            leases: vec![],
        };
        fill(&mut change);
        self.tell(sandbox, vec![change], now);
    }

    /// Delivers changes, with the time of the hub's clock.
    pub fn tell(&self, sandbox: &Sandbox, changes: Vec<Change>, hub_time: Moment) {
        let pulled = Pulled { changes, head: self.told, hub_time };
        let heard = sandbox.cx().store.write(move |store| {
            let received = store.receive(&pulled)?;
            store.note_sync("")?;
            Ok(received)
        });
        assert_eq!(block_on(heard).expect("heard").refused, 0);
    }
}
