//! Renders how the rules of a policy fare.

use serde_json::Value;

use super::gaps::lacking;
use super::sarif::{self, Breach};
use super::words;
use super::{Cell, Records, Report, Table};
use crate::lang::Lang;
use crate::origin::{Files, Origin};
use crate::query::expect::{Because, Counted, Finding, Verdict};

/// The answer to `expect`.
pub struct Verdicts<'a> {
    /// How each rule fares.
    pub verdicts: &'a [Verdict<'a>],
    /// The policy.
    pub files: &'a Files,
    /// Where each rule stands in it.
    pub origins: &'a [Origin],
}

/// A rule, and one thing that does not meet it; of a rule that is met, the rule alone.
struct Row<'a> {
    verdict: &'a Verdict<'a>,
    finding: Option<&'a Finding<'a>>,
}

impl Report for Verdicts<'_> {
    fn records(&self) -> Records<'_> {
        Records::many(self.verdicts)
    }

    fn table(&self, lang: Lang) -> Table<'_> {
        let rows = self.verdicts.iter().flat_map(|verdict| {
            let met = verdict.met.then_some(None);
            let findings = verdict.findings.iter().map(Some).chain(met);
            findings.map(move |finding| Row { verdict, finding })
        });
        Table::of(rows, lang)
            .column("rule", "RULE", "規則", move |it| {
                let title = it.verdict.title.in_lang(lang).unwrap_or(&it.verdict.rule);
                Cell::Word(it.verdict.rule.clone(), title.into())
            })
            .once()
            .column("met", "MET", "判定", move |it| {
                Cell::word(it.verdict.met, met(it.verdict.met, lang))
            })
            .once()
            .column("count", "COUNTED", "数えたもの", move |it| {
                Cell::word(it.verdict.count, counted(it.verdict.count, lang))
            })
            .once()
            .spare(0)
            .page("bound", "EXPECTED", "条件", |it| bound(it.verdict).into())
            .once()
            .sheet("at_least", |it| Cell::spelt(it.verdict.at_least))
            .sheet("at_most", |it| Cell::spelt(it.verdict.at_most))
            .column("found", "FOUND", "実際", |it| {
                Cell::maybe(it.finding, |it| Cell::Number(it.found as f64))
            })
            .sheet("because", |it| Cell::maybe(it.finding, |it| Cell::spelt(it.because)))
            .column("stage", "STAGE", "段階", |it| Cell::node(it.finding.and_then(|it| it.stage)))
            .page("what", "WHICH", "該当", move |it| {
                Cell::maybe(it.finding, |it| which(it, lang).into())
            })
            .sheet("nodes", |it| {
                Cell::Nodes(it.finding.map(|it| it.nodes.clone()).unwrap_or_default())
            })
            .sheet("relations", |it| {
                let relations = it.finding.into_iter().flat_map(|it| &it.relations);
                Cell::list(relations.map(|it| words::triple(*it)))
            })
            .sheet("gaps", move |it| {
                let gaps = it.finding.into_iter().flat_map(|it| &it.gaps);
                Cell::list(gaps.map(|it| lacking(it, Lang::En)))
            })
            .strong(|it| !it.verdict.met)
            .table()
    }

    fn sarif(&self, lang: Lang) -> Option<Value> {
        let rules = self.verdicts.iter().map(|verdict| {
            let title = verdict.title.in_lang(lang).unwrap_or(&verdict.rule);
            (&*verdict.rule, title.to_owned())
        });
        let breaches = self.verdicts.iter().zip(self.origins).enumerate();
        let breaches = breaches.flat_map(|(rule, (verdict, origin))| {
            let breach = move |finding| Breach {
                rule,
                text: sentence(verdict, finding, lang),
                origin: *origin,
                length: verdict.rule.chars().count(),
            };
            verdict.findings.iter().map(breach)
        });
        Some(sarif::policy(rules.collect(), breaches, self.files, lang))
    }
}

fn met(is_met: bool, lang: Lang) -> &'static str {
    match is_met {
        true => lang.pick("yes", "適合"),
        false => lang.pick("no", "不適合"),
    }
}

/// What was counted, as people call it.
fn counted(counted: Counted, lang: Lang) -> &'static str {
    match counted {
        Counted::Organizations => lang.pick("organizations", "組織"),
        Counted::Regions => lang.pick("regions", "地域"),
        Counted::Roles => lang.pick("roles", "役割"),
        Counted::Stages => lang.pick("stages", "段階"),
        Counted::Programs => lang.pick("programs", "施策"),
        Counted::Nodes => lang.pick("nodes", "ノード"),
        Counted::Relations => lang.pick("relations", "関係"),
        Counted::StageActors => lang.pick("actors in each stage", "各段階の担い手"),
        Counted::StageSupports => lang.pick("support of each stage", "各段階の支援"),
        Counted::Gaps => lang.pick("gaps", "欠けているもの"),
        Counted::SinglePoints => lang.pick("single points of failure", "単一障害点"),
    }
}

fn bound(verdict: &Verdict) -> String {
    match (verdict.at_least, verdict.at_most) {
        (Some(least), Some(most)) if least == most => format!("= {least}"),
        (Some(least), Some(most)) => format!("{least}–{most}"),
        (Some(least), None) => format!("≥ {least}"),
        (None, Some(most)) => format!("≤ {most}"),
        (None, None) => String::new(),
    }
}

/// How many of those that were counted are named on a page.
const FEW: usize = 5;

/// Those that were counted, or why none could be.
fn which(finding: &Finding, lang: Lang) -> String {
    match finding.because {
        Because::TooFew | Because::TooMany => {}
        Because::NobodyNamed => {
            return lang.pick("the atlas names nobody there", "アトラスに名の挙がる者なし").into();
        }
        Because::NoStage => return lang.pick("there is no stage", "段階なし").into(),
        Because::NoRoute => return lang.pick("there is no route", "経路なし").into(),
    }
    if !finding.nodes.is_empty() {
        return words::few(&finding.nodes, FEW, lang);
    }
    let relations = finding.relations.iter().map(|it| words::triple(*it));
    let gaps = finding.gaps.iter().map(|it| lacking(it, lang));
    let all: Vec<String> = relations.chain(gaps).collect();
    let told = all[..all.len().min(FEW)].join(lang.pick(", ", "、"));
    match all.len().saturating_sub(FEW) {
        0 => told,
        more => format!("{told} +{more}"),
    }
}

/// A finding as one sentence.
fn sentence(verdict: &Verdict, finding: &Finding, lang: Lang) -> String {
    let what = counted(verdict.count, lang);
    let found = format!("{what}: {} ({})", finding.found, bound(verdict));
    let stage = finding.stage.map(|stage| format!("{}: ", stage.name(lang))).unwrap_or_default();
    match which(finding, lang) {
        which if which.is_empty() => format!("{stage}{found}"),
        which => format!("{stage}{found}: {which}"),
    }
}
