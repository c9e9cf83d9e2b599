//! The slide: boxes, texts, marks and lines.

use super::{NAMESPACES, NO_GROUP, SLIDE};
use crate::lang::Lang;
use crate::office::{attribute, text};
use crate::picture::text::Font;
use crate::picture::{
    Anchor, BULLET, Color, Dash, Entry, Fill, HEAD, ITEM, Line, Mark, PAD, Picture, Point, Segment,
    Shape, Words, ink,
};

/// A pixel, of which 96 make an inch.
const PIXEL: f64 = 9525.0;

/// A slide that is being written.
pub(super) struct Slide {
    /// How many units a pixel has, and where the picture begins.
    scale: f64,
    origin: Point,
    lang: Lang,
    /// The number of the last shape.
    pub(super) last: usize,
    pub(super) shapes: String,
}

/// Texts of a shape.
pub(super) struct Texts {
    pub(super) paragraphs: Vec<(String, bool)>,
    pub(super) font: Font,
    pub(super) color: Color,
    pub(super) align: &'static str,
    /// Whether it stands in the middle of its height.
    pub(super) is_centered: bool,
}

impl Slide {
    pub(super) fn of(picture: &Picture) -> Self {
        let (width, height) = picture.size;
        let scale = (SLIDE.0 / width).min(SLIDE.1 / height).min(PIXEL * 1.4);
        let origin = ((SLIDE.0 - width * scale) / 2.0, (SLIDE.1 - height * scale) / 2.0);
        Slide { scale, origin, lang: picture.lang, last: 1, shapes: String::new() }
    }

    pub(super) fn write(mut self, picture: &Picture) -> String {
        picture.areas.iter().for_each(|it| self.line(it));
        let mut numbers = Vec::new();
        for shape in &picture.boxes {
            numbers.push(self.last + 2);
            self.shape(shape);
        }
        for arrow in &picture.arrows {
            let ends = [arrow.from, arrow.to].map(|at| (numbers[at], &picture.boxes[at]));
            self.arrow(arrow, ends);
        }
        picture.lines.iter().for_each(|it| self.line(it));
        picture.marks.iter().for_each(|it| self.mark(it));
        picture.texts.iter().for_each(|it| self.words(it));
        format!(
            "<p:sld {NAMESPACES}><p:cSld><p:spTree>{NO_GROUP}{}</p:spTree></p:cSld></p:sld>",
            self.shapes
        )
    }

    pub(super) fn next(&mut self) -> usize {
        self.last += 1;
        self.last
    }

    pub(super) fn length(&self, pixels: f64) -> i64 {
        (pixels * self.scale).round() as i64
    }

    pub(super) fn place(&self, (x, y): Point, (width, height): (f64, f64)) -> String {
        let (x, y) = (self.origin.0 + x * self.scale, self.origin.1 + y * self.scale);
        let (width, height) = (self.length(width).max(1), self.length(height).max(1));
        format!("<a:off x=\"{x:.0}\" y=\"{y:.0}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/>")
    }

    /// A box: its body, whose number is the second, and its heading, which move together.
    fn shape(&mut self, shape: &Shape) {
        let group = self.next();
        let place = self.place(shape.at, shape.size);
        let child = place.replace("a:off", "a:chOff").replace("a:ext", "a:chExt");
        let name = attribute(&shape.name);
        self.shapes += &format!(
            "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{group}\" name=\"{name}\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
             <p:grpSpPr><a:xfrm>{place}{child}</a:xfrm></p:grpSpPr>"
        );
        let head = if shape.lines.is_empty() { shape.size.1 } else { shape.head_height() };
        let has_head = !shape.head.is_empty();
        let is_gap = shape.lines.iter().all(|line| !line.is_first);
        let body = Texts {
            paragraphs: paragraphs(&shape.lines),
            font: ITEM,
            color: ink::TEXT,
            align: if is_gap { "ctr" } else { "l" },
            is_centered: !has_head,
        };
        let fill = match shape.fill {
            Fill::Solid(color) => solid(color),
            Fill::Hatched => format!(
                "<a:pattFill prst=\"wdUpDiag\"><a:fgClr><a:srgbClr val=\"{}\"/></a:fgClr><a:bgClr><a:srgbClr val=\"{}\"/></a:bgClr></a:pattFill>",
                ink::RULE,
                ink::PAPER
            ),
        };
        let border = format!("<a:ln w=\"12700\">{}</a:ln>", solid(shape.color));
        let top = if has_head && !shape.lines.is_empty() { head } else { 0.0 };
        self.box_of(&shape.name, (shape.at, shape.size), &format!("{fill}{border}"), &body, top);
        if has_head {
            let told = Texts {
                paragraphs: vec![(joined(&shape.head), false)],
                font: HEAD,
                color: ink::PAPER,
                align: "ctr",
                is_centered: true,
            };
            let look = format!("{}<a:ln><a:noFill/></a:ln>", solid(shape.color));
            self.box_of(&shape.name, (shape.at, (shape.size.0, head)), &look, &told, 0.0);
        }
        self.shapes += "</p:grpSp>";
    }

    /// A shape with a text that begins below `top`.
    fn box_of(
        &mut self,
        name: &str,
        (at, size): (Point, (f64, f64)),
        look: &str,
        texts: &Texts,
        top: f64,
    ) {
        let number = self.next();
        let (place, name) = (self.place(at, size), attribute(name));
        let (side, top) = (self.length(PAD * 0.8), self.length(top + PAD * 0.3));
        let anchor = if texts.is_centered { "ctr" } else { "t" };
        let body = self.paragraphs(texts);
        self.shapes += &format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{number}\" name=\"{name}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>\
             <a:xfrm>{place}</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{look}</p:spPr><p:txBody>\
             <a:bodyPr wrap=\"square\" lIns=\"{side}\" tIns=\"{top}\" rIns=\"{side}\" bIns=\"0\" anchor=\"{anchor}\">\
             <a:normAutofit/></a:bodyPr><a:lstStyle/>{body}</p:txBody></p:sp>"
        );
    }

    fn paragraphs(&self, texts: &Texts) -> String {
        let size = (texts.font.size * self.scale / 127.0).round().max(100.0) as i64;
        let bold = if texts.font.is_bold { " b=\"1\"" } else { "" };
        let lang = self.lang.pick("en-US\" altLang=\"ja-JP", "ja-JP\" altLang=\"en-US");
        let indent = self.length(BULLET);
        let look = format!(
            "lang=\"{lang}\" sz=\"{size}\"{bold} dirty=\"0\">{}<a:latin typeface=\"Arial\"/><a:ea typeface=\"Yu Gothic\"/>",
            solid(texts.color)
        );
        let paragraph = |(told, is_item): &(String, bool)| {
            let properties = match is_item {
                true => format!(
                    "<a:pPr marL=\"{indent}\" indent=\"-{indent}\"><a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/></a:pPr>"
                ),
                false => format!("<a:pPr algn=\"{}\"/>", texts.align),
            };
            let told = text(told);
            format!("<a:p>{properties}<a:r><a:rPr {look}</a:rPr><a:t>{told}</a:t></a:r></a:p>")
        };
        match texts.paragraphs.is_empty() {
            true => "<a:p><a:endParaRPr lang=\"ja-JP\"/></a:p>".to_owned(),
            false => texts.paragraphs.iter().map(paragraph).collect(),
        }
    }

    fn words(&mut self, words: &Words) {
        let (left, top, right, bottom) = words.bounds();
        let texts = Texts {
            paragraphs: words.lines.iter().map(|line| (line.clone(), false)).collect(),
            font: words.font,
            color: words.color,
            align: match words.anchor {
                Anchor::Start => "l",
                Anchor::Middle => "ctr",
                Anchor::End => "r",
            },
            is_centered: true,
        };
        self.text_at((left, top), (right - left, bottom - top), &texts, false);
    }

    /// A text by itself; where it lies on an arrow, on paper.
    pub(super) fn text_at(
        &mut self,
        at: Point,
        size: (f64, f64),
        texts: &Texts,
        is_on_paper: bool,
    ) {
        let number = self.next();
        let (place, body) = (self.place(at, size), self.paragraphs(texts));
        let fill = if is_on_paper { solid(ink::PAPER) } else { "<a:noFill/>".to_owned() };
        self.shapes += &format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{number}\" name=\"text {number}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr>\
             <p:spPr><a:xfrm>{place}</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{fill}</p:spPr><p:txBody>\
             <a:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"/><a:lstStyle/>{body}</p:txBody></p:sp>"
        );
    }

    fn mark(&mut self, mark: &Mark) {
        let (form, color): (&str, Color) = match mark.is_diamond {
            true => ("diamond", ink::PROGRAM),
            false => ("ellipse", ink::ROLE),
        };
        let texts = Texts {
            paragraphs: Some((mark.text.clone(), false))
                .filter(|it| !it.0.is_empty())
                .into_iter()
                .collect(),
            font: Font::bold(11.0),
            color: ink::PAPER,
            align: "ctr",
            is_centered: true,
        };
        let look = format!("{}<a:ln w=\"9525\">{}</a:ln>", solid(color), solid(ink::PAPER));
        let at = (mark.at.0 - mark.radius, mark.at.1 - mark.radius);
        let size = (2.0 * mark.radius, 2.0 * mark.radius);
        let number = self.next();
        let (place, name, body) =
            (self.place(at, size), attribute(&mark.name), self.paragraphs(&texts));
        self.shapes += &format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{number}\" name=\"{name}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{place}\
             </a:xfrm><a:prstGeom prst=\"{form}\"><a:avLst/></a:prstGeom>{look}</p:spPr><p:txBody><a:bodyPr wrap=\"none\" lIns=\"0\" \
             tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"/><a:lstStyle/>{body}</p:txBody></p:sp>"
        );
    }

    fn line(&mut self, line: &Line) {
        let number = self.next();
        let geometry = self.geometry(&line.way);
        let fill = line.fill.map_or("<a:noFill/>".to_owned(), solid);
        let stroke = match line.stroke {
            None => "<a:ln><a:noFill/></a:ln>".to_owned(),
            Some((color, width)) => {
                let head = if line.is_arrow { "<a:tailEnd type=\"triangle\"/>" } else { "" };
                let width = self.length(width);
                format!(
                    "<a:ln w=\"{width}\">{}{}<a:round/>{head}</a:ln>",
                    solid(color),
                    dashes(line.dash)
                )
            }
        };
        self.shapes += &format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{number}\" name=\"line {number}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{geometry}\
             {fill}{stroke}</p:spPr></p:sp>"
        );
    }

    /// The place and the form of a way.
    fn geometry(&self, way: &[Segment]) -> String {
        let points: Vec<Point> = way.iter().flat_map(Segment::points).collect();
        let least = |pick: fn(&Point) -> f64| points.iter().map(pick).fold(f64::INFINITY, f64::min);
        let most = |pick: fn(&Point) -> f64| points.iter().map(pick).fold(0.0, f64::max);
        let (left, top) = (least(|it| it.0), least(|it| it.1));
        let size = (most(|it| it.0) - left, most(|it| it.1) - top);
        let point = |(x, y): &Point| {
            format!("<a:pt x=\"{}\" y=\"{}\"/>", self.length(x - left), self.length(y - top))
        };
        let mut path = String::new();
        for segment in way {
            let points: String = segment.points().iter().map(point).collect();
            path += &match segment {
                Segment::Move(_) => format!("<a:moveTo>{points}</a:moveTo>"),
                Segment::Line(_) => format!("<a:lnTo>{points}</a:lnTo>"),
                Segment::Curve(..) => format!("<a:cubicBezTo>{points}</a:cubicBezTo>"),
                Segment::Close => "<a:close/>".to_owned(),
            };
        }
        let place = self.place((left, top), size);
        let (width, height) = (self.length(size.0).max(1), self.length(size.1).max(1));
        format!(
            "<a:xfrm>{place}</a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>\
             <a:pathLst><a:path w=\"{width}\" h=\"{height}\">{path}</a:path></a:pathLst></a:custGeom>"
        )
    }
}

pub(super) fn solid(color: Color) -> String {
    format!("<a:solidFill><a:srgbClr val=\"{color}\"/></a:solidFill>")
}

pub(super) fn dashes(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "",
        Dash::Dashed => "<a:prstDash val=\"dash\"/>",
        Dash::Dotted => "<a:prstDash val=\"sysDot\"/>",
    }
}

/// The items of a box, each as one paragraph.
fn paragraphs(lines: &[Entry]) -> Vec<(String, bool)> {
    let mut items: Vec<(Vec<String>, bool)> = Vec::new();
    for line in lines {
        match items.last_mut() {
            Some((item, _)) if !line.is_first => item.push(line.text.clone()),
            _ => items.push((vec![line.text.clone()], line.is_first)),
        }
    }
    items.into_iter().map(|(lines, is_item)| (joined(&lines), is_item)).collect()
}

/// Lines as one: with a blank between words, with none between Japanese letters.
pub(super) fn joined(lines: &[String]) -> String {
    let mut all = String::new();
    for line in lines {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        if is_word(all.chars().last()) && is_word(line.chars().next()) {
            all.push(' ');
        }
        all += line;
    }
    all
}
