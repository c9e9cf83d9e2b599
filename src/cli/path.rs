//! `medclust path`: routes from one node, or any of several, to another.

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::evidence::EvidenceArguments;
use super::failure::Failure;
use super::names::{end, nodes, relation_kind, relation_kinds};
use super::number::{from_one, from_zero};
use super::session::Session;
use super::steps::StepArguments;
use crate::graph::routes::MOST_VIAS;
use crate::graph::ways::Cost;
use crate::graph::{Graph, RelationKind};
use crate::lang::Message;
use crate::model::NodeKind;
use crate::query::path::{Adjustment, Answer, Question, Relaxation, Steps, path};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Where routes begin, by any name; a region, a program or role:NAME means any of its members
    ///
    /// 経路の始点（どの名前でもよい）。地域・施策・role:名前 は、その中のいずれか
    from: String,
    /// Where they end
    ///
    /// 経路の終点
    to: String,
    /// Show the N best routes [default: 1]
    ///
    /// 良い順に N 本の経路を表示する [既定: 1]
    #[arg(short = 'k', long, value_name = "N", value_parser = from_one, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Show every route that passes no node twice, the best first, as they are found; at most --limit
    ///
    /// 同じノードを二度通らない経路を、良い順に見つけしだいすべて表示する（--limit があればその数まで）
    #[arg(long)]
    all: bool,
    /// Pass this node; repeat to pass several
    ///
    /// このノードを通る。重ねるとすべてを通る
    #[arg(long, value_name = "NAME")]
    via: Vec<String>,
    /// Take at most N hops
    ///
    /// N 段以内に限る
    #[arg(long, value_name = "N", value_parser = from_zero, allow_negative_numbers = true)]
    max_hops: Option<usize>,
    /// Leave these relation kinds out (comma-separated)
    ///
    /// これらの種類の関係を使わない（コンマ区切り）
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    without: Vec<String>,
    /// Let a hop over this relation kind cost COST instead of 1 (comma-separated): plays=0.5
    ///
    /// この種類の関係の一段の費用を 1 でなくこの値とする（コンマ区切り。例: plays=0.5）
    #[arg(long, value_name = "KIND=COST", value_delimiter = ',')]
    weight: Vec<String>,
    /// Take the stages of development in order: from the nearest to FROM up to the stage TO, none left out
    ///
    /// 始点に最も近い段階から終点の段階まで、開発の段階を飛ばさず順に経る
    #[arg(long)]
    stage_by_stage: bool,
    /// Tell who acts and who supports at each stage on the way
    ///
    /// 途中の各段階の担い手と支援者を示す
    #[arg(long)]
    who: bool,
    #[command(flatten)]
    steps: StepArguments,
    #[command(flatten)]
    pub evidence: EvidenceArguments,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let weights = arguments.weight.iter().map(|text| weight(graph, text));
    let steps = Steps {
        without: relation_kinds(graph, &arguments.without)?,
        weights: weights.collect::<Result<_, _>>()?,
        ..arguments.steps.steps(graph, arguments.evidence.basis.bases()?)?
    };
    let via = nodes(graph, &arguments.via)?;
    if via.len() > MOST_VIAS {
        return Err(Failure::usage(
            format!("--via is given for {} nodes, more than {MOST_VIAS}", via.len()),
            format!("--via に {} のノードがあります。{MOST_VIAS} までです", via.len()),
        )
        .hint("ask for a part of the way at a time", "区間に分けて尋ねてください"));
    }
    let count = if arguments.all { arguments.limit } else { arguments.limit.or(Some(1)) };
    let question = Question {
        from: end(graph, &arguments.from, &steps.bases)?,
        to: end(graph, &arguments.to, &steps.bases)?,
        via,
        max_hops: arguments.max_hops,
        steps,
        count,
        stage_by_stage: arguments.stage_by_stage,
        who: arguments.who,
    };
    if question.stage_by_stage && question.to.node.kind() != NodeKind::Stage {
        let name = question.to.node.name(session.lang());
        return Err(Failure::usage(
            format!("--stage-by-stage leads to a stage, and {name} is none"),
            format!("--stage-by-stage の終点は段階です。{name} は段階ではありません"),
        )
        .hint(
            "`medclust list stages` shows the stages",
            "`medclust list stages` で段階の一覧を表示します",
        ));
    }
    let answer = path(graph, &question);
    session.stream(&answer, answer.is_empty())?;
    if answer.is_empty() {
        explain(&answer, session);
    }
    if answer.gave_up() {
        session.note(&Message::new(
            "routes that pass --via on long detours were not looked for; --max-hops N looks as far as N hops",
            "--via を通る大きな遠回りは調べていません。--max-hops N で N 段までを調べます",
        ));
    }
    Ok(Outcome::of(answer.is_empty()))
}

fn weight<'g>(graph: &'g Graph, text: &str) -> Result<(RelationKind<'g>, Cost), Failure> {
    let (id, cost) = text.split_once('=').ok_or_else(|| {
        Failure::usage(
            format!("`{text}` gives no cost: write KIND=COST, such as plays=0.5"),
            format!("`{text}` に費用がありません。plays=0.5 のように 種類=費用 と書いてください"),
        )
    })?;
    let kind = relation_kind(graph, id)?;
    let cost = cost.parse().map_err(|_| {
        Failure::usage(
            format!("`{cost}` is no cost: write a number from 0 to 10000, such as 2 or 0.5"),
            format!("`{cost}` は費用ではありません。2 や 0.5 のような 0 以上 10000 以下の数を書いてください"),
        )
    })?;
    Ok((kind, cost))
}

/// Tells that there is no route, and what would give one.
fn explain(answer: &Answer, session: &Session) {
    let lang = session.lang();
    let (from, to) = (answer.from.node.name(lang), answer.to.node.name(lang));
    session.note(&match (answer.stage_by_stage, answer.first_stage.map(|it| it.name(lang))) {
        (false, _) => Message::new(
            format!("no route from {from} to {to}"),
            format!("{from} から {to} への経路はありません"),
        ),
        (true, None) => Message::new(
            format!("no route stage by stage: {from} leads to no stage that leads on to {to}"),
            format!("段階を順に経る経路はありません: {from} は {to} へ進む段階に通じていません"),
        ),
        (true, Some(first)) => Message::new(
            format!("no route from {from} takes every stage from {first} to {to}"),
            format!("{from} から {first} に入り {to} まで段階を順に経る経路はありません"),
        ),
    });
    for relaxation in answer.relaxations.iter().take(5) {
        session.note(&offer(relaxation));
    }
}

fn offer(Relaxation { change, hops }: &Relaxation) -> Message {
    let (en, ja) = match change {
        Adjustment::MaxHops => (format!("--max-hops {hops}"), format!("--max-hops {hops} なら")),
        Adjustment::NoAvoid => ("without --avoid".to_owned(), "--avoid を外せば".to_owned()),
        Adjustment::NoVia => ("without --via".to_owned(), "--via を外せば".to_owned()),
        Adjustment::AnyOrder => {
            ("without --stage-by-stage".to_owned(), "--stage-by-stage を外せば".to_owned())
        }
        Adjustment::NoBasis => ("without --basis".to_owned(), "--basis を外せば".to_owned()),
        Adjustment::NoWithout => ("without --without".to_owned(), "--without を外せば".to_owned()),
        Adjustment::Follow(kind) => {
            (format!("--follow {}", kind.id()), format!("--follow {} なら", kind.id()))
        }
        Adjustment::BothWays => ("--both-ways".to_owned(), "--both-ways なら".to_owned()),
    };
    let unit = if *hops == 1 { "hop" } else { "hops" };
    Message::new(
        format!("  {en} would give a route of {hops} {unit}"),
        format!("  {ja} {hops} 段の経路があります"),
    )
}
