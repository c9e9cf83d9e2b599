//! The pictures that README shows are those that the program draws of the shipped atlas.

use std::fs;
use std::path::Path;
use std::process::Command;

const PICTURES: [(&str, &str); 3] = [
    ("minnesota.svg", "draw minnesota --layer source --lang en"),
    ("trace-ja.svg", "draw trace --region minnesota --lang ja"),
    ("map.svg", "map --lang en --format svg"),
];

#[test]
fn readme_shows_what_the_program_draws() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for (name, line) in PICTURES {
        let mut command = Command::new(env!("CARGO_BIN_EXE_medclust"));
        command.args(line.split(' ')).env_remove("MEDCLUST_DATA");
        let drawn = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(drawn.starts_with("<svg"), "{line}");
        let path = folder.join(name);
        if std::env::var_os("UPDATE_README").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &drawn).unwrap();
        }
        let shown = fs::read_to_string(&path).unwrap_or_default();
        assert!(shown == drawn, "{name} is not what `{line}` draws: UPDATE_README=1 draws it anew");
        assert!(readme.contains(&format!("docs/pictures/{name}")), "{name}");
    }
}
