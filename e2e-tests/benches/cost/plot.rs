//! Draws instructions over payload size, on logarithmic axes.

use std::fmt::Write;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 70.0;
/// The powers of ten at the ends of each axis.
const BYTES: (f64, f64) = (2.0, 7.0);
const INSTRUCTIONS: (f64, f64) = (3.0, 10.0);

/// The height at which the names of the lines begin, below the limit.
const LEGEND: f64 = 116.0;

/// A line of the drawing: its name, its colour and its points.
pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) points: Vec<(f64, f64)>,
}

/// The drawing as SVG.
pub(crate) fn svg(lines: &[Line]) -> String {
    let mut svg = String::new();
    let mut put = |element: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(svg, "{element}");
    };
    put(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">"
    ));
    put(format!(
        "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>"
    ));
    for power in powers(BYTES) {
        let x = x_at(10f64.powf(power));
        put(format!(
            "<path d=\"M{x:.1} {MARGIN} V{:.1}\" stroke=\"#ddd\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            HEIGHT - MARGIN,
            HEIGHT - MARGIN + 18.0,
            unit(power, "B")
        ));
    }
    for power in powers(INSTRUCTIONS) {
        let y = y_at(10f64.powf(power));
        put(format!(
            "<path d=\"M{MARGIN} {y:.1} H{:.1}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - MARGIN,
            MARGIN - 8.0,
            y + 4.0,
            unit(power, "")
        ));
    }
    put(format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">bytes of the payload</text>",
        WIDTH / 2.0,
        HEIGHT - 20.0
    ));
    put(format!(
        "<text x=\"{MARGIN}\" y=\"40\">instructions for a request, in a fresh instance</text>"
    ));
    for (row, line) in lines.iter().enumerate() {
        let points: Vec<String> = line
            .points
            .iter()
            .map(|(bytes, instructions)| format!("{:.1},{:.1}", x_at(*bytes), y_at(*instructions)))
            .collect();
        let colour = line.colour;
        put(format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        ));
        for point in &points {
            if let Some((x, y)) = point.split_once(',') {
                put(format!(
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{colour}\"/>"
                ));
            }
        }
        let y = f64::from(u32::try_from(row).unwrap_or_default()).mul_add(18.0, LEGEND);
        put(format!(
            "<text x=\"{:.1}\" y=\"{y:.1}\" fill=\"{colour}\">{}</text>",
            MARGIN + 12.0,
            line.name
        ));
    }
    put("</svg>".to_owned());
    svg
}

fn powers((least, most): (f64, f64)) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(least), |power| Some(power + 1.0))
        .take_while(move |power| *power <= most)
}

fn unit(power: f64, of: &str) -> String {
    let (thousands, rest) = ((power / 3.0).floor(), power % 3.0);
    let prefix = match thousands {
        1.0 => " k",
        2.0 => " M",
        3.0 => " G",
        _ => " ",
    };
    format!("{:.0}{prefix}{of}", 10f64.powf(rest))
}

fn x_at(bytes: f64) -> f64 {
    let (least, most) = BYTES;
    (bytes.log10() - least) / (most - least) * 2.0f64.mul_add(-MARGIN, WIDTH) + MARGIN
}

fn y_at(instructions: f64) -> f64 {
    let (least, most) = INSTRUCTIONS;
    HEIGHT
        - MARGIN
        - (instructions.log10() - least) / (most - least) * 2.0f64.mul_add(-MARGIN, HEIGHT)
}
