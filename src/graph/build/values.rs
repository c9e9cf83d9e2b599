//! The faults of a record that need no other node to be seen, and citations of nothing.

use super::Builder;
use super::faults::invalid_id;
use crate::control::is_invisible;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Basis, Citation, Confidence, Id, NodeRecord};
use crate::origin::{At, FileId, Origin};

/// Up to here every whole number is kept exactly: 2^53.
const MOST: f64 = 9_007_199_254_740_992.0;

impl Builder {
    /// The faults of a node that need no other node to be seen.
    pub(super) fn check_values(&mut self, file: FileId, record: &NodeRecord) {
        if let Some(point) = &record.location
            && !((-90.0..=90.0).contains(&point.lat) && (-180.0..=180.0).contains(&point.lon))
        {
            let fault = Diagnostic::error(
                Code::InvalidLocation,
                format!("{}, {} is not on the globe", point.lat, point.lon),
                format!("{}, {} は地球上の点ではありません", point.lat, point.lon),
            );
            let fault = fault.hint(
                "latitude runs from -90 to 90, longitude from -180 to 180",
                "緯度は -90〜90、経度は -180〜180 です",
            );
            self.faults.push(fault.at(point.origin(file), 1));
        }
        self.check_confidence(file, record.basis, record.confidence);
        self.check_citations(file, &record.sources);
        for event in &record.events {
            self.check_confidence(file, event.basis, event.confidence);
            self.check_citations(file, &event.sources);
        }
        for note in &record.notes {
            self.check_confidence(file, note.basis, note.confidence);
            self.check_citations(file, &note.sources);
        }
        for indicator in &record.indicators {
            self.check_confidence(file, indicator.basis, indicator.confidence);
            self.check_citations(file, &indicator.sources);
        }
        for claim in &record.claims {
            self.check_confidence(file, claim.basis, claim.confidence);
            self.check_citations(file, &claim.sources);
        }
        self.check_figures(file, record);
    }

    /// A fault for each figure with more digits than are kept.
    fn check_figures(&mut self, file: FileId, record: &NodeRecord) {
        let id = &record.id;
        for indicator in record.indicators.iter().filter(|it| it.value.abs() > MOST) {
            let fault = Diagnostic::error(
                Code::WrongType,
                format!("a figure of `{}` is beyond ±{MOST} (2^53): {}", id.value, indicator.value),
                format!(
                    "`{}` の数値が ±{MOST}（2^53）を超えています: {}",
                    id.value, indicator.value
                ),
            );
            let fault = fault.hint(
                "not every whole number is kept exactly there: give it in a larger unit, such as millions",
                "この先の整数は正確に保持できません。百万など、より大きな単位で書いてください",
            );
            self.faults.push(fault.at(id.origin(file), id.chars().count()));
        }
    }

    /// A fault for an id that a command line could not name.
    pub(super) fn check_id(&mut self, id: &At<Id>, origin: Origin) {
        let unfit = |c: char| {
            matches!(c, '@' | ':') || c.is_whitespace() || c.is_control() || is_invisible(c)
        };
        if id.is_empty() || id.contains(unfit) {
            self.faults.push(invalid_id(id, origin));
        }
    }

    /// A fault for each node that no layer names.
    pub(super) fn check_names(&mut self) {
        let nameless = self.nodes.iter().filter(|node| node.record.name.is_empty());
        let faults: Vec<Diagnostic> = nameless
            .map(|node| {
                let id = &node.record.id;
                Diagnostic::error(
                    Code::NoName,
                    format!("`{}` has no name", id.value),
                    format!("`{}` に名称がありません", id.value),
                )
                .at(node.origin, id.chars().count())
                .hint(
                    "add `name: {ja: …, en: …}`, one of them at least",
                    "`name: {ja: …, en: …}` の少なくとも一方を書いてください",
                )
            })
            .collect();
        self.faults.extend(faults);
    }

    pub(super) fn check_confidence(
        &mut self,
        file: FileId,
        basis: Basis,
        confidence: Option<At<Confidence>>,
    ) {
        if let Some(confidence) = confidence
            && basis != Basis::Inferred
        {
            let fault = Diagnostic::error(
                Code::ConfidenceWithoutInference,
                "only what is inferred has a confidence",
                "確信度は推定（basis: inferred）にだけ付けられます",
            );
            let fault = fault.hint(
                "add `basis: inferred`, or remove it",
                "`basis: inferred` を加えるか、確信度を消してください",
            );
            self.faults.push(fault.at(confidence.origin(file), 1));
        }
    }

    /// A fault for each citation of a source that no file describes.
    pub(super) fn check_citations<'c>(
        &mut self,
        file: FileId,
        citations: impl IntoIterator<Item = &'c At<Citation>>,
    ) {
        for citation in citations {
            let id = citation.source();
            if !self.source_ids.contains_key(id) && !self.uncertain.contains(id) {
                let fault = self.unknown_source(file, citation);
                self.faults.push(fault);
            }
        }
    }
}
