//! Help in the language of the run.
//!
//! Each text stands beside what it explains: the doc comment of a command or an argument is an English
//! paragraph and a Japanese one, a heading reads `English | 日本語`. Clap takes the comment for its long
//! help; here it is cut down to one language. What is a default value, clap tells by itself.

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command};

use super::examples;
use crate::lang::Lang;

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// Keeps the texts of one language, in a command and in all below it.
pub fn in_language(command: Command, lang: Lang) -> Command {
    below("", command, lang)
}

/// Keeps the texts of one language, where `typed` is typed before the name of the command.
fn below(typed: &str, mut command: Command, lang: Lang) -> Command {
    if let Some(about) = command.get_long_about().map(|text| paragraph(text, lang)) {
        command = command.about(about).long_about(Resettable::Reset);
    }
    if let Some(after) = command.get_after_help().map(|text| paragraph(text, lang)) {
        command = command.after_help(after);
    }
    let after = command.get_after_help().map(ToString::to_string);
    let called = format!("{typed}{}", command.get_name());
    let told: Vec<String> = after
        .into_iter()
        .chain(examples::of(called.strip_prefix("medclust ").unwrap_or_default(), lang))
        .collect();
    if !told.is_empty() {
        command = command.after_help(told.join("\n\n"));
    }
    if lang == Lang::Ja {
        let usage = format!("{typed}{}", japanese_usage(&command));
        command = command
            .help_template(TEMPLATE)
            .subcommand_help_heading("コマンド")
            .override_usage(usage);
    }
    let typed = format!("{typed}{} ", command.get_name());
    let mut position = 0;
    command
        .mut_args(|argument| {
            // Under a heading of their own, arguments would else be sorted by name.
            position += usize::from(argument.is_positional());
            let place = argument.is_positional().then_some(position);
            of_argument(argument, place, lang)
        })
        .mut_subcommands(|command| below(&typed, command, lang))
}

fn of_argument(argument: Arg, place: Option<usize>, lang: Lang) -> Arg {
    let help = argument.get_long_help().map(|text| paragraph(text, lang)).unwrap_or_default();
    let heading = argument.get_help_heading().map(|heading| {
        let (en, ja) = heading.split_once(" | ").unwrap_or((heading, heading));
        lang.pick(en, ja).to_owned()
    });
    let argument = argument.long_help(Resettable::Reset);
    if lang == Lang::En {
        let argument = argument.help(help);
        return match heading {
            Some(heading) => argument.help_heading(heading),
            None => argument,
        };
    }
    let heading = heading.unwrap_or_else(|| match place {
        Some(_) => "引数".to_owned(),
        None => "オプション".to_owned(),
    });
    let argument = match place {
        Some(place) => argument.display_order(place),
        None => argument,
    };
    let defaults: Vec<_> =
        argument.get_default_values().iter().map(|it| it.to_string_lossy()).collect();
    let is_told = argument.get_action().takes_values() && !argument.is_hide_default_value_set();
    let help = match defaults.is_empty() || !is_told {
        true => help,
        false => format!("{help} [既定: {}]", defaults.join("、")),
    };
    argument.help(help).help_heading(heading).hide_default_value(is_told)
}

/// The line that clap would write, with its placeholders in Japanese.
fn japanese_usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[オプション]");
    usage.replace("<COMMAND>", "<コマンド>").replace("[COMMAND]", "[コマンド]")
}

/// The paragraph of a language.
fn paragraph(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    let (en, ja) = text.split_once("\n\n").unwrap_or((&text, &text));
    lang.pick(en, ja).to_owned()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::arguments::Arguments;
    use super::*;

    /// Checks that a text is an English paragraph and a Japanese one.
    fn check_text(text: Option<&StyledStr>, of: &str) {
        let text = text.unwrap_or_else(|| panic!("{of} has no Japanese help")).to_string();
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        let [en, ja] = paragraphs[..] else { panic!("{of}: {paragraphs:?}") };
        assert!(en.is_ascii() && !ja.is_ascii(), "{of}: {en} / {ja}");
        // Clap tells defaults by itself; what is written by hand may be wrong one day.
        let told = en.matches('[').count();
        assert_eq!(told, ja.matches('[').count(), "{of}: {en} / {ja}");
    }

    fn check(command: &Command) {
        let name = command.get_name();
        check_text(command.get_long_about(), name);
        if let Some(after) = command.get_after_help() {
            check_text(Some(after), name);
        }
        for argument in command.get_arguments().filter(|it| !it.is_hide_set()) {
            let of = format!("{name} {}", argument.get_id());
            check_text(argument.get_long_help(), &of);
            let heading = argument.get_help_heading();
            assert!(heading.is_none_or(|it| it.matches(" | ").count() == 1), "{of}: {heading:?}");
            let is_typed = argument.get_default_values().is_empty();
            let help = argument.get_long_help().map(ToString::to_string).unwrap_or_default();
            assert!(is_typed || !help.contains("[default"), "{of}: {help}");
        }
        command.get_subcommands().for_each(check);
    }

    #[test]
    fn every_command_has_examples() {
        for command in Arguments::command().get_subcommands() {
            let name = command.get_name();
            assert!(examples::of(name, Lang::En).is_some(), "{name} has no examples");
        }
    }

    #[test]
    fn every_text_is_there_in_both_languages() {
        check(&Arguments::command());
    }

    #[test]
    fn the_arguments_fit_together() {
        for lang in [Lang::En, Lang::Ja] {
            in_language(Arguments::command(), lang).debug_assert();
        }
    }
}
