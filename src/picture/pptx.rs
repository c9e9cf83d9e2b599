//! Writes pictures as a slide (PresentationML, ECMA-376 part 1): shapes that can be moved and edited, texts as
//! texts, arrows as connectors tied to their boxes.

use super::text::Font;
use super::{
    Anchor, Arrow, BULLET, Color, Dash, Entry, Fill, HEAD, ITEM, LABEL, Line, Mark, PAD, Picture,
    Point, Segment, Shape, Words, ink,
};
use crate::lang::Lang;
use crate::office::{Package, Relationship, attribute, text};

/// A slide of 16:9, in English Metric Units: 914,400 to the inch.
const SLIDE: (f64, f64) = (12_192_000.0, 6_858_000.0);
/// A pixel, of which 96 make an inch.
const PIXEL: f64 = 9525.0;

const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

const NO_GROUP: &str =
    "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>";

/// Writes a picture as a presentation of one slide, as large as it fits.
pub fn write(picture: &Picture) -> Vec<u8> {
    const MAIN: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
    const SLIDE_TYPE: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.slide+xml";
    const LAYOUT: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml";
    const MASTER: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml";
    const THEME: &str = "application/vnd.openxmlformats-officedocument.theme+xml";
    let mut package = Package::default();
    package.relate("", "", &[Relationship::to("r1", "officeDocument", "ppt/presentation.xml")]);
    let (width, height) = SLIDE;
    package.part(
        "ppt/presentation.xml",
        MAIN,
        &format!(
            "<p:presentation {NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"r1\"/></p:sldMasterIdLst>\
             <p:sldIdLst><p:sldId id=\"256\" r:id=\"r2\"/></p:sldIdLst><p:sldSz cx=\"{width}\" cy=\"{height}\"/>\
             <p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
        ),
    );
    package.relate(
        "ppt",
        "presentation.xml",
        &[
            Relationship::to("r1", "slideMaster", "slideMasters/slideMaster1.xml"),
            Relationship::to("r2", "slide", "slides/slide1.xml"),
            Relationship::to("r3", "theme", "theme/theme1.xml"),
        ],
    );
    package.part("ppt/slides/slide1.xml", SLIDE_TYPE, &Slide::of(picture).write(picture));
    let layout = [Relationship::to("r1", "slideLayout", "../slideLayouts/slideLayout1.xml")];
    package.relate("ppt/slides", "slide1.xml", &layout);
    let empty = format!("<p:cSld><p:spTree>{NO_GROUP}</p:spTree></p:cSld>");
    package.part(
        "ppt/slideLayouts/slideLayout1.xml",
        LAYOUT,
        &format!(
            "<p:sldLayout {NAMESPACES} type=\"blank\">{empty}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        ),
    );
    let master = [Relationship::to("r1", "slideMaster", "../slideMasters/slideMaster1.xml")];
    package.relate("ppt/slideLayouts", "slideLayout1.xml", &master);
    package.part(
        "ppt/slideMasters/slideMaster1.xml",
        MASTER,
        &format!(
            "<p:sldMaster {NAMESPACES}>{empty}<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
             accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" \
             hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"r1\"/>\
             </p:sldLayoutIdLst></p:sldMaster>"
        ),
    );
    let below = [
        Relationship::to("r1", "slideLayout", "../slideLayouts/slideLayout1.xml"),
        Relationship::to("r2", "theme", "../theme/theme1.xml"),
    ];
    package.relate("ppt/slideMasters", "slideMaster1.xml", &below);
    package.part("ppt/theme/theme1.xml", THEME, &theme());
    package.finish()
}

/// The colours and fonts that further shapes take.
fn theme() -> String {
    let names = [
        "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5",
        "accent6",
    ];
    let colors = [
        "000000",
        ink::PAPER,
        ink::TITLE,
        ink::TINT,
        ink::ROLE,
        ink::STAGE,
        ink::PROGRAM,
        ink::REGION,
        ink::ARROW,
        ink::RULE,
    ];
    let links = [("hlink", ink::ROLE), ("folHlink", ink::PROGRAM)];
    let scheme: String = names
        .into_iter()
        .zip(colors)
        .chain(links)
        .map(|(name, color)| format!("<a:{name}><a:srgbClr val=\"{color}\"/></a:{name}>"))
        .collect();
    let font = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"Yu Gothic\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}</a:ln>");
    format!(
        "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"medclust\"><a:themeElements>\
         <a:clrScheme name=\"medclust\">{scheme}</a:clrScheme><a:fontScheme name=\"medclust\"><a:majorFont>{font}</a:majorFont>\
         <a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name=\"medclust\"><a:fillStyleLst>{fill}{fill}{fill}\
         </a:fillStyleLst><a:lnStyleLst>{line}{line}{line}</a:lnStyleLst><a:effectStyleLst>{effect}{effect}{effect}\
         </a:effectStyleLst><a:bgFillStyleLst>{fill}{fill}{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>",
        effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    )
}

/// A slide that is being written.
struct Slide {
    /// How many units a pixel has, and where the picture begins.
    scale: f64,
    origin: Point,
    lang: Lang,
    /// The number of the last shape.
    last: usize,
    shapes: String,
}

/// Texts of a shape.
struct Texts {
    paragraphs: Vec<(String, bool)>,
    font: Font,
    color: Color,
    align: &'static str,
    /// Whether it stands in the middle of its height.
    is_centered: bool,
}

impl Slide {
    fn of(picture: &Picture) -> Self {
        let (width, height) = picture.size;
        let scale = (SLIDE.0 / width).min(SLIDE.1 / height).min(PIXEL * 1.4);
        let origin = ((SLIDE.0 - width * scale) / 2.0, (SLIDE.1 - height * scale) / 2.0);
        Slide { scale, origin, lang: picture.lang, last: 1, shapes: String::new() }
    }

    fn write(mut self, picture: &Picture) -> String {
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

    fn next(&mut self) -> usize {
        self.last += 1;
        self.last
    }

    fn length(&self, pixels: f64) -> i64 {
        (pixels * self.scale).round() as i64
    }

    fn place(&self, (x, y): Point, (width, height): (f64, f64)) -> String {
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

    /// An arrow: straight connectors from its box over each bend and its label to the other box, each tied to
    /// what it joins.
    fn arrow(&mut self, arrow: &Arrow, ends: [(usize, &Shape); 2]) {
        let label = self.label(arrow);
        let bends = bends(arrow);
        let mut last: Option<Joint> = None;
        let mut joints = Vec::new();
        for bend in &bends {
            joints.push(match (bend, label) {
                (Bend::Label, Some(joint)) => joint,
                (Bend::Label, None) => continue,
                (Bend::Point(point), _) => {
                    Joint { number: self.bend(*point), bounds: (*point, (0.0, 0.0)) }
                }
            });
        }
        let [start, end] =
            ends.map(|(number, shape)| Joint { number, bounds: (shape.at, shape.size) });
        let all: Vec<Joint> = std::iter::once(start).chain(joints).chain([end]).collect();
        let name = joined(&arrow.label);
        let count = all.len();
        for (place, joint) in all.into_iter().enumerate() {
            if let Some(from) = last {
                let heads = (arrow.is_both && place == 1, place + 1 == count);
                self.connector(&name, [from, joint], arrow.dash, heads);
            }
            last = Some(joint);
        }
    }

    fn connector(&mut self, name: &str, [from, to]: [Joint; 2], dash: Dash, heads: (bool, bool)) {
        let number = self.next();
        let [start, end] = [(from, to), (to, from)].map(|(one, other)| one.site(other.middle()));
        let ((x1, y1), (x2, y2)) = (start.1, end.1);
        let place = self.place((x1.min(x2), y1.min(y2)), ((x1 - x2).abs(), (y1 - y2).abs()));
        let flip = |is: bool, name: &str| if is { format!(" {name}=\"1\"") } else { String::new() };
        let flips = format!("{}{}", flip(x1 > x2, "flipH"), flip(y1 > y2, "flipV"));
        let head = |is: bool, name: &str| match is {
            true => format!("<a:{name} type=\"triangle\"/>"),
            false => String::new(),
        };
        let (color, name) = (solid(ink::ARROW), attribute(name));
        let width = self.length(1.4);
        self.shapes += &format!(
            "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"{number}\" name=\"{name}\"/><p:cNvCxnSpPr><a:stCxn id=\"{}\" idx=\"{}\"/>\
             <a:endCxn id=\"{}\" idx=\"{}\"/></p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm{flips}>{place}</a:xfrm>\
             <a:prstGeom prst=\"straightConnector1\"><a:avLst/></a:prstGeom><a:ln w=\"{width}\">{color}{}<a:round/>{}{}</a:ln></p:spPr></p:cxnSp>",
            from.number,
            start.0,
            to.number,
            end.0,
            dashes(dash),
            head(heads.0, "headEnd"),
            head(heads.1, "tailEnd"),
        );
    }

    /// A bend that connectors are tied to, too small to be seen; returns its number.
    fn bend(&mut self, at: Point) -> usize {
        let number = self.next();
        let place = self.place(at, (0.0, 0.0));
        let fill = solid(ink::ARROW);
        self.shapes += &format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{number}\" name=\"bend {number}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{place}\
             </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        );
        number
    }

    /// The label of an arrow; returns its number and where it is.
    fn label(&mut self, arrow: &Arrow) -> Option<Joint> {
        if arrow.label.is_empty() {
            return None;
        }
        let width = arrow.label.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max) + 4.0;
        let height = arrow.label.len() as f64 * LABEL.height();
        let (x, y) = arrow.label_at;
        let texts = Texts {
            paragraphs: arrow.label.iter().map(|line| (line.clone(), false)).collect(),
            font: LABEL,
            color: ink::TEXT,
            align: "ctr",
            is_centered: true,
        };
        let (at, size) = ((x - width / 2.0, y - height / 2.0), (width, height));
        self.text_at(at, size, &texts, true);
        Some(Joint { number: self.last, bounds: (at, size) })
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
    fn text_at(&mut self, at: Point, size: (f64, f64), texts: &Texts, is_on_paper: bool) {
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

fn solid(color: Color) -> String {
    format!("<a:solidFill><a:srgbClr val=\"{color}\"/></a:solidFill>")
}

fn dashes(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "",
        Dash::Dashed => "<a:prstDash val=\"dash\"/>",
        Dash::Dotted => "<a:prstDash val=\"sysDot\"/>",
    }
}

/// What a connector is tied to.
#[derive(Clone, Copy)]
struct Joint {
    number: usize,
    /// Its top left corner, its width and height.
    bounds: (Point, (f64, f64)),
}

impl Joint {
    fn middle(self) -> Point {
        let ((left, top), (width, height)) = self.bounds;
        (left + width / 2.0, top + height / 2.0)
    }

    /// The site that faces a point (above, at the left, below or at the right), and where it is.
    fn site(self, (x, y): Point) -> (usize, Point) {
        let ((left, top), (width, height)) = self.bounds;
        let (middle, center) = self.middle();
        let sites = [(middle, top), (left, center), (middle, top + height), (left + width, center)];
        let distance = |(at, to): (f64, f64)| (at - x).hypot(to - y);
        let nearest =
            (0..4).min_by(|one, other| distance(sites[*one]).total_cmp(&distance(sites[*other])));
        let nearest = nearest.unwrap_or_default();
        (nearest, sites[nearest])
    }
}

/// Where an arrow bends.
enum Bend {
    Point(Point),
    Label,
}

/// The places between the boxes of an arrow where it passes ranks, its label among them.
fn bends(arrow: &Arrow) -> Vec<Bend> {
    let inner = arrow.way.get(1..arrow.way.len().saturating_sub(1)).unwrap_or_default();
    let points: Vec<Point> = inner.iter().filter_map(|it| it.points().last().copied()).collect();
    let mut bends = Vec::new();
    let near = |(x, y): Point| (x - arrow.label_at.0).hypot(y - arrow.label_at.1);
    let at_label =
        (0..points.len()).min_by(|one, other| near(points[*one]).total_cmp(&near(points[*other])));
    let reach = LABEL.height() * 1.2 * arrow.label.len().max(1) as f64 + 70.0;
    for (number, point) in points.iter().enumerate() {
        if !arrow.label.is_empty() && near(*point) < reach {
            if Some(number) == at_label {
                bends.push(Bend::Label);
            }
        } else {
            bends.push(Bend::Point(*point));
        }
    }
    bends
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
fn joined(lines: &[String]) -> String {
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
