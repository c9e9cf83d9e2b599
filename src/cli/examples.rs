//! Two examples for the help of each command, in each language. A test runs every one of them.

use crate::lang::Lang;

/// The examples of a command: as they are in English, then as they are in Japanese.
type Examples = (&'static str, [&'static str; 2], [&'static str; 2]);

const ALL: &[Examples] = &[
    (
        "list",
        ["medclust list --region minnesota", "medclust list roles --stage approval --json"],
        ["medclust list --region ミネソタ", "medclust list roles --stage 承認取得 --json"],
    ),
    (
        "show",
        ["medclust show ncvc", "medclust show medtronic --as-of 2014"],
        ["medclust show 国循", "medclust show メドトロニック --as-of 2014"],
    ),
    (
        "cite",
        ["medclust cite minnesota-map:71-72", "medclust cite minnesota-map --json"],
        ["medclust cite minnesota-map:71-72", "medclust cite minnesota-map --json"],
    ),
    (
        "search",
        ["medclust search medtornic", "medclust search angel --region minnesota"],
        ["medclust search めどとろにっく", "medclust search 投資 --region ミネソタ"],
    ),
    (
        "path",
        ["medclust path ncvc \"Approval obtained\"", "medclust path ncvc umn -k 3 --evidence"],
        ["medclust path 国循 承認取得", "medclust path 国循 ミネソタ大学 -k 3 --evidence"],
    ),
    (
        "trace",
        ["medclust trace --region kansai", "medclust trace --region minnesota --evidence"],
        ["medclust trace --region 関西", "medclust trace --region ミネソタ --evidence"],
    ),
    (
        "compare",
        ["medclust compare kansai minnesota", "medclust compare kansai minnesota --by stage"],
        ["medclust compare 関西 ミネソタ", "medclust compare 関西 ミネソタ --by stage"],
    ),
    (
        "gaps",
        ["medclust gaps kansai --against minnesota", "medclust gaps incubation-hub --limit 3"],
        ["medclust gaps 関西 --against ミネソタ", "medclust gaps incubation-hub --limit 3"],
    ),
    (
        "risk",
        ["medclust risk --region minnesota", "medclust risk ncvc approval --evidence"],
        ["medclust risk --region ミネソタ", "medclust risk 国循 承認取得 --evidence"],
    ),
    (
        "stats",
        ["medclust stats", "medclust stats --region minnesota --limit 5"],
        ["medclust stats", "medclust stats --region ミネソタ --limit 5"],
    ),
    (
        "explore",
        ["medclust explore", "medclust explore ncvc --basis stated"],
        ["medclust explore", "medclust explore 国循 --basis stated"],
    ),
    (
        "draw",
        [
            "medclust draw minnesota -o minnesota.svg",
            "medclust draw path ncvc approval -k 3 -o routes.pptx",
        ],
        [
            "medclust draw ミネソタ -o minnesota.svg",
            "medclust draw path 国循 承認取得 -k 3 -o routes.pptx",
        ],
    ),
    (
        "map",
        ["medclust map", "medclust map --region japan -o japan.svg"],
        ["medclust map", "medclust map --region 日本 -o japan.svg"],
    ),
    (
        "diff",
        ["medclust diff builtin:source builtin", "medclust diff atlas atlas-new --json"],
        ["medclust diff builtin:source builtin", "medclust diff atlas atlas-new --json"],
    ),
    (
        "init",
        ["medclust init my-atlas", "medclust init my-copy --from builtin"],
        ["medclust init my-atlas", "medclust init my-copy --from builtin"],
    ),
    (
        "page",
        ["medclust page -o atlas.html", "medclust page --region minnesota -o minnesota.html"],
        ["medclust page -o atlas.html", "medclust page --region ミネソタ -o minnesota.html"],
    ),
    (
        "export",
        [
            "medclust export graphml -o atlas.graphml",
            "medclust export csv --region minnesota -o minnesota --bom",
        ],
        [
            "medclust export graphml -o atlas.graphml",
            "medclust export csv --region ミネソタ -o minnesota --bom",
        ],
    ),
    (
        "pack",
        ["medclust pack builtin -o atlas.pack", "medclust pack builtin atlas -o mine.pack"],
        ["medclust pack builtin -o atlas.pack", "medclust pack builtin atlas -o mine.pack"],
    ),
    (
        "import",
        [
            "medclust import csv companies.csv --into companies",
            "medclust import kumu project.json --into drawn",
        ],
        [
            "medclust import csv companies.csv --into companies",
            "medclust import kumu project.json --into drawn",
        ],
    ),
    (
        "expect",
        ["medclust expect policy.yaml", "medclust expect policy.yaml --format sarif"],
        ["medclust expect policy.yaml", "medclust expect policy.yaml --format sarif"],
    ),
    (
        "schema",
        ["medclust schema > atlas.schema.json", "medclust schema output path"],
        ["medclust schema > atlas.schema.json", "medclust schema output path"],
    ),
    (
        "check",
        ["medclust check atlas", "medclust check atlas --format sarif > findings.sarif"],
        ["medclust check atlas", "medclust check atlas --format sarif > findings.sarif"],
    ),
    (
        "completions",
        ["medclust completions bash > medclust.bash", "medclust completions zsh > _medclust"],
        ["medclust completions bash > medclust.bash", "medclust completions zsh > _medclust"],
    ),
    (
        "man",
        ["medclust man --into man1", "medclust man --into man1 --lang ja"],
        ["medclust man --into man1", "medclust man --into man1 --lang en"],
    ),
    (
        "mcp",
        ["medclust mcp", "medclust mcp --data atlas"],
        ["medclust mcp", "medclust mcp --data atlas"],
    ),
];

/// Returns the examples of a command, to be told at the end of its help.
pub fn of(command: &str, lang: Lang) -> Option<String> {
    let (_, en, ja) = ALL.iter().find(|(name, ..)| *name == command)?;
    let heading = lang.pick("Examples:", "例:");
    Some(format!("{heading}\n  {}", lang.pick(en, ja).join("\n  ")))
}
