//! Services: what people come for. They are data, with synonyms.

use super::ids::ServiceId;

/// One purpose of coming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Identifier.
    pub id: ServiceId,
    /// Canonical name.
    pub name: String,
    /// Picture of the activity set.
    pub picture: String,
    /// Whether it is a meal (today's lunch count).
    pub meal: bool,
}

/// A service of a new centre: name, picture, whether a meal, synonyms.
pub type Seed = (&'static str, &'static str, bool, &'static [&'static str]);

/// What an empty database starts with; a centre adds its own words.
pub const SEED: &[Seed] = &[
    ("聊天休闲", "teapot", false, &["聊天", "休闲", "摆龙门阵"]),
    ("下棋", "chess-pawn", false, &["象棋", "下象棋"]),
    ("打牌", "mahjong-red-dragon", false, &["麻将"]),
    ("量血压", "stethoscope", false, &["测血压", "血压"]),
    ("看病", "hot-beverage", false, &["问诊"]),
    ("午餐", "steaming-bowl", true, &["吃午饭", "助餐"]),
    ("心理咨询", "speech-balloon", false, &["谈心"]),
    ("法律咨询", "balance-scale", false, &[]),
    ("志愿服务", "handshake", false, &[]),
    ("谈心屋", "house-with-garden", false, &[]),
    ("助残", "manual-wheelchair", false, &[]),
];
