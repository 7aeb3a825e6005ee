//! The font files, once in the program: screens load them, papers embed them.

/// Noto Sans SC, regular.
pub static HAN: &[u8] = include_bytes!("../assets/fonts/NotoSansSC-Regular.ttf");
/// Noto Sans SC, bold.
pub static HAN_BOLD: &[u8] = include_bytes!("../assets/fonts/NotoSansSC-Bold.ttf");
/// Noto Sans, regular.
pub static LATIN: &[u8] = include_bytes!("../assets/fonts/NotoSans-Regular.ttf");
/// Noto Sans, bold.
pub static LATIN_BOLD: &[u8] = include_bytes!("../assets/fonts/NotoSans-Bold.ttf");
