//! The shot plan and SHOT READY: who stands where is an object of its own beside what is in the gun (law 2).

use super::Judge;
use super::fault::does_not_work;
use super::pack::{MILLIMETRES_IN_A_CENTIMETRE, inside_a_pack, points_at_anyone};
use super::training::{no_course, not_in_its_line};
use crate::board::not_shown;
use crate::event::Event;
use crate::gun::{Content, Custody, Gun, ShowingState};
use crate::people::Role;
use crate::reason::{Code, Reason, Thing};
use crate::rounds::{Load, LotKind};
use crate::rule::{Rule, Rules};
use crate::scope::Scope;
use crate::shot::{Holds, PlannedGun, Shot, ShotChange, Told, Toward};
use crate::state::State;
use crate::unit::Unit;

/// The largest stand-off that can be meant: 100 metres, as of a test of blanks.
const MOST_STAND_OFF_MILLIMETRES: u32 = 100_000;

/// A gun as somebody plans it.
pub(super) struct Planned {
    pub(super) holds: Holds,
    pub(super) load: Option<Load>,
    pub(super) rounds: u8,
    pub(super) toward: Toward,
    pub(super) stand_off_millimetres: u32,
    pub(super) barrier: bool,
    pub(super) copy_will_not_do: bool,
}

impl Planned {
    /// Does the plan say exactly what the gun holds, and can the gun hold it?
    fn is_a_load_of<S: Scope>(&self, gun: &Gun<S>) -> bool {
        let in_it = gun.is_fed() || self.rounds <= gun.chambers;
        match self.holds {
            Holds::Empty => self.rounds == 0 && self.load.is_none(),
            Holds::Dummy => {
                self.rounds > 0 && in_it && self.load.is_none() && gun.kind.fires() && !gun.is_muzzle_loader()
            }
            Holds::Blank => self.rounds > 0 && in_it && self.load.is_some() && gun.kind.fires(),
        }
    }
}

/// What is still missing for SHOT READY of a shot, sorted by code: what the ask would be refused for, whoever asks.
#[must_use]
pub fn missing_for_shot_ready<S: Scope>(rules: &Rules, state: &State<S>, shot: S::Act, now: S::Time) -> Vec<Reason<S>> {
    let mut missing = Missing { rules, state, shot, unit: state.unit_of_shot(shot), now, reasons: Vec::new() };
    let guns = state.planned_guns.iter().filter(|((of, _), _)| *of == shot);
    guns.for_each(|((_, gun), planned)| missing.of_gun(*gun, planned));
    missing.of_people();
    missing.reasons.extend(unplanned(state, Some(shot), missing.unit));
    missing.reasons.extend(copies_not_matched(rules, state, Some(shot), missing.unit, now));
    missing.reasons.retain(|reason| rules.hold(reason.code.rule()));
    missing.reasons.sort_by_key(|reason| reason.code);
    missing.reasons
}

/// Guns of this unit that can fire, are on the set or with somebody who uses them before the camera, and are not in the
/// plan.
fn unplanned<S: Scope>(state: &State<S>, shot: Option<S::Act>, unit: Unit) -> impl Iterator<Item = Reason<S>> + '_ {
    let planned = move |gun: S::Gun| shot.is_some_and(|shot| state.planned_guns.contains_key(&(shot, gun)));
    let there = state.guns.iter().filter(|(_, gun)| gun.kind.fires() && is_there(gun));
    let there = there.filter(move |(id, _)| state.units.of_gun(**id) == unit);
    let others = there.filter(move |(id, _)| !planned(**id));
    others.map(|(id, _)| Reason::new(Code::ShotGunUnplanned).gun(*id))
}

/// Things of this unit that cannot fire, are on the set or with somebody who uses them before the camera, and of which nobody
/// knows that they are the things on their labels: any of them could be a gun. What the plan has is asked with the plan.
fn copies_not_matched<S: Scope>(
    rules: &Rules,
    state: &State<S>,
    shot: Option<S::Act>,
    unit: Unit,
    now: S::Time,
) -> Vec<Reason<S>> {
    let planned = |gun: S::Gun| shot.is_some_and(|shot| state.planned_guns.contains_key(&(shot, gun)));
    let there = state.guns.iter().filter(|(_, gun)| !gun.kind.fires() && is_there(gun));
    let others = there.filter(|(id, _)| state.units.of_gun(**id) == unit && !planned(**id));
    others.filter_map(|(id, gun)| not_matched(rules, gun, now).map(|reason| reason.gun(*id))).collect()
}

/// Was it called to the set, or did it come there in other hands than its handler's?
fn is_there<S: Scope>(gun: &Gun<S>) -> bool {
    let out_of_hand = match gun.custody {
        Custody::With { person, handler, .. } => handler != Some(person),
        Custody::Preset { .. } => true,
        Custody::In { .. } | Custody::Offered { .. } | Custody::Missing { .. } | Custody::Returned { .. } => false,
    };
    gun.on_set || out_of_hand
}

struct Missing<'a, S: Scope> {
    rules: &'a Rules,
    state: &'a State<S>,
    shot: S::Act,
    unit: Unit,
    now: S::Time,
    reasons: Vec<Reason<S>>,
}

impl<S: Scope> Missing<'_, S> {
    fn of_gun(&mut self, id: S::Gun, planned: &PlannedGun<S>) {
        let Some(gun) = self.state.guns.get(&id) else { return };
        if self.state.units.of_gun(id) != self.unit {
            self.reasons.push(Reason::new(Code::UnitOther).what(Thing::Gun).gun(id));
        }
        if gun.kind.fires() {
            self.in_whose_hands(id, gun);
            self.as_loaded(id, gun, planned);
            self.its_line(id, gun, planned);
        } else {
            self.reasons.extend(not_matched(self.rules, gun, self.now).map(|reason| reason.gun(id)));
        }
        self.reasons.extend(does_not_work(id, gun));
        if planned.barrier && !planned.barrier_stands {
            self.add(Code::LineBarrierMissing, id);
        }
        if planned.holds == Holds::Blank && !planned.protection_worn {
            self.add(Code::ShotNoProtection, id);
        }
    }

    fn add(&mut self, code: Code, gun: S::Gun) {
        self.reasons.push(Reason::new(code).gun(gun));
    }

    /// Whoever uses it may still: what was entered of him since it came to him counts.
    fn in_whose_hands(&mut self, id: S::Gun, gun: &Gun<S>) {
        let Custody::With { person, handler, .. } = gun.custody else { return };
        if handler == Some(person) {
            return;
        }
        let roles = self.state.roles(person);
        let first_ad = roles.has(Role::FirstAd).then_some(Code::HandoverFirstAd);
        let none = (!roles.performs() && !roles.handles()).then_some(Code::HandoverReceiverRole);
        let minor = self.state.is_minor(person).then_some(Code::MinorNoGun);
        let untrained = (roles.performs() && !self.state.is_trained_on(gun, person)).then_some(Code::TrainNotTrained);
        let reasons = [first_ad.or(none), minor, untrained].into_iter().flatten();
        self.reasons.extend(reasons.map(|code| Reason::new(code).who(person).gun(id)));
    }

    /// It is on the set, in no handover, shown, and what was shown is exactly what the plan has.
    fn as_loaded(&mut self, id: S::Gun, gun: &Gun<S>, planned: &PlannedGun<S>) {
        let nobody_has_it = match gun.custody {
            Custody::Offered { since, .. } => Some(Reason::new(Code::CustodyInHandover).at(since)),
            Custody::Missing { since } => Some(Reason::new(Code::CustodyGone).at(since)),
            Custody::Returned { vendor, since, .. } => Some(Reason::new(Code::CustodyReturned).who(vendor).at(since)),
            Custody::In { .. } | Custody::With { .. } | Custody::Preset { .. } => None,
        };
        self.reasons.extend(nobody_has_it.map(|reason| reason.gun(id)));
        let doubts = not_shown(self.rules, gun, self.now);
        self.reasons.extend(doubts.into_iter().map(|reason| reason.gun(id)));
        if !gun.on_set {
            self.add(Code::SetNotCalled, id);
        }
        if let ShowingState::Shown(showing) = gun.showing {
            let seen = showing.seen();
            let of = |content| seen.count(content);
            let all: u32 = ROUNDS.into_iter().map(of).fold(seen.charges(), u32::saturating_add);
            let blanks = of(Content::Blank).saturating_add(seen.charges());
            let lot = gun.loading.and_then(|loading| self.state.lots.get(&loading.lot));
            // Of a gun that is fed an older record may have its chamber alone, and that says nothing of it.
            let whole = gun.is_fed() == showing.feed.is_some() && gun.is_muzzle_loader() == showing.barrels.is_some();
            let as_planned = whole
                && all == u32::from(planned.rounds)
                && match planned.holds {
                    Holds::Empty => all == 0 && seen.barrels.is_none_or(|it| it.primed().is_empty()),
                    Holds::Dummy => of(Content::Dummy) == all,
                    Holds::Blank => blanks == all && lot.and_then(|lot| lot.load) == planned.load,
                };
            if !as_planned {
                self.add(Code::ShotLoadDiffers, id);
            }
        }
    }

    /// Measured, nobody inside the stand-off, and approved by name where it points toward people.
    fn its_line(&mut self, id: S::Gun, gun: &Gun<S>, planned: &PlannedGun<S>) {
        let needed = self.stand_off(id, gun, planned);
        let too_close = |millimetres| too_close(self.state, planned.holds, millimetres, needed).map(|it| it.gun(id));
        let placed = || self.state.placed.iter().filter(|((shot, of, _), _)| (*shot, *of) == (self.shot, id));
        let barred = placed().filter_map(|((.., who), _)| not_in_its_line(self.state, id, *who)).collect::<Vec<_>>();
        let inside = placed().filter_map(|((.., who), distance)| too_close(*distance).map(|it| it.who(*who)));
        let inside: Vec<_> = inside.chain(planned.nearest_millimetres.and_then(too_close)).collect();
        let nobody = placed().next().is_none();
        self.reasons.extend(barred);
        self.reasons.extend(inside);
        if planned.nearest_millimetres.is_none() {
            self.add(Code::LineNotMeasured, id);
        }
        if planned.toward != Toward::Nobody {
            self.reasons.extend(points_at_anyone(self.state).map(|it| it.gun(id)));
        }
        if planned.toward != Toward::Nobody && planned.approved_by.is_none() {
            self.add(Code::LineNotApproved, id);
        }
        if planned.toward == Toward::People && nobody {
            self.add(Code::LineNobodyPlaced, id);
        }
    }

    /// Of the plan and of the armorer's test the larger: of two limits the stricter.
    fn stand_off(&mut self, id: S::Gun, gun: &Gun<S>, planned: &PlannedGun<S>) -> u32 {
        let lot = gun.loading.map(|loading| loading.lot);
        let blanks = |lot: &S::Lot| self.state.lots.get(lot).is_some_and(|it| it.kind == LotKind::Blank);
        let Some(lot) = lot.filter(blanks) else { return planned.stand_off_millimetres };
        let tested = self.state.stand_off_centimetres.get(&(id, lot)).copied();
        if tested.is_none() {
            self.add(Code::BlankNotTested, id);
        }
        let tested = tested.unwrap_or(0).saturating_mul(MILLIMETRES_IN_A_CENTIMETRE);
        planned.stand_off_millimetres.max(tested)
    }

    /// Who stands in a line of this shot; of all lines, or of those of guns that can fire alone.
    fn who_stands(&self, of: impl Fn(&Gun<S>) -> bool) -> Vec<S::Person> {
        let fits = |gun: &S::Gun| self.state.guns.get(gun).is_some_and(&of);
        let placed = self.state.placed.keys().filter(|(shot, gun, _)| *shot == self.shot && fits(gun));
        let mut people: Vec<S::Person> = placed.map(|(.., who)| *who).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Everybody who stands in a line was told, and nobody of them refused.
    fn of_people(&mut self) {
        for who in self.who_stands(|gun| gun.kind.fires()) {
            self.reasons.extend(no_course(self.state, who));
            self.reasons.extend(not_of_the_day(self.state, self.shot, who));
        }
        let people = self.who_stands(|_| true);
        for who in people {
            if self.state.units.of_person(who) != self.unit {
                self.reasons.push(Reason::new(Code::UnitOther).what(Thing::Person).who(who));
            }
            match self.state.told.get(&(self.shot, who)) {
                Some(Told::Told) => {}
                Some(Told::Refused) => self.reasons.push(Reason::new(Code::ShotRefused).who(who)),
                None => self.reasons.push(Reason::new(Code::ShotNotTold).who(who)),
            }
        }
    }
}

/// Why a person does not stand there today: entered with no role, or not at the meeting of the open scene. Of a shot of
/// another scene that is not known yet.
fn not_of_the_day<S: Scope>(state: &State<S>, shot: S::Act, person: S::Person) -> Vec<Reason<S>> {
    let shoots = state.shots.get(&shot).and_then(|shot| state.unit_that_shoots(shot.scene));
    let Some(unit) = shoots else { return Vec::new() };
    let no_role = state.roles(person).is_empty().then_some(Code::LineNoRole);
    let not_there = (!state.was_at_a_meeting_of(unit, person)).then_some(Code::MeetingNotThere);
    no_role.into_iter().chain(not_there).map(|code| Reason::new(code).who(person)).collect()
}

/// Why this is too close to a muzzle: inside the stand-off that is needed, or inside the one for blanks that an adopted
/// pack asks for.
fn too_close<S: Scope>(state: &State<S>, holds: Holds, millimetres: u32, needed: u32) -> Option<Reason<S>> {
    if millimetres < needed {
        return Some(Reason::new(Code::LineTooClose));
    }
    inside_a_pack(state, millimetres).filter(|_| holds == Holds::Blank)
}

/// Everything that can be seen in a gun besides nothing.
const ROUNDS: [Content; 6] =
    [Content::Dummy, Content::Blank, Content::Live, Content::Spent, Content::SnapCap, Content::NotSure];

/// Why a thing that cannot fire is not known to be the thing on its label.
pub(super) fn not_matched<S: Scope>(rules: &Rules, gun: &Gun<S>, now: S::Time) -> Option<Reason<S>> {
    match gun.identity {
        None => Some(Reason::new(Code::IdentityNotMatched)),
        Some(matched) if now >= rules.match_again_by::<S>(matched.at) => {
            Some(Reason::new(Code::IdentityLapsed).at(matched.at))
        }
        Some(_) => None,
    }
}

impl<S: Scope> Judge<'_, S> {
    fn shot(&mut self, shot: S::Act) -> Option<Shot<S>> {
        let found = self.state.shots.get(&shot).copied();
        self.known(found.is_some(), Thing::Shot);
        found
    }

    /// The gun as it is, and as the plan of a shot has it.
    fn planned(&mut self, shot: S::Act, id: S::Gun) -> Option<(Gun<S>, PlannedGun<S>)> {
        let (known, gun) = (self.shot(shot), self.gun(id));
        let planned = self.state.planned_guns.get(&(shot, id)).copied();
        if known.is_some() && gun.is_some() && planned.is_none() {
            self.refuse(Reason::new(Code::ShotGunUnplanned).gun(id));
        }
        gun.zip(planned)
    }

    fn is_one_of(&mut self, roles: &[Role]) {
        self.day_open();
        let mine = self.my_roles();
        self.refuse_if(!roles.iter().any(|role| mine.has(*role)), Code::RegisterNotAllowed);
    }

    /// First AD, armorer and property master plan shots, and approve them.
    fn plans_shots(&mut self) {
        self.is_one_of(&[Role::FirstAd, Role::Armorer, Role::PropertyMaster]);
    }

    /// On the set besides them every handler and the safety officer.
    fn looks_at_the_set(&mut self) {
        let roles = self.my_roles();
        self.day_open();
        let looks = roles.handles() || roles.has(Role::FirstAd) || roles.has(Role::SafetyOfficer);
        self.refuse_if(!looks, Code::RegisterNotAllowed);
    }

    fn of_the_open_scene(&mut self, shot: S::Act) {
        self.scene_open();
        self.shot_of_my_unit(shot);
        if let (Some(open), Some(shot)) = (self.my_scene(), self.shot(shot)) {
            self.refuse_if(open.scene != shot.scene, Code::ShotOtherScene);
        }
    }

    pub(super) fn plan_shot(&mut self, scene: S::Scene) {
        self.plans_shots();
        self.has_scenes();
        self.known(self.state.scenes.contains_key(&scene), Thing::Scene);
        self.act(Event::ShotPlanned { shot: self.context.act, scene });
    }

    pub(super) fn plan_gun(&mut self, shot: S::Act, id: S::Gun, plan: &Planned) {
        self.plans_shots();
        self.shot(shot);
        self.gun_is_free(id);
        self.shot_of_my_unit(shot);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        self.refuse_if(!plan.is_a_load_of(&gun), Code::ShotLoad);
        if gun.kind.fires() {
            self.line_may_be_planned(plan);
        }
        let Planned { holds, load, rounds, toward, stand_off_millimetres, barrier, .. } = *plan;
        self.act(Event::GunPlanned { shot, gun: id, holds, load, rounds, toward, stand_off_millimetres, barrier, by });
    }

    /// Of a gun that can fire.
    fn line_may_be_planned(&mut self, plan: &Planned) {
        let measured = (1..=MOST_STAND_OFF_MILLIMETRES).contains(&plan.stand_off_millimetres);
        self.refuse_if(!measured, Code::LineStandOff);
        let toward_people = plan.toward != Toward::Nobody;
        self.refuse_if(toward_people && !plan.copy_will_not_do, Code::LineCopyFirst);
        if toward_people {
            self.may_point_at_anyone();
        }
        if plan.holds == Holds::Blank {
            inside_a_pack(self.state, plan.stand_off_millimetres).into_iter().for_each(|it| self.refuse(it));
            self.refuse_if(plan.toward == Toward::People, Code::LineBlanksAtPeople);
            self.refuse_if(plan.toward == Toward::Camera && !plan.barrier, Code::LineNoBarrier);
        }
    }

    pub(super) fn place_person(&mut self, shot: S::Act, id: S::Gun, person: S::Person, distance_millimetres: u32) {
        self.plans_shots();
        self.known_person(person);
        self.person_of_my_unit(person);
        self.shot_of_my_unit(shot);
        let Some((gun, planned)) = self.planned(shot, id) else { return };
        if gun.kind.fires() {
            self.completed_the_course(Some(person));
            let barred = not_in_its_line(self.state, id, person);
            // Before the meeting is held it may be planned; SHOT READY asks for it.
            let held = self.state.meetings_of(self.my_unit()).next().is_some();
            let not_today = not_of_the_day(self.state, shot, person);
            let not_today = not_today.into_iter().filter(|it| held || it.code != Code::MeetingNotThere);
            for reason in barred.into_iter().chain(not_today) {
                self.refuse(reason);
            }
            self.stands_off(id, &planned, distance_millimetres, |it| it.gun(id).who(person));
        }
        self.act(Event::PersonPlaced { shot, gun: id, person, distance_millimetres });
    }

    /// By the plan and by the packs.
    fn stands_off(
        &mut self,
        id: S::Gun,
        planned: &PlannedGun<S>,
        millimetres: u32,
        of: impl FnOnce(Reason<S>) -> Reason<S>,
    ) {
        let reason = too_close(self.state, planned.holds, millimetres, planned.stand_off_millimetres);
        reason.map(of).into_iter().for_each(|it| self.is_too_close(id, it));
    }

    pub(super) fn leave_person_out(&mut self, shot: S::Act, person: S::Person) {
        if self.by() != Some(person) {
            self.plans_shots();
            self.shot_of_my_unit(shot);
        }
        self.known_person(person);
        self.shot(shot);
        self.act(Event::PersonLeftOut { shot, person });
    }

    /// Whoever refused is told again by nobody: only he himself says otherwise.
    pub(super) fn tell_person(&mut self, shot: S::Act, person: S::Person) {
        let himself = self.by() == Some(person);
        if !himself {
            self.looks_at_the_set();
            self.shot_of_my_unit(shot);
        }
        self.known_person(person);
        self.shot(shot);
        if !himself && self.state.told.get(&(shot, person)) == Some(&Told::Refused) {
            self.refuse(Reason::new(Code::ShotRefused).who(person));
        }
        self.act(Event::PersonTold { shot, person });
    }

    pub(super) fn report_refused_shot(&mut self, shot: S::Act, person: S::Person) {
        self.known_person(person);
        self.shot(shot);
        self.act_by(Rule::Shot2, Event::ShotRefused { shot, person });
    }

    pub(super) fn approve_muzzle(&mut self, shot: S::Act, id: S::Gun) {
        self.day_open();
        self.shot_of_my_unit(shot);
        let (roles, Some(by)) = (self.my_roles(), self.by()) else { return };
        let approves = roles.has(Role::FirstAd) || self.state.may_have_authority(by);
        self.refuse_if(!approves, Code::LineOwnApproval);
        if let Some((gun, planned)) = self.planned(shot, id) {
            self.refuse_if(approves && planned.by == by, Code::LineOwnApproval);
            if gun.kind.fires() && planned.toward != Toward::Nobody {
                self.may_point_at_anyone();
            }
        }
        self.act(Event::MuzzleApproved { shot, gun: id, by });
    }

    pub(super) fn measure_stand_off(&mut self, shot: S::Act, id: S::Gun, nearest_millimetres: u32) {
        self.looks_at_the_set();
        self.of_the_open_scene(shot);
        let Some((gun, planned)) = self.planned(shot, id) else { return };
        if gun.kind.fires() {
            self.stands_off(id, &planned, nearest_millimetres, |it| it.gun(id));
        }
        self.act(Event::StandOffMeasured { shot, gun: id, nearest_millimetres });
    }

    pub(super) fn set_barrier(&mut self, shot: S::Act, id: S::Gun) {
        self.looks_at_the_set();
        self.of_the_open_scene(shot);
        if self.planned(shot, id).is_some() {
            self.act(Event::BarrierSet { shot, gun: id });
        }
    }

    pub(super) fn enter_protection(&mut self, shot: S::Act, id: S::Gun) {
        self.looks_at_the_set();
        self.of_the_open_scene(shot);
        if self.planned(shot, id).is_some() {
            self.act(Event::ProtectionEntered { shot, gun: id });
        }
    }

    /// The first AD holds the take or releases it (law 5).
    fn may_go_on(&mut self) {
        self.is_one_of(&[Role::FirstAd]);
        self.has_scenes();
        self.not_held();
        self.not_wrapped();
        if let Some(take) = self.state.take_of(self.my_unit()) {
            self.refuse(Reason::new(Code::ShotTakeOn).at(take.since));
        }
    }

    pub(super) fn call_shot_ready(&mut self, shot: S::Act) {
        self.may_go_on();
        self.of_the_open_scene(shot);
        self.nothing_is_missing(shot);
        self.act(Event::ShotReadyCalled { shot, at: self.context.earlier() });
    }

    fn nothing_is_missing(&mut self, shot: S::Act) {
        for reason in missing_for_shot_ready(self.rules, self.state, shot, self.now()) {
            self.refuse(reason);
        }
    }

    /// A take with a plan waits for SHOT READY, and for what it rests on to be so still. Without a plan no gun that
    /// can fire is on the set.
    pub(super) fn begin_take(&mut self, named: Option<S::Act>) {
        self.may_go_on();
        match named {
            Some(shot) => {
                self.of_the_open_scene(shot);
                self.stands_ready(shot);
                self.nothing_is_missing(shot);
            }
            None => {
                self.scene_open();
                let unit = self.my_unit();
                unplanned(self.state, None, unit).for_each(|reason| self.refuse(reason));
                let copies = copies_not_matched(self.rules, self.state, None, unit, self.now());
                copies.into_iter().for_each(|reason| self.refuse(reason));
            }
        }
        self.act(match self.my_unit() {
            Unit::FIRST => Event::TakeBegun { shot: named, at: self.now() },
            unit => Event::UnitTakeBegun { unit, shot: named, at: self.now() },
        });
    }

    /// While a take is on no gun that can fire comes into it that is not in its plan.
    pub(super) fn is_in_the_plan_of_the_take(&mut self, id: S::Gun) {
        let Some(take) = self.state.take_of(self.state.units.of_gun(id)) else { return };
        if !take.shot.is_some_and(|shot| self.state.planned_guns.contains_key(&(shot, id))) {
            self.refuse(Reason::new(Code::ShotGunUnplanned).gun(id));
        }
    }

    fn stands_ready(&mut self, shot: S::Act) {
        let Some(shot) = self.state.shots.get(&shot) else { return };
        match shot.ready {
            None => self.refuse(Reason::new(Code::ShotNotReady)),
            Some(at) if self.now() >= self.rules.show_again_by::<S>(at) => {
                self.refuse(Reason::new(Code::ShotLapsed).at(at));
            }
            Some(_) => {}
        }
    }

    pub(super) fn report_cut(&mut self) {
        let (unit, at) = (self.my_unit(), self.context.earlier());
        if self.state.take_of(unit).is_some() {
            self.act(match unit {
                Unit::FIRST => Event::TakeEnded { at },
                unit => Event::UnitTakeEnded { unit, at },
            });
        }
    }

    pub(super) fn report_shot_changed(&mut self, shot: S::Act, change: ShotChange) {
        self.shot(shot);
        self.act_by(Rule::Shot1, Event::ShotChanged { shot, change, at: self.context.earlier() });
    }

    /// A gun that can fire points toward people only in a shot of the open scene for which SHOT READY stands; a copy
    /// only where somebody matched it: it could be one.
    pub(super) fn point_toward_people(&mut self, id: S::Gun) {
        self.not_held();
        self.gun_is_free(id);
        let Some(gun) = self.gun(id) else { return };
        if !gun.kind.fires() {
            self.matched(&gun);
            return;
        }
        self.may_point_at_anyone();
        let open = self.my_scene().map(|open| open.scene);
        let of_it = |shot: &S::Act| self.state.shots.get(shot).is_some_and(|it| Some(it.scene) == open);
        let plans = self
            .state
            .planned_guns
            .iter()
            .filter(|((shot, of), planned)| *of == id && planned.toward != Toward::Nobody && of_it(shot));
        let plans: Vec<S::Act> = plans.map(|((shot, _), _)| *shot).collect();
        // SHOT READY stands for one shot of a unit at most.
        let ready = plans.iter().find(|shot| self.state.shots.get(shot).is_some_and(|it| it.ready.is_some()));
        match ready {
            Some(shot) => {
                self.stands_ready(*shot);
                self.nothing_is_missing(*shot);
            }
            None if plans.is_empty() => self.refuse(Reason::new(Code::LineNotApproved)),
            None => self.refuse(Reason::new(Code::ShotNotReady)),
        }
    }
}
