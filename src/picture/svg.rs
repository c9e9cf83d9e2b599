//! Writes pictures as SVG 1.1: texts stay texts, and nothing is taken from elsewhere, so that browsers print it
//! and Office and Inkscape read it.

use std::fmt::Write;

use super::text::Font;
use super::{
    Anchor, Arrow, BULLET, Dash, Fill, HEAD, ITEM, LABEL, Line, Mark, PAD, Picture, Segment, Shape,
    Words, ink,
};
use crate::office::text;

const FONTS: &str = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI','Yu Gothic',Meiryo,Arial,\
                     Helvetica,sans-serif";

/// Writes a picture.
pub fn write(picture: &Picture) -> String {
    let (width, height) = picture.size;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.1} {height:.1}\" role=\"img\" xml:lang=\"{}\" font-family=\"{FONTS}\">\n\
         <title>{}</title>\n\
         <defs><marker id=\"head\" viewBox=\"0 0 10 10\" refX=\"9.5\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto-start-reverse\"><path d=\"M0 0L10 5L0 10z\" fill=\"#{arrow}\"/></marker>\
         <pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"7\" height=\"7\" fill=\"#{paper}\"/><path d=\"M0 0v7\" stroke=\"#{rule}\" stroke-width=\"3\"/>\
         </pattern></defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#{paper}\"/>\n",
        picture.lang.as_str(),
        text(&picture.title),
        arrow = ink::ARROW,
        paper = ink::PAPER,
        rule = ink::RULE,
    );
    picture.areas.iter().for_each(|it| line(&mut out, it));
    picture.arrows.iter().for_each(|it| arrow(&mut out, it));
    picture.boxes.iter().for_each(|it| shape(&mut out, it));
    picture.arrows.iter().for_each(|it| label(&mut out, it));
    picture.lines.iter().for_each(|it| line(&mut out, it));
    picture.marks.iter().for_each(|it| mark(&mut out, it));
    picture.texts.iter().for_each(|it| words(&mut out, it));
    out + "</svg>\n"
}

/// What is written by `write!` into a text cannot fail.
macro_rules! put {
    ($out:expr, $($what:tt)*) => { let _ = writeln!($out, $($what)*); };
}

fn shape(out: &mut String, shape: &Shape) {
    let ((x, y), (width, height), color) = (shape.at, shape.size, shape.color);
    let fill = match shape.fill {
        Fill::Solid(color) => format!("#{color}"),
        Fill::Hatched => "url(#hatch)".to_owned(),
    };
    put!(out, "<g><title>{}</title>", text(&shape.name));
    put!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"5\" fill=\"{fill}\" \
         stroke=\"#{color}\" stroke-width=\"1.3\"/>"
    );
    let head = if shape.lines.is_empty() { height } else { shape.head_height() };
    if !shape.head.is_empty() {
        let (right, bottom) = (width - 10.0, head - 5.0);
        // Round above, and below too where nothing follows.
        let way = match shape.lines.is_empty() {
            true => format!(
                "v{:.1}a5 5 0 0 1 -5 5h-{right:.1}a5 5 0 0 1 -5 -5v-{:.1}",
                bottom - 5.0,
                bottom - 5.0
            ),
            false => format!("v{bottom:.1}h-{width:.1}v-{bottom:.1}"),
        };
        put!(
            out,
            "<path d=\"M{x:.1} {:.1}a5 5 0 0 1 5 -5h{right:.1}a5 5 0 0 1 5 5{way}z\" fill=\"#{color}\"/>",
            y + 5.0
        );
        let inner = shape.head.len() as f64 * HEAD.height();
        let top = y + (head - inner) / 2.0;
        lines(out, (x + width / 2.0, top), Anchor::Middle, HEAD, ink::PAPER, &shape.head);
    }
    let mut at = y + head + PAD / 2.0;
    if shape.head.is_empty() {
        at = y + (height - shape.lines.len() as f64 * ITEM.height()) / 2.0;
    }
    // A remark has no items.
    let is_remark = shape.lines.iter().all(|line| !line.is_first);
    for entry in &shape.lines {
        if entry.is_first {
            let middle = at + ITEM.height() / 2.0;
            put!(
                out,
                "<circle cx=\"{:.1}\" cy=\"{middle:.1}\" r=\"2\" fill=\"#{color}\"/>",
                x + PAD + 2.0
            );
        }
        let line = std::slice::from_ref(&entry.text);
        match is_remark {
            true => lines(out, (x + width / 2.0, at), Anchor::Middle, ITEM, ink::TEXT, line),
            false => lines(out, (x + PAD + BULLET, at), Anchor::Start, ITEM, ink::TEXT, line),
        }
        at += ITEM.height();
    }
    put!(out, "</g>");
}

fn arrow(out: &mut String, arrow: &Arrow) {
    let start = if arrow.is_both { " marker-start=\"url(#head)\"" } else { "" };
    put!(
        out,
        "<path d=\"{}\" fill=\"none\" stroke=\"#{}\" stroke-width=\"1.5\"{} marker-end=\"url(#head)\"{start}/>",
        way(&arrow.way),
        ink::ARROW,
        dashes(arrow.dash)
    );
}

fn label(out: &mut String, arrow: &Arrow) {
    let height = arrow.label.len() as f64 * LABEL.height();
    let (x, y) = arrow.label_at;
    if !arrow.label.is_empty() {
        // No dash of the arrow may touch a letter or show between lines.
        let width = arrow.label.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max);
        let (left, top) = (x - width / 2.0, y - height / 2.0);
        put!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"#{}\"/>",
            ink::PAPER
        );
    }
    words(
        out,
        &Words {
            at: (x, y - height / 2.0),
            anchor: Anchor::Middle,
            font: LABEL,
            color: ink::TEXT,
            lines: arrow.label.clone(),
            has_halo: true,
        },
    );
}

fn line(out: &mut String, line: &Line) {
    let fill = line.fill.map_or("none".to_owned(), |color| format!("#{color}"));
    let stroke = line.stroke.map_or(String::new(), |(color, width)| {
        format!(" stroke=\"#{color}\" stroke-width=\"{width}\"")
    });
    let head = if line.is_arrow { " marker-end=\"url(#head)\"" } else { "" };
    put!(
        out,
        "<path d=\"{}\" fill=\"{fill}\"{stroke}{}{head}/>",
        way(&line.way),
        dashes(line.dash)
    );
}

fn mark(out: &mut String, mark: &Mark) {
    let ((x, y), r) = (mark.at, mark.radius);
    put!(out, "<g><title>{}</title>", text(&mark.name));
    let look = format!("fill=\"#{}\" fill-opacity=\"0.88\" stroke=\"#{}\"", ink::ROLE, ink::PAPER);
    match mark.is_diamond {
        true => {
            let look = look.replace(ink::ROLE, ink::PROGRAM);
            put!(
                out,
                "<path d=\"M{x:.1} {:.1}l{r:.1} {r:.1}l-{r:.1} {r:.1}l-{r:.1} -{r:.1}z\" {look}/>",
                y - r
            );
        }
        false => {
            put!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" {look}/>");
        }
    }
    if !mark.text.is_empty() {
        let font = Font::bold(11.0);
        let top = y - font.height() / 2.0;
        lines(out, (x, top), Anchor::Middle, font, ink::PAPER, std::slice::from_ref(&mark.text));
    }
    put!(out, "</g>");
}

fn words(out: &mut String, words: &Words) {
    if words.has_halo {
        put!(
            out,
            "<g paint-order=\"stroke\" stroke=\"#{}\" stroke-width=\"4\" stroke-linejoin=\"round\">",
            ink::PAPER
        );
    }
    lines(out, words.at, words.anchor, words.font, words.color, &words.lines);
    if words.has_halo {
        put!(out, "</g>");
    }
}

fn lines(
    out: &mut String,
    (x, top): (f64, f64),
    anchor: Anchor,
    font: Font,
    color: &str,
    lines: &[String],
) {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if font.is_bold { " font-weight=\"600\"" } else { "" };
    for (number, line) in lines.iter().enumerate() {
        // The base line of a font with Latin and Japanese letters.
        let y = top + font.height() * (number as f64 + 0.5) + font.size * 0.36;
        put!(
            out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{}\"{weight}{anchor} fill=\"#{color}\">{}</text>",
            font.size,
            text(line)
        );
    }
}

fn dashes(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "",
        Dash::Dashed => " stroke-dasharray=\"7 4\"",
        Dash::Dotted => " stroke-dasharray=\"1.5 3.5\" stroke-linecap=\"round\"",
    }
}

/// A way, as the attribute `d` writes it.
pub fn way(segments: &[Segment]) -> String {
    let mut d = String::new();
    for segment in segments {
        let letter = match segment {
            Segment::Move(_) => 'M',
            Segment::Line(_) => 'L',
            Segment::Curve(..) => 'C',
            Segment::Close => 'Z',
        };
        d.push(letter);
        let points = segment.points();
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        d += &points.join(" ");
    }
    d
}
