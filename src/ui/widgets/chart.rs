//! Trend charts: points over their target bands. The geometry is computed separately, so that
//! paper can draw the same chart.

use std::fmt::Write as _;

use iced::Length;
use iced::widget::svg;

use super::Element;
use super::fitted::Fitted;
use super::frame::Frame;
use crate::ui::theme::metrics::rect;
use crate::ui::theme::palette::hex;
use crate::ui::theme::{Look, Rect, Role};

/// Marker of a series; series are told apart by shape, never by hue alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Filled circles.
    Circle,
    /// Hollow squares.
    Square,
}

/// One line of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Time in days since an arbitrary start, and value.
    pub points: Vec<(f32, f32)>,
    /// Shape of the points.
    pub mark: Mark,
    /// The target range drawn behind it: lower and upper limit.
    pub band: Option<(f32, f32)>,
    /// Name at the right edge of the band.
    pub name: String,
}

/// A chart: what, and the words of its axes.
#[derive(Debug, Clone)]
pub struct Chart {
    /// One or two lines.
    pub series: Vec<Series>,
    /// Words under the axis, at a time.
    pub times: Vec<(f32, String)>,
    /// How a value is written.
    pub words: fn(f32) -> String,
    /// A gap of more than this many days breaks the line.
    pub gap_days: f32,
}

/// A point of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// Where.
    pub x: f32,
    /// Where.
    pub y: f32,
    /// Whether it is outside its band.
    pub outside: bool,
    /// Its value, if it is written beside it.
    pub label: Option<String>,
    /// Whether it is connected to the point before.
    pub joined: bool,
}

/// Positions of all parts of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Geometry {
    /// The field of the points.
    pub plot: Rect,
    /// Grid lines: height and words.
    pub grid: Vec<(f32, String)>,
    /// Words under the axis: place and words.
    pub times: Vec<(f32, String)>,
    /// For each series its points.
    pub dots: Vec<Vec<Dot>>,
    /// For each series its band: top and bottom.
    pub bands: Vec<Option<(f32, f32)>>,
}

/// Lays a chart out in `width` x `height`; `None` without points.
#[must_use]
pub fn geometry(chart: &Chart, width: f32, height: f32) -> Option<Geometry> {
    let points = || chart.series.iter().flat_map(|series| &series.points);
    let values = points()
        .map(|(_, value)| *value)
        .chain(chart.series.iter().filter_map(|series| series.band).flat_map(|(low, high)| [low, high]));
    let (low, high) = values.fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(v), high.max(v)));
    let _ = points().next()?;
    // At most four lines, on round numbers.
    let step = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0]
        .into_iter()
        .find(|step| (high - low) / step <= 3.0)
        .unwrap_or(1000.0);
    let (bottom, top) = ((low / step).floor() * step, ((high / step).floor() + 1.0) * step);
    let plot = rect(90.0, 56.0, width - 90.0 - 190.0, height - 56.0 - 60.0);
    let (first, last) =
        points().fold((f32::MAX, f32::MIN), |(first, last), (at, _)| (first.min(*at), last.max(*at)));
    let span = (last - first).max(1.0);
    let x = |at: f32| plot.x + 24.0 + (at - first) / span * (plot.width - 48.0);
    let y = |value: f32| plot.y + (top - value) / (top - bottom) * plot.height;
    let mut grid = Vec::new();
    let mut line = bottom;
    while line <= top + step / 2.0 {
        grid.push((y(line), (chart.words)(line)));
        line += step;
    }
    let dots = chart.series.iter().map(|series| {
        let mut before: Option<f32> = None;
        let count = series.points.len();
        let dot = |(at, (day, value)): (usize, &(f32, f32))| {
            let outside = series.band.is_some_and(|(low, high)| *value < low || *value > high);
            let joined = before.is_some_and(|before| day - before <= chart.gap_days);
            before = Some(*day);
            let label = (outside || at + 1 == count).then(|| (chart.words)(*value));
            Dot { x: x(*day), y: y(*value), outside, label, joined }
        };
        series.points.iter().enumerate().map(dot).collect()
    });
    Some(Geometry {
        grid,
        times: chart.times.iter().map(|(at, words)| (x(*at), words.clone())).collect(),
        dots: dots.collect(),
        bands: chart.series.iter().map(|s| s.band.map(|(low, high)| (y(high), y(low)))).collect(),
        plot,
    })
}

/// Draws a chart in `width` x `height`.
#[must_use]
pub fn chart<'a, M: 'a>(chart: &Chart, width: f32, height: f32, look: Look) -> Element<'a, M> {
    let mut frame = Frame::new(iced::Size::new(width, height), false);
    let Some(at) = geometry(chart, width, height) else { return frame.into() };
    let whole = rect(0.0, 0.0, width, height);
    let drawing = picture(chart, &at, width, height, look);
    let handle = svg::Handle::from_memory(drawing.into_bytes());
    frame.put(whole, svg(handle).width(Length::Fill).height(Length::Fill));
    let muted = look.palette.muted;
    let small = |words: &str| Fitted::new(words, Role::StaffBody, look).lines(1);
    for (y, words) in &at.grid {
        frame.put(rect(0.0, y - 18.0, 78.0, 36.0), small(words).color(muted).right());
    }
    for (x, words) in &at.times {
        let y = at.plot.y + at.plot.height + 12.0;
        frame.put(rect(x - 70.0, y, 140.0, 36.0), small(words).color(muted));
    }
    for (series, band) in chart.series.iter().zip(&at.bands) {
        if let (Some((top, bottom)), Some((low, high))) = (band, series.band) {
            let x = at.plot.x + at.plot.width + 10.0;
            let words = format!("{} {}–{}", series.name, (chart.words)(low), (chart.words)(high));
            let middle = (top + bottom) / 2.0;
            let text = Fitted::new(words, Role::StaffBody, look).color(look.palette.green).left().lines(2);
            frame.put(rect(x, middle - 34.0, 180.0, 68.0), text);
        }
    }
    for dot in at.dots.iter().flatten() {
        if let Some(label) = &dot.label {
            let color = if dot.outside { look.palette.red } else { look.palette.ink };
            frame.put(rect(dot.x - 45.0, dot.y - 48.0, 90.0, 36.0), small(label).color(color));
        }
    }
    frame.into()
}

/// The SVG of bands, grid, lines and points; text is drawn over it.
fn picture(chart: &Chart, at: &Geometry, width: f32, height: f32, look: Look) -> String {
    let p = look.palette;
    let (green, blue, red, hair) = (hex(p.green), hex(p.blue), hex(p.red), hex(p.hair));
    let (tint, ground, edge) = (hex(p.tint), hex(p.card), hex(p.edge));
    let plot = at.plot;
    let mut body = String::new();
    for (top, bottom) in at.bands.iter().flatten() {
        let _ = write!(
            body,
            r#"<rect x="{}" y="{top}" width="{}" height="{}" fill="{tint}"/>"#,
            plot.x,
            plot.width,
            bottom - top
        );
        for y in [top, bottom] {
            let _ = write!(
                body,
                r#"<path d="M{} {y} h{}" stroke="{green}" stroke-width="2"/>"#,
                plot.x, plot.width
            );
        }
    }
    for (line, (y, _)) in at.grid.iter().enumerate() {
        let stroke = if line == 0 { &edge } else { &hair };
        let _ = write!(
            body,
            r#"<path d="M{} {y} h{}" stroke="{stroke}" stroke-width="1.5"/>"#,
            plot.x, plot.width
        );
    }
    for (series, dots) in chart.series.iter().zip(&at.dots) {
        let color = if series.mark == Mark::Circle { &green } else { &blue };
        let mut path = String::new();
        for dot in dots {
            let _ = write!(path, "{}{} {} ", if dot.joined { 'L' } else { 'M' }, dot.x, dot.y);
        }
        let _ = write!(body, r#"<path d="{path}" fill="none" stroke="{color}" stroke-width="3"/>"#);
        for dot in dots {
            let (x, y) = (dot.x, dot.y);
            let _ = match (dot.outside, series.mark) {
                (true, _) => {
                    write!(body, r#"<path d="M{x} {} l13 13 l-13 13 l-13 -13 Z" fill="{red}"/>"#, y - 13.0)
                }
                (false, Mark::Circle) => write!(body, r#"<circle cx="{x}" cy="{y}" r="8" fill="{color}"/>"#),
                (false, Mark::Square) => write!(
                    body,
                    r#"<rect x="{}" y="{}" width="15" height="15" fill="{ground}" stroke="{color}" stroke-width="3"/>"#,
                    x - 7.5,
                    y - 7.5
                ),
            };
        }
    }
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Chart {
        let upper = Series {
            points: vec![(0.0, 152.0), (14.0, 140.0), (60.0, 146.0)],
            mark: Mark::Circle,
            band: Some((120.0, 150.0)),
            name: "高压".into(),
        };
        let lower = Series {
            points: vec![(0.0, 88.0), (14.0, 91.0), (60.0, 82.0)],
            mark: Mark::Square,
            band: Some((70.0, 90.0)),
            name: "低压".into(),
        };
        Chart {
            series: vec![upper, lower],
            times: vec![(0.0, "6/9".into()), (60.0, "8/8".into())],
            words: |v| format!("{v:.0}"),
            gap_days: 30.0,
        }
    }

    #[test]
    fn points_lie_at_their_values_and_those_outside_their_band_are_marked() {
        let at = geometry(&sample(), 900.0, 420.0).expect("points");
        let outside: Vec<Vec<bool>> =
            at.dots.iter().map(|dots| dots.iter().map(|dot| dot.outside).collect()).collect();
        assert_eq!(outside, [[true, false, false], [false, true, false]]);
        let (upper, lower) = (&at.dots[0], &at.dots[1]);
        assert!(
            upper[0].y < upper[1].y
                && upper.iter().zip(lower).all(|(u, l)| u.y < l.y && (u.x - l.x).abs() < 0.01)
        );
        assert!(at.grid.len() <= 5 && at.grid.windows(2).all(|pair| pair[0].0 > pair[1].0));
        let inside = |dot: &Dot| {
            dot.x >= at.plot.x
                && dot.x <= at.plot.x + at.plot.width
                && dot.y >= at.plot.y
                && dot.y <= at.plot.y + at.plot.height
        };
        assert!(at.dots.iter().flatten().all(inside));
    }

    #[test]
    fn weeks_without_a_reading_break_the_line_and_the_latest_value_is_written() {
        let at = geometry(&sample(), 900.0, 420.0).expect("points");
        let joined: Vec<bool> = at.dots[0].iter().map(|dot| dot.joined).collect();
        assert_eq!(joined, [false, true, false]);
        assert_eq!(at.dots[0][2].label.as_deref(), Some("146"));
    }

    #[test]
    fn one_point_or_none_is_no_fault() {
        let mut chart = sample();
        chart.series.truncate(1);
        chart.series[0].points.truncate(1);
        assert!(geometry(&chart, 900.0, 420.0).is_some());
        chart.series[0].points.clear();
        assert!(geometry(&chart, 900.0, 420.0).is_none());
    }
}
