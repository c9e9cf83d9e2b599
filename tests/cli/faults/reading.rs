//! Faults as they are printed, taken apart again.

/// One fault as a person reads it.
#[derive(Debug)]
pub struct Fault {
    pub code: String,
    /// `path:line:column` of each place, the fault's own first.
    pub places: Vec<String>,
    pub hint: Option<String>,
    /// The first line that is shown, without its number.
    pub shown: String,
    /// The marker under it.
    pub marker: String,
    /// All of it.
    pub text: String,
}

impl Fault {
    /// Path and line of a place.
    pub fn place(&self, nth: usize) -> (&str, usize) {
        let mut parts = self.places[nth].rsplitn(3, ':').skip(1);
        let line = parts.next().expect("a line").parse().expect("a number");
        (parts.next().expect("a path"), line)
    }

    pub fn path(&self) -> &str {
        self.place(0).0
    }
}

/// Takes what an atlas at fault is answered with apart; there is at least one fault.
pub fn faults(err: &str) -> Vec<Fault> {
    let blocks = err.split("\n\n").filter(|block| block.contains("]: "));
    let faults: Vec<Fault> = blocks.map(fault).collect();
    assert!(!faults.is_empty(), "{err}");
    faults
}

fn fault(text: &str) -> Fault {
    let code = text.split(['[', ']']).nth(1).expect("a code").to_owned();
    let places = text.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("--> ").or_else(|| line.strip_prefix("::: ")).map(str::to_owned)
    });
    let hint = text.lines().find_map(|line| line.trim_start().strip_prefix("= "));
    let mut bars = text.lines().filter_map(|line| {
        let (number, rest) = line.split_once(" |")?;
        Some((number.trim().to_owned(), rest.strip_prefix(' ').unwrap_or(rest).to_owned()))
    });
    let shown = bars.by_ref().find(|(number, _)| !number.is_empty()).unwrap_or_default().1;
    let marker = bars.next().unwrap_or_default().1;
    Fault {
        code,
        places: places.collect(),
        hint: hint.map(str::to_owned),
        shown,
        marker,
        text: text.to_owned(),
    }
}
