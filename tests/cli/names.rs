//! Naming a node: exact beats folded beats unique prefix; otherwise nothing is guessed.

use crate::harness::{Folder, found, ids, json, medclust, run};

/// The id of what is shown under a name.
fn shown(name: &str) -> String {
    medclust(["show", "--format", "ids", name]).found().trim_end().to_owned()
}

#[test]
fn any_name_serves() {
    for (name, id) in [
        ("ncvc", "ncvc"),
        ("organization:ncvc", "ncvc"),
        ("国循", "ncvc"),
        ("組織:国循", "ncvc"),
        ("組織：国循", "ncvc"),
        ("地域:国循", ""),
        ("国立循環器病センター", "ncvc"),
        ("国立循環器病研究センター", "ncvc"),
        ("medical-research@minnesota", "medical-research@minnesota"),
        ("role:medical-research@minnesota", "medical-research@minnesota"),
        ("医学系研究機関・大学@ミネソタ州", "medical-research@minnesota"),
        ("stage:審査", "review"),
        ("region:Minnesota", "minnesota"),
        ("program:スーパー特区", "super-tokku"),
    ] {
        if id.is_empty() {
            run(&format!("show {name}")).refused();
        } else {
            assert_eq!(shown(name), id, "{name}");
        }
    }
}

#[test]
fn names_are_folded() {
    for (name, id) in [
        ("二プロ", "nipro"),
        ("ニプロ", "nipro"),
        ("ﾆﾌﾟﾛ", "nipro"),
        ("にぷろ", "nipro"),
        ("ニプロ株式会社", "nipro"),
        ("株式会社 ニプロ", "nipro"),
        ("NIPRO", "nipro"),
        ("Nipro, Inc.", "nipro"),
        ("ＮＩＰＲＯ", "nipro"),
        ("St Jude Medical", "st-jude-medical"),
        ("メイヨー・クリニック", "mayo-clinic"),
        ("メイヨークリニック", "mayo-clinic"),
        ("大阪大學", "osaka-university"),
        ("臨床研究 治験", "clinical-research"),
        ("メドトロ二ック", "medtronic"),
    ] {
        assert_eq!(shown(name), id, "{name}");
    }
}

#[test]
fn a_unique_beginning_serves() {
    assert_eq!(shown("カリフォルニア"), "california");
    assert_eq!(shown("Gray Pl"), "gray-plant-mooty");
}

const NAMES: &str = "organizations:
  - {id: alpha, name: {en: Enshu, ja: 遠州}}
  - {id: beta, name: {en: ENSHU, ja: 遠州大学}}
  - {id: gamma, name: {en: Enshu Optics}, aliases: [光学]}
  - {id: delta, name: {en: Delta One}, aliases: [光学]}
  - {id: epsilon, name: {en: Delta Two}}
programs:
  - {id: course, name: {en: Delta}}
";

#[test]
fn exact_beats_folded_beats_unique_prefix() {
    let folder = Folder::with("names.yaml", NAMES);
    let show = |name: &str| folder.run(&format!("show {name} --format ids"));
    assert_eq!(show("Enshu").found(), "alpha\n", "exact, though others fold alike");
    assert_eq!(show("ENSHU").found(), "beta\n");
    assert_eq!(show("遠州").found(), "alpha\n", "exact, though another begins so");
    assert_eq!(show("delta").found(), "delta\n", "an id");
    assert_eq!(show("Delta").found(), "course\n", "a name");
    assert_eq!(show("DELTA").refused().lines().count(), 3, "folded: an id and a name");
    assert_eq!(show("program:DELTA").found(), "course\n", "the kind tells");
    assert_eq!(show("遠州大").found(), "beta\n", "a unique beginning");
    assert_eq!(show("alph").found(), "alpha\n", "the beginning of an id");
}

#[test]
fn several_matches_list_their_candidates() {
    let folder = Folder::with("names.yaml", NAMES);
    for (name, candidates) in [
        ("enshu", vec!["alpha", "beta"]),
        ("光学", vec!["gamma", "delta"]),
        ("delta-", vec!["delta", "course"]),
        ("ensh", vec!["alpha", "beta", "gamma"]),
    ] {
        let err = folder.run(&format!("show {name}")).refused();
        let listed: Vec<_> =
            err.lines().skip(1).filter_map(|it| it.split_whitespace().next()).collect();
        assert_eq!(listed, candidates, "{name}: {err}");
    }
}

#[test]
fn candidates_for_people() {
    insta::assert_snapshot!("candidates_en", run("show 九州").refused());
    insta::assert_snapshot!("candidates_ja", run("show 九州 --lang ja").refused());
    insta::assert_snapshot!("nearest_en", run("path medtornic 承認取得").refused());
}

#[test]
fn no_match_lists_the_nearest() {
    for (name, nearest) in [
        ("medtornic", "medtronic"),
        ("mayo-clinik", "mayo-clinic"),
        ("medical-research@minesotta", "minnesota"),
        ("region:minesotta", "minnesota"),
    ] {
        let err = run(&format!("show {name}")).refused();
        assert!(err.contains(name), "{name}: {err}");
        let listed = err.lines().skip(1).any(|line| line.trim_start().starts_with(nearest));
        assert!(listed, "{name}: {err}");
    }
    assert!(run("show qqqqqqqq").refused().contains("medclust list nodes"));
}

#[test]
fn a_name_of_another_kind_is_told_with_who_takes_it() {
    for (line, told, takes) in [
        ("gaps 承認取得", "a stage, not a region", "list --stage approval"),
        ("compare 承認取得 審査", "a stage, not a region", "list --stage approval"),
        ("trace --region 国循", "an organization, not a region", "--organization ncvc"),
        ("risk --program ミネソタ州", "a region, not a program", "--region minnesota"),
        ("list --region 国循", "an organization, not a region", "--around ncvc"),
        ("list --role minnesota", "a region, not a role", "--region minnesota"),
        ("trace --from ギャップファンド", "a role, not a stage", "list --role gap-fund"),
    ] {
        let err = run(line).refused();
        assert!(err.contains(told) && err.contains(takes), "{line}: {err}");
        let err = run(&format!("{line} --lang ja")).refused();
        assert!(err.contains("ではありません") && err.contains(takes), "{line}: {err}");
    }
    // Two are called that, and neither is a stage.
    let err = run("trace --to 大阪府").refused();
    assert!(err.contains("osaka-prefectural-government") && err.contains("\n  osaka "), "{err}");
}

#[test]
fn an_option_that_takes_one_kind_means_the_one_of_that_kind() {
    let of = |line: &str| json(line)["scope"]["id"].as_str().map(str::to_owned);
    assert_eq!(of("trace --region 大阪府").as_deref(), Some("osaka"));
    let government = Some("osaka-prefectural-government");
    assert_eq!(of("trace --organization 大阪府").as_deref(), government);
}

#[test]
fn words_of_tables_serve_as_they_are_printed() {
    for (line, same) in [
        ("list --type 病院", "list --type hospital"),
        ("list --type Hospital", "list --type hospital"),
        ("list --type Fund", "list --type fund"),
        ("list --basis 推定", "list --basis inferred"),
        ("list --basis !明記 --basis !推定", "list --basis curated"),
        ("list 地域", "list regions"),
        ("path 国循 承認取得 --follow 支援", "path ncvc approval --follow supports"),
    ] {
        assert_eq!(ids(line), ids(same), "{line}");
    }
    assert_eq!(
        found("compare minnesota incubation-hub --by 段階"),
        found("compare minnesota incubation-hub --by stage")
    );
    assert!(
        run("path ncvc umn --basis !stated --basis !inferred --basis !curated")
            .refused()
            .contains("no basis")
    );
}

#[test]
fn every_question_proposes_what_show_proposes() {
    let proposed = run("show medtornic").refused();
    for line in [
        "path medtornic umn",
        "path umn medtornic",
        "risk umn medtornic",
        "list --around medtornic",
    ] {
        assert_eq!(run(line).refused(), proposed, "{line}");
    }
}

#[test]
fn a_role_is_sought_only_where_it_is_spoken_of() {
    let err = run("show gap-fund@israel").refused();
    assert!(err.contains("gap-fund@minnesota"), "{err}");
    run("show ncvc@minnesota").refused();
    run("show gap-fund@").refused();
    run("show @minnesota").refused();
}

#[test]
fn every_id_and_every_given_name_is_unambiguous_with_its_kind() {
    for id in ids("list nodes").chunks(40) {
        let names = id.iter().map(String::as_str);
        let out = medclust(["show", "--format", "ids"].into_iter().chain(names)).found();
        assert_eq!(out.lines().collect::<Vec<_>>(), id);
    }
}

#[test]
fn names_serve_wherever_a_node_is_asked_for() {
    let path = ids("path 国循 承認取得 --via 審査 --avoid ニプロ");
    assert_eq!(path.first().map(String::as_str), Some("ncvc"));
    assert_eq!(ids("list --around 国循"), ids("list --around ncvc"));
    assert_eq!(ids("list --role ギャップファンド@ミネソタ州"), ["minnesota-tech-fund"]);
    run("list --role minnesota").refused();
    run("list --region region:minnesota").found();
    run("list --region role:gap-fund").refused();
}

#[test]
fn a_name_of_two_kinds_means_the_one_that_can_be_held_against_the_others() {
    assert_eq!(found("compare 大阪府 kansai --json"), found("compare osaka kansai --json"));
    assert_eq!(found("compare ncvc 大阪府"), found("compare ncvc osaka-prefectural-government"));
    assert_eq!(run("gaps 大阪府 --against kansai"), run("gaps osaka --against kansai"));
    assert_eq!(found("compare 地域:大阪府 kansai"), found("compare osaka kansai"));
    // Alone, it could be either.
    assert!(run("gaps 大阪府").refused().contains("could be any of 2"));
}
