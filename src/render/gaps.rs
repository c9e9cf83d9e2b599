//! Renders gaps.

use std::collections::{BTreeSet, HashSet};

use super::cell::spelling;
use super::words::{self, join};
use super::{Block, Cell, Records, Report, Table};
use crate::graph::{Direction, Node, Relation};
use crate::lang::Lang;
use crate::model::NodeKind;
use crate::query::gaps::{Answer, Because, Filler, FillerPlace, Flow, Gap, Missing, Parts};
use crate::query::path::Route;
use crate::query::pipeline::Tally;

/// The answer to `gaps`.
pub struct Gaps<'a> {
    /// What is missing.
    pub answer: &'a Answer<'a>,
    /// Whether the page shows basis and sources of each cell.
    pub evidence: bool,
}

impl Report for Gaps<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(self.answer)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        sheet(self.answer, lang)
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

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let mut page = vec![Block::Title(title(self.answer, lang))];
        page.extend(head(self.answer, lang).into_iter().map(Block::Line));
        page.extend([Block::Gap, page_table(self.answer, self.evidence, lang).into()]);
        page
    }
}

/// A gap and one who could fill it; of a gap that nobody could fill, the gap alone.
struct Row<'a> {
    gap: &'a Gap<'a>,
    parts: Parts<'a>,
    filler: Option<&'a Filler<'a>>,
}

impl<'a> Row<'a> {
    fn flow<T>(&self, of: impl FnOnce(Flow<'a>) -> T) -> Option<T> {
        self.parts.flow.map(of)
    }

    fn route(&self) -> Option<&'a Route<'a>> {
        self.filler.and_then(|filler| filler.route.as_ref())
    }

    fn filler_stages(&self) -> Vec<Node<'a>> {
        self.filler.map(|filler| filler.stages.clone()).unwrap_or_default()
    }

    fn route_nodes(&self) -> Vec<Node<'a>> {
        self.route().map(|route| route.nodes.clone()).unwrap_or_default()
    }

    fn filler_evidence(&self) -> Vec<Relation<'a>> {
        self.filler.map(|filler| filler.evidence.clone()).unwrap_or_default()
    }

    fn route_evidence(&self) -> Vec<Relation<'a>> {
        self.route().into_iter().flat_map(Route::relations).collect()
    }
}

/// A row for each gap and each who could fill it.
fn sheet<'a>(answer: &'a Answer<'a>, lang: Lang) -> Table<'a> {
    let rows = answer.gaps.iter().flat_map(|gap| {
        let nobody = gap.fillers.is_empty().then_some(None);
        let fillers = gap.fillers.iter().map(Some).chain(nobody);
        fillers.map(|filler| Row { gap, parts: gap.missing.into(), filler })
    });
    Table::of(rows, lang)
        .sheet("kind", |it| Cell::spelt(it.parts.kind))
        .sheet("missing", |it| Cell::spelt(it.parts.missing))
        .sheet("state", |it| Cell::spelt(it.gap.state))
        .sheet("role", |it| Cell::node(it.parts.role))
        .sheet("flow", |it| Cell::maybe(it.flow(|flow| flow.kind.id()), Cell::from))
        .sheet("from", |it| Cell::node(it.flow(|flow| flow.from)))
        .sheet("to", |it| Cell::node(it.flow(|flow| flow.to)))
        .sheet("stage", |it| Cell::node(it.parts.stage))
        .sheet("breaks", |it| it.gap.breaks.routes.to_string().into())
        .sheet("share", |it| Cell::spelt(it.gap.breaks.share))
        .sheet("basis", |it| bases(&it.gap.evidence))
        .sheet("sources", |it| Cell::Sources(words::sources(it.gap.evidence.iter().copied())))
        .sheet("candidates", |it| it.gap.candidates.to_string().into())
        .sheet("examples", |it| it.gap.examples.to_string().into())
        .sheet("filler", |it| Cell::node(it.filler.map(|it| it.node)))
        .sheet("where", |it| Cell::spelt(it.filler.map(|it| it.place)))
        .sheet("because", |it| Cell::spelt(it.filler.map(|it| it.because)))
        .sheet("fills", |it| Cell::node(it.filler.and_then(|it| it.fills)))
        .sheet("filler_role", |it| Cell::node(it.filler.and_then(|it| it.role)))
        .sheet("filler_stages", |it| Cell::Nodes(it.filler_stages()))
        .sheet("filler_basis", |it| bases(&it.filler_evidence()))
        .sheet("filler_sources", |it| Cell::Sources(words::sources(it.filler_evidence())))
        .sheet("hops", |it| Cell::spelt(it.route().map(|route| route.length.hops)))
        .sheet("route", |it| Cell::Nodes(it.route_nodes()))
        .sheet("route_basis", |it| bases(&it.route_evidence()))
        .sheet("route_sources", |it| Cell::Sources(words::sources(it.route_evidence())))
        .names("role", |it| it.parts.role)
        .both("flow", |it| it.flow(|flow| flow.kind.name()))
        .names("from", |it| it.flow(|flow| flow.from))
        .names("to", |it| it.flow(|flow| flow.to))
        .names("stage", |it| it.parts.stage)
        .names("filler", |it| it.filler.map(|it| it.node))
        .names("fills", |it| it.filler.and_then(|it| it.fills))
        .names("filler_role", |it| it.filler.and_then(|it| it.role))
        .names("filler_stages", |it| it.filler_stages())
        .names("route", |it| it.route_nodes())
        .table()
}

/// On what bases some relations stand, each once, the strongest first.
fn bases<'a>(relations: &[Relation]) -> Cell<'a> {
    let bases: BTreeSet<_> = relations.iter().map(|relation| relation.basis()).collect();
    Cell::list(bases.into_iter().map(spelling))
}

/// What a row of the page tells: of a gap, of one who could fill it, or of the route between.
#[derive(Default)]
struct Told<'a> {
    gap: Option<&'a Gap<'a>>,
    who: String,
    through: String,
    rests_on: Vec<Relation<'a>>,
}

fn page_table<'a>(answer: &'a Answer<'a>, evidence: bool, lang: Lang) -> Table<'a> {
    let rows = if evidence { with_evidence(answer, lang) } else { plain(answer, lang) };
    Table::of(rows, lang)
        .page("gap", "GAP", "欠けているもの", move |it| {
            Cell::maybe(it.gap, |gap| lacking(&gap.missing, lang).into())
        })
        .page("state", "KNOWN OF IT HERE", "ここでの状態", move |it| {
            Cell::maybe(it.gap, |gap| words::state(gap.state, lang).into())
        })
        .page("breaks", "BREAKS", "影響", |it| Cell::maybe(it.gap, |gap| breaks(gap).into()))
        .page("who", "WHO COULD FILL IT", "埋められる者", |it| it.who.clone().into())
        .page("through", "THROUGH", "つながり", |it| it.through.clone().into())
        .page("basis", "BASIS", "根拠", move |it| stands(&it.rests_on, lang).into())
        .page("sources", "SOURCES", "出典", |it| first_sources(&it.rests_on).into())
        .table()
}

/// A row a gap.
fn plain<'a>(answer: &'a Answer<'a>, lang: Lang) -> Vec<Told<'a>> {
    let roles = answer.gaps.iter().filter_map(|gap| Parts::from(gap.missing).role);
    let told: HashSet<Node> = roles.collect();
    let row = |gap: &'a Gap<'a>| {
        let nearest = || gap.fillers.first().map(|it| through(it, lang)).unwrap_or_default();
        let through = as_above(gap, &told, lang).unwrap_or_else(nearest);
        Told { gap: Some(gap), who: who(gap, lang), through, ..Told::default() }
    };
    answer.gaps.iter().map(row).collect()
}

/// A row for each thing that rests on something: the gap, who could fill it, the route.
fn with_evidence<'a>(answer: &'a Answer<'a>, lang: Lang) -> Vec<Told<'a>> {
    let mut rows = Vec::new();
    for gap in &answer.gaps {
        let nobody = if gap.fillers.is_empty() { who(gap, lang) } else { String::new() };
        let rests_on = gap.evidence.clone();
        rows.push(Told { gap: Some(gap), who: nobody, rests_on, ..Told::default() });
        for filler in &gap.fillers {
            rows.push(Told {
                who: filler.node.name(lang).to_owned(),
                through: as_what(filler, lang),
                rests_on: filler.evidence.clone(),
                ..Told::default()
            });
            if filler.place != FillerPlace::Within {
                let rests_on = filler.route.iter().flat_map(Route::relations).collect();
                rows.push(Told { through: through(filler, lang), rests_on, ..Told::default() });
            }
        }
    }
    rows
}

/// What is missing.
pub(super) fn lacking(missing: &Missing, lang: Lang) -> String {
    let (label, name) = match *missing {
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
    format!("{label}: {name}")
}

/// How many ways break, and what part of all that is.
fn breaks(gap: &Gap) -> String {
    let routes = gap.breaks.routes;
    match gap.breaks.share {
        Some(share) if routes > Tally::default() => format!("{routes} ({})", words::percent(share)),
        _ => routes.to_string(),
    }
}

fn title(answer: &Answer, lang: Lang) -> String {
    let of = answer.of.name(lang);
    match answer.against.map(|node| node.name(lang)) {
        Some(against) => lang.pick(
            format!("What {against} has and the atlas does not name in {of}"),
            format!("{against}にあって、{of}には名が挙がらないもの"),
        ),
        None => lang.pick(
            format!("What the atlas knows and does not name in {of}"),
            format!("アトラスにあって、{of}には名が挙がらないもの"),
        ),
    }
}

/// What is counted, and what is left out.
fn head(answer: &Answer, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((first, last)) = answer.span {
        let [first, last] = [first, last].map(|stage| stage.name(lang));
        let scope = words::scope(answer.against, lang);
        let ways = answer.staffed_routes;
        let open = words::left_open(answer.is_open, lang);
        let least = if answer.is_cut_off { lang.pick("at least ", "少なくとも ") } else { "" };
        lines.push(lang.pick(
            format!(
                "BREAKS counts, of {least}{ways} combinations of the names given in {scope}, one for each stage from \
                 \"{first}\" to \"{last}\" within one context, those that need it; a stage for which nobody is named \
                 is passed as it is{open}."
            ),
            format!(
                "「影響」は、{scope}に記載された名だけの組合せ（「{first}」から「{last}」まで各段階に一者、同じ文脈の中）\
                 {least}{ways} 通りのうち、それを欠くと途切れる数（担い手の名が挙がらない段階は素通りとする）{open}。"
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
    let mut ends = HashSet::new();
    let is_flow = matches!(gap.missing, Missing::Flow(_));
    let nearest = gap.fillers.iter().filter(|it| ends.insert(it.fills.filter(|_| is_flow)));
    let mut names: Vec<&str> = nearest.map(|filler| filler.node.name(lang)).collect();
    let place = gap.fillers[0].place;
    let all = if place == FillerPlace::Elsewhere { gap.examples } else { gap.candidates };
    let more = all.saturating_sub(names.len());
    names.dedup();
    let told = match place {
        FillerPlace::Within => names.join(" → "),
        FillerPlace::SameCountry => {
            let names = names.join(" → ");
            lang.pick(format!("in the country: {names}"), format!("国内: {names}"))
        }
        FillerPlace::Elsewhere => {
            let names = names.join(" → ");
            lang.pick(format!("example: {names}"), format!("参考: {names}"))
        }
    };
    match more {
        0 => told,
        _ => lang.pick(format!("{told} +{more} more"), format!("{told} ほか {more} 者")),
    }
}

/// Of a flow that lacks an end whose role is told as a gap itself: that it is filled as that is.
fn as_above(gap: &Gap, told: &HashSet<Node>, lang: Lang) -> Option<String> {
    let Missing::Flow(flow) = gap.missing else { return None };
    let missing = [flow.from, flow.to].into_iter().filter(|role| told.contains(role));
    let mut names: Vec<&str> = missing.map(|role| role.name(lang)).collect();
    names.dedup();
    match names[..] {
        [] => None,
        [one] => Some(lang.pick(format!("as for the role {one}"), format!("役割「{one}」に同じ"))),
        _ => Some(lang.pick("as for the roles at both ends", "両端の役割に同じ").to_owned()),
    }
}

/// How one who could fill a gap is tied to whoever has it.
fn through(filler: &Filler, lang: Lang) -> String {
    if filler.place == FillerPlace::Within {
        return as_what(filler, lang);
    }
    match (filler.shares, &filler.route) {
        (Some(region), _) => {
            let region = region.name(lang);
            lang.pick(format!("in the same region: {region}"), format!("同じ地域（{region}）"))
        }
        (None, Some(route)) => in_short(route, filler.node, lang),
        (None, None) => lang.pick("no tie is named", "つながりの記載なし").to_owned(),
    }
}

/// By what one could fill a gap.
fn as_what(filler: &Filler, lang: Lang) -> String {
    let role = words::name(filler.role.map(|role| role.generic().unwrap_or(role)), lang);
    let stages: Vec<&str> = filler.stages.iter().map(|stage| stage.name(lang)).collect();
    let stages = stages.join(lang.pick(", ", "、"));
    let here = match filler.place {
        FillerPlace::Within => lang.pick("here, ", "内部: "),
        FillerPlace::SameCountry | FillerPlace::Elsewhere => "",
    };
    let context = words::name(filler.role.and_then(Node::context), lang);
    match filler.because {
        Because::IsHere => lang
            .pick("both ends are here, only the flow is missing", "両端はそろい、流れだけがない")
            .to_owned(),
        Because::ActsInSameStage => lang
            .pick(format!("{here}as {role} ({stages})"), format!("{here}{role}（{stages}）として")),
        Because::SupportsStage => {
            lang.pick(format!("{here}supports {stages}"), format!("{here}{stages}を支援"))
        }
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
fn in_short(route: &Route, filler: Node, lang: Lang) -> String {
    let nodes = &route.nodes;
    let starts = nodes[0] == filler;
    let end = nodes[if starts { nodes.len() - 1 } else { 0 }].name(lang);
    let acts = |node: &&Node| node.kind() != NodeKind::Role;
    let between = nodes[1..nodes.len() - 1].iter().filter(acts).map(|node| node.name(lang));
    let via: Vec<&str> = between.collect();
    let hops = route.length.hops;
    let long = words::count(hops as usize, "hop", "hops");
    let (en, ja) = if starts { ("to", "へ") } else { ("from", "から") };
    match via[..] {
        [] => lang.pick(format!("{long} {en} {end}"), format!("{end}{ja} {hops} 段")),
        _ => {
            let via = via.join(lang.pick(", ", "、"));
            lang.pick(
                format!("{long} {en} {end} via {via}"),
                format!("{via}を経て{end}{ja} {hops} 段"),
            )
        }
    }
}

/// The bases of some relations, for people.
fn stands(relations: &[Relation], lang: Lang) -> String {
    let stands: BTreeSet<_> = relations.iter().map(|it| (it.basis(), it.confidence())).collect();
    let stands =
        stands.into_iter().map(|(basis, confidence)| words::basis(basis, confidence, lang));
    stands.collect::<Vec<_>>().join("; ")
}

/// The first of what says so, and how many more there are.
fn first_sources(relations: &[Relation]) -> String {
    const MOST: usize = 6;
    let sources = words::sources(relations.iter().copied());
    let told = join(sources.iter().take(MOST).copied());
    match sources.len().saturating_sub(MOST) {
        0 => told,
        more => format!("{told} +{more}"),
    }
}
