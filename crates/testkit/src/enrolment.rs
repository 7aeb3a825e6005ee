//! A hub's answer to enrolling a kiosk.

use daycare_core::time::Moment;
use daycare_sync::op::KioskId;
use daycare_sync::wire::Welcome;

/// For the tests' single centre; the first kiosk keeps the accounts.
pub fn welcome(kiosk: KioskId, ordinal: u32) -> Welcome {
    Welcome {
        centre: KioskId::from_u128(0xc),
        kiosk,
        ordinal,
        accounts: ordinal == 0,
        certificate: String::new(),
        not_after: Moment(i64::MAX),
    }
}
