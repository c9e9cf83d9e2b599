//! Brokers for people: one table by sectors, one by regions.

use super::{labelled, titled};
use crate::lang::Lang;
use crate::query::stats::{Broker, Brokers, Roles};
use crate::render::table::Declaration;
use crate::render::{Block, Cell, Table, words};

/// A number of pairs that a broker leads from one to the other.
pub(super) struct Pairs {
    /// What sheets call it.
    pub key: &'static str,
    /// What people call it.
    heading: [&'static str; 2],
    /// What it means.
    told: [&'static str; 2],
    pub of: fn(&Roles) -> u64,
}

/// The pairs by the role that the broker has in them.
pub(super) const BY_ROLE: [Pairs; 5] = [
    Pairs {
        key: "coordinator",
        heading: ["WITHIN", "群内"],
        told: ["all three are of one group (coordinator)", "三者とも同じ群（コーディネーター）"],
        of: |roles| roles.coordinator,
    },
    Pairs {
        key: "itinerant",
        heading: ["ANOTHER", "他群"],
        told: [
            "the two are of one group, the broker is of another (itinerant broker)",
            "二者は同じ群、仲介者だけ別の群（巡回ブローカー）",
        ],
        of: |roles| roles.itinerant,
    },
    Pairs {
        key: "gatekeeper",
        heading: ["INTO", "入"],
        told: [
            "it leads from another group into its own (gatekeeper)",
            "別の群から自らの群へつなぐ（ゲートキーパー）",
        ],
        of: |roles| roles.gatekeeper,
    },
    Pairs {
        key: "representative",
        heading: ["OUT", "出"],
        told: [
            "it leads out of its own group into another (representative)",
            "自らの群から別の群へつなぐ（代表者）",
        ],
        of: |roles| roles.representative,
    },
    Pairs {
        key: "liaison",
        heading: ["ACROSS", "三群"],
        told: ["all three are of different groups (liaison)", "三者とも別の群（リエゾン）"],
        of: |roles| roles.liaison,
    },
];

/// All of these.
pub(super) const ALL: Pairs = Pairs {
    key: "total",
    heading: ["PAIRS", "組"],
    told: [
        "ordered pairs that it leads from one to the other; of these:",
        "一方から他方へつなぐ組の数（順序を区別）。その内訳:",
    ],
    of: |roles| roles.total,
};

const CONSTRAINT: [&str; 2] = ["CONSTRAINT", "拘束"];

pub(super) fn brokers<'a>(brokers: &'a Brokers<'a>, lang: Lang) -> Vec<Block<'a>> {
    let Brokers { nodes, ties, .. } = brokers;
    let lines = lang.pick(
        vec![format!(
            "{ties} ties among {nodes} organizations: by a relation, in the same role or program, or \
             by a relation between two roles. A broker leads from one to another where no tie does."
        )],
        vec![
            format!("{nodes} 組織の間に {ties} 組の結び付きがある。"),
            "結び付きは、直接の関係、同じ役割・施策、役割どうしの関係による。".to_owned(),
            "仲介者は、結び付きのない二者の一方から他方へつなぐ。".to_owned(),
        ],
    );
    let title = lang.pick("Brokers", "仲介者").to_owned();
    let mut page = vec![Block::Gap, Block::Title(title)];
    page.extend(lines.into_iter().map(Block::Line));
    let tables = [
        (
            lang.pick("Brokers between sectors", "業種間の仲介者"),
            lang.pick("A group is a sector: a type of organization", "群は業種（組織の類型）"),
            by_sector(brokers, lang),
        ),
        (
            lang.pick("Brokers between regions", "地域間の仲介者"),
            lang.pick("A group is a region: where an organization is located", "群は所在する地域"),
            by_region(brokers, lang),
        ),
    ];
    let mut tables = tables.into_iter().filter(|(.., table)| table.rows > 0).peekable();
    if tables.peek().is_some() {
        page.extend([Block::Gap, legend(lang)]);
    }
    page.extend(tables.flat_map(|(title, line, table)| titled(title, line, table)));
    page
}

fn legend<'a>(lang: Lang) -> Block<'a> {
    let line = |[en, ja]: [&'static str; 2], told: [&str; 2]| {
        (lang.pick(en, ja), lang.pick(told[0], told[1]).to_owned())
    };
    let constraint = [
        "near 0, its contacts are not tied to one another; near 1, they all are",
        "0 に近いほど相手どうしに結び付きがなく、1 に近いほど互いに結び付いている",
    ];
    let pairs = [ALL].into_iter().chain(BY_ROLE).map(|it| line(it.heading, it.told));
    labelled(pairs.chain([line(CONSTRAINT, constraint)]), lang)
}

fn by_sector<'a>(brokers: &'a Brokers<'a>, lang: Lang) -> Table<'a> {
    let sector = move |it: &Broker<'a>| {
        Cell::maybe(it.sector, |id| words::term(id, it.sector_name, lang).into())
    };
    let constraint = |it: f64| Cell::Figure(it, format!("{it:.2}"));
    let table = named(brokers, |it| it.sectors, lang)
        .page("sector", "SECTOR", "業種", move |it| sector(it))
        .spare(0);
    pairs(table, |it| it.sectors)
        .page("constraint", CONSTRAINT[0], CONSTRAINT[1], move |it| {
            Cell::maybe(it.constraint, constraint)
        })
        .spare(1)
        .table()
}

fn by_region<'a>(brokers: &'a Brokers<'a>, lang: Lang) -> Table<'a> {
    let table = named(brokers, |it| it.regions, lang)
        .page("region", "REGION", "地域", |it| Cell::node(it.region))
        .spare(0);
    pairs(table, |it| it.regions).table()
}

/// A row for each broker that leads between any pair whose groups are known.
fn named<'a>(
    brokers: &'a Brokers<'a>,
    roles: fn(&Broker) -> Roles,
    lang: Lang,
) -> Declaration<'a, &'a Broker<'a>> {
    let active = brokers.top.iter().filter(|broker| roles(broker).total > 0);
    Table::of(active, lang).page("node", "NAME", "名称", |it| Cell::Node(it.node))
}

/// Adds a column for all pairs, and one for each role in them.
fn pairs<'a>(
    mut table: Declaration<'a, &'a Broker<'a>>,
    roles: fn(&Broker) -> Roles,
) -> Declaration<'a, &'a Broker<'a>> {
    for Pairs { key, heading: [en, ja], of, .. } in [ALL].into_iter().chain(BY_ROLE) {
        table = table.page(key, en, ja, move |it| Cell::Number(of(&roles(it)) as f64));
    }
    table
}
