//! Which country and which regions whoever has a gap is in.

use crate::graph::{Node, NodeSet, Relation};
use crate::model::{Core, NodeKind};
use crate::query::counted::Counted;
use crate::query::scope::Scope;

/// The regions that one side lies in.
pub struct Places<'g> {
    counted: Counted<'g>,
    /// The countries.
    countries: NodeSet<'g>,
    /// Of an organization, the regions that are smaller; of others none, as who shares them belongs there.
    regions: NodeSet<'g>,
}

impl<'g> Places<'g> {
    /// Finds the regions of what is looked at, or, where it is in none itself, of its members.
    pub fn of(scope: &Scope<'g>) -> Self {
        let counted = scope.counted();
        let own: NodeSet = NodeSet::of(scope.graph(), scope.of());
        let mut around = around(&own, counted);
        if around.is_empty() {
            around = self::around(&NodeSet::of(scope.graph(), scope.organizations()), counted);
        }
        let (mut countries, mut regions) = (around.clone(), around);
        countries.retain(is_country);
        let is_one = scope.of().is_some_and(|it| it.kind() == NodeKind::Organization);
        regions.retain(|region| is_one && !is_country(region));
        Places { counted: counted.clone(), countries, regions }
    }

    /// Returns whether a node lies in the same country.
    pub fn is_same_country(&self, node: Node<'g>) -> bool {
        self.at(node).iter().any(|region| self.countries.contains(region))
    }

    /// Returns the smallest region but a country that a node lies in too.
    pub fn shared(&self, node: Node<'g>) -> Option<Node<'g>> {
        let mut shared = self.at(node);
        shared.retain(|region| self.regions.contains(region));
        let size = |region: &Node<'g>| self.counted.below([*region], Core::Within).iter().count();
        shared.iter().min_by_key(size)
    }

    fn at(&self, node: Node<'g>) -> NodeSet<'g> {
        around(&NodeSet::of(self.counted.graph(), [node]), &self.counted)
    }
}

fn is_country(region: Node) -> bool {
    region.record().r#type.as_deref() == Some("country")
}

/// The regions among some nodes or in which they are, and those around these.
fn around<'g>(nodes: &NodeSet<'g>, counted: &Counted<'g>) -> NodeSet<'g> {
    let wholes = counted.above(nodes.iter(), Core::PartOf);
    let located = wholes.iter().flat_map(|it| counted.outgoing(it, Core::LocatedIn));
    let regions = wholes.iter().filter(|it| it.kind() == NodeKind::Region);
    counted.above(regions.chain(located.map(Relation::to)), Core::Within)
}
