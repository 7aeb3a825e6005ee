//! The layout grid. One unit is one pixel of a 21.5-inch 1920 x 1080 panel (4.03 px per mm);
//! other panels are scaled to it.

use iced::{Rectangle, Size};

/// A rectangle of the grid.
pub type Rect = Rectangle;

/// A rectangle from x, y, width, height.
#[must_use]
pub const fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rectangle { x, y, width, height }
}

/// Orientation of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// 1080 x 1920.
    Portrait,
    /// 1920 x 1080.
    Landscape,
}

/// Pixels per millimetre on the reference panel.
pub const PX_PER_MM: f32 = 4.03;
/// Margin to the edge of the screen.
pub const MARGIN: f32 = 48.0;
/// Gap between targets.
pub const GAP: f32 = 36.0;
/// How far outside a target a touch still hits it: 3 mm.
pub const SLOP: f32 = 12.0;
/// Height of buttons and fields on staff screens: 19 mm.
pub const CONTROL: f32 = 76.0;
/// Height of a person's row on staff screens: 25 mm.
pub const ROW: f32 = 100.0;
/// Corner radius of buttons and tiles.
pub const RADIUS: f32 = 28.0;

impl Shape {
    /// Both shapes.
    pub const ALL: [Self; 2] = [Self::Portrait, Self::Landscape];

    /// The shape of a window.
    #[must_use]
    pub fn of(size: Size) -> Self {
        if size.width > size.height { Self::Landscape } else { Self::Portrait }
    }

    /// Size of the grid.
    #[must_use]
    pub fn size(self) -> Size {
        match self {
            Self::Portrait => Size::new(1080.0, 1920.0),
            Self::Landscape => Size::new(1920.0, 1080.0),
        }
    }

    const fn pick(self, portrait: Rect, landscape: Rect) -> Rect {
        match self {
            Self::Portrait => portrait,
            Self::Landscape => landscape,
        }
    }

    /// Header, display only.
    #[must_use]
    pub const fn header(self) -> Rect {
        self.pick(rect(0.0, 0.0, 1080.0, 536.0), rect(0.0, 0.0, 768.0, 844.0))
    }

    /// Seal, name of the centre, clock.
    #[must_use]
    pub const fn strip(self) -> Rect {
        self.pick(rect(48.0, 40.0, 984.0, 72.0), rect(48.0, 40.0, 672.0, 72.0))
    }

    /// The disc with the picture or sign. Where the left panel of a lying
    /// screen is `crowded` with buttons, it is smaller.
    #[must_use]
    pub const fn emblem(self, crowded: bool) -> Rect {
        let side = if crowded { 140.0 } else { 240.0 };
        self.pick(rect(48.0, 168.0, 248.0, 248.0), rect(48.0, 136.0, side, side))
    }

    /// Lead, title and sub line.
    #[must_use]
    pub const fn words(self, crowded: bool) -> Rect {
        let lying = if crowded { rect(48.0, 292.0, 672.0, 250.0) } else { rect(48.0, 396.0, 672.0, 220.0) };
        self.pick(rect(332.0, 136.0, 700.0, 300.0), lying)
    }

    /// The hills.
    #[must_use]
    pub const fn hills(self) -> Rect {
        self.pick(rect(0.0, 386.0, 1080.0, 150.0), rect(0.0, 644.0, 768.0, 200.0))
    }

    /// The main content.
    #[must_use]
    pub const fn body(self) -> Rect {
        self.pick(rect(48.0, 572.0, 984.0, 628.0), rect(816.0, 48.0, 1056.0, 544.0))
    }

    /// The part of the body within reach: landscape screens keep targets in the lower three
    /// quarters.
    #[must_use]
    pub const fn reach(self) -> Rect {
        self.pick(rect(48.0, 572.0, 984.0, 628.0), rect(816.0, 272.0, 1056.0, 320.0))
    }

    /// Body of a list with a pager below.
    #[must_use]
    pub const fn list(self) -> Rect {
        self.pick(rect(48.0, 572.0, 984.0, 864.0), rect(816.0, 272.0, 1056.0, 548.0))
    }

    /// The primary button. It is in the same place on every screen.
    #[must_use]
    pub const fn primary(self) -> Rect {
        self.pick(rect(48.0, 1236.0, 984.0, 180.0), rect(816.0, 628.0, 1056.0, 180.0))
    }

    /// The line between the primary button and the second row.
    #[must_use]
    pub const fn hint(self) -> Rect {
        self.pick(rect(48.0, 1420.0, 984.0, 76.0), rect(48.0, 620.0, 672.0, 60.0))
    }

    /// The second row: one button, or up to three side by side. Lying screens
    /// have it in the left panel, in two rows.
    #[must_use]
    pub fn second(self, of: usize, count: usize) -> Rect {
        match (self, count) {
            (Self::Portrait, _) => column(rect(48.0, 1500.0, 984.0, 116.0), of, count),
            (Self::Landscape, 1) => rect(48.0, 704.0, 672.0, 108.0),
            (Self::Landscape, 3) if of < 2 => column(self.second(0, 2), of, 2),
            (Self::Landscape, 3) => self.second(1, 2),
            (Self::Landscape, _) => row(rect(48.0, 584.0, 672.0, 240.0), of, count),
        }
    }

    /// The pager of a list: back, middle, forward. Lying screens have it in
    /// the left panel, the middle below the ends.
    #[must_use]
    pub fn pager(self, of: usize) -> Rect {
        match (self, of) {
            (Self::Portrait, _) => column(rect(48.0, 1472.0, 984.0, 144.0), of, 3),
            (Self::Landscape, 1) => rect(48.0, 712.0, 672.0, 108.0),
            (Self::Landscape, _) => column(rect(48.0, 560.0, 672.0, 124.0), of.min(1), 2),
        }
    }

    /// The middle of the pager where there is only one page.
    #[must_use]
    pub fn pager_alone(self) -> Rect {
        self.pick(rect(48.0, 1472.0, 984.0, 144.0), rect(48.0, 712.0, 672.0, 108.0))
    }

    /// The footer band.
    #[must_use]
    pub const fn footer(self) -> Rect {
        self.pick(rect(0.0, 1652.0, 1080.0, 268.0), rect(0.0, 844.0, 1920.0, 236.0))
    }

    /// The way back.
    #[must_use]
    pub const fn back(self) -> Rect {
        self.pick(rect(48.0, 1692.0, 300.0, 180.0), rect(48.0, 880.0, 300.0, 152.0))
    }

    /// Hear it again.
    #[must_use]
    pub const fn replay(self) -> Rect {
        self.pick(rect(384.0, 1692.0, 212.0, 180.0), rect(816.0, 880.0, 360.0, 152.0))
    }

    /// Call a person.
    #[must_use]
    pub const fn help(self) -> Rect {
        self.pick(rect(632.0, 1692.0, 400.0, 180.0), rect(1472.0, 880.0, 400.0, 152.0))
    }
}

/// The `of`th of `count` columns of a row, with gaps.
#[must_use]
pub fn column(row: Rect, of: usize, count: usize) -> Rect {
    column_with(row, of, count, GAP)
}

/// The `of`th of `count` rows of an area, with gaps.
#[must_use]
pub fn row(area: Rect, of: usize, count: usize) -> Rect {
    row_with(area, of, count, GAP)
}

/// The `at`th cell of a grid, row by row.
#[must_use]
pub fn cell(area: Rect, at: usize, columns: usize, rows: usize) -> Rect {
    // A wide grid is on a landscape screen: it uses the smallest allowed gap, 7 mm, so that
    // tiles keep their size.
    let gap = if columns > rows { 28.5 } else { GAP };
    column_with(row_with(area, at / columns, rows, gap), at % columns, columns, gap)
}

fn column_with(row: Rect, of: usize, count: usize, gap: f32) -> Rect {
    let (of, count) = (small(of), small(count));
    let width = (row.width - gap * (count - 1.0)) / count;
    Rect { x: row.x + of * (width + gap), width, ..row }
}

fn row_with(area: Rect, of: usize, count: usize, gap: f32) -> Rect {
    let (of, count) = (small(of), small(count));
    let height = (area.height - gap * (count - 1.0)) / count;
    Rect { y: area.y + of * (height + gap), height, ..area }
}

/// The same rectangle, `by` smaller on all sides.
#[must_use]
pub fn inset(area: Rect, by: f32) -> Rect {
    rect(area.x + by, area.y + by, area.width - 2.0 * by, area.height - 2.0 * by)
}

fn small(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}
