//! Renders maps: in the terminal, as a picture, and as tables.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use super::{Block, Cell, Records, Report, Style, Table, terminal, words};
use crate::graph::Node;
use crate::lang::Lang;
use crate::picture::map::{self, Group, JAPAN, Place, Spot, WORLD, Window};
use crate::picture::{Key, NotDrawn, Picture, nothing};
use crate::query::map::Places;

impl Report for Places<'_> {
    fn records(&self) -> Records<'_> {
        Records::one(self)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        Table::of(&self.places, lang)
            .column("region", "REGION", "地域", |it| Cell::Node(it.region))
            .column("type", "TYPE", "類型", move |it| words::node_type(it.region, lang))
            .both("name", |it| Some(&it.region.record().name))
            .column("organizations", "ORGANIZATIONS", "組織", |it| {
                Cell::Number(it.organizations.len() as f64)
            })
            .sheet("ids", |it| Cell::list(it.organizations.iter().map(|it| it.id())))
            .sheet("lat", |it| Cell::Number(it.location.lat))
            .sheet("lon", |it| Cell::Number(it.location.lon))
            .table()
    }

    fn blocks(&self, lang: Lang) -> Vec<Block<'_>> {
        let mut page = vec![Block::Title(title(self, lang)), self.table(lang).into()];
        page.extend(without(self, lang).map(Block::Line));
        page
    }

    fn page(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let lang = style.lang;
        let Some(chart) = Chart::of(self, lang) else {
            return terminal::write(&self.blocks(lang), style, out);
        };
        let columns = usize::from(style.width.unwrap_or(100)).min(120);
        let screen = map::draw_braille(&chart.groups, chart.window, columns);
        let mut page = vec![Block::Title(title(self, lang))];
        terminal::write(&page, style, out)?;
        for line in &screen.lines {
            let mut letters = screen.letters.clone();
            letters.dedup();
            for c in line.chars() {
                match letters.contains(&c) {
                    true => write!(out, "{}", style.bold(&c.to_string()))?,
                    false => write!(out, "{c}")?,
                }
            }
            writeln!(out)?;
        }
        let rows = screen.letters.iter().zip(chart.groups.iter().zip(&chart.names));
        let table = Table::of(rows, lang)
            .page("mark", "", "", |(letter, _)| letter.to_string().into())
            .page("place", "PLACE", "場所", |(_, (_, name))| Cell::text(name.as_str()))
            .page("organizations", "ORGANIZATIONS", "組織", |(_, (group, _))| {
                Cell::Number(group.count as f64)
            })
            .page("zone", "", "", move |(_, (group, _))| match group.is_diamond {
                true => lang.pick("special zone", "特区").into(),
                false => Cell::Empty,
            })
            .table();
        page = vec![Block::Gap, table.into()];
        page.extend(without(self, lang).into_iter().flat_map(|it| [Block::Gap, Block::Line(it)]));
        page.push(Block::Line(outlines(lang).to_owned()));
        terminal::write(&page, style, out)
    }

    fn picture(&self, lang: Lang) -> Option<Result<Picture, NotDrawn>> {
        Some(draw(self, lang))
    }
}

/// What is drawn.
struct Chart {
    window: Window,
    groups: Vec<Group>,
    /// What each group is called.
    names: Vec<String>,
}

impl Chart {
    /// The marks of places; nothing where there is no place.
    fn of(places: &Places, lang: Lang) -> Option<Self> {
        let spots: Vec<Spot> = places
            .places
            .iter()
            .map(|it| Spot {
                name: it.region.name(lang).to_owned(),
                place: Place { lon: it.location.lon, lat: it.location.lat },
                count: it.organizations.len(),
                is_diamond: it.special_zone,
            })
            .collect();
        let all: Vec<Place> = spots.iter().map(|it| it.place).collect();
        let window = match places.region {
            _ if all.is_empty() => return None,
            None => WORLD,
            Some(_) => window(&all),
        };
        let groups = map::groups(&spots, window);
        let name = |group: &Group| {
            let members: Vec<Node> =
                group.spots.iter().map(|it| places.places[*it].region).collect();
            called(&members, lang)
        };
        let names = groups.iter().map(name).collect();
        Some(Chart { window, groups, names })
    }
}

/// Japan where all lies in it and is far apart; the world where it is wide; else what is around the places.
fn window(places: &[Place]) -> Window {
    let around = Window::around(places);
    let is_in_japan = places.iter().all(|it| JAPAN.contains(*it));
    match around {
        _ if around.east - around.west > 120.0 => WORLD,
        _ if is_in_japan && around.north - around.south > 6.0 => JAPAN,
        _ if is_in_japan => around,
        // Coasts are far from many a place.
        _ => around.grown(26.0),
    }
}

/// What regions that share a mark are called: the one that they all lie in, or the first and how many more.
fn called(members: &[Node], lang: Lang) -> String {
    let [first, rest @ ..] = members else { return String::new() };
    if rest.is_empty() {
        return first.name(lang).to_owned();
    }
    let named = common(members);
    let name = named.unwrap_or(*first).name(lang);
    let count = members.len();
    match named.is_some() {
        true => lang.pick(format!("{name} ({count} regions)"), format!("{name}（{count} 地域）")),
        false => lang.pick(format!("{name} +{}", count - 1), format!("{name} ほか {}", count - 1)),
    }
}

/// The one of these regions that all of them lie in.
pub fn common<'g>(members: &[Node<'g>]) -> Option<Node<'g>> {
    let above = |node: Node<'g>| {
        let mut all: BTreeSet<Node<'g>> = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if all.insert(node) {
                open.extend(node.within());
            }
        }
        all
    };
    let mut all = members.iter().map(|it| above(*it));
    let first = all.next()?;
    let common = all.fold(first, |common, other| &common & &other);
    members.iter().copied().find(|it| common.contains(it))
}

fn title(places: &Places, lang: Lang) -> String {
    match places.region {
        None => lang.pick("Where organizations are", "組織の所在").to_owned(),
        Some(region) => {
            let name = region.name(lang);
            lang.pick(format!("{name}: where organizations are"), format!("{name}: 組織の所在"))
        }
    }
}

/// Who has no location.
fn without(places: &Places, lang: Lang) -> Option<String> {
    let count = places.without_location.len();
    let names: Vec<Cow<str>> =
        places.without_location.iter().map(|it| words::name_then(*it, None, lang)).collect();
    let names = names.join(lang.pick("; ", "、"));
    (count > 0).then(|| {
        lang.pick(
            format!("Without a known location ({count}): {names}"),
            format!("所在の分からないもの（{count}）: {names}"),
        )
    })
}

fn outlines(lang: Lang) -> &'static str {
    lang.pick(
        "Land: Natural Earth. Outlines imply no position on any boundary.",
        "陸地: Natural Earth。輪郭線は境界についての立場を示すものではありません。",
    )
}

fn draw(places: &Places, lang: Lang) -> Result<Picture, NotDrawn> {
    let chart = Chart::of(places, lang).ok_or_else(nothing)?;
    let (frame, unnamed) = map::draw(&chart.groups, &chart.names, chart.window);
    let mut keys =
        vec![Key::Text(lang.pick("Size: number of organizations", "大きさ: 組織の数").to_owned())];
    if chart.groups.iter().any(|it| it.is_diamond) {
        keys.push(Key::Text(lang.pick("◆ special zone", "◆ 特区").to_owned()));
    }
    let mut notes = Vec::new();
    if !unnamed.is_empty() {
        let names: Vec<&str> = unnamed.iter().map(|it| &*chart.names[*it]).collect();
        let names = names.join(lang.pick("; ", "、"));
        notes.push(lang.pick(
            format!("Also marked, without room for a name: {names}"),
            format!("名前を書く余地のない印: {names}"),
        ));
    }
    notes.extend(without(places, lang));
    notes.push(outlines(lang).to_owned());
    if let Some(date) = places.places.first().and_then(|it| it.region.graph().date()) {
        notes.push(lang.pick(format!("As of {date}"), format!("{date} 時点")));
    }
    Ok(frame.framed(title(places, lang), &keys, &notes, lang))
}
