//! Bar charts on the screen, with the same layout as on paper.

use std::fmt::Write as _;

use iced::Length;
use iced::widget::svg;

use super::Element;
use super::fitted::Fitted;
use super::frame::Frame;
use crate::graphics::bars::{Bar, Layout, layout};
use crate::ui::theme::metrics::rect;
use crate::ui::theme::palette::hex;
use crate::ui::theme::{Look, Role};

const LEFT: f32 = 84.0;
const TOP: f32 = 44.0;
const BELOW: f32 = 46.0;

/// A chart of `width` x `height`: grid, bars, marks of the year before, values.
pub fn bars<'a, M: 'a>(
    bars: &[Bar],
    closed: &str,
    (width, height): (f32, f32),
    look: Look,
) -> Element<'a, M> {
    let mut frame = Frame::new(iced::Size::new(width, height), false);
    let bottom = height - BELOW;
    let at = layout(bars, (LEFT, width - 8.0), (TOP, bottom));
    let handle = svg::Handle::from_memory(drawing(bars, &at, (width, height), look).into_bytes());
    frame.put(rect(0.0, 0.0, width, height), svg(handle).width(Length::Fill).height(Length::Fill));
    let small = |words: &str| Fitted::new(words, Role::StaffBody, look).lines(1);
    let muted = look.palette.muted;
    for (y, value) in &at.grid {
        frame.put(rect(0.0, y - 18.0, LEFT - 12.0, 36.0), small(&value.to_string()).color(muted).right());
    }
    for (bar, column) in bars.iter().zip(&at.columns) {
        let place = |y: f32| rect(column.x - 44.0, y, 88.0, 36.0);
        if column.labelled {
            frame.put(place(bottom + 6.0), small(&bar.label).color(muted));
        }
        if bar.closed {
            frame.put(place(bottom - 38.0), small(closed).color(muted));
        }
        if column.told {
            frame.put(
                place(column.top.min(column.before.unwrap_or(bottom)) - 40.0),
                small(&bar.value.to_string()),
            );
        }
    }
    frame.into()
}

fn drawing(bars: &[Bar], at: &Layout, (width, height): (f32, f32), look: Look) -> String {
    let p = look.palette;
    let (blue, soft, hair, edge) = (hex(p.blue), hex(p.tint), hex(p.hair), hex(p.edge));
    let (amber, ink) = (hex(p.amber_high), hex(p.ink));
    let bottom = at.grid.first().map_or(height, |(y, _)| *y);
    let mut body = String::new();
    for (line, (y, _)) in at.grid.iter().enumerate() {
        let stroke = if line == 0 { &edge } else { &hair };
        let _ =
            write!(body, r#"<path d="M{LEFT} {y} H{}" stroke="{stroke}" stroke-width="1.5"/>"#, width - 8.0);
    }
    for (bar, column) in bars.iter().zip(&at.columns) {
        let (x, wide) = column.bar;
        let high = bottom - column.top;
        if high > 0.0 && bar.unfinished {
            let _ = write!(
                body,
                r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{soft}" stroke="{blue}" stroke-width="4"/>"#,
                x + 2.0,
                column.top + 2.0,
                (wide - 4.0).max(1.0),
                (high - 2.0).max(1.0)
            );
        } else if high > 0.0 {
            let _ = write!(
                body,
                r#"<rect x="{x}" y="{}" width="{wide}" height="{high}" fill="{blue}"/>"#,
                column.top
            );
        }
        if let Some(y) = column.before {
            let _ = write!(
                body,
                r#"<rect x="{}" y="{}" width="{}" height="9" fill="{amber}" stroke="{ink}" stroke-width="2"/>"#,
                x - 6.0,
                y - 4.5,
                wide + 12.0
            );
        }
    }
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>"#)
}
