//! The hazards that the product speaks to, and the laws that stand against each.

/// A hazard.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Hazard {
    /// What may happen.
    pub sentence: &'static str,
    /// The clauses of [`super::Pack::Product`] that stand against it.
    pub laws: &'static [&'static str],
}

/// Every hazard, in the order of SAFETY.md.
pub const HAZARDS: &[Hazard] = &[
    Hazard {
        sentence: "A gun believed empty or loaded with dummies holds a live round",
        laws: &["LAW-6", "LAW-7", "LAW-8", "LAW-9", "LAW-16"],
    },
    Hazard { sentence: "Something is in the bore when a blank is loaded", laws: &["LAW-6", "LAW-10"] },
    Hazard { sentence: "A muzzle toward people", laws: &["LAW-2", "LAW-16", "LAW-17"] },
    Hazard { sentence: "A gun out of the handler's hands or sight", laws: &["LAW-2", "LAW-4", "LAW-5"] },
    Hazard { sentence: "A round is left somewhere and turns up later", laws: &["LAW-9", "LAW-10", "LAW-11"] },
    Hazard { sentence: "Work goes on after a precursor", laws: &["LAW-11", "LAW-12"] },
    Hazard { sentence: "Somebody uses a gun who does not know the plan", laws: &["LAW-5", "LAW-8", "LAW-15"] },
    Hazard { sentence: "Somebody trusts a word that means two things", laws: &["LAW-1", "LAW-14", "LAW-17", "LAW-18"] },
    Hazard { sentence: "Nobody can say afterwards who checked what", laws: &["LAW-3", "LAW-13"] },
];
