//! `medclust draw`: pictures of answers, as SVG and as slides.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use zip::ZipArchive;

use crate::harness::{Folder, json, medclust, medclust_in, run, text};

/// The texts of an SVG, one for each element, and the names of its elements.
fn read(svg: &str) -> (Vec<String>, BTreeSet<String>) {
    let mut reader = Reader::from_str(svg);
    let (mut texts, mut names) = (Vec::new(), BTreeSet::new());
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Start(start) => {
                names.insert(start.name().as_ref().to_owned());
                texts.push(String::new());
            }
            Event::Empty(start) => {
                names.insert(start.name().as_ref().to_owned());
            }
            Event::Text(text) => {
                let text = text.to_string();
                texts.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", &*entity);
                let text = quick_xml::escape::unescape(&entity).unwrap().into_owned();
                texts.last_mut().unwrap().push_str(&text);
            }
            Event::End(_) => texts.push(String::new()),
            Event::Eof => return (texts, names),
            _ => {}
        }
    }
}

const PICTURES: [&str; 8] = [
    "minnesota",
    "incubation-hub",
    "path ncvc approval -k 3",
    "trace --region minnesota",
    "trace",
    "compare kansai minnesota",
    "around mayo-clinic",
    "ncvc",
];

#[test]
fn every_picture_is_xml_with_a_title_a_legend_and_its_sources() {
    const KNOWN: [&str; 11] =
        ["svg", "title", "defs", "marker", "path", "pattern", "rect", "g", "text", "circle", "x"];
    for picture in PICTURES {
        for (lang, sources, legend) in [
            ("en", "Sources: ", ["stated by the source", "inferred"]),
            ("ja", "出典: ", ["出典に明記", "推定"]),
        ] {
            let drawn = run(&format!("draw {picture} --lang {lang}")).found();
            let (texts, names) = read(&drawn);
            assert!(names.iter().all(|it| KNOWN.contains(&&**it)), "{picture}: {names:?}");
            assert!(texts.iter().any(|it| it.starts_with(sources)), "{picture}");
            let is_told = |it: &String| legend.iter().any(|legend| it.contains(legend));
            assert!(texts.iter().any(is_told), "{picture}");
            assert!(texts[0].trim().is_empty() && !texts[1].is_empty(), "a title: {picture}");
        }
    }
}

#[test]
fn a_picture_is_the_answer_of_its_command_drawn() {
    for (draw, line) in [
        ("draw trace --region minnesota", "trace --region minnesota"),
        ("draw path ncvc approval -k 3", "path ncvc approval -k 3"),
        ("draw compare kansai minnesota", "compare kansai minnesota"),
        ("draw around ncvc", "show ncvc"),
        ("draw ncvc", "show ncvc"),
    ] {
        assert_eq!(run(draw).found(), run(&format!("{line} --format svg")).found(), "{draw}");
    }
    let routes = json("path ncvc approval -k 3");
    let (texts, _) = read(&run("draw path ncvc approval -k 3 --lang ja").found());
    for node in
        routes["routes"].as_array().unwrap().iter().flat_map(|it| it["nodes"].as_array().unwrap())
    {
        assert!(texts.iter().any(|it| it == text(node, "/id")), "{node}");
    }
}

/// Every role of the slide, whoever plays it, and every flow between them.
#[test]
fn minnesota_is_drawn_whole() {
    let scene = json("draw minnesota");
    let roles: Vec<&str> =
        scene["boxes"].as_array().unwrap().iter().map(|it| text(it, "/node/id")).collect();
    for role in ["medical-company", "industry-association", "gap-fund", "engineering-research"] {
        assert!(roles.contains(&role), "{role}: {roles:?}");
    }
    let players: BTreeSet<&str> = scene["boxes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|it| it["players"].as_array().unwrap())
        .map(|it| text(it, "/from"))
        .collect();
    let (texts, _) = read(&run("draw minnesota --lang en").found());
    let whole = texts.concat();
    for player in players {
        let node = json(&format!("show {player}"));
        let name = node["name"]["en"].as_str().or(node["name"]["ja"].as_str()).unwrap();
        let name = name.trim_end_matches(" (Minnesota)");
        // Names are broken into lines.
        let joined = |text: &str| text.split_whitespace().collect::<String>();
        assert!(joined(&whole).contains(&joined(name)), "{name}");
    }
    let flows = json("list relations --region minnesota");
    let between: Vec<&Value> = flows
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| {
            text(it, "/from").ends_with("@minnesota") && text(it, "/to").ends_with("@minnesota")
        })
        .collect();
    let drawn = scene["relations"].as_array().unwrap();
    for flow in between {
        assert!(drawn.contains(flow), "{flow}");
    }
}

const HOSTILE: &str = "sources: [{id: s, title: '</svg><script>alert(1)</script>'}]\n\
    organizations:\n  - {id: a, name: {en: \"<b>&\\\"'\\u202e]]>\\u0007 =1+1\"}, sources: [s]}\n\
    \x20 - {id: b, name: {en: 'onload=\"x\"'}, sources: [s]}\n\
    relations: [{kind: supplies, from: a, to: b, sources: [s]}]\n";

#[test]
fn names_cannot_break_out() {
    let folder = Folder::with("a.yaml", HOSTILE);
    let drawn = medclust(["--data", folder.typed(), "draw", "a", "--lang", "en"]).found();
    let (texts, names) = read(&drawn);
    assert!(!names.contains("script") && !names.contains("b"), "{names:?}");
    assert!(!drawn.contains('\u{202e}') && !drawn.contains('\u{7}'));
    assert!(texts.iter().any(|it| it.contains("<b>&\"']]> =1+1")), "{texts:?}");
}

fn parts(path: &Path) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|it| it.unwrap().into_owned()).collect();
    let part = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(part).collect()
}

#[test]
fn connectors_of_a_slide_are_tied_to_its_shapes() {
    let at = tempfile::tempdir().unwrap();
    for picture in PICTURES {
        let words: Vec<&str> =
            ["draw"].into_iter().chain(picture.split(' ')).chain(["-o", "x.pptx"]).collect();
        let run = medclust_in(at.path(), &words);
        assert_eq!((run.status, &*run.err), (0, "x.pptx: written\n"), "{picture}");
        let all = parts(&at.path().join("x.pptx"));
        let slide = &all.iter().find(|(name, _)| name == "ppt/slides/slide1.xml").unwrap().1;
        let mut reader = Reader::from_str(slide);
        let (mut shapes, mut tied, mut connectors) = (Vec::new(), Vec::new(), 0);
        loop {
            match reader.read_event().unwrap_or_else(|it| panic!("{picture}: {it}")) {
                Event::Start(it) | Event::Empty(it) => {
                    let id = it.try_get_attribute("id").unwrap().map(|it| it.value.to_string());
                    match it.name().as_ref() {
                        "p:cNvPr" => shapes.extend(id),
                        "a:stCxn" | "a:endCxn" => tied.extend(id),
                        "p:cxnSp" => connectors += 1,
                        _ => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let known: BTreeSet<&String> = shapes.iter().collect();
        assert_eq!(known.len(), shapes.len(), "each number once: {picture}");
        assert!(tied.iter().all(|it| known.contains(it)), "{picture}");
        assert_eq!(tied.len(), 2 * connectors, "{picture}");
        assert_eq!(
            connectors > 0,
            !picture.starts_with("trace") && !picture.starts_with("compare")
        );
    }
}

#[test]
fn what_has_no_picture_says_so() {
    for (line, told) in [
        ("list --format svg", "this answer has no picture"),
        ("show ncvc umn --format svg", "this answer has no picture"),
        ("stats --format pptx", "this answer has no picture"),
        ("draw compare ncvc umn mayo-clinic medtronic --by relation -o x.foo", "tells no format"),
        ("draw nowhere", "there is no node"),
        ("draw path ncvc approval --format sarif", "sarif"),
    ] {
        let refused = run(line).refused();
        assert!(refused.contains(told), "{line}: {refused}");
    }
    let silent = run("draw path approval needs");
    assert_eq!((silent.status, &*silent.out), (1, ""), "{silent:?}");
    let at = tempfile::tempdir().unwrap();
    let many: String =
        (0..70).map(|it| format!("  - {{id: o{it}, name: {{en: O{it}}}, region: r}}\n")).collect();
    std::fs::write(
        at.path().join("a.yaml"),
        format!("regions: [{{id: r, name: {{en: R}}}}]\norganizations:\n{many}"),
    )
    .unwrap();
    let refused = medclust_in(at.path(), &["--data", "a.yaml", "draw", "r"]).refused();
    assert!(refused.contains("70 boxes are more than a picture can show (60)"), "{refused}");
}
