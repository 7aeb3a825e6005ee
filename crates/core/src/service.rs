//! Services: what people come for. They are data, with synonyms.

use super::ids::ServiceId;

/// A service: a reason for coming.
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
    /// Whether it is offered in bookable sessions.
    pub bookable: bool,
    /// Letter of its queue numbers, as in `A06`.
    pub letter: String,
    /// Whether one comes without breakfast.
    pub fasting: bool,
}

/// A service of a new centre.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// Canonical name.
    pub name: &'static str,
    /// Picture.
    pub picture: &'static str,
    /// Whether it is a meal.
    pub meal: bool,
    /// Synonyms.
    pub synonyms: &'static [&'static str],
    /// Letter of its numbers; empty where it cannot be booked.
    pub letter: &'static str,
    /// Whether one comes without breakfast.
    pub fasting: bool,
}

impl Seed {
    const fn purpose(name: &'static str, picture: &'static str, synonyms: &'static [&'static str]) -> Self {
        Self { name, picture, meal: false, synonyms, letter: "", fasting: false }
    }

    const fn bookable(self, letter: &'static str) -> Self {
        Self { letter, ..self }
    }
}

/// The services of an empty database; a centre adds its own.
pub const SEED: &[Seed] = &[
    Seed::purpose("聊天休闲", "teapot", &["聊天", "休闲", "摆龙门阵"]),
    Seed::purpose("下棋", "chess-pawn", &["象棋", "下象棋"]),
    Seed::purpose("打牌", "mahjong-red-dragon", &["麻将"]),
    Seed::purpose("量血压", "stethoscope", &["测血压", "血压"]),
    Seed::purpose("看病", "hot-beverage", &["问诊"]),
    Seed { meal: true, ..Seed::purpose("午餐", "steaming-bowl", &["吃午饭", "助餐"]) },
    Seed::purpose("心理咨询", "speech-balloon", &["谈心"]).bookable("D"),
    Seed::purpose("法律咨询", "balance-scale", &[]).bookable("F"),
    Seed::purpose("志愿服务", "handshake", &[]),
    Seed::purpose("谈心屋", "house-with-garden", &[]).bookable("E"),
    Seed::purpose("助残", "manual-wheelchair", &[]).bookable("G"),
    Seed::purpose("体检", "clipboard", &["健康检查"]).bookable("A"),
    Seed {
        fasting: true, ..Seed::purpose("年度体检", "anatomical-heart", &["老年人体检"]).bookable("B")
    },
    Seed::purpose("中医", "herb", &["中医体质辨识", "针灸", "推拿"]).bookable("C"),
];

/// Index in [`SEED`] of the health check, which 预约体检 books.
pub const HEALTH_CHECK: usize = 11;
/// Place in [`SEED`] of the yearly check-up.
pub const CHECKUP: usize = 12;

/// Identifier of a seed service: the same on every machine, so that centres can be merged.
#[must_use]
pub const fn seed_id(place: usize) -> ServiceId {
    ServiceId::from_u128(0x7365_7276_6963_6500_0000_0000_0000_0000 + place as u128 + 1)
}
