//! The option that asks about the atlas as it was on a date, the same for every question.

use clap::Args;

use super::failure::Refused;
use crate::lang::Message;
use crate::model::Date;

#[derive(Clone, Copy, Debug, Default, Args)]
pub struct AsOfArguments {
    /// As the atlas was on this date: 2015, 2015-01 or 2015-01-26
    ///
    /// この日付の時点のアトラスに尋ねる: 2015、2015-01、2015-01-26
    #[arg(id = "as_of", long = "as-of", value_name = "DATE", value_parser = read)]
    pub date: Option<Date>,
}

fn read(text: &str) -> Result<Date, Refused> {
    text.parse().map_err(|_| {
        Refused(Message::new(
            "a date: 2015, 2015-01 or 2015-01-26",
            "2015、2015-01、2015-01-26 のような日付",
        ))
    })
}
