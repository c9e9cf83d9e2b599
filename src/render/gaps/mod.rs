//! Gaps as pages, sheets and records.

mod sheet;

use std::collections::BTreeSet;

use serde_json::Value;

use super::grid::grid;
use super::grid::{Answer, Block, Grid};
use super::value;
use super::words::{self, join};
use crate::graph::{Direction, Node, Relation};
use crate::lang::Lang;
use crate::model::NodeKind;
use crate::query::gaps::{self, AnswerView, Because, Breaks, Filler, Gap, Missing, Place, State};
use crate::query::path::Route;
use crate::query::pipeline::Tally;

/// The answer to `gaps`.
pub struct Gaps<'a, 'g> {
    /// What is missing.
    pub answer: &'a gaps::Answer<'g>,
    /// Whether the page tells what each cell rests on.
    pub evidence: bool,
}

/// How many sources a cell names.
const SOURCES: usize = 6;

impl Answer for Gaps<'_, '_> {
    fn is_list(&self) -> bool {
        false
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(std::iter::once(value(AnswerView::from(self.answer))))
    }

    fn sheet(&self) -> Grid {
        sheet::sheet(self.answer)
    }

    fn ids(&self) -> Vec<String> {
        let id = |gap: &Gap| match gap.missing {
            Missing::Member(node) | Missing::Actor(node) | Missing::Support(node) => {
                node.id().to_owned()
            }
            Missing::Flow(flow) => {
                format!("{} {} {}", flow.from.id(), flow.kind.id(), flow.to.id())
            }
        };
        self.answer.gaps.iter().map(id).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let mut page = vec![Block::Title(title(self.answer, lang))];
        page.extend(head(self.answer, lang).into_iter().map(Block::Line));
        page.push(Block::Gap);
        page.push(Block::Grid(match self.evidence {
            true => self.with_evidence(lang),
            false => self.plain(lang),
        }));
        page
    }
}

impl Gaps<'_, '_> {
    /// A row a gap.
    fn plain(&self, lang: Lang) -> Grid {
        let headers = lang.pick(
            ["GAP", "BREAKS", "WHO COULD FILL IT", "THROUGH"],
            ["欠けているもの", "影響", "埋められる者", "つながり"],
        );
        let roles = self.answer.gaps.iter().filter_map(|gap| gap.missing.parts().0);
        let told: BTreeSet<Node> = roles.collect();
        let rows = self.answer.gaps.iter().map(|gap| {
            let through = match as_above(gap, &told, lang) {
                Some(above) => above,
                None => through(gap.fillers.first(), lang),
            };
            [self.gap(gap, lang), breaks(gap), who(gap, lang), through]
        });
        grid(headers, rows)
    }

    /// A row for each thing that rests on something: the gap, who could fill it, the route.
    fn with_evidence(&self, lang: Lang) -> Grid {
        let headers = lang.pick(
            ["GAP", "BREAKS", "WHO COULD FILL IT", "THROUGH", "BASIS", "SOURCES"],
            ["欠けているもの", "影響", "埋められる者", "つながり", "根拠", "出典"],
        );
        let none = String::new;
        let mut rows = Vec::new();
        for gap in &self.answer.gaps {
            let [basis, sources] = rests_on(&gap.evidence, lang);
            let nobody = if gap.fillers.is_empty() { who(gap, lang) } else { none() };
            rows.push([self.gap(gap, lang), breaks(gap), nobody, none(), basis, sources]);
            for filler in &gap.fillers {
                let [basis, sources] = rests_on(&filler.evidence, lang);
                let name = filler.node.name(lang).to_owned();
                rows.push([none(), none(), name, as_what(filler, lang), basis, sources]);
                if filler.place == Place::Elsewhere {
                    let route = filler.route.as_deref().map(steps).unwrap_or_default();
                    let [basis, sources] = rests_on(&route, lang);
                    rows.push([
                        none(),
                        none(),
                        none(),
                        through(Some(filler), lang),
                        basis,
                        sources,
                    ]);
                }
            }
        }
        grid(headers, rows.into_iter())
    }

    fn gap(&self, gap: &Gap, lang: Lang) -> String {
        let (label, name) = match gap.missing {
            Missing::Member(role) => (lang.pick("role", "役割"), role.name(lang).to_owned()),
            Missing::Flow(flow) => {
                let [from, to] = [flow.from, flow.to].map(|role| role.name(lang));
                let kind = flow.kind.label(Direction::Forward, lang);
                let name = lang.pick(format!("{from} {kind} {to}"), format!("{from}は{to}{kind}"));
                (lang.pick("flow", "流れ"), name)
            }
            Missing::Actor(stage) => {
                (lang.pick("stage without actor", "担い手のない段階"), stage.name(lang).to_owned())
            }
            Missing::Support(stage) => {
                (lang.pick("stage without support", "支援のない段階"), stage.name(lang).to_owned())
            }
        };
        let known = match (gap.state, gap.missing) {
            (State::Absent, _) => "",
            (State::NoneStated, _) => {
                lang.pick(" (the source says there is none)", "（出典が「ない」と述べる）")
            }
            (State::Nobody, Missing::Flow(_)) => {
                lang.pick(", nobody at an end", "（一端に担い手なし）")
            }
            (State::Nobody, _) => lang.pick(", nobody named", "（担い手の名なし）"),
        };
        format!("{label}{known}: {name}")
    }
}

/// How many ways break, and what part of all that is.
fn breaks(gap: &Gap) -> String {
    let Breaks { routes, share } = gap.breaks;
    let part = match share {
        None => return routes.to_string(),
        Some(share) if share > 0.0 && share < 0.01 => "<1%".to_owned(),
        Some(share) => format!("{:.0}%", share * 100.0),
    };
    match routes == Tally::default() {
        true => routes.to_string(),
        false => format!("{routes} ({part})"),
    }
}

fn title(answer: &gaps::Answer, lang: Lang) -> String {
    let of = answer.of.name(lang);
    match answer.against.map(|node| node.name(lang)) {
        Some(against) => lang.pick(
            format!("What {against} has and {of} lacks"),
            format!("{against}にあって{of}に欠けるもの"),
        ),
        None => lang.pick(
            format!("What {of} lacks of all that the atlas knows"),
            format!("アトラスにあって{of}に欠けるもの"),
        ),
    }
}

/// What is counted, and what is left out.
fn head(answer: &gaps::Answer, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((first, last)) = answer.span {
        let [first, last] = [first, last].map(|stage| stage.name(lang));
        let place = match answer.against.map(|node| node.name(lang)) {
            Some(against) => lang.pick(format!("in {against}"), against.to_owned()),
            None => lang.pick("in the whole atlas".to_owned(), "アトラス全体".to_owned()),
        };
        let ways = answer.staffed_routes;
        let least = if answer.is_cut_off { lang.pick("at least ", "少なくとも ") } else { "" };
        lines.push(lang.pick(
            format!(
                "BREAKS counts, of {least}{ways} ways {place} from \"{first}\" to \"{last}\" with someone at each \
                 stage, those that need it; a stage for which nobody is named is passed as it is."
            ),
            format!(
                "「影響」は、{place}で「{first}」から「{last}」まで各段階を誰かが担う道筋 {least}{ways} 通りのうち、\
                 それを欠くと途切れる数（担い手の名が挙がらない段階は素通りとする）。"
            ),
        ));
    }
    let (told, count) = (answer.gaps.len(), answer.count);
    if told < count {
        lines.push(lang.pick(
            format!("The first {told} of {count} gaps are shown."),
            format!("{count} 件のうち上位 {told} 件を示す。"),
        ));
    }
    lines
}

/// The nearest who could fill a gap, and how many more; of a flow, one for each end that is asked for.
fn who(gap: &Gap, lang: Lang) -> String {
    if gap.fillers.is_empty() {
        return lang.pick("nobody in the atlas", "アトラスに該当者なし").to_owned();
    }
    let mut ends = BTreeSet::new();
    let nearest = gap.fillers.iter().filter(|it| ends.insert(it.fills.map(Node::index)));
    let mut names: Vec<&str> = nearest.map(|filler| filler.node.name(lang)).collect();
    let more = gap.candidates - names.len();
    names.dedup();
    let told = names.join(" → ");
    match more {
        0 => told,
        _ => lang.pick(format!("{told} +{more} more"), format!("{told} ほか {more} 者")),
    }
}

/// Of a flow that lacks an end whose role is told as a gap itself: that it is filled as that is.
fn as_above(gap: &Gap, told: &BTreeSet<Node>, lang: Lang) -> Option<String> {
    let (_, flow, _) = gap.missing.parts();
    let missing: Vec<Node> = flow.map(|flow| [flow.from, flow.to]).into_iter().flatten().collect();
    let missing = missing.into_iter().filter(|role| told.contains(role));
    let mut names: Vec<&str> = missing.map(|role| role.name(lang)).collect();
    names.dedup();
    match names[..] {
        [] => None,
        [one] => Some(lang.pick(format!("as for the role {one}"), format!("役割「{one}」に同じ"))),
        _ => Some(lang.pick("as for the roles at both ends", "両端の役割に同じ").to_owned()),
    }
}

/// How one who could fill a gap is tied to whoever has it.
fn through(filler: Option<&Filler>, lang: Lang) -> String {
    let Some(filler) = filler else { return String::new() };
    match (&filler.route, filler.place) {
        (_, Place::Within) => as_what(filler, lang),
        (None, Place::Elsewhere) => lang.pick("no route", "経路なし").to_owned(),
        (Some(route), Place::Elsewhere) => told(route, filler.node, lang),
    }
}

/// By what one could fill a gap.
fn as_what(filler: &Filler, lang: Lang) -> String {
    let role =
        filler.role.map(|role| role.generic().unwrap_or(role).name(lang)).unwrap_or_default();
    let stages: Vec<&str> = filler.stages.iter().map(|stage| stage.name(lang)).collect();
    let stages = stages.join(lang.pick(", ", "、"));
    let here = match filler.place {
        Place::Within => lang.pick("here, ", "内部: "),
        Place::Elsewhere => "",
    };
    let context = filler.role.and_then(Node::context).map(|it| it.name(lang)).unwrap_or_default();
    match filler.because {
        Because::IsHere => lang
            .pick("both ends are here, only the flow is missing", "両端はそろい、流れだけがない")
            .to_owned(),
        Because::ActsInSameStage => lang
            .pick(format!("{here}as {role} ({stages})"), format!("{here}{role}（{stages}）として")),
        Because::SupportsStage => {
            lang.pick(format!("{here}supports {stages}"), format!("{here}{stages}を支援"))
        }
        Because::IsAlike => lang.pick(
            format!("{here}of the same type, as {role}"),
            format!("{here}同じ類型（{role}）"),
        ),
        Because::PlaysRole | Because::ActsInStage if context.is_empty() => {
            lang.pick(format!("{here}as {role}"), format!("{here}{role}として"))
        }
        Because::PlaysRole | Because::ActsInStage => lang.pick(
            format!("{here}as {role} in {context}"),
            format!("{here}{role}（{context}）として"),
        ),
    }
}

/// A route in few words: how long, to or from whom, via whom.
fn told(route: &Route, filler: Node, lang: Lang) -> String {
    let nodes = &route.nodes;
    let starts = nodes[0] == filler;
    let end = nodes[if starts { nodes.len() - 1 } else { 0 }].name(lang);
    let acts = |node: &&Node| node.kind() != NodeKind::Role;
    let between = nodes[1..nodes.len() - 1].iter().filter(acts).map(|node| node.name(lang));
    let via: Vec<&str> = between.collect();
    let hops = route.length.hops;
    let unit = if hops == 1 { "hop" } else { "hops" };
    let (en, ja) = if starts { ("to", "へ") } else { ("from", "から") };
    match via[..] {
        [] => lang.pick(format!("{hops} {unit} {en} {end}"), format!("{end}{ja} {hops} 段")),
        _ => {
            let via = via.join(lang.pick(", ", "、"));
            lang.pick(
                format!("{hops} {unit} {en} {end} via {via}"),
                format!("{via}を経て{end}{ja} {hops} 段"),
            )
        }
    }
}

/// The relations of a route.
fn steps<'g>(route: &Route<'g>) -> Vec<Relation<'g>> {
    route.relations().collect()
}

/// The bases of some relations and what says so, for people.
fn rests_on(relations: &[Relation], lang: Lang) -> [String; 2] {
    let stands: BTreeSet<_> = relations.iter().map(|it| (it.basis(), it.confidence())).collect();
    let stands: Vec<String> = stands
        .into_iter()
        .map(|(basis, confidence)| words::basis(basis, confidence, lang))
        .collect();
    let sources = sources(relations);
    let more = sources.len().saturating_sub(SOURCES);
    let told = join(sources.into_iter().take(SOURCES));
    [stands.join("; "), if more == 0 { told } else { format!("{told} +{more}") }]
}

/// What says so, each once.
fn sources<'g>(relations: &[Relation<'g>]) -> Vec<&'g str> {
    let mut seen = BTreeSet::new();
    let all = relations.iter().flat_map(|relation| relation.sources());
    all.filter(|source| seen.insert(*source)).collect()
}
