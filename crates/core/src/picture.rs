//! Personal pictures, which represent people who cannot read their name.

/// Files of the picture set that may stand for a person. None of them stands
/// for an activity or a way home.
pub const PERSONAL: &[&str] = &[
    "panda",
    "hibiscus",
    "teacup-without-handle",
    "fish",
    "rose",
    "swan",
    "tangerine",
    "peach",
    "lotus",
    "rabbit",
    "turtle",
    "sunflower",
    "tulip",
    "pear",
    "dove",
    "butterfly",
    "cherry-blossom",
    "red-paper-lantern",
    "red-apple",
    "grapes",
    "strawberry",
    "cherries",
    "banana",
    "watermelon",
    "mango",
    "pineapple",
    "duck",
    "rooster",
    "horse-face",
    "tiger-face",
    "cat-face",
    "dog-face",
    "monkey-face",
    "koala",
    "penguin",
    "owl",
    "honeybee",
    "lady-beetle",
    "elephant",
    "camel",
    "chipmunk",
    "hedgehog",
    "cactus",
    "four-leaf-clover",
    "maple-leaf",
    "mushroom",
    "ear-of-corn",
    "carrot",
    "chestnut",
    "peanuts",
    "umbrella",
    "kite",
    "balloon",
    "bell",
    "snail",
    "whale",
    "dolphin",
    "rainbow",
    "star",
    "snowflake",
    "evergreen-tree",
    "palm-tree",
    "seedling",
    "giraffe",
    "crab",
    "parrot",
    "peacock",
    "flamingo",
    "ram",
    "ox",
    "cow-face",
    "pig-face",
    "mouse-face",
    "fox",
    "frog",
    "bear",
    "sailboat",
    "bicycle",
];

/// The first picture that is not in `taken`, or else the least used one.
#[must_use]
pub fn pick<'a>(taken: impl Iterator<Item = &'a str>) -> &'static str {
    let mut uses = vec![0usize; PERSONAL.len()];
    for name in taken {
        if let Some(at) = PERSONAL.iter().position(|p| *p == name) {
            uses[at] += 1;
        }
    }
    let least = (0..PERSONAL.len()).min_by_key(|at| uses[*at]).unwrap_or(0);
    PERSONAL[least]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_differ_as_long_as_they_last() {
        let mut taken: Vec<&str> = Vec::new();
        for _ in 0..PERSONAL.len() {
            let next = pick(taken.iter().copied());
            assert!(!taken.contains(&next));
            taken.push(next);
        }
        assert_eq!(pick(taken.iter().copied()), PERSONAL[0]);
    }
}
