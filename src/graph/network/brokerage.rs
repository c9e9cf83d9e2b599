//! Who stands between others that are not tied themselves.

use rayon::prelude::*;

use super::ActorNetwork;

/// The number of times that an organization stands between two others, by the groups of the three.
///
/// Gould and Fernandez (Sociological Methodology 19, 1989): B is a broker from A to C where A
/// reaches B, B reaches C, and A does not reach C. The pairs (A, C) and (C, A) count separately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brokerage {
    /// All three belong to one group.
    pub coordinator: u64,
    /// The other two belong to one group, the broker to another.
    pub itinerant: u64,
    /// The broker leads into its own group from another.
    pub gatekeeper: u64,
    /// The broker leads out of its own group into another.
    pub representative: u64,
    /// Each of the three belongs to a group of its own.
    pub liaison: u64,
    /// The group of at least one of the three is not known.
    pub unknown: u64,
}

impl Brokerage {
    /// Returns the number of times in which the groups of all three are known.
    pub fn total(&self) -> u64 {
        let Brokerage { coordinator, itinerant, gatekeeper, representative, liaison, .. } = self;
        coordinator + itinerant + gatekeeper + representative + liaison
    }

    fn count(&mut self, [from, broker, to]: [Option<u32>; 3]) {
        let (Some(from), Some(broker), Some(to)) = (from, broker, to) else {
            self.unknown += 1;
            return;
        };
        let count = match (from == broker, broker == to, from == to) {
            (true, true, _) => &mut self.coordinator,
            (true, false, _) => &mut self.representative,
            (false, true, _) => &mut self.gatekeeper,
            (false, false, true) => &mut self.itinerant,
            (false, false, false) => &mut self.liaison,
        };
        *count += 1;
    }
}

impl ActorNetwork {
    /// Returns, for each organization, how often it is a broker between others. `groups` gives the
    /// number of the group of each organization, where it is known.
    ///
    /// Looks at every pair of an organization that reaches it and one that it reaches; O(Σ in · out
    /// · log out).
    pub fn brokerage(&self, groups: &[Option<u32>]) -> Vec<Brokerage> {
        let group = |actor: u32| groups[actor as usize];
        let of = |broker: u32| {
            let mut brokerage = Brokerage::default();
            for from in self.led.of(broker) {
                for to in self.leading.of(broker) {
                    if from != to && !self.leading.has(*from, *to) {
                        brokerage.count([group(*from), group(broker), group(*to)]);
                    }
                }
            }
            brokerage
        };
        self.leading.nodes().into_par_iter().map(of).collect()
    }

    /// Returns the constraint of each organization: how far its contacts are tied to one another,
    /// so that it can broker little between them. `None` for an organization without contacts.
    ///
    /// Burt's constraint (Structural Holes, 1992), as in `networkx.constraint` for ties without
    /// direction and weight: the sum over its contacts of (p + Σ p · p')², where p is the part of its ties
    /// that goes to a contact, directly or by way of another contact. From near 0, many contacts that
    /// have none in common, to 1, a single one, and a little above for small closed groups.
    /// O(Σ degree² · log degree).
    pub fn constraint(&self) -> Vec<Option<f64>> {
        let around = &self.around;
        let of = |actor: u32| {
            let contacts = around.of(actor);
            let part = 1.0 / contacts.len() as f64;
            let bound_by = |contact: u32| {
                let common = around.of(contact).iter().filter(|other| around.has(actor, **other));
                let by_way: f64 = common.map(|other| part / around.degree(*other) as f64).sum();
                (part + by_way).powi(2)
            };
            (!contacts.is_empty()).then(|| contacts.iter().map(|it| bound_by(*it)).sum())
        };
        around.nodes().into_par_iter().map(of).collect()
    }
}
