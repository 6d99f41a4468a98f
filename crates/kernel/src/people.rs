//! People, their roles on a production day, their devices, and places.

use std::collections::BTreeMap;

use crate::scope::Scope;
use crate::training::{Actions, Course, Permit};

/// A role that a person has on a production day (`domain.md` 4, `design.md` 4).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// Accountable for every gun by default.
    PropertyMaster,
    /// The specialist who supplies, prepares and controls guns and ammunition.
    Armorer,
    /// An assistant of the armorer or the property master, qualified to handle.
    Assistant,
    /// A weapons handler whose only work is controlling guns.
    Handler,
    /// A trained observer who answers blind; no licence needed.
    Witness,
    /// Runs the floor; is shown the gun; is never a link in its custody.
    FirstAd,
    /// A performer.
    Performer,
    /// A stand-in or member of the second team.
    StandIn,
    /// An extra.
    Extra,
    /// Camera crew.
    Camera,
    /// A safety officer.
    SafetyOfficer,
    /// A medic.
    Medic,
    /// A producer, unit production manager or the production office.
    Producer,
    /// A rental house or other vendor.
    Vendor,
    /// An investigator.
    Investigator,
    /// A minor.
    Minor,
    /// Works on props other than guns.
    Props,
}

impl Role {
    /// Every role, in the order they are declared.
    pub const ALL: [Role; 17] = [
        Role::PropertyMaster,
        Role::Armorer,
        Role::Assistant,
        Role::Handler,
        Role::Witness,
        Role::FirstAd,
        Role::Performer,
        Role::StandIn,
        Role::Extra,
        Role::Camera,
        Role::SafetyOfficer,
        Role::Medic,
        Role::Producer,
        Role::Vendor,
        Role::Investigator,
        Role::Minor,
        Role::Props,
    ];

    /// Is it the work of one who has guns in his custody?
    #[must_use]
    pub const fn handles(self) -> bool {
        matches!(self, Role::PropertyMaster | Role::Armorer | Role::Assistant | Role::Handler)
    }

    const fn bit(self) -> u32 {
        match self {
            Role::PropertyMaster => 1,
            Role::Armorer => 1 << 1,
            Role::Assistant => 1 << 2,
            Role::Handler => 1 << 3,
            Role::Witness => 1 << 4,
            Role::FirstAd => 1 << 5,
            Role::Performer => 1 << 6,
            Role::StandIn => 1 << 7,
            Role::Extra => 1 << 8,
            Role::Camera => 1 << 9,
            Role::SafetyOfficer => 1 << 10,
            Role::Medic => 1 << 11,
            Role::Producer => 1 << 12,
            Role::Vendor => 1 << 13,
            Role::Investigator => 1 << 14,
            Role::Minor => 1 << 15,
            Role::Props => 1 << 16,
        }
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Roles(u32);

impl Roles {
    /// No role.
    pub const NONE: Roles = Roles(0);

    /// These roles and `role`.
    #[must_use]
    pub const fn with(self, role: Role) -> Roles {
        Roles(self.0 | role.bit())
    }

    /// These roles without `role`.
    #[must_use]
    pub const fn without(self, role: Role) -> Roles {
        Roles(self.0 & !role.bit())
    }

    /// Is every one of these among `others`?
    #[must_use]
    pub const fn all_among(self, others: Roles) -> bool {
        self.0 & !others.0 == 0
    }

    /// Is `role` among them?
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Is there no role at all?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in the order they are declared.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// May such a person have custody of a gun as its handler (California Labor Code 9153(a)(1):
    /// a qualified property master, armorer or assistant)? A first AD never may.
    #[must_use]
    pub const fn handles(self) -> bool {
        !self.has(Role::FirstAd)
            && (self.has(Role::PropertyMaster)
                || self.has(Role::Armorer)
                || self.has(Role::Assistant)
                || self.has(Role::Handler))
    }

    /// Does such a person use a gun before the camera?
    #[must_use]
    pub const fn performs(self) -> bool {
        self.has(Role::Performer) || self.has(Role::StandIn) || self.has(Role::Extra)
    }

    /// May such a person enter people, guns, places and lots?
    #[must_use]
    pub const fn keeps_the_register(self) -> bool {
        self.has(Role::PropertyMaster) || self.has(Role::Armorer) || self.has(Role::Producer)
    }

    /// May such a person lead a safety meeting?
    #[must_use]
    pub const fn leads_meetings(self) -> bool {
        self.runs_the_day() || self.handles() || self.has(Role::SafetyOfficer)
    }

    /// May such a person open and close a day and a scene, and call a break?
    #[must_use]
    pub const fn runs_the_day(self) -> bool {
        self.has(Role::FirstAd) || self.keeps_the_register()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        roles.into_iter().fold(Roles::NONE, Roles::with)
    }
}

/// A production day, numbered by the production. A night shoot is one day.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Day(pub u32);

/// What was entered of a person for one day.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct OnDay<S: Scope> {
    /// The roles.
    pub roles: Roles,
    /// Whose subordinate the person is.
    pub answers_to: Option<S::Person>,
}

/// What a person is rostered for, from one hour to another.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Duty<S: Scope> {
    /// As what.
    pub role: Role,
    /// Until when.
    pub until: S::Time,
}

/// What the kernel knows of a person: never a name.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Person<S: Scope> {
    /// What was entered for the open day and the days to come; past days are forgotten.
    pub days: BTreeMap<Day, OnDay<S>>,
    /// Since when the person is out of the room, as far as entered.
    pub out_since: Option<S::Time>,
    /// What the person is rostered for, by the hour at which it begins and by the work: the same work from the same
    /// hour on, entered anew, is a change of its end.
    pub duties: BTreeMap<(S::Time, Role), Duty<S>>,
    /// The actions on which the person was trained and assessed.
    pub trained: Actions,
    /// The safety course that the person completed.
    pub course: Option<Course>,
    /// The permit or licence for guns that fire that the person holds.
    pub permit: Option<Permit>,
    /// Whether the person was given his authority in writing.
    pub authority: bool,
    /// Whether the person is declared as an armed guard outside the perimeter, for the open day.
    pub guard: bool,
}

impl<S: Scope> Default for Person<S> {
    fn default() -> Self {
        let (days, duties) = (BTreeMap::new(), BTreeMap::new());
        let (out_since, course, permit, authority, guard) = (None, None, None, false, false);
        Person { days, out_since, duties, trained: Actions::NONE, course, permit, authority, guard }
    }
}

/// A device that signs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Device<S: Scope> {
    /// Whose device it is.
    pub owner: S::Person,
    /// The intent that invited him to enrol it.
    pub invitation: S::Act,
    /// Whether its key was revoked.
    pub revoked: bool,
}

/// What kind of place it is (`design.md` 4). Belts and pockets are places too.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PlaceKind {
    /// A locked room or safe.
    Vault,
    /// A locked case.
    Case,
    /// A cart.
    Cart,
    /// A gun belt or bandolier.
    Belt,
    /// A pocket.
    Pocket,
    /// A bin.
    Bin,
    /// A set.
    Set,
    /// A range.
    Range,
    /// A vehicle.
    Vehicle,
    /// On the way, with an attendant.
    Transit,
}

impl PlaceKind {
    /// Is it worn, so that its rounds go where a costume goes?
    #[must_use]
    pub const fn is_worn(self) -> bool {
        matches!(self, PlaceKind::Belt | PlaceKind::Pocket)
    }

    /// Is it moved with what is in it?
    #[must_use]
    pub const fn travels(self) -> bool {
        matches!(self, PlaceKind::Case | PlaceKind::Vehicle | PlaceKind::Transit)
    }
}

/// A place.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Place {
    /// What kind it is.
    pub kind: PlaceKind,
    /// Whether it locks.
    pub locks: bool,
    /// Whether it is a compartment for guns; ammunition has its own (law 4).
    pub for_guns: bool,
    /// The number of its seal, where it is sealed.
    pub seal: Option<u32>,
    /// Whether the seal was seen intact since the last break.
    pub seal_seen: bool,
    /// Whether rounds that load a gun may be worn in it, for a scripted reload of the open scene.
    pub reload: bool,
}

impl Place {
    /// Is it worn, and was it declared for a scripted reload?
    #[must_use]
    pub const fn is_declared_for_a_reload(&self) -> bool {
        self.reload && self.kind.is_worn()
    }

    /// Is ammunition locked away in it?
    #[must_use]
    pub const fn keeps_rounds(&self) -> bool {
        self.locks && !self.for_guns && !self.kind.is_worn()
    }
}

/// That a place is on the way.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Transit<S: Scope> {
    /// The handler who goes along.
    pub attendant: S::Person,
    /// Since when.
    pub since: S::Time,
}
