//! The atlas that someone would have written on a date, by the plain definitions.

use super::{Case, Happening, Span, When, Written, ja};
use crate::atlas::Writer;

/// One statement of the atlas: its ends and all that it says.
#[derive(Clone)]
struct Said {
    kind: &'static str,
    from: String,
    to: String,
    context: Option<&'static str>,
    span: Span,
    basis: &'static str,
    confidence: Option<&'static str>,
    sources: Vec<String>,
    /// In Japanese and in English.
    notes: Option<(String, String)>,
}

fn can_hold((since, until): Span, date: When) -> bool {
    let is_too_early = since.is_some_and(|since| date.is_before(since));
    let is_too_late = until.is_some_and(|until| until.is_before(date));
    !is_too_early && !is_too_late
}

/// Who stood in the place of a node on a date; nobody where it was not there.
pub fn heir(case: &Case, id: &str, date: When) -> Option<String> {
    if let Some((role, context)) = id.split_once('@') {
        let is_spoken_of = said(case, date).iter().any(|it| {
            let ends = [&it.from, &it.to];
            it.context == Some(context) && ends.into_iter().any(|end| end == role)
        });
        return is_spoken_of.then(|| id.to_owned());
    }
    let place = place(case, id, date);
    is_there(case, &place, date).then_some(place)
}

fn number(id: &str) -> usize {
    id[1..].parse().expect("a letter and a number")
}

fn span(case: &Case, id: &str) -> Span {
    match &id[..1] {
        "o" => case.organizations[number(id)].0,
        "y" => case.programs[number(id)].0,
        "x" => case.others[number(id)],
        "r" => case.others[2 + number(id)],
        _ => case.others[4 + number(id)],
    }
}

fn events<'c>(case: &'c Case, id: &str) -> &'c [Happening] {
    match &id[..1] {
        "o" => &case.organizations[number(id)].1,
        "y" => &case.programs[number(id)].1,
        _ => &[],
    }
}

fn has_begun(case: &Case, id: &str, date: When) -> bool {
    let founded = events(case, id).iter().filter(|it| it.kind == "founded");
    let founded: Vec<When> = founded.filter_map(|it| it.date).collect();
    can_hold((span(case, id).0, None), date)
        && (founded.is_empty() || founded.iter().any(|it| !date.is_before(*it)))
}

fn is_there(case: &Case, id: &str, date: When) -> bool {
    let is_unfollowed = |it: &Happening| it.kind == "succeeded" && it.other.is_none();
    let is_end = |it: &Happening| ["dissolved", "ended"].contains(&it.kind) || is_unfollowed(it);
    let mut ends = events(case, id).iter().filter(|it| is_end(it));
    place(case, id, date) == id
        && has_begun(case, id, date)
        && can_hold((None, span(case, id).1), date)
        && !ends.any(|it| it.date.is_some_and(|end| end.is_before(date)))
}

/// The last event by the date, where it is one after which nobody can tell whether the node went on.
pub fn takeover<'c>(case: &'c Case, id: &str, date: When) -> Option<&'c Happening> {
    let mut last: Option<(u16, &Happening)> = None;
    for event in events(case, id) {
        let Some(on) = event.date.filter(|on| !date.is_before(*on)) else { continue };
        if last.is_none_or(|last| last.0 <= on.months().0) {
            last = Some((on.months().0, event));
        }
    }
    last.map(|last| last.1).filter(|it| ["acquired", "merged", "succeeded"].contains(&it.kind))
}

/// The last event by the date by which someone took a place: its number, and who.
fn step(case: &Case, id: &str, date: When) -> Option<(usize, String)> {
    let mut last: Option<(u16, usize, String)> = None;
    for (number, event) in events(case, id).iter().enumerate() {
        let takes = ["acquired", "merged", "succeeded"].contains(&event.kind);
        let (true, Some(on), Some(other)) = (takes, event.date, event.other) else { continue };
        let (first, other) = (on.months().0, format!("o{other}"));
        if !date.is_before(on) && last.as_ref().is_none_or(|last| last.0 <= first) {
            last = Some((first, number, other));
        }
    }
    let (_, number, other) = last?;
    let is_possible = [id, &*other].iter().all(|it| has_begun(case, it, date));
    is_possible.then_some((number, other))
}

fn place(case: &Case, id: &str, date: When) -> String {
    let Some((number, next)) = step(case, id, date) else { return id.to_owned() };
    let mut at = next.clone();
    for _ in 0..5 {
        if at == id {
            return id.to_owned();
        }
        at = step(case, &at, date).map_or(at, |it| it.1);
    }
    // Who goes in a circle keeps its place, so that this comes to an end.
    let last = place(case, &next, date);
    let is_part = case.relations.iter().any(|it| {
        it.kind == "part-of"
            && it.from == id
            && [&next, &last].contains(&&it.to)
            && can_hold(it.span, date)
            && it.context.is_none_or(|context| is_there(case, context, date))
    });
    let stays = is_part && events(case, id)[number].kind == "acquired";
    if stays { id.to_owned() } else { last }
}

/// The names in Japanese and in English.
fn names(case: &Case, id: &str, date: When) -> [Option<String>; 2] {
    let mut names = [ja(id), Some(id.to_owned())];
    for (lang, name) in names.iter_mut().enumerate() {
        let mut first: Option<(u16, String)> = None;
        for (number, event) in events(case, id).iter().enumerate() {
            let (ja, en) = event.former(id, number);
            let (Some(on), Some(former)) = (event.date, [ja, en][lang].clone()) else { continue };
            let is_later = event.kind == "renamed" && date.is_before(on);
            if is_later && first.as_ref().is_none_or(|first| on.months().0 < first.0) {
                first = Some((on.months().0, former));
            }
        }
        *name = first.map(|it| it.1).or(name.take());
    }
    names
}

/// All names but those it had on the date.
fn aliases(case: &Case, id: &str, date: When) -> Vec<String> {
    let names = names(case, id, date);
    let present = ja(id).into_iter().chain([id.to_owned()]);
    let all = [format!("also-{id}")].into_iter().chain(present);
    let mut all: Vec<String> = all.filter(|it| !names.contains(&Some(it.clone()))).collect();
    for n in 0..case.organizations.len() {
        let other = format!("o{n}");
        if id.starts_with('o') && other != id && place(case, &other, date) == id {
            let [ja_then, en_then] = self::names(case, &other, date);
            all.extend(ja_then.into_iter().chain(en_then));
            let present = [format!("also-{other}"), other.clone()];
            all.extend(present.into_iter().chain(ja(&other)));
        }
    }
    all
}

/// What held, with those who took places in the place of the others, each statement once.
fn said(case: &Case, date: When) -> Vec<Said> {
    let mut all = Vec::new();
    for (n, (.., region)) in case.organizations.iter().enumerate() {
        if let Some(region) = region {
            let (from, to) = (format!("o{n}"), format!("x{region}"));
            let sources = vec![format!("n:o{n}")];
            all.push(stated("located-in", from, to, (None, None), sources));
        }
        let id = format!("o{n}");
        for (number, event) in events(case, &id).iter().enumerate() {
            let takes = ["acquired", "merged", "succeeded"].contains(&event.kind);
            if let (true, Some(other)) = (takes, event.other) {
                let sources = vec![format!("e:{id}-{number}")];
                let span = (event.date, None);
                all.push(stated("succeeds", format!("o{other}"), id.clone(), span, sources));
            }
        }
    }
    all.extend(case.relations.iter().enumerate().map(|(number, it)| {
        let Written { kind, ref from, ref to, context, span, basis } = *it;
        let confidence = (basis == "inferred").then_some("low");
        let said = stated(kind, from.clone(), to.clone(), span, vec![format!("n:{number}")]);
        Said { context, basis, confidence, ..said }
    }));
    all.retain(|it| {
        let ends = [&it.from, &it.to].map(|end| place(case, end, date));
        can_hold(it.span, date)
            && ends.iter().all(|end| is_there(case, end, date))
            && it.context.is_none_or(|context| is_there(case, context, date))
    });
    let (stands, goes): (Vec<Said>, Vec<Said>) = all
        .iter()
        .cloned()
        .partition(|it| [&it.from, &it.to].into_iter().all(|end| place(case, end, date) == *end));
    let key = |it: &Said| (it.kind, it.from.clone(), it.to.clone(), it.context);
    let mut known: Vec<_> = stands.iter().map(key).collect();
    let mut done = Vec::new();
    for said in all {
        if !goes.iter().any(|it| it.sources == said.sources && key(it) == key(&said)) {
            done.push(said);
            continue;
        }
        let is_own = ["located-in", "part-of"].contains(&said.kind);
        let is_passed_on = !is_own || place(case, &said.from, date) == said.from;
        let said = taken_over(case, said, date);
        if is_passed_on && said.from != said.to && !known.contains(&key(&said)) {
            known.push(key(&said));
            done.push(said);
        }
    }
    let all = done.clone();
    done.retain(|it| {
        it.kind != "part-of" || it.notes.is_none() || !is_within(&all, &it.to, &it.from)
    });
    done
}

fn stated(kind: &'static str, from: String, to: String, span: Span, sources: Vec<String>) -> Said {
    let (context, confidence, notes) = (None, None, None);
    Said { kind, from, to, context, span, basis: "stated", confidence, sources, notes }
}

fn taken_over(case: &Case, mut said: Said, date: When) -> Said {
    (said.basis, said.confidence) = ("inferred", Some("medium"));
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    for end in [said.from.clone(), said.to.clone()] {
        let (last, mut at, mut on) = (place(case, &end, date), end.clone(), None);
        while at != last {
            let (number, next) = step(case, &at, date).expect("someone took its place");
            on = on.max(events(case, &at)[number].date);
            let source = format!("e:{at}-{number}");
            if !said.sources.contains(&source) {
                said.sources.push(source);
            }
            at = next;
        }
        let Some(on) = on else { continue };
        said.span.0 = said.span.0.max(Some(on));
        let [name_ja, name_en] = names(case, &end, date);
        let name_en = name_en.expect("everyone has one");
        ja.push(format!("{}として（{on} に承継）", name_ja.as_ref().unwrap_or(&name_en)));
        en.push(format!("as {name_en}; taken over {on}"));
    }
    said.notes = Some((ja.join("。"), en.join("; ")));
    (said.from, said.to) = (place(case, &said.from, date), place(case, &said.to, date));
    said
}

/// Whether one is part of the other, over however many between.
fn is_within(all: &[Said], part: &str, whole: &str) -> bool {
    let mut found = vec![part.to_owned()];
    for _ in 0..all.len() {
        let on = all.iter().filter(|it| it.kind == "part-of" && found.contains(&it.from));
        found.extend(on.map(|it| it.to.clone()).collect::<Vec<_>>());
        found.sort_unstable();
        found.dedup();
    }
    found.iter().any(|it| it == whole)
}

/// The atlas.
pub fn atlas(case: &Case, date: When) -> String {
    let nodes = |prefix: &'static str, count: usize| {
        let ids = (0..count).map(move |n| format!("{prefix}{n}"));
        ids.filter(|id| is_there(case, id, date)).map(|id| {
            let [ja, en] = names(case, &id, date);
            let ja = ja.map(|ja| format!(", ja: {ja}")).unwrap_or_default();
            let aliases = aliases(case, &id, date).join(", ");
            let en = en.expect("everyone has one");
            format!("id: {id}, name: {{en: {en}{ja}}}, aliases: [{aliases}], sources: ['n:{id}']")
        })
    };
    let relation = |it: Said| {
        let Said { kind, from, to, basis, .. } = it;
        let field = |name, value: Option<String>| {
            value.map(|value| format!(", {name}: '{value}'")).unwrap_or_default()
        };
        let rest = [
            field("in", it.context.map(str::to_owned)),
            field("since", it.span.0.map(|it| it.to_string())),
            field("until", it.span.1.map(|it| it.to_string())),
            field("confidence", it.confidence.map(str::to_owned)),
        ];
        let notes = it.notes.map(|(ja, en)| format!(", note: {{ja: '{ja}', en: '{en}'}}"));
        let (rest, notes) = (rest.concat(), notes.unwrap_or_default());
        let sources = it.sources.join("', '");
        format!(
            "kind: {kind}, from: {from}, to: {to}, basis: {basis}{rest}{notes}, sources: ['{sources}']"
        )
    };
    Writer::default()
        .section("organizations", nodes("o", 5))
        .section("regions", nodes("x", 2))
        .section("roles", nodes("r", 2))
        .section("stages", nodes("s", 2))
        .section("programs", nodes("y", 2))
        .section("relations", said(case, date).into_iter().map(relation))
        .section("sources", ["n", "e"].map(|id| format!("id: {id}")))
        .text()
}
