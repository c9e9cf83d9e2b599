//! Brokers for people: one table by sectors, one by regions.

use super::super::grid::{Block, Grid};
use super::super::words;
use super::columns::{Column, grid, labelled, name, table};
use crate::lang::Lang;
use crate::query::stats::{Broker, Brokers, Roles};

pub(super) fn brokers(brokers: &Brokers, lang: Lang) -> Vec<Block> {
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
    let sectors = active(brokers, |it| it.sectors);
    let regions = active(brokers, |it| it.regions);
    if !sectors.is_empty() || !regions.is_empty() {
        page.extend([Block::Gap, legend(lang)]);
    }
    if !sectors.is_empty() {
        page.extend(table(
            lang.pick("Brokers between sectors", "業種間の仲介者"),
            lang.pick("A group is a sector: a type of organization", "群は業種（組織の類型）"),
            by_sector(&sectors, lang),
        ));
    }
    if !regions.is_empty() {
        page.extend(table(
            lang.pick("Brokers between regions", "地域間の仲介者"),
            lang.pick("A group is a region: where an organization is located", "群は所在する地域"),
            by_region(&regions, lang),
        ));
    }
    page
}

/// The brokers that lead between any pair whose groups are known.
fn active<'b, 'g>(
    brokers: &'b Brokers<'g>,
    roles: fn(&Broker<'g>) -> Roles,
) -> Vec<&'b Broker<'g>> {
    brokers.top.iter().filter(|broker| roles(broker).total > 0).collect()
}

/// What the columns are called: all pairs, then one for each role, then the constraint.
fn headers(lang: Lang) -> [&'static str; 7] {
    lang.pick(
        ["PAIRS", "WITHIN", "ANOTHER", "INTO", "OUT", "ACROSS", "CONSTRAINT"],
        ["組", "群内", "他群", "入", "出", "三群", "拘束"],
    )
}

fn legend(lang: Lang) -> Block {
    let told = lang.pick(
        [
            "ordered pairs that it leads from one to the other; of these:",
            "all three are of one group (coordinator)",
            "the two are of one group, the broker is of another (itinerant broker)",
            "it leads from another group into its own (gatekeeper)",
            "it leads out of its own group into another (representative)",
            "all three are of different groups (liaison)",
            "near 0, its contacts are not tied to one another; near 1, they all are",
        ],
        [
            "一方から他方へつなぐ組の数（順序を区別）。その内訳:",
            "三者とも同じ群（コーディネーター）",
            "二者は同じ群、仲介者だけ別の群（巡回ブローカー）",
            "別の群から自らの群へつなぐ（ゲートキーパー）",
            "自らの群から別の群へつなぐ（代表者）",
            "三者とも別の群（リエゾン）",
            "0 に近いほど相手どうしに結び付きがなく、1 に近いほど互いに結び付いている",
        ],
    );
    let headers = headers(lang);
    labelled(std::array::from_fn::<_, 7, _>(|at| (headers[at], told[at].to_owned())))
}

fn pairs(brokers: &[&Broker], roles: fn(&Broker) -> Roles, lang: Lang) -> Vec<Column> {
    let figures: [fn(&Roles) -> u64; 6] = [
        |it| it.total,
        |it| it.coordinator,
        |it| it.itinerant,
        |it| it.gatekeeper,
        |it| it.representative,
        |it| it.liaison,
    ];
    let column = |(header, figure): (&str, fn(&Roles) -> u64)| {
        Column::numbers(header, brokers.iter().map(|it| figure(&roles(it))))
    };
    headers(lang).into_iter().zip(figures).map(column).collect()
}

fn by_sector(brokers: &[&Broker], lang: Lang) -> Grid {
    let [called, sector] = lang.pick(["NAME", "SECTOR"], ["名称", "業種"]);
    let [.., constraint] = headers(lang);
    let sector_of =
        |it: &&Broker| words::term(it.sector.unwrap_or_default(), it.sector_name, lang).to_owned();
    let constraint_of =
        |it: &&Broker| it.constraint.map_or(String::new(), |constraint| format!("{constraint:.2}"));
    let mut columns = vec![
        Column::words(called, brokers.iter().map(|it| name(&it.node, lang))),
        Column::words(sector, brokers.iter().map(sector_of)),
    ];
    columns.extend(pairs(brokers, |it| it.sectors, lang));
    columns.push(Column::numbers(constraint, brokers.iter().map(constraint_of)));
    let mut grid = grid(columns);
    grid.spare = lang.pick(&["SECTOR", "CONSTRAINT"], &["業種", "拘束"]);
    grid
}

fn by_region(brokers: &[&Broker], lang: Lang) -> Grid {
    let [called, region] = lang.pick(["NAME", "REGION"], ["名称", "地域"]);
    let region_of =
        |it: &&Broker| it.region.as_ref().map_or(String::new(), |region| name(region, lang));
    let mut columns = vec![
        Column::words(called, brokers.iter().map(|it| name(&it.node, lang))),
        Column::words(region, brokers.iter().map(region_of)),
    ];
    columns.extend(pairs(brokers, |it| it.regions, lang));
    let mut grid = grid(columns);
    grid.spare = lang.pick(&["REGION"], &["地域"]);
    grid
}
