//! Layout of bar charts, shared by the screen and paper.

/// The value and label of one bar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    /// Label under the bar.
    pub label: String,
    /// Its value.
    pub value: u32,
    /// The value of a year before, if it is compared.
    pub before: Option<u32>,
    /// The centre was closed: drawn as a word instead of a zero.
    pub closed: bool,
    /// The period is not over: drawn as an outline.
    pub unfinished: bool,
}

/// The position of one bar, in the units of the caller.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Horizontal centre.
    pub x: f32,
    /// Left edge and width of the bar.
    pub bar: (f32, f32),
    /// Top of the bar; equals the baseline for a zero.
    pub top: f32,
    /// Vertical position of the mark of the year before.
    pub before: Option<f32>,
    /// Whether the value is written above the bar.
    pub told: bool,
    /// Whether the label is written below the bar.
    pub labelled: bool,
}

/// Positions of all parts of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Grid lines from zero upwards: vertical position and value.
    pub grid: Vec<(f32, u32)>,
    /// One entry per bar.
    pub columns: Vec<Column>,
}

/// With more bars than this only the highest shows its value.
const ALL_TOLD: usize = 12;
/// With more bars than this every second label is omitted.
const ALL_LABELLED: usize = 16;

/// Lays the bars out between `left` and `right`, from the baseline `bottom` up to `top`.
#[must_use]
pub fn layout(bars: &[Bar], (left, right): (f32, f32), (top, bottom): (f32, f32)) -> Layout {
    let highest = bars.iter().map(|bar| bar.value.max(bar.before.unwrap_or(0))).max().unwrap_or(0);
    let step = step(highest);
    let lines = highest.div_ceil(step).max(1);
    #[expect(clippy::cast_precision_loss, reason = "counts of people are small")]
    let y = |value: u32| bottom - (bottom - top) * value as f32 / (lines * step) as f32;
    #[expect(clippy::cast_precision_loss, reason = "a chart has few bars")]
    let pitch = (right - left) / bars.len().max(1) as f32;
    let width = pitch * if bars.len() > ALL_LABELLED { 0.76 } else { 0.56 };
    let peak = bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    let peak = bars.iter().position(|bar| bar.value == peak);
    let columns = bars.iter().enumerate().map(|(at, bar)| {
        #[expect(clippy::cast_precision_loss, reason = "a chart has few bars")]
        let x = left + pitch * (at as f32 + 0.5);
        Column {
            x,
            bar: (x - width / 2.0, width),
            top: y(bar.value),
            before: bar.before.map(&y),
            told: bar.value > 0 && (bars.len() <= ALL_TOLD || peak == Some(at)),
            labelled: bars.len() <= ALL_LABELLED || at % 2 == 0,
        }
    });
    Layout {
        columns: columns.collect(),
        grid: (0..=lines).map(|line| (y(line * step), line * step)).collect(),
    }
}

/// Grid spacing: a round number that gives at most four lines above zero.
fn step(highest: u32) -> u32 {
    let mut power = 1;
    loop {
        for round in [1, 2, 5] {
            if highest <= round * power * 4 {
                return round * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[u32]) -> Vec<Bar> {
        values.iter().map(|value| Bar { value: *value, ..Bar::default() }).collect()
    }

    #[test]
    fn bars_stand_on_zero_and_none_is_higher_than_the_plot() {
        for values in [vec![0], vec![3, 0, 12], vec![748, 612, 421], vec![30_001; 31]] {
            let at = layout(&bars(&values), (10.0, 310.0), (5.0, 105.0));
            assert!(at.grid.len() <= 5 && at.grid[0] == (105.0, 0), "{at:?}");
            for (column, value) in at.columns.iter().zip(&values) {
                assert!(column.top >= 4.99 && column.top <= 105.0);
                assert!((*value == 0) == (column.top > 104.999));
                assert!(column.bar.0 >= 10.0 && column.bar.0 + column.bar.1 <= 310.0);
            }
        }
    }

    #[test]
    fn all_of_twelve_say_their_value_and_of_a_month_of_days_only_one() {
        let told = |count| {
            layout(&bars(&vec![7; count]), (0.0, 100.0), (0.0, 50.0))
                .columns
                .iter()
                .filter(|c| c.told)
                .count()
        };
        assert_eq!((told(12), told(31)), (12, 1));
        assert_eq!(layout(&[], (0.0, 1.0), (0.0, 1.0)).columns, []);
    }
}
