//! `medclust page`: one HTML file. What a browser makes of it, `tests/page.mjs` asks.

use std::fs;

use crate::harness::{Folder, medclust, medclust_in, run};

#[test]
fn a_page_is_one_file_that_takes_nothing_from_elsewhere() {
    let at = tempfile::tempdir().unwrap();
    let told = medclust_in(at.path(), &["page", "-o", "atlas.html"]);
    assert_eq!(told.status, 0);
    assert!(told.err.ends_with("open it in a browser\n"), "{told:?}");
    let page = fs::read_to_string(at.path().join("atlas.html")).unwrap();
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    assert!(!page.contains("'unsafe-inline'") && !page.contains(" src="));
    assert_eq!(page, run("page").found(), "the same on standard output");
    let part = run("page --region minnesota").found();
    assert!(part.len() < page.len() && part.contains("\"id\":\"medtronic\""));
    assert!(!part.contains("\"id\":\"ncvc\""));
    assert_eq!(run("page --name qqqqq").status, 1);
}

#[test]
fn data_cannot_end_the_script() {
    let folder = Folder::with(
        "a.yaml",
        "organizations: [{id: a, name: {en: '</script><script>alert(1)</script>'}}]\n",
    );
    let page = medclust(["--data", folder.typed(), "page"]).found();
    assert_eq!(page.matches("</script>").count(), 2, "its own alone");
}

#[test]
fn too_many_nodes_are_refused_with_what_to_narrow() {
    let many: String =
        (0..3001).map(|it| format!("  - {{id: o{it}, name: {{en: O{it}}}}}\n")).collect();
    let folder = Folder::with("a.yaml", format!("organizations:\n{many}"));
    let told = medclust(["--data", folder.typed(), "page"]).refused();
    assert!(told.contains("3001 nodes are more than a page stays quick with (3000)"), "{told}");
}
