//! What routes may lead between and over, the same for every command that follows them.

use clap::Args;

use super::failure::Failure;
use super::names::{nodes, relation_kinds};
use crate::graph::Graph;
use crate::model::Basis;
use crate::query::path::Steps;

/// Which steps routes may take.
#[derive(Debug, Default, Args)]
pub struct StepArguments {
    /// Do not enter this node
    ///
    /// このノードを通らない
    #[arg(long, value_name = "NAME")]
    avoid: Vec<String>,
    /// Ignore the direction of relations
    ///
    /// 関係の向きを無視する
    #[arg(long)]
    both_ways: bool,
    /// Follow these relation kinds too (comma-separated), such as supports
    ///
    /// これらの種類の関係もたどる（コンマ区切り。例: supports）
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    follow: Vec<String>,
}

impl StepArguments {
    /// Works them out, over relations on these bases (on any where empty).
    ///
    /// # Errors
    /// Where a name or a relation kind is none.
    pub fn steps<'g>(&self, graph: &'g Graph, bases: Vec<Basis>) -> Result<Steps<'g>, Failure> {
        Ok(Steps {
            avoid: nodes(graph, &self.avoid)?,
            follow: relation_kinds(graph, &self.follow)?,
            both_ways: self.both_ways,
            bases,
            ..Steps::default()
        })
    }
}
