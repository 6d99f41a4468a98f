//! People, days, devices, places, guns and lots.

use super::Judge;
use crate::event::Event;
use crate::gun::{Action, GunKind, MAX_CHAMBERS};
use crate::open::open_items;
use crate::people::{Day, PlaceKind, Role, Roles};
use crate::reason::{Code, Reason, Thing};
use crate::rounds::LotKind;
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    pub(super) fn keeps_the_register(&mut self) {
        self.day_open();
        self.refuse_if(!self.my_roles().keeps_the_register(), Code::RegisterNotAllowed);
    }

    pub(super) fn new_on_register(&mut self, is_there: bool) {
        self.refuse_if(is_there, Code::RegisterAlready);
    }

    pub(super) fn add_person(&mut self, person: S::Person) {
        self.keeps_the_register();
        self.new_on_register(self.state.people.contains_key(&person));
        self.act(Event::PersonAdded { person });
    }

    pub(super) fn assign_roles(&mut self, person: S::Person, day: Day, roles: Roles, answers_to: Option<S::Person>) {
        self.keeps_the_register();
        self.known_person(person);
        if let Some(superior) = answers_to {
            self.known_person(superior);
        }
        self.refuse_if(Some(person) == self.by(), Code::RegisterOwnRoles);
        let works_with_guns = Role::ALL.into_iter().any(|role| role.handles() && roles.has(role));
        let no_minors_work = works_with_guns || roles.has(Role::Witness);
        self.refuse_if(roles.has(Role::Minor) && no_minors_work, Code::MinorDuty);
        let guards = self.state.day == Some(day) && self.state.people.get(&person).is_some_and(|entry| entry.guard);
        if guards && !roles.is_empty() {
            self.refuse(Reason::new(Code::GuardHasRole).who(person));
        }
        self.refuse_if(self.state.day.is_some_and(|open| day < open), Code::DayPast);
        self.act(Event::RolesAssigned { person, day, roles, answers_to });
    }

    /// Roles hold for a day: on one without a keeper of the register nobody could ever be entered.
    pub(super) fn open_day(&mut self, day: Day) {
        self.refuse_if(!self.my_roles().runs_the_day(), Code::RegisterNotAllowed);
        let past = self.state.day.is_some_and(|open| day <= open);
        self.refuse_if(past, Code::DayPast);
        let mut entered = self.state.people.values().filter_map(|person| person.days.get(&day));
        let kept = entered.any(|it| it.roles.keeps_the_register());
        self.refuse_if(!past && !kept, Code::DayNoKeeper);
        // Nobody is kept from opening a day; what the one before left open stands beside it.
        if self.state.day.is_some() && self.state.wrapped.is_none() {
            for item in open_items(self.state) {
                self.breach(item);
            }
            self.name_open_requests();
        }
        self.act(Event::DayOpened { day, at: self.now() });
    }

    /// Anybody may enrol another device of his own; the register is kept for the others.
    pub(super) fn invite_device(&mut self, person: S::Person) {
        if Some(person) != self.by() {
            self.keeps_the_register();
        }
        self.known_person(person);
        self.act(Event::DeviceInvited { invitation: self.context.act, person });
    }

    pub(super) fn enrol_device(&mut self, invitation: S::Act, device: S::Device) {
        let invited = self.state.invitations.get(&invitation).copied();
        self.known(invited.is_some() && invited == self.by(), Thing::Invitation);
        self.new_on_register(self.state.devices.contains_key(&device));
        if let Some(person) = invited {
            self.act(Event::DeviceEnrolled { invitation, device, person });
        }
    }

    pub(super) fn revoke_device(&mut self, device: S::Device) {
        let owner = self.state.devices.get(&device).map(|it| it.owner);
        self.known(owner.is_some(), Thing::Device);
        if owner.is_some() && owner != self.by() {
            self.keeps_the_register();
        }
        self.act(Event::DeviceRevoked { device });
    }

    pub(super) fn register_place(&mut self, place: S::Place, kind: PlaceKind, locks: bool, for_guns: bool) {
        self.keeps_the_register();
        self.new_on_register(self.state.places.contains_key(&place));
        self.act(Event::PlaceRegistered { place, kind, locks, for_guns });
    }

    pub(super) fn register_gun(&mut self, gun: S::Gun, kind: GunKind, action: Action, chambers: u8, place: S::Place) {
        self.keeps_the_register();
        self.new_on_register(self.state.guns.contains_key(&gun));
        let home = self.state.places.get(&place).copied();
        self.known(home.is_some(), Thing::Place);
        self.refuse_if(home.is_some_and(|it| !it.for_guns), Code::PlaceNotForGuns);
        let countable = match action {
            Action::None => chambers == 0 && !kind.fires(),
            Action::Magazine | Action::Pump | Action::Bolt | Action::BeltFed => chambers == 1,
            Action::DoubleBarrel => chambers == 2,
            Action::SingleAction | Action::DoubleAction | Action::MuzzleLoader => {
                (1..=MAX_CHAMBERS).contains(&usize::from(chambers))
            }
        };
        self.refuse_if(!countable, Code::RegisterChambers);
        self.act(Event::GunRegistered { gun, kind, action, chambers, place, at: self.now() });
    }

    /// Nobody says where such a lot came from; it is on the register and loads nothing.
    pub(super) fn register_lot(&mut self, lot: S::Lot, kind: LotKind, inert_at_head: bool, rounds: u32) {
        self.keeps_the_register();
        self.new_on_register(self.state.lots.contains_key(&lot));
        self.a_number_of_rounds(rounds);
        self.nothing_live(kind);
        self.only_live_on_a_range(kind, inert_at_head);
        self.inert_only_where_it_is(kind, inert_at_head);
        self.act(Event::LotRegistered { lot, kind, inert_at_head, rounds });
    }
}
