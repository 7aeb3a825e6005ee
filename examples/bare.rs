//! The floor: a bare iced window with the same fonts, to measure against.

use daycare_kiosk::ui::theme::fonts;
use iced::widget::{Text, text};

fn update((): &mut (), (): ()) {}

fn view((): &()) -> Text<'_> {
    text("您好").size(92)
}

fn main() -> iced::Result {
    let mut application =
        iced::application(|| (), update, view).default_font(fonts::DEFAULT).window_size((1080.0, 1920.0));
    for font in fonts::all() {
        application = application.font(font);
    }
    application.run()
}
