//! The command line in Japanese: help and errors.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// Puts help into Japanese.
pub fn translate(command: Command) -> Command {
    translate_below("", command)
}

/// Puts help into Japanese for a command of the commands that are typed before it.
fn translate_below(before: &str, command: Command) -> Command {
    let name = command.get_name().to_owned();
    let about = ABOUT.iter().find(|(command, _)| *command == name).map(|(_, about)| *about);
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    let command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("コマンド")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            clap::arg!(-h --help "ヘルプを表示する")
                .action(clap::ArgAction::Help)
                .help_heading("全般"),
        );
    let command = if name == "medclust" {
        let version =
            clap::arg!(-V --version "バージョンを表示する").action(clap::ArgAction::Version);
        command.arg(version.help_heading("全般")).after_help(AFTER)
    } else if name == "diff" {
        command.after_help(AFTER_DIFF)
    } else {
        command
    };
    let usage = format!("{before}{}", usage(&command));
    let typed = format!("{before}{name} ");
    let mut position = 0;
    command
        .override_usage(usage)
        .mut_args(|argument| {
            // Under a heading of their own, arguments would else be sorted by name.
            let is_positional = argument.is_positional();
            position += usize::from(is_positional);
            let argument = if is_positional { argument.display_order(position) } else { argument };
            let heading = match argument.get_help_heading() {
                Some("Global options" | "全般") => "全般",
                Some(heading) if heading.starts_with("Selection") => SELECTION,
                _ if argument.is_positional() => "引数",
                _ => "オプション",
            };
            let takes_value = argument.get_action().takes_values();
            let argument = argument.help_heading(heading).hide_default_value(takes_value);
            match HELP.iter().find(|(id, _)| *id == argument.get_id().as_str()) {
                Some((_, help)) => argument.help(*help),
                None => argument,
            }
        })
        .mut_subcommands(|command| translate_below(&typed, command))
}

/// The line that clap would write, with its placeholders in Japanese.
fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[オプション]");
    usage.replace("<COMMAND>", "<コマンド>").replace("[COMMAND]", "[コマンド]")
}

const SELECTION: &str = "絞り込み（同じ項目を重ねると「または」、別の項目は「かつ」、!値 は否定）";

const AFTER: &str = "ノードは、id、どの言語の名称・別名でも、種類:名前、役割@文脈 でも指定できます。\n\
終了コード: 0 見つかった、1 該当なし、2 エラー";

const AFTER_DIFF: &str = "終了コード: 0 同じ、1 違いがある、2 エラー\n\
--data を指定すると、どちらもそのアトラスの上に重ねて読みます。";

const ABOUT: &[(&str, &str)] = &[
    (
        "medclust",
        "医療機器クラスターを探る: 誰がいて、何を担い、ニーズがどう製品になるか、それは誰が言っているか",
    ),
    ("list", "一覧を表示する: 組織、地域、役割、段階、施策、関係、出典"),
    ("show", "ノードについてアトラスが述べることをすべて表示する"),
    ("cite", "出典が何を述べているかを、題名・日付・それを出典とする記述とともに表示する"),
    ("search", "名前が近いノードを探す"),
    (
        "schema",
        "アトラスのファイルの JSON Schema、またはコマンドの JSON 出力の JSON Schema を出力する",
    ),
    ("import", "他の情報源のレコードをアトラスの YAML にする: ror、csv、kumu"),
    ("init", "自分のアトラスを始めるためのフォルダを作る"),
    ("diff", "二つのアトラスの違いを、行ではなく記述として示す"),
    ("output", "コマンドの --json の出力の JSON Schema を出力する"),
    ("path", "あるノードから別のノードへの経路を、各段の関係・根拠・出典とともに探す"),
    ("risk", "ニーズから市場までの経路を何が断つか、単一障害点、何があれば強くなるかを示す"),
    (
        "trace",
        "ニーズから市場までを段階ごとにたどる: 誰が担い、何が支え、何が流れ、何が欠けているか",
    ),
    ("compare", "地域と施策、または組織どうしを並べて比べる: 役割、段階、関係、施策、指標ごと"),
    (
        "stats",
        "アトラスを数字で示す: 件数、つながりのまとまり、全体をつなぐ要、業種間・地域間の仲介者",
    ),
    ("gaps", "地域・施策・組織に何が欠けているか、誰が埋められるかを示す"),
    ("check", "アトラスの誤りと弱い点を、ファイル・行・ヒントとともに示す"),
];

const HELP: &[(&str, &str)] = &[
    ("citation", "出典、またはその箇所。記述が引く形で: minnesota-map:71-72"),
    (
        "data",
        "このフォルダのアトラスを読む。重ねると層を足す。builtin は付属のアトラス [環境変数: MEDCLUST_DATA]",
    ),
    ("lang", "名称とメッセージの言語: ja または en [既定: ロケールによる]"),
    ("color", "色: auto、always、never"),
    ("format", "出力形式: table、json、ndjson、csv、tsv、yaml、ids。check では sarif も使える"),
    ("json", "--format json の短縮形"),
    (
        "kind",
        "何の一覧か: organizations、regions、roles、stages、programs、nodes（以上すべて）、relations、relation-kinds、sources [既定: organizations]",
    ),
    ("folder", "作るフォルダ。中に何かあるフォルダには手を付けない"),
    (
        "old",
        "前のアトラス: フォルダ、builtin、または git のリビジョンのフォルダ（例: HEAD~3:data）",
    ),
    ("new", "今のアトラス（同じように指定する）"),
    ("start", "付属のアトラスの写しから始める: builtin [既定: 小さな見本]"),
    (
        "answering",
        "コマンド: list、show、cite、search、path、trace、compare、gaps、risk、stats、diff、check",
    ),
    ("listed", "list の場合: 何の一覧か（例: schema output list relations）[既定: いずれか]"),
    ("names", "ノード（どの名前でもよい）"),
    ("text", "探す文字列（どの言語でもよい）"),
    ("limit", "表示する最大件数 [既定: 20]"),
    ("from", "経路の始点（どの名前でもよい）。地域・施策・role:名前 は、その中のいずれか"),
    ("to", "経路の終点"),
    ("top", "上位 N 件を示す [既定: 10]"),
    ("count", "良い順に N 本の経路を表示する"),
    ("all", "同じノードを二度通らない経路を、良い順に見つけしだいすべて表示する"),
    ("most", "--all で、N 本まで表示する"),
    ("weight", "この種類の関係の一段の費用を 1 でなくこの値とする（コンマ区切り。例: plays=0.5）"),
    ("begin", "経路の始点（どの名前でもよい）[既定: 最初の段階、ニーズ]"),
    ("finish", "経路の終点 [既定: 最後の段階、市場]"),
    ("gone", "このノードがなければ何が失われるか。重ねるとともにないものとする"),
    ("rows", "表示する最大件数 [既定: 10]"),
    ("via", "このノードを通る。重ねるとすべてを通る"),
    ("avoid", "このノードを通らない"),
    ("both_ways", "関係の向きを無視する"),
    ("max_hops", "N 段以内に限る"),
    ("follow", "これらの種類の関係もたどる（コンマ区切り。例: supports）"),
    ("stage_by_stage", "始点に最も近い段階から終点の段階まで、開発の段階を飛ばさず順に経る"),
    ("who", "途中の各段階の担い手と支援者を示す"),
    ("without", "これらの種類の関係を使わない（コンマ区切り）"),
    ("sides", "二つ以上の地域や施策、または二つ以上の組織（どの名前でもよい）"),
    ("by", "何を行にするか: role、stage、relation、program、indicator [既定: role]"),
    ("from_stage", "この段階から始める"),
    ("to_stage", "この段階で終える"),
    ("of_region", "この地域について: そこにある者、そこで役割を担う者、それを支えるもの"),
    ("of_program", "この施策について: その部分と参加者"),
    ("of_organization", "この組織とその部門について"),
    ("evidence", "記述ごとに根拠と出典を表示する"),
    ("whose", "地域・施策・組織（どの名前でもよい）"),
    ("against", "この地域・施策・組織と比べる [既定: アトラス全体]"),
    ("top", "一つの欠落につき、埋められる者を N 者まで挙げる [既定: 3]"),
    ("at_most", "影響の大きい順に N 件まで表示する [既定: すべて]"),
    ("region", "この地域: その中にあるもの、メンバー、役割とその段階"),
    ("role", "この役割（どの文脈でも）と、それを担う者"),
    ("stage", "この段階と、そこで働く者・支える者"),
    ("program", "この施策: その部分、メンバー、役割とその段階"),
    ("type", "この類型（company、hospital など）"),
    ("name", "名前がこの文字列を含む"),
    ("source", "この出典、または出典の箇所（minnesota-map:71-72）を引く"),
    ("basis", "この根拠による: stated（明記）、inferred（推定）、curated（補足）"),
    ("as_of", "この日付の時点のアトラスに尋ねる: 2015、2015-01、2015-01-26"),
    ("around", "このノードの近くにある"),
    ("depth", "--around が届く関係の数 [既定: 1]"),
    (
        "folders",
        "これらのフォルダのアトラスを、層として調べる。builtin は付属のアトラス [既定: --data、なければ付属のアトラス]",
    ),
    ("deny", "このコードをエラーとして数える。warnings はすべての警告"),
    ("allow", "この警告のコードを調べない"),
    ("explain", "コードの意味を、悪い例・よい例とともに表示する"),
    ("import_format", "ファイルの形式: ror（v1・v2 の JSON）、csv、kumu"),
    ("files", "取り込むファイル。- は標準入力。gzip は展開する"),
    ("into", "作成するフォルダ（存在しないか空であること）"),
    (
        "tie",
        "identifiers.ror などでアトラスの既知のノードに結び付け、足りないことだけを書く。名称の一致は提案する",
    ),
    ("report", "名称の一致による提案を標準出力でなくこの CSV ファイルに書く"),
];

/// Puts an error of the command line into Japanese.
pub fn translate_error(error: Error) -> Error {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let (argument, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("`{argument}` という引数はありません"),
        ErrorKind::InvalidSubcommand => {
            format!("`{}` というコマンドはありません", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` に値がありません"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{argument}` に `{value}` は使えません")
        }
        ErrorKind::MissingRequiredArgument => format!("引数が足りません: {argument}"),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            prior if prior == argument => format!("`{argument}` は一度しか使えません"),
            prior => format!("`{argument}` と `{prior}` は同時に使えません"),
        },
        ErrorKind::TooManyValues => format!("`{argument}` に余分な値 `{value}` があります"),
        ErrorKind::MissingSubcommand => "コマンドがありません".to_owned(),
        _ => return error,
    };
    let hints = [
        ("使える値", text(ContextKind::ValidValue)),
        ("もしかして", text(ContextKind::SuggestedArg)),
        ("もしかして", text(ContextKind::SuggestedSubcommand)),
        ("もしかして", text(ContextKind::SuggestedValue)),
    ];
    let hints: String = hints
        .iter()
        .filter(|(_, hint)| !hint.is_empty())
        .map(|(label, hint)| format!("  {label}: {hint}\n"))
        .collect();
    let help = "詳しくは --help をご覧ください";
    Error::raw(error.kind(), format!("{message}\n{hints}\n{help}\n"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::arguments::Arguments;
    use super::*;

    #[test]
    fn every_argument_and_command_has_japanese_help() {
        fn check(command: &Command) {
            let name = command.get_name();
            assert!(ABOUT.iter().any(|(known, _)| *known == name), "{name}");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                assert!(
                    matches!(id, "help" | "version") || HELP.iter().any(|(known, _)| *known == id),
                    "{name} {id}"
                );
            }
            command.get_subcommands().for_each(check);
        }
        check(&Arguments::command());
    }
}
