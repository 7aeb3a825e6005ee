//! How far this machine's clock is from the hub's.

use crate::ui::screens::Ctx;

/// A larger difference in ms is shown on every staff screen.
pub const LIMIT_MS: i64 = 5 * 60_000;

/// The difference between the local clock and the hub's, in words.
pub fn words(offset_ms: i64, cx: &Ctx) -> String {
    let minutes = offset_ms.abs() / 60_000;
    if offset_ms.abs() <= LIMIT_MS {
        return cx.tr("sync-clock-good");
    }
    let key = if offset_ms > 0 { "sync-clock-behind" } else { "sync-clock-ahead" };
    cx.i18n.tr_with(key, &[("minutes", minutes.to_string().into())])
}
