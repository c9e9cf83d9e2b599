//! Routes beside the stages of development: what they pass over, `--stage-by-stage`, and `--who`.

use serde_json::Value;

use crate::harness::{command, each, finish, found, ids, json, run, text};

/// The stages of the atlas of the tests, in the order of development.
const STAGES: [&str; 7] = [
    "clinical-need",
    "research-idea",
    "research-and-development",
    "clinical-research",
    "review",
    "approval",
    "market-development",
];

fn not_passed(line: &str) -> Vec<String> {
    let answer = json(line);
    let ids = answer["routes"][0]["stages_not_passed"].as_array().expect("a list").iter();
    ids.map(|id| id.as_str().expect("an id").to_owned()).collect()
}

fn at_80(line: &str) -> String {
    let mut command = command(line.split_whitespace());
    command.env("COLUMNS", "80");
    finish(command).found()
}

#[test]
fn a_way_past_the_stages_says_which_it_passes_over() {
    assert_eq!(not_passed("path 国循 販路開拓"), STAGES[..6]);
    let page = found("path 国循 販路開拓");
    assert!(page.contains("Stages not passed: Needs from the point of use; "), "{page}");
    assert!(page.contains("not the course of development"), "{page}");
    let page = found("path 国循 販路開拓 --lang ja");
    assert!(page.contains("経ていない段階: 利用現場のニーズ、"), "{page}");
    assert_eq!(not_passed("path 国循 承認取得"), STAGES[..3]);
    assert_eq!(not_passed("path needs market"), [""; 0], "since the stage where it begins");
    assert_eq!(not_passed("path ncvc umn"), [""; 0], "it reaches no stage");
    assert!(!found("path needs market").contains("tages"));
}

#[test]
fn stage_by_stage_passes_every_stage_from_the_first() {
    let route = ids("path 国循 販路開拓 --stage-by-stage");
    assert_eq!(route[0], "ncvc");
    assert_eq!(route[2..], STAGES[2..], "it does basic research in theme A");
    for (from, first) in
        [("medtronic", 2), ("osaka-university", 3), ("mayo-clinic", 0), ("needs", 0)]
    {
        let answer = json(&format!("path {from} market --stage-by-stage -k 3"));
        for route in answer["routes"].as_array().expect("a list") {
            let nodes = each(&route["nodes"], "/id");
            let passed = nodes.iter().map(|id| &**id).filter(|id| STAGES.contains(id));
            let since = STAGES[first..].iter().filter(|id| first > 0 || **id != "research-idea");
            assert!(passed.eq(since.copied()), "{from}: {nodes:?}");
        }
    }
    let page = found("path 国循 販路開拓 --stage-by-stage");
    assert!(
        page.contains("6 hops, stage by stage from Research and development: 1 of 4"),
        "{page}"
    );
    assert!(!page.contains("Shortest by hops"), "{page}");
    let any = json("path region:kansai market --stage-by-stage --via review");
    assert_eq!(any["routes"][0]["steps"].as_array().expect("steps").len(), 6);
}

#[test]
fn where_the_stages_lead_nowhere_it_is_told_why() {
    for (line, why) in [
        (
            "path 国循 販路開拓 --stage-by-stage --avoid 審査",
            "takes every stage from Research and development to Market development",
        ),
        (
            "path 販路開拓 審査 --stage-by-stage",
            "leads to no stage that leads on to Regulatory review",
        ),
        ("path 国循 販路開拓 --stage-by-stage --max-hops 5", "--max-hops 6 would give"),
        ("path 国循 販路開拓 --stage-by-stage --max-hops 5", "without --stage-by-stage would give"),
        ("path 国循 販路開拓 --stage-by-stage --basis stated", "leads to no stage"),
    ] {
        let none = run(line);
        assert_eq!((none.status, none.out.as_str()), (1, ""), "{line}");
        assert!(none.err.contains(why), "{line}: {}", none.err);
    }
    let refused = run("path 国循 umn --stage-by-stage").refused();
    assert!(refused.contains("University of Minnesota is none"), "{refused}");
}

#[test]
fn who_acts_is_told_apart_from_who_supports() {
    let line = "path 国循 販路開拓 --stage-by-stage --who";
    let answer = json(line);
    let stations = answer["routes"][0]["stages"].as_array().expect("it is asked for");
    assert_eq!(each(&Value::from(stations.clone()), "/stage/id"), STAGES[2..]);
    let trace = json("trace --region japan --from research-and-development");
    assert_eq!(answer["routes"][0]["place"], "japan");
    for (station, stage) in stations.iter().zip(trace["stages"].as_array().expect("a list")) {
        for key in ["stage", "actors", "supports"] {
            assert_eq!(station[key], stage[key], "as trace tells it");
        }
    }
    let at = |stage: &str| {
        stations.iter().find(|it| it["stage"]["id"] == stage).unwrap_or_else(|| panic!("{stage}"))
    };
    assert_eq!(text(at("approval"), "/actors/state"), "unknown");
    assert_eq!(text(at("clinical-research"), "/actors/state"), "named");
    let page = found(line);
    assert!(page.contains("Who acts and who supports in Japan"), "{page}");
    assert!(page.contains("WHO ACTS") && page.contains("WHO SUPPORTS"), "{page}");
    let approval = page.lines().find(|line| line.starts_with("Approval obtained"));
    assert!(approval.is_some_and(|line| line.contains("nothing is known")), "{page}");
    assert!(json("path 国循 販路開拓")["routes"][0]["stages"].is_null());
}

#[test]
fn sheets_tell_what_the_page_tells() {
    let rows = |line: &str| -> Vec<csv::StringRecord> {
        let text = found(&format!("{line} --format csv"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().collect::<Result<_, _>>().expect("it is CSV")
    };
    let cell = |rows: &[csv::StringRecord], row: usize, key: &str| -> String {
        let at = rows[0].iter().position(|it| it == key).unwrap_or_else(|| panic!("{key}"));
        rows[row][at].to_owned()
    };
    let plain = rows("path 国循 承認取得");
    let left_out = "clinical-need; research-idea; research-and-development";
    assert_eq!(cell(&plain, 1, "stages_not_passed"), left_out);
    assert!(cell(&plain, 1, "stages_not_passed_ja").starts_with("利用現場のニーズ; "));
    assert!(!plain[0].iter().any(|key| key == "actors"));
    let who = rows("path 国循 承認取得 --who");
    assert_eq!(who.len(), plain.len());
    assert_eq!(cell(&who, 1, "actors_state"), "", "the first hop leads to a role");
    assert_eq!(cell(&who, 3, "to"), "review");
    assert_eq!(cell(&who, 3, "actors"), "", "who acts in Minnesota does not act for Japan");
    assert!(cell(&who, 3, "supports").contains("priority-review"));
    assert_eq!(cell(&who, 4, "actors_state"), "unknown");
    let abroad = rows("path medtronic 承認取得 --who");
    assert_eq!(cell(&abroad, 4, "to"), "review");
    assert_eq!(cell(&abroad, 4, "actors"), "gray-plant-mooty; rcri");
    assert_eq!(cell(&abroad, 4, "actors_en"), "Gray Plant Mooty; RCRI, Inc.");
    assert_eq!(cell(&abroad, 4, "supports"), "", "what supports in Japan does not in Minnesota");
    let begins = rows("path needs research-and-development --who");
    assert_eq!(cell(&begins, 1, "hop"), "0", "who is where it begins is told too");
    assert!(cell(&begins, 1, "actors").contains("mayo-clinic"));
}

#[test]
fn a_narrow_page_holds_them() {
    for lang in ["en", "ja"] {
        for (name, line) in [
            ("past", "path 国循 販路開拓"),
            ("who", "path 国循 販路開拓 --stage-by-stage --who"),
            ("far", "path mayo-clinic osaka-university"),
        ] {
            let page = at_80(&format!("{line} --lang {lang}"));
            let is_narrow =
                page.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80);
            assert!(is_narrow, "{page}");
            insta::assert_snapshot!(format!("{name}_at_80_{lang}"), page);
        }
    }
}
