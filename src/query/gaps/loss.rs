//! What breaks: how many staffed routes need something.

use super::Breaks;
use super::side::Side;
use crate::graph::Node;
use crate::query::pipeline::{Gone, Staffing};

/// The staffed routes of the side that has what may be missing.
pub struct Loss<'a, 'g> {
    reference: &'a Side<'g>,
    staffing: &'a Staffing<'g>,
    /// How many there are, as many as can be told.
    all: u64,
    /// How many there are, about.
    weight: f64,
}

/// How many staffed routes are lost: exactly, as far as can be told, and about.
#[derive(Clone, Copy)]
struct Lost {
    routes: u64,
    weight: f64,
}

impl<'a, 'g> Loss<'a, 'g> {
    pub fn new(reference: &'a Side<'g>, staffing: &'a Staffing<'g>) -> Self {
        let all = staffing.routes_without(Gone::Nothing);
        Loss { reference, staffing, all, weight: staffing.weight_without(Gone::Nothing) }
    }

    /// How many staffed routes there are; saturates.
    pub fn all(&self) -> u64 {
        self.all
    }

    /// Where nothing is lost.
    pub fn none(&self) -> Breaks {
        self.breaks(Lost { routes: 0, weight: 0.0 })
    }

    /// Those that pass a stage.
    pub fn of_stage(&self, stage: Node<'g>) -> Breaks {
        self.breaks(self.lost(Gone::Stage(stage)))
    }

    /// Those that need each of one or two roles in general: by inclusion and exclusion.
    pub fn of_roles(&self, roles: &[Node<'g>]) -> Breaks {
        let boxes: Vec<&[Node]> = roles.iter().map(|role| self.reference.boxes(*role)).collect();
        let [one, other] = boxes[..] else {
            return self.breaks(self.lost(Gone::Roles(&boxes.concat())));
        };
        let either = self.lost(Gone::Either(one, other));
        let [one, other] = [one, other].map(|boxes| self.lost(Gone::Roles(boxes)));
        self.breaks(Lost {
            routes: one.routes.saturating_add(other.routes).saturating_sub(either.routes),
            weight: one.weight + other.weight - either.weight,
        })
    }

    fn lost(&self, gone: Gone<'_, 'g>) -> Lost {
        Lost {
            routes: self.all - self.staffing.routes_without(gone),
            weight: self.weight - self.staffing.weight_without(gone),
        }
    }

    /// Exact where all can be counted, else about.
    fn breaks(&self, lost: Lost) -> Breaks {
        if self.all < u64::MAX {
            let share = (self.all > 0).then(|| lost.routes as f64 / self.all as f64);
            return Breaks { routes: lost.routes, share };
        }
        // From floating point the conversion saturates.
        Breaks {
            routes: lost.weight as u64,
            share: Some((lost.weight / self.weight).clamp(0.0, 1.0)),
        }
    }
}
