//! The option that asks about the atlas as it was on a date, the same for every question.

use clap::Args;

use super::failure::Failure;
use crate::model::Date;

#[derive(Debug, Default, Args)]
pub struct AsOfArguments {
    /// As the atlas was on this date: 2015, 2015-01 or 2015-01-26
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

impl AsOfArguments {
    /// The date that is asked for.
    ///
    /// # Errors
    /// Where what was typed is no date.
    pub fn date(&self) -> Result<Option<Date>, Failure> {
        self.as_of.as_deref().map(date).transpose()
    }
}

fn date(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| {
        Failure::usage(
            format!("`{text}` is no date: write 2015, 2015-01 or 2015-01-26"),
            format!(
                "`{text}` は日付ではありません。2015、2015-01、2015-01-26 のように書いてください"
            ),
        )
    })
}
