//! Line icons of buttons. Each icon has one meaning everywhere.

use iced::widget::svg;
use iced::{Color, Length};

/// Makes one variant an icon file; a name without a file does not compile.
macro_rules! icons {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// An icon of the Lucide set.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each is the file of its name")]
        pub enum Icon {
            $($variant),+
        }

        impl Icon {
            fn bytes(self) -> &'static [u8] {
                match self {
                    $(Self::$variant => include_bytes!(concat!("../../../assets/icons/line/", $name, ".svg"))),+
                }
            }
        }
    };
}

icons!(
    ALargeSmall = "a-large-small",
    Accessibility = "accessibility",
    Archive = "archive",
    ArrowLeft = "arrow-left",
    ArrowRightLeft = "arrow-right-left",
    Ban = "ban",
    BellRing = "bell-ring",
    BrushCleaning = "brush-cleaning",
    Cake = "cake",
    CalendarCheck = "calendar-check",
    CalendarDays = "calendar-days",
    CalendarPlus = "calendar-plus",
    CalendarRange = "calendar-range",
    CalendarX = "calendar-x",
    ChartColumn = "chart-column",
    ChartLine = "chart-line",
    Check = "check",
    ChevronDown = "chevron-down",
    ChevronLeft = "chevron-left",
    ChevronRight = "chevron-right",
    ChevronUp = "chevron-up",
    CircleAlert = "circle-alert",
    CircleCheck = "circle-check",
    Clock = "clock",
    ContactRound = "contact-round",
    Copy = "copy",
    Delete = "delete",
    DoorOpen = "door-open",
    Download = "download",
    Ear = "ear",
    Ellipsis = "ellipsis",
    Eye = "eye",
    FileSpreadsheet = "file-spreadsheet",
    FileText = "file-text",
    FolderOpen = "folder-open",
    Footprints = "footprints",
    Frown = "frown",
    Hand = "hand",
    HandHeart = "hand-heart",
    HeartPulse = "heart-pulse",
    History = "history",
    Hourglass = "hourglass",
    House = "house",
    IdCard = "id-card",
    Image = "image",
    KeyRound = "key-round",
    LayoutDashboard = "layout-dashboard",
    ListChecks = "list-checks",
    Lock = "lock",
    LogIn = "log-in",
    LogOut = "log-out",
    Luggage = "luggage",
    MapPin = "map-pin",
    Megaphone = "megaphone",
    Meh = "meh",
    Merge = "merge",
    Minus = "minus",
    MonitorOff = "monitor-off",
    Moon = "moon",
    Music = "music",
    NotebookPen = "notebook-pen",
    PartyPopper = "party-popper",
    Pencil = "pencil",
    Phone = "phone",
    PhoneMissed = "phone-missed",
    Plane = "plane",
    Plus = "plus",
    Pointer = "pointer",
    Printer = "printer",
    QrCode = "qr-code",
    Repeat = "repeat",
    RotateCw = "rotate-cw",
    Save = "save",
    ScrollText = "scroll-text",
    Search = "search",
    Settings = "settings",
    Shield = "shield",
    Siren = "siren",
    SkipForward = "skip-forward",
    Smartphone = "smartphone",
    Smile = "smile",
    Square = "square",
    SquareCheck = "square-check",
    Sun = "sun",
    Ticket = "ticket",
    Trash2 = "trash-2",
    TrendingDown = "trending-down",
    TrendingUp = "trending-up",
    TriangleAlert = "triangle-alert",
    Undo2 = "undo-2",
    Usb = "usb",
    UserCog = "user-cog",
    UserPlus = "user-plus",
    UserRound = "user-round",
    UserRoundCheck = "user-round-check",
    UserRoundSearch = "user-round-search",
    UserRoundX = "user-round-x",
    Users = "users",
    Utensils = "utensils",
    Volume2 = "volume-2",
    X = "x",
);

/// The icon, filling its area, in one colour.
pub fn icon<'a>(icon: Icon, color: Color) -> svg::Svg<'a, iced::Theme> {
    svg(svg::Handle::from_memory(icon.bytes()))
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_, _| svg::Style { color: Some(color) })
}
