//! What can be typed.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{ArgAction, Args, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};

use super::basis::BasisArguments;
use super::session::Output;
use super::{
    check, cite, compare, completions, diff, draw, expect, explore, export, gaps, help, import,
    init, list, man, map, mcp, pack, page, path, risk, schema, search, show, stats, trace,
};
use crate::atlas::Cache;
use crate::lang::Lang;
use crate::render::Format;

/// Explore medical-device clusters: who is there, who does what, how a need becomes a product, and who says so
///
/// 医療機器クラスターを探る: 誰がいて、何を担い、ニーズがどう製品になるか、それは誰が言っているか
#[derive(Debug, Parser)]
#[command(
    name = "medclust",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "A node may be named by its id, by any name or alias in any language, as kind:name, or as ROLE@CONTEXT.\n\
Exit status: 0 found, 1 nothing found, 2 an error.\n\n\
ノードは、id、どの言語の名称・別名でも、種類:名前、役割@文脈 でも指定できます。\n\
終了コード: 0 見つかった、1 該当なし、2 エラー"
)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    /// Print the version
    ///
    /// バージョンを表示する
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = GLOBAL)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Command,
}

const GLOBAL: &str = "Global options | 全般";

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = GLOBAL)]
pub struct Global {
    #[command(flatten)]
    pub data: DataArguments,
    /// Language of names and messages: ja or en [default: from the locale]
    ///
    /// 名称とメッセージの言語: ja または en [既定: ロケールによる]
    #[arg(long, global = true, hide_possible_values = true)]
    lang: Option<Lang>,
    /// Colour: auto, always or never
    ///
    /// 色: auto、always、never
    #[arg(
        long,
        global = true,
        default_value = "auto",
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub color: ColorChoice,
    /// Output: table, json, ndjson, csv, tsv, yaml, markdown, html, xlsx, svg, pptx or ids; `check` and `expect` also sarif
    ///
    /// 出力形式: table、json、ndjson、csv、tsv、yaml、markdown、html、xlsx、svg、pptx、ids。check と expect では sarif も使える
    #[arg(long, global = true, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Format>,
    /// Short for --format json
    ///
    /// --format json の短縮形
    #[arg(long, global = true, conflicts_with = "format")]
    json: bool,
    /// Write the answer to this file; its ending tells the format where --format does not
    ///
    /// 答えをこのファイルに書く。--format がなければ拡張子で形式を決める
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Do not fit pages to the terminal: show every column and whole names
    ///
    /// 画面の幅に合わせず、すべての列と名称を省かずに表示する
    #[arg(long, global = true)]
    wide: bool,
    /// Do not show long answers in a pager [env: PAGER]
    ///
    /// 長い答えをページャーで表示しない [環境変数: PAGER]
    #[arg(long, global = true)]
    no_pager: bool,
    /// Begin CSV and TSV with a byte-order mark, by which Excel reads Japanese
    ///
    /// CSV・TSV の先頭に BOM を付ける（Excel で文字化けしない）
    #[arg(long, global = true)]
    bom: bool,
    /// Print help
    ///
    /// ヘルプを表示する
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// Which atlas is read.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = GLOBAL)]
pub struct DataArguments {
    /// Read the atlas in this folder; repeat to add layers; `builtin` is the shipped one [env: MEDCLUST_DATA]
    ///
    /// このフォルダのアトラスを読む。重ねると層を足す。builtin は付属のアトラス [環境変数: MEDCLUST_DATA]
    #[arg(id = "data", long = "data", value_name = "DIR", global = true)]
    pub folders: Vec<PathBuf>,
    /// Read the shipped atlas up to this layer: source (the slides alone) or curated (all) [default: curated]
    ///
    /// 付属のアトラスをこの層まで読む: source（スライドのみ）、curated（すべて） [既定: curated]
    #[arg(long, value_name = "LAYER", global = true, hide_possible_values = true)]
    pub layer: Option<Upto>,
    /// Parse the files of a large atlas even where they have not changed [env: MEDCLUST_CACHE, a folder, or empty for none]
    ///
    /// 変わっていない大きなアトラスのファイルも、読み直す [環境変数: MEDCLUST_CACHE。キャッシュのフォルダ、空なら使わない]
    #[arg(long, global = true)]
    pub no_cache: bool,
}

impl DataArguments {
    /// Where the graphs of large atlases are kept.
    pub fn cache(&self) -> Cache {
        if self.no_cache { Cache::default() } else { Cache::of_user() }
    }
}

/// Up to which layer the shipped atlas is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Upto {
    Source,
    Curated,
}

impl Global {
    /// Asks for JSON, whatever was asked for.
    pub fn ask_for_json(&mut self) {
        self.json = true;
    }

    /// How answers are to be written.
    fn manner_of_output(&self, default: Format) -> Output<'_> {
        let file = self.output.as_deref();
        let format = if self.json { Format::Json } else { self.format.unwrap_or(default) };
        let of_file = file.filter(|_| !self.json && self.format.is_none());
        let format = of_file.and_then(Format::of_file).unwrap_or(format);
        Output { format, file, is_wide: self.wide, has_mark: self.bom, is_paged: !self.no_pager }
    }

    /// Returns whether a file is named whose ending tells no format, and nothing else does.
    pub fn is_of_no_format(&self) -> bool {
        let is_told = self.json || self.format.is_some();
        !is_told && self.output.as_ref().is_some_and(|file| Format::of_file(file).is_none())
    }
}

/// The questions.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what there is: organizations, regions, roles, stages, programs, relations, sources
    ///
    /// 一覧を表示する: 組織、地域、役割、段階、施策、関係、出典
    List(list::Arguments),
    /// Show all that the atlas says of a node
    ///
    /// ノードについてアトラスが述べることをすべて表示する
    Show(show::Arguments),
    /// Show what a source says, its title and date, and which statements rest on it
    ///
    /// 出典が何を述べているかを、題名・日付・それを出典とする記述とともに表示する
    Cite(cite::Arguments),
    /// Search for the nodes whose names are nearest to a text
    ///
    /// 名前が近いノードを探す
    Search(search::Arguments),
    /// Find routes from one node to another, with relation, basis and source of each hop
    ///
    /// あるノードから別のノードへの経路を、各段の関係・根拠・出典とともに探す
    Path(path::Arguments),
    /// Trace development from a need to the market: who acts in each stage, what supports it, what is missing
    ///
    /// ニーズから市場までを段階ごとにたどる: 誰が担い、何が支え、何が流れ、何が欠けているか
    Trace(trace::Arguments),
    /// Compare regions and programs, or organizations, by role, stage, relation, program or indicator
    ///
    /// 地域と施策、または組織どうしを並べて比べる: 役割、段階、関係、施策、指標ごと
    Compare(compare::Arguments),
    /// Tell what a region, a program or an organization lacks, and who could fill it
    ///
    /// 地域・施策・組織に何が欠けているか、誰が埋められるかを示す
    Gaps(gaps::Arguments),
    /// Tell what breaks the routes from need to market, single points of failure by name, and what would help
    ///
    /// ニーズから市場までの経路を何が断つか、単一障害点、何があれば強くなるかを示す
    Risk(risk::Arguments),
    /// Tell the atlas in figures: counts, parts, who holds it together, and brokers between sectors and regions
    ///
    /// アトラスを数字で示す: 件数、つながりのまとまり、全体をつなぐ要、業種間・地域間の仲介者
    Stats(stats::Arguments),
    /// Explore the atlas on the whole terminal: search, cards, relations, routes
    ///
    /// 端末の画面全体でアトラスをたどる: 検索、カード、関係、経路
    Explore(explore::Arguments),
    /// Draw a picture, as SVG or as a slide: a region with its roles, routes, a trace, a comparison, what is around a node
    ///
    /// 図を描く（SVG、スライド）: 地域とその役割、経路、段階、比較、ノードの周辺
    Draw(draw::Arguments),
    /// Draw a map of where organizations are, in the terminal or as a picture
    ///
    /// 組織の所在を地図に描く（端末、または図として）
    Map(map::Arguments),
    /// Tell what changed between two atlases, as statements, not lines
    ///
    /// 二つのアトラスの違いを、行ではなく記述として示す
    Diff(diff::Arguments),
    /// Hold the atlas against a policy: rules that it must meet, for an office's own CI
    ///
    /// アトラスが規則に適合するかを調べる（組織の CI などで使う）
    Expect(expect::Arguments),
    /// Make a folder to start an own atlas from
    ///
    /// 自分のアトラスを始めるためのフォルダを作る
    Init(init::Arguments),
    /// Write the atlas, or a part of it, as one HTML file to explore in a browser, without a network
    ///
    /// アトラスやその一部を、ブラウザでたどれる一つの HTML ファイルにする（ネットワーク不要）
    Page(page::Arguments),
    /// Write the atlas, or a part of it, in the format of another tool: Gephi, yEd, networkx, RDF, maps and others
    ///
    /// アトラスやその一部を、Gephi、yEd、networkx、RDF、地図などの形式で書き出す
    Export(export::Arguments),
    /// Pack an atlas into one file that is read at once
    ///
    /// アトラスを、すぐに読める一つのファイルにまとめる
    Pack(pack::Arguments),
    /// Import records of another source as the YAML of an atlas: ror, csv or kumu
    ///
    /// 他の情報源のレコードをアトラスの YAML にする: ror、csv、kumu
    Import(import::Arguments),
    /// Print the JSON Schema of atlas files, or of a command's JSON output
    ///
    /// アトラスのファイルの JSON Schema、またはコマンドの JSON 出力の JSON Schema を出力する
    Schema(schema::Arguments),
    /// Check an atlas for faults and weak spots, each with file, line and hint
    ///
    /// アトラスの誤りと弱い点を、ファイル・行・ヒントとともに示す
    Check(check::Arguments),
    /// Print what lets a shell complete commands, options, ids and names
    ///
    /// コマンド、オプション、id、名称をシェルで補完するための設定を出力する
    Completions(completions::Arguments),
    /// Write the manual pages
    ///
    /// マニュアルページを書き出す
    Man(man::Arguments),
    /// Answer an assistant over the Model Context Protocol, on standard input and output
    ///
    /// Model Context Protocol でアシスタントの問いに答える（標準入出力）
    Mcp(mcp::Arguments),
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Self] {
        &[Lang::Ja, Lang::En]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl Arguments {
    /// How the answer is to be written.
    pub fn output(&self) -> Output<'_> {
        self.global.manner_of_output(match self.command {
            Command::Draw(_) => Format::Svg,
            _ => Format::default(),
        })
    }
}

impl Command {
    /// The option that says which statements count, of a command that has it.
    pub fn basis(&self) -> Option<&BasisArguments> {
        match self {
            Command::List(it) => Some(&it.selection.basis),
            Command::Search(it) => Some(&it.selection.basis),
            Command::Stats(it) => Some(&it.selection.basis),
            Command::Export(it) => Some(&it.selection.basis),
            Command::Draw(it) => Some(it.basis()),
            Command::Map(it) => Some(&it.basis),
            Command::Page(it) => Some(&it.selection.basis),
            Command::Show(it) => Some(&it.basis),
            Command::Path(it) => Some(&it.evidence.basis),
            Command::Trace(it) => Some(&it.evidence.basis),
            Command::Compare(it) => Some(&it.evidence.basis),
            Command::Gaps(it) => Some(&it.evidence.basis),
            Command::Risk(it) => Some(&it.evidence.basis),
            _ => None,
        }
    }
}

/// How clap and what comes before it speak: asked for by `--lang` and `--color`, which are looked for before
/// the arguments are understood, so that what is wrong with them is told as asked.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// The language that is asked for, else that of the locale.
    pub lang: Lang,
    /// When to colour.
    pub color: ColorChoice,
}

impl Manner {
    /// The manner that these arguments ask for.
    pub fn of(arguments: &[OsString]) -> Self {
        Manner {
            lang: typed(arguments, "--lang").unwrap_or_else(of_locale),
            color: typed(arguments, "--color").unwrap_or_default(),
        }
    }
}

/// The command line, with its help in a language.
pub fn command(lang: Lang) -> clap::Command {
    help::in_language(Arguments::command(), lang)
}

/// Parses a command line.
///
/// # Errors
/// Where it cannot be understood, or where help is asked for; help is in the language of `manner`.
pub fn parse(arguments: &[OsString], manner: Manner) -> Result<Arguments, clap::Error> {
    // Only help and errors need a language: the version has none.
    Arguments::try_parse_from(arguments).map_err(|error| {
        if error.kind() == ErrorKind::DisplayVersion {
            return error;
        }
        let command = command(manner.lang).color(manner.color);
        command.try_get_matches_from(arguments).err().unwrap_or(error)
    })
}

/// The value of an option.
fn typed<T: ValueEnum>(arguments: &[OsString], option: &str) -> Option<T> {
    let mut typed = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = typed.next() {
        let value = match argument.strip_prefix(option) {
            _ if argument == "--" => return None,
            Some("") => typed.next(),
            Some(value) => value.strip_prefix('='),
            None => None,
        };
        if let Some(known) = value.and_then(|value| T::from_str(value, false).ok()) {
            return Some(known);
        }
    }
    None
}

fn of_locale() -> Lang {
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set).and_then(std::env::var_os);
    Lang::from_locale(&locale.unwrap_or_default().to_string_lossy())
}
