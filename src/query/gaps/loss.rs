//! What breaks: how many staffed routes need something.

use super::Breaks;
use super::side::RoleScope;
use crate::graph::Node;
use crate::query::pipeline::{Gone, Staffing, Tally};

/// The staffed routes of the side that has what may be missing.
pub struct Loss<'a, 'g> {
    reference: &'a RoleScope<'g>,
    staffing: &'a Staffing<'g>,
    /// How many there are.
    pub all: Tally,
}

impl<'a, 'g> Loss<'a, 'g> {
    pub fn new(reference: &'a RoleScope<'g>, staffing: &'a Staffing<'g>) -> Self {
        Loss { reference, staffing, all: staffing.routes() }
    }

    /// Where nothing is lost.
    pub fn none(&self) -> Breaks {
        self.breaks(Tally::default())
    }

    /// Returns those in which somebody takes a stage.
    pub fn of_stage(&self, stage: Node<'g>) -> Breaks {
        self.breaks(self.lost(Gone::Takers(stage)))
    }

    /// Returns those that need each of one or two roles in general: by inclusion and exclusion.
    pub fn of_roles(&self, roles: &[Node<'g>]) -> Breaks {
        let boxes: Vec<&[Node]> = roles.iter().map(|role| self.reference.boxes(*role)).collect();
        let [one, other] = boxes[..] else {
            return self.breaks(self.lost(Gone::Roles(&boxes.concat())));
        };
        let either = self.lost(Gone::Either(one, other));
        let [one, other] = [one, other].map(|boxes| self.lost(Gone::Roles(boxes)));
        self.breaks(one + other - either)
    }

    fn lost(&self, gone: Gone<'_, 'g>) -> Tally {
        self.all - self.staffing.routes_without(gone)
    }

    fn breaks(&self, routes: Tally) -> Breaks {
        // Of what may be more than is named, no part can be told.
        let share = routes.share(self.all).filter(|_| !self.staffing.is_open());
        Breaks { routes, share }
    }
}
