//! `medclust expect`: holds the atlas against a policy.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::as_of::AsOfArguments;
use super::failure::Failure;
use super::names::{Others, alike, end, node_of};
use super::selection::{By, term};
use super::session::Session;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Graph, Node, Pipeline};
use crate::lang::Message;
use crate::model::{Id, NodeKind};
use crate::origin::{At, FileId};
use crate::query::ends::End;
use crate::query::expect::policy::{self, Names, Read};
use crate::query::expect::{Count, Counted, InStages, Rule, expect};
use crate::query::gaps;
use crate::query::risk::ends;
use crate::query::scope::Scope;
use crate::query::{Criterion, Selection, Term};
use crate::render::expect::Verdicts;

#[derive(Debug, Args)]
pub struct Arguments {
    /// A policy: a YAML file of rules (`medclust schema expect` tells its form)
    ///
    /// 規則を書いた YAML ファイル（形式は medclust schema expect）
    #[arg(value_name = "FILE")]
    policy: PathBuf,
    #[command(flatten)]
    pub as_of: AsOfArguments,
}

pub fn run(arguments: &Arguments, graph: &Graph, session: &Session) -> Result<Outcome, Failure> {
    let Read { files, file, rules: written, mut faults } = policy::read(&arguments.policy);
    let mut rules = Vec::new();
    let mut origins = Vec::new();
    for (number, rule) in written.iter().enumerate() {
        if let Some(first) = written[..number].iter().find(|it| *it.id == *rule.id) {
            let id = &*rule.id;
            faults.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    format!("two rules have the id `{id}`"),
                    format!("id `{id}` の規則が二つあります"),
                )
                .at(rule.id.origin(file), id.chars().count())
                .see(first.id.origin(file), id.chars().count(), "the first", "一つ目")
                .hint("rename one of them", "どちらかの id を変えてください"),
            );
        }
        let mut reader = Reader { graph, file, rule, faults: Vec::new() };
        let read = reader.rule();
        faults.append(&mut reader.faults);
        rules.extend(read);
        origins.push(rule.id.origin(file));
    }
    if !faults.is_empty() {
        return Err(Failure::Atlas { faults, files, hint: None });
    }
    let verdicts = expect(graph, &rules);
    let answer = Verdicts { verdicts: &verdicts, files: &files, origins: &origins };
    session.answer(&answer, verdicts.is_empty())?;
    let broken = verdicts.iter().filter(|it| !it.met).count();
    session.note(&summary(verdicts.len(), broken));
    Ok(Outcome::of(broken > 0 || verdicts.is_empty()))
}

fn summary(all: usize, broken: usize) -> Message {
    match (all, broken) {
        (0, _) => Message::new("the policy has no rule", "規則がありません"),
        (1, 0) => Message::new("the rule is met", "規則に適合しています"),
        (_, 0) => Message::new(
            format!("all {all} rules are met"),
            format!("{all} 件の規則すべてに適合しています"),
        ),
        (1, 1) => Message::new("the rule is not met", "規則に適合していません"),
        _ => Message::new(
            format!("{broken} of {all} rules are not met"),
            format!("{all} 件の規則のうち {broken} 件に適合していません"),
        ),
    }
}

/// Reads one rule in the terms of an atlas, and gathers what is wrong with it.
struct Reader<'g, 'r> {
    graph: &'g Graph,
    file: FileId,
    rule: &'r policy::Rule,
    faults: Vec<Diagnostic>,
}

impl<'g, 'r> Reader<'g, 'r> {
    /// The rule; nothing where something is wrong with it.
    fn rule(&mut self) -> Option<Rule<'g>> {
        let written = self.rule;
        self.bounds();
        self.fields();
        let counted = written.count.value;
        let count = match counted {
            Counted::StageActors | Counted::StageSupports => self.stages(counted),
            Counted::Gaps => self.gaps(),
            Counted::SinglePoints => self.single_points(),
            _ => self.listed(counted),
        }?;
        let bound = |bound: Option<At<u64>>| bound.map(|it| it.value);
        let rule = Rule {
            id: written.id.to_string(),
            title: written.title.clone(),
            counted,
            count,
            at_least: bound(written.at_least),
            at_most: bound(written.at_most),
        };
        self.faults.is_empty().then_some(rule)
    }

    fn report<T>(&mut self, fault: Diagnostic, at: &At<T>, length: usize) {
        self.faults.push(fault.at(at.origin(self.file), length));
    }

    /// What a name names.
    fn named<T>(&mut self, name: &At<Id>, found: Result<T, Failure>) -> Option<T> {
        let failure = match found {
            Ok(found) => return Some(found),
            Err(failure) => failure,
        };
        let Failure::Usage { message, hints } = failure else { return None };
        let fault = Diagnostic::error(Code::DanglingReference, message.en, message.ja);
        let told = |pick: fn(&Message) -> &str| hints.iter().map(pick).collect::<Vec<_>>();
        let (en, ja) = (told(|it| &it.en).join("\n"), told(|it| &it.ja).join("\n"));
        let fault = if en.is_empty() { fault } else { fault.hint(en, ja) };
        self.report(fault, name, name.chars().count());
        None
    }

    fn bounds(&mut self) {
        let rule = self.rule;
        match (&rule.at_least, &rule.at_most) {
            (None, None) => {
                let fault = Diagnostic::error(
                    Code::MissingField,
                    "the rule has no bound",
                    "規則に条件がありません",
                )
                .hint(
                    "add `at_least: …` or `at_most: …`",
                    "`at_least: …` か `at_most: …` を加えてください",
                );
                self.report(fault, &rule.id, rule.id.chars().count());
            }
            (Some(least), Some(most)) if least.value > most.value => {
                let fault = Diagnostic::error(
                    Code::Contradiction,
                    format!("nothing is at least {} and at most {}", least.value, most.value),
                    format!("{} 以上かつ {} 以下のものはありません", least.value, most.value),
                );
                self.report(fault, most, most.value.to_string().len());
            }
            _ => {}
        }
    }

    /// Tells the fields that do not go with what is counted, which would else be passed over.
    fn fields(&mut self) {
        let rule = self.rule;
        let counted = rule.count.value;
        let of_stages = matches!(counted, Counted::StageActors | Counted::StageSupports);
        let of_gaps = counted == Counted::Gaps;
        let of_points = counted == Counted::SinglePoints;
        let of_list = counted.listed().is_some();
        let names = |it: &Names| it.0.first().map(|it| it.position);
        let told: [(&str, Option<_>, bool); 12] = [
            ("organization", names(&rule.organization), !of_list),
            ("role", names(&rule.role), of_list),
            ("stage", names(&rule.stage), of_list || of_stages),
            ("type", names(&rule.r#type), of_list),
            ("name", names(&rule.name), of_list),
            ("source", names(&rule.source), of_list),
            ("around", names(&rule.around), of_list),
            ("nationwide", rule.nationwide.as_ref().map(|it| it.position), of_stages),
            ("against", rule.against.as_ref().map(|it| it.position), of_gaps),
            ("missing", rule.missing.first().map(|it| it.position), of_gaps),
            ("from", rule.from.as_ref().map(|it| it.position), of_points),
            ("to", rule.to.as_ref().map(|it| it.position), of_points),
        ];
        let spelt = serde_json::to_value(counted).expect("it is a word");
        let spelt = spelt.as_str().unwrap_or_default();
        for (field, position, goes) in told {
            let Some(position) = position.filter(|_| !goes) else { continue };
            let fault = Diagnostic::error(
                Code::UnknownField,
                format!("`{field}` does not go with `count: {spelt}`"),
                format!("`{field}` は `count: {spelt}` と合わせて使えません"),
            )
            .hint("take it out, or count something else", "消すか、数えるものを変えてください");
            self.report(fault, &At::new((), position), 1);
        }
        if rule.from.is_some() != rule.to.is_some() {
            let at = rule.from.as_ref().or(rule.to.as_ref()).map(|it| it.position);
            let fault = Diagnostic::error(
                Code::MissingField,
                "`from` and `to` go together",
                "`from` と `to` は両方必要です",
            )
            .hint("add the other, or leave both out", "もう一方を加えるか、両方を省いてください");
            self.report(fault, &At::new((), at.unwrap_or_default()), 1);
        }
    }

    fn listed(&mut self, counted: Counted) -> Option<Count<'g>> {
        let rule = self.rule;
        let all: [(By, &Names); 8] = [
            (By::Region, &rule.region),
            (By::Role, &rule.role),
            (By::Stage, &rule.stage),
            (By::Program, &rule.program),
            (By::Type, &rule.r#type),
            (By::Name, &rule.name),
            (By::Source, &rule.source),
            (By::Around(2), &rule.around),
        ];
        let mut terms = Vec::new();
        for (by, Names(names)) in all {
            for name in names {
                let found = term(self.graph, by, name);
                terms.extend(self.named(name, found));
            }
        }
        let bases = rule.basis.iter();
        terms.extend(bases.map(|it| Term { criterion: Criterion::Basis(*it), negated: false }));
        Some(Count::Listed(counted.listed()?, Selection::new(self.graph, terms)))
    }

    /// The one region, program or organization that the rule is about, and what of it is wrong.
    fn scope(&mut self) -> Option<Option<Node<'g>>> {
        let rule = self.rule;
        let kinds = [
            (NodeKind::Region, &rule.region),
            (NodeKind::Program, &rule.program),
            (NodeKind::Organization, &rule.organization),
        ];
        let mut named = kinds
            .into_iter()
            .flat_map(|(kind, Names(names))| names.iter().map(move |name| (kind, name)));
        let Some((kind, name)) = named.next() else { return Some(None) };
        if let Some((_, second)) = named.next() {
            let fault = Diagnostic::error(
                Code::WrongType,
                "this is asked of one region, program or organization",
                "これは一つの地域・施策・組織について数えます",
            )
            .hint("write a rule for each", "それぞれに規則を書いてください");
            self.report(fault, second, second.chars().count());
            return None;
        }
        let found = node_of(self.graph, name, &[kind], Others::None);
        self.named(name, found).map(Some)
    }

    fn stages(&mut self, counted: Counted) -> Option<Count<'g>> {
        let rule = self.rule;
        let scope = Scope::new(self.graph, self.scope()?, &rule.basis);
        let mut wanted = Vec::new();
        let mut unwanted = Vec::new();
        for name in &rule.stage.0 {
            let (list, text) = match name.strip_prefix('!') {
                Some(text) => (&mut unwanted, text),
                None => (&mut wanted, name.as_str()),
            };
            let found = node_of(self.graph, text, &[NodeKind::Stage], Others::None);
            list.push(self.named(name, found)?);
        }
        let stages = (!rule.stage.0.is_empty()).then(|| {
            let pipeline = Pipeline::new(self.graph, |relation| scope.counts(relation));
            let all = if wanted.is_empty() { pipeline.stages } else { wanted };
            all.into_iter().filter(|it| !unwanted.contains(it)).collect()
        });
        Some(Count::Stages(InStages {
            scope,
            stages,
            supports: counted == Counted::StageSupports,
            nationwide: rule.nationwide.is_none_or(|it| it.value),
        }))
    }

    fn gaps(&mut self) -> Option<Count<'g>> {
        let rule = self.rule;
        let Some(of) = self.scope()? else {
            let fault = Diagnostic::error(
                Code::MissingField,
                "gaps are those of a region, a program or an organization",
                "欠けているものは、地域・施策・組織について数えます",
            )
            .hint("add `region: …`", "`region: …` を加えてください");
            self.report(fault, &rule.count, "gaps".len());
            return None;
        };
        let against = match &rule.against {
            None => None,
            Some(name) => {
                let found = alike(self.graph, &[of.id(), name]).map(|both| both[1]);
                Some(self.named(name, found)?)
            }
        };
        let question =
            gaps::Question { of, against, bases: rule.basis.clone(), top: 1, limit: None };
        Some(Count::Gaps(question, rule.missing.iter().map(|it| it.value).collect()))
    }

    fn single_points(&mut self) -> Option<Count<'g>> {
        let rule = self.rule;
        let scope = Scope::new(self.graph, self.scope()?, &rule.basis);
        let ends = match (&rule.from, &rule.to) {
            (Some(from), Some(to)) => Some((self.end(from)?, self.end(to)?)),
            _ => ends(&scope),
        };
        Some(Count::SinglePoints { scope, ends, bases: rule.basis.clone() })
    }

    fn end(&mut self, name: &At<Id>) -> Option<End<'g>> {
        let found = end(self.graph, name, &self.rule.basis);
        self.named(name, found)
    }
}
