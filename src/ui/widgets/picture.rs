//! Colour pictures: people, activities, ways home.

use iced::widget::svg;

use crate::graphics::pictures::bytes;

/// The SVG of a picture; an unknown name gives the panda instead of a gap.
#[must_use]
pub fn handle(name: &str) -> svg::Handle {
    let fallback = || bytes("panda").unwrap_or_default();
    svg::Handle::from_memory(bytes(name).unwrap_or_else(fallback))
}

#[cfg(test)]
mod tests {
    use super::*;
    use daycare_core::{activity::PICTURES, picture::PERSONAL, service::SEED, volunteer::DUTIES};

    #[test]
    fn every_picture_of_people_and_services_is_in_the_program() {
        let duties = DUTIES.iter().map(|(_, picture)| picture);
        let services = SEED.iter().map(|seed| &seed.picture);
        for name in PERSONAL.iter().chain(services).chain(PICTURES).chain(duties) {
            assert!(bytes(name).is_some(), "{name}");
        }
    }

    #[test]
    fn no_picture_of_an_activity_or_a_way_stands_for_a_person() {
        let duties = DUTIES.iter().map(|(_, picture)| picture);
        for picture in SEED.iter().map(|seed| &seed.picture).chain(PICTURES).chain(duties) {
            assert!(!PERSONAL.contains(picture), "{picture}");
        }
    }
}
