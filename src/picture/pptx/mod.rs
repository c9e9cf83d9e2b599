//! Writes pictures as a slide (PresentationML, ECMA-376 part 1): shapes that can be moved and edited, texts as
//! texts, arrows as connectors tied to their boxes.

mod arrow;
mod slide;

use super::{Picture, ink};
use crate::office::{Package, Relationship};
use slide::Slide;

/// A slide of 16:9, in English Metric Units: 914,400 to the inch.
const SLIDE: (f64, f64) = (12_192_000.0, 6_858_000.0);

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
