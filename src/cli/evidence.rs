//! The options that say which statements count and whether they are told, the same for every question.

use clap::Args;

use super::basis::BasisArguments;

#[derive(Debug, Default, Args)]
pub struct EvidenceArguments {
    #[command(flatten)]
    pub basis: BasisArguments,
    /// Tell the basis and the sources of every statement
    ///
    /// 記述ごとに根拠と出典を表示する
    #[arg(id = "evidence", long = "evidence")]
    pub is_told: bool,
}
