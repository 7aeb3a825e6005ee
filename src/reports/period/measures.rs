//! Measures of the report, in millimetres.

use super::super::pdf::Ink;

pub(super) const HALF: f32 = 88.0;
pub(super) const ROW: f32 = 6.8;
/// Tables end here; the rules, signatures and footer are below.
pub(super) const BOTTOM: f32 = 240.0;
pub(super) const LINE: Ink = Ink(217, 217, 217);
