//! What the program speaks of is demanded; what it does not is read as the vocabulary writes it.

use medclust::graph::{self, Graph};
use medclust::lang::Lang;
use medclust::model::{Class, Core, Records};

use super::atlas::graph;

fn kind<'g>(graph: &'g Graph, id: &str) -> graph::RelationKind<'g> {
    graph.relation_kind(id).unwrap_or_else(|| panic!("there is `{id}`"))
}

#[test]
fn a_vocabulary_without_the_core_is_at_fault_for_each_of_its_kinds() {
    let faults = graph::build(Records::default()).expect_err("nothing defines them");
    assert_eq!(faults.0.len(), Core::ALL.len());
    for (fault, kind) in faults.0.iter().zip(Core::ALL) {
        assert!(format!("{:?}", fault.message).contains(&format!("`{}`", kind.id())), "{fault:?}");
    }
}

#[test]
fn every_core_kind_is_itself_and_no_other() {
    let graph = graph("");
    for one in Core::ALL {
        for other in Core::ALL {
            assert_eq!(kind(&graph, one.id()).is(*other), one == other);
        }
        assert_eq!(graph.core_kind(*one).id(), one.id());
    }
}

#[test]
fn what_an_own_vocabulary_leaves_out_has_a_default() {
    let graph = graph(
        "relation_kinds:
  - {id: plays, name: {en: acts as}, to: [role], traverse: both}
  - {id: rents-to, name: {en: rents rooms to, ja: に部屋を貸す}, traverse: forward}
  - {id: visits, name: {en: visits}, to: [region], traverse: never}
  - {id: cites, name: {en: cites}, traverse: never}
  - {id: chairs, name: {en: chairs}, short: {en: chair}, class: membership, to: [program], traverse: never}
",
    );
    let classes =
        ["plays", "rents-to", "visits", "cites", "chairs"].map(|id| kind(&graph, id).class());
    let expected =
        [Class::Membership, Class::Flow, Class::Place, Class::Structure, Class::Membership];
    assert_eq!(classes, expected);
    assert_eq!(kind(&graph, "rents-to").short(Lang::Ja), "に部屋を貸す", "the name serves");
    assert_eq!(kind(&graph, "chairs").short(Lang::Ja), "chair", "the other language serves");
}

#[test]
fn types_and_events_are_called_what_the_vocabulary_says_or_as_they_are_written() {
    let graph = graph(
        "node_types: [{id: guild, name: {en: guild of makers}}, {id: company, name: {en: firm}}]
organizations:
  - {id: a, name: {en: A}, type: guild}
  - {id: b, name: {en: B}, type: company}
  - {id: c, name: {en: C}, type: circle}
  - {id: d, name: {en: D}, type: hospital}
  - {id: e, name: {en: E}}
",
    );
    let called: Vec<_> = graph.nodes().map(|node| node.type_name(Lang::En)).collect();
    let expected = [Some("guild of makers"), Some("firm"), Some("circle"), Some("hospital"), None];
    assert_eq!(called, expected);
    let renamed = graph.event_name("renamed").expect("the shipped vocabulary names it");
    assert_eq!(renamed.in_lang(Lang::Ja), Some("改称"));
    assert!(graph.event_name("rumoured").is_none());
}
