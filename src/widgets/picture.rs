//! Colour pictures: people, activities, ways home.

use iced::widget::svg;

/// Looks a file of the picture set up by name; the files are in the program.
macro_rules! pictures {
    ($($name:literal),+ $(,)?) => {
        fn bytes(name: &str) -> Option<&'static [u8]> {
            Some(match name {
                $($name => include_bytes!(concat!("../../assets/icons/pictures/", $name, ".svg")),)+
                _ => return None,
            })
        }
    };
}

pictures!(
    "anatomical-heart",
    "clipboard",
    "herb",
    "balance-scale",
    "balloon",
    "banana",
    "bear",
    "bell",
    "bicycle",
    "bus",
    "butterfly",
    "cactus",
    "camel",
    "carrot",
    "cat-face",
    "cherries",
    "cherry-blossom",
    "chess-pawn",
    "chestnut",
    "chipmunk",
    "cow-face",
    "crab",
    "dog-face",
    "dolphin",
    "dove",
    "duck",
    "ear-of-corn",
    "elephant",
    "evergreen-tree",
    "fish",
    "flamingo",
    "four-leaf-clover",
    "fox",
    "frog",
    "giraffe",
    "grapes",
    "handshake",
    "hedgehog",
    "hibiscus",
    "honeybee",
    "horse-face",
    "hot-beverage",
    "house-with-garden",
    "kite",
    "koala",
    "lady-beetle",
    "lotus",
    "mahjong-red-dragon",
    "man-walking",
    "mango",
    "manual-wheelchair",
    "maple-leaf",
    "monkey-face",
    "mouse-face",
    "mushroom",
    "old-man",
    "old-woman",
    "owl",
    "ox",
    "palm-tree",
    "panda",
    "parrot",
    "peach",
    "peacock",
    "peanuts",
    "pear",
    "penguin",
    "pig-face",
    "pineapple",
    "rabbit",
    "rainbow",
    "ram",
    "red-apple",
    "red-paper-lantern",
    "rooster",
    "rose",
    "sailboat",
    "seedling",
    "snail",
    "snowflake",
    "speech-balloon",
    "star",
    "steaming-bowl",
    "stethoscope",
    "strawberry",
    "sunflower",
    "swan",
    "tangerine",
    "teacup-without-handle",
    "teapot",
    "tiger-face",
    "tulip",
    "turtle",
    "umbrella",
    "watermelon",
    "whale",
    "woman",
);

/// The drawing of a picture; an unknown name gives the panda, never a hole.
#[must_use]
pub fn handle(name: &str) -> svg::Handle {
    let fallback = || bytes("panda").unwrap_or_default();
    svg::Handle::from_memory(bytes(name).unwrap_or_else(fallback))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{picture::PERSONAL, service::SEED};

    #[test]
    fn every_picture_of_people_and_services_is_in_the_program() {
        for name in PERSONAL.iter().chain(SEED.iter().map(|seed| &seed.picture)) {
            assert!(bytes(name).is_some(), "{name}");
        }
    }

    #[test]
    fn no_picture_of_an_activity_or_a_way_stands_for_a_person() {
        for picture in SEED.iter().map(|seed| &seed.picture) {
            assert!(!PERSONAL.contains(picture), "{picture}");
        }
    }
}
