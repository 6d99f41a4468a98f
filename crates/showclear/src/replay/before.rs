//! The entries before the first step, made one after the other in the minute before it.

use std::collections::BTreeSet;

use kernel::{Day, Limits, Proven, Roles, Rules, decide, evolve};
use record::wire;
use record::words::sentences;
use record::{Context, Event, Id, Intent, Millis, State};
use serde_json::{Map, Value};

use super::kinds;
use super::lined::Mistakes;
use super::names::{Names, Space, phone_of};
use super::preamble::OFFICE;

/// How long before the first step the entries begin, in milliseconds.
const BEFORE_MS: i64 = 60_000;

/// One entry, as the preamble has it.
#[derive(Debug)]
pub struct Entered {
    /// Its line in the file.
    pub line: usize,
    /// The part of the file that it comes from.
    pub part: String,
    /// The act by which others refer to it.
    pub act: Id,
    /// Who enters it.
    pub by: Id,
    /// On which device.
    pub device: Option<Id>,
    /// What.
    pub kind: &'static str,
    /// What it is about.
    pub item: Option<Id>,
    /// The rest of it.
    pub body: Map<String, Value>,
}

impl Entered {
    /// Everybody and everything that it speaks of.
    fn about(&self) -> impl Iterator<Item = Id> + '_ {
        let named = self.body.values().filter_map(|value| value.as_str()?.parse().ok());
        std::iter::once(self.by).chain(self.item).chain(named)
    }
}

/// The state as it grows.
#[derive(Debug)]
pub struct Before<'a> {
    /// What stands so far.
    pub state: State,
    names: &'a Names,
    limits: Limits,
    clock: i64,
}

impl<'a> Before<'a> {
    /// A production with nobody but its office, the first of whose days is open, and with everybody's devices.
    #[must_use]
    pub fn found(
        (days, office_roles): (&[Day], Roles),
        devices: &[(Id, Id)],
        names: &'a Names,
        limits: Limits,
        begins: Millis,
    ) -> Before<'a> {
        let clock = begins.0.saturating_sub(BEFORE_MS);
        let mut before = Before { state: State::default(), names, limits, clock };
        let (office, phone) = (Space::Person.id(OFFICE), Space::Device.id(&phone_of(OFFICE)));
        before.happens(&Event::PersonAdded { person: office });
        for day in days.iter().copied() {
            before.happens(&Event::RolesAssigned { person: office, day, roles: office_roles, answers_to: None });
        }
        if let Some(day) = days.first().copied() {
            before.happens(&Event::DayOpened { day, at: Millis(clock) });
        }
        for (device, person) in std::iter::once(&(phone, office)).chain(devices) {
            before.happens(&Event::DeviceEnrolled { invitation: *device, device: *device, person: *person });
        }
        before
    }

    fn happens(&mut self, event: &Event) {
        evolve(&mut self.state, event);
    }

    /// Makes each entry. What the kernel refuses is a mistake in the file; what rests on what failed is not tried, or
    /// one mistake would be told as many.
    pub fn enter(&mut self, entered: &[Entered], mut failed: BTreeSet<Id>, mistakes: &mut Mistakes) {
        for entered in entered {
            self.clock = self.clock.saturating_add(1);
            let since = mistakes.len();
            let rests_on_it = entered.about().any(|id| failed.contains(&id));
            if !rests_on_it {
                self.enter_one(entered, mistakes);
            }
            if rests_on_it || mistakes.len() > since {
                failed.extend(std::iter::once(entered.act).chain(entered.item));
            }
        }
    }

    fn enter_one(&mut self, entered: &Entered, mistakes: &mut Mistakes) {
        match wire::read_intent(entered.kind, entered.item, entered.body.clone()) {
            Ok(kernel::Intent::TestBlank { gun, lot, rounds, stand_off_centimetres }) => {
                self.was_tested(entered, gun, Event::BlankTested { gun, lot, rounds, stand_off_centimetres });
            }
            Ok(intent) => self.judge(entered, &intent, mistakes),
            Err(error) => {
                let said = kinds::find(entered.kind).map(|kind| kinds::explain(kind, &error));
                mistakes.add(entered.line, &entered.part, said.unwrap_or_else(|| error.to_string()));
            }
        }
    }

    /// Whoever tested was out with gun and box. That day is over: what it found is known, and the gun was put away.
    fn was_tested(&mut self, entered: &Entered, gun: Id, tested: Event) {
        let (at, person, act) = (Millis(self.clock), entered.by, entered.act);
        let Some(it) = self.state.guns.get(&gun).copied() else { return };
        let looked = if it.is_muzzle_loader() {
            Event::RodRun { gun, run: act, rod: kernel::Rod::AtMark }
        } else {
            Event::BoreLooked { gun, look: act, light: kernel::Light::Seen }
        };
        // Nobody answers for it today by that: no inquiry is about whoever tested it.
        self.happens(&Event::GunReportedWith { gun, person, handler: None, at });
        self.happens(&tested);
        self.happens(&looked);
        if let kernel::Custody::In { place, .. } = it.custody {
            self.happens(&Event::GunPutAway { gun, place, at });
            self.happens(&Event::ShowingVoided { gun, why: kernel::Doubt::OutOfSight, at });
            self.happens(&Event::ShowingVoided { gun, why: kernel::Doubt::NewDay, at });
        }
    }

    fn judge(&mut self, entered: &Entered, intent: &Intent, mistakes: &mut Mistakes) {
        let at = Millis(self.clock);
        let context = Context {
            act: entered.act,
            by: Some(entered.by),
            device: entered.device,
            proven: Proven::OwnDevicePin,
            decided_at: at,
            claimed_at: at,
        };
        let verdict = decide(&Rules::new(self.limits), &self.state, intent, &context);
        for reason in verdict.reasons {
            let said = sentences(&reason, self.names);
            let sentence = format!("the register refuses it: {}: {}", reason.code.as_str(), said.sentence);
            mistakes.add(entered.line, &entered.part, sentence);
        }
        verdict.events.iter().for_each(|event| self.happens(event));
        // The register is older than the day, which is open only so that it can be entered here.
        if let (true, kernel::Intent::RegisterGun { gun, .. }) = (verdict.accepted, intent) {
            self.happens(&Event::ShowingVoided { gun: *gun, why: kernel::Doubt::NewDay, at });
        }
    }
}
