//! A state told again as a short list of events, so that a snapshot is stored in the form that is
//! stored anyway, and is read back by [`crate::evolve`] like everything else.

mod exhibit;
mod gun;
mod range;
mod rounds;
mod shot;
mod unit;

use crate::erasure::{Erasable, Ground};
use crate::event::{BlindSide, Event};
use crate::loss::Notified;
use crate::pack::Adoption;
use crate::people::{Place, Role};
use crate::scene::Topic;
use crate::scope::Scope;
use crate::state::State;

/// Events that make exactly this state out of an empty one.
///
/// They are no history: some stand only for what they leave behind (a check that is begun so that
/// its voiding leaves one doubt alone; rounds put back that nobody had drawn). This holds for every
/// state that [`crate::decide`] reaches under whole rules, where a gun is registered in a place that
/// is known, by a person, on a device that is enrolled. Whoever stores a snapshot compares what it
/// evolves to with what was told.
#[must_use]
pub fn retell<S: Scope>(state: &State<S>) -> Vec<Event<S>> {
    let mut told = Vec::new();
    let known = Known::in_state(state);
    // Before every answer: a live round that was seen is judged by it.
    range::range(state, &mut told);
    // Before the day: that it began leaves every seal unseen and every lot uncounted.
    places(state, &mut told);
    rounds::boxes(state, known, &mut told);
    unit::units(state, &mut told);
    people(state, &mut told);
    unit::people(state, &mut told);
    the_day(state, &mut told);
    // Before any gun and any shot: no line is clear by it, and SHOT READY stands for none.
    told.extend(state.adopted.map(adopted));
    scene(state, &mut told);
    // Before any gun: a stop voids what was shown.
    rounds::begun_again(state, &mut told);
    stops(state, &mut told);
    exhibit::exhibits(state, &mut told);
    // After the stops that stand, and before the counts: a stop lets every lot forget that its counts differed.
    gun::inquired(state, known, &mut told);
    rounds::counts(state, &mut told);
    for (id, gun) in &state.guns {
        gun::Teller { id: *id, gun, state, known, told: &mut told }.gun();
    }
    // After the guns: what they are loaded with goes out of somebody's hands.
    rounds::out(state, known, &mut told);
    rounds::verified(state, &mut told);
    rounds::worn(state, known, &mut told);
    let loss = |(gun, notified): &(S::Gun, Notified)| Event::LossTold { gun: *gun, notified: *notified };
    told.extend(state.losses_told.iter().map(loss));
    told.extend(state.contact.map(|person| Event::ContactNamed { person }));
    told.extend(state.police_told.iter().map(|(scene, at)| Event::PoliceTold { scene: *scene, at: *at }));
    erasures(state, &mut told);
    // Before the plans: no gun comes into a take by them.
    shot::takes_of_guns(state, &mut told);
    unit::takes(state, &mut told);
    // Last: whatever moves voids SHOT READY.
    shot::shots(state, &mut told);
    told
}

/// Anything of each kind that the state knows, where an event needs one and leaves no trace of it.
#[derive(Clone, Copy)]
struct Known<S: Scope> {
    place: Option<S::Place>,
    on_a_range: Option<S::Place>,
    off_every_range: Option<S::Place>,
    worn: Option<S::Place>,
    not_worn: Option<S::Place>,
    person: Option<S::Person>,
    another: Option<S::Person>,
    lot: Option<S::Lot>,
    gun: Option<S::Gun>,
    act: Option<S::Act>,
}

impl<S: Scope> Known<S> {
    /// A place on a range or off every one, where there is one; else any.
    fn place_by(&self, at_range: bool) -> Option<S::Place> {
        let such = if at_range { self.on_a_range } else { self.off_every_range };
        such.or(self.place)
    }

    fn in_state(state: &State<S>) -> Self {
        let by_wear =
            |worn| state.places.iter().find(move |(_, it)| it.kind.is_worn() == worn).map(|(place, _)| *place);
        Known {
            place: state.places.keys().next().copied(),
            worn: by_wear(true),
            not_worn: by_wear(false),
            on_a_range: state.places.keys().find(|place| state.is_on_a_range(**place)).copied(),
            off_every_range: state.places.keys().find(|place| !state.is_on_a_range(**place)).copied(),
            person: state.people.keys().next().copied(),
            another: state.people.keys().nth(1).copied(),
            lot: state.lots.keys().next().copied(),
            gun: state.guns.keys().next().copied(),
            act: state.devices.values().next().map(|device| device.invitation),
        }
    }
}

/// The places, and the seals that nobody has seen since the day or the last break began.
fn places<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (place, it) in &state.places {
        let (place, kind, locks, for_guns) = (*place, it.kind, it.locks, it.for_guns);
        told.push(Event::PlaceRegistered { place, kind, locks, for_guns });
        told.extend(sealed(place, it).filter(|_| !it.seal_seen));
    }
    told.extend(state.transits.iter().map(|(place, it)| Event::TransitBegun {
        place: *place,
        attendant: it.attendant,
        at: it.since,
    }));
}

fn sealed<S: Scope>(place: S::Place, it: &Place) -> Option<Event<S>> {
    it.seal.map(|seal| Event::BeltSealed { place, seal })
}

/// The day first: it forgets what was entered for the days before, and who was out of the room.
fn people<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    if let (Some(day), Some(at)) = (state.day, state.day_since) {
        told.push(Event::DayOpened { day, at });
        told.extend(state.wrapped.map(|at| Event::DayWrapped { day, at }));
    }
    told.extend(state.required.iter().map(|what| Event::RequirementSet { what, required: true }));
    for (person, entry) in &state.people {
        let person = *person;
        told.push(Event::PersonAdded { person });
        told.extend(entry.days.iter().map(|(day, it)| Event::RolesAssigned {
            person,
            day: *day,
            roles: it.roles,
            answers_to: it.answers_to,
        }));
        let duty = |((from, _), it): (&(S::Time, Role), &crate::people::Duty<S>)| Event::DutyRostered {
            person,
            role: it.role,
            from: *from,
            until: it.until,
        };
        told.extend(entry.duties.iter().map(duty));
        let trained = |action| Event::TrainingEntered { person, action, passed: true };
        told.extend(entry.trained.iter().map(trained));
        told.extend(entry.course.map(|it| Event::CourseEntered { person, until: it.until }));
        told.extend(entry.permit.map(|it| Event::PermitEntered { person, held: true, until: it.until }));
        told.extend(entry.authority.then_some(Event::AuthorityEntered { person, given: true }));
        told.extend(entry.guard.then_some(Event::GuardDeclared { person, outside: true }));
        told.extend(entry.out_since.map(|at| Event::PersonLeft { person, at }));
    }
    for (request, it) in &state.requests {
        let (request, kind, by, at) = (*request, it.kind, it.by, it.since);
        told.push(Event::SafetyRequested { request, kind, by, at });
        told.extend(it.refused_by.map(|by| Event::RequestAnswered { request, granted: false, by }));
    }
    for (device, it) in &state.devices {
        let (device, invitation, person) = (*device, it.invitation, it.owner);
        told.push(Event::DeviceEnrolled { invitation, device, person });
        told.extend(it.revoked.then_some(Event::DeviceRevoked { device }));
    }
    told.extend(
        state
            .invitations
            .iter()
            .map(|(invitation, person)| Event::DeviceInvited { invitation: *invitation, person: *person }),
    );
}

/// What was seen, counted and declared since the day or the last break began.
fn the_day<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (place, it) in &state.places {
        told.extend(sealed(*place, it).filter(|_| it.seal_seen));
        told.extend(it.reload.then_some(Event::ReloadDeclared { place: *place }));
    }
    rounds::counted(state, told);
}

fn scene<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    let planned = |(scene, it): (&S::Scene, &crate::scene::Scene)| Event::ScenePlanned {
        scene: *scene,
        day: it.day,
        blanks: it.blanks,
    };
    told.extend(state.scenes.iter().map(planned));
    let open = state.units.all().filter_map(|unit| state.scene_of(unit));
    told.extend(open.map(|it| Event::SceneOpened { scene: it.scene, place: it.place, at: it.since }));
    // A meeting without all its topics is not entered, so the state need not keep them.
    let topics = Topic::ALL.into_iter().collect();
    for (meeting, it) in &state.meetings {
        let (scene, place, led_by, at) = (it.scene, it.place, it.led_by, it.at);
        told.push(Event::MeetingHeld { meeting: *meeting, scene, place, topics, led_by, at });
    }
    let leads = |meeting, person| state.meetings.get(&meeting).is_some_and(|it| it.led_by == person);
    let others = state.present.iter().filter(|(meeting, person)| !leads(*meeting, *person));
    told.extend(others.map(|(meeting, person)| Event::MeetingAttended { meeting: *meeting, person: *person }));
    lines(state, told);
    told.extend(state.transfers.iter().map(|(gun, to)| Event::TransferDeclared { gun: *gun, to: *to }));
    told.extend(state.presets.iter().map(|(gun, place)| Event::PresetDeclared { gun: *gun, place: *place }));
}

fn lines<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (line, it) in &state.lines {
        let (line, at) = (*line, it.since);
        told.push(Event::LineBegun { line, handler: it.handler, witness: it.witness, at });
        told.extend(it.again.then_some(Event::MustersDiffered { line, at }));
        for (side, muster) in [(BlindSide::Checker, it.handler_counted), (BlindSide::Witness, it.witness_counted)] {
            let answer = |it: crate::scene::Muster<S>| Event::MusterAnswered {
                line,
                side,
                guns: it.guns,
                device: it.device,
                at,
            };
            told.extend(muster.map(answer));
        }
    }
}

fn erasures<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    let erased = |((intent, what), ground): (&(S::Act, Erasable), &Ground)| Event::Erased {
        intent: *intent,
        what: *what,
        ground: *ground,
    };
    told.extend(state.erased.iter().map(erased));
    let preserved =
        |(preservation, by): (&S::Act, &S::Person)| Event::RecordPreserved { preservation: *preservation, by: *by };
    told.extend(state.preservations.iter().map(preserved));
}

const fn adopted<S: Scope>(it: Adoption<S>) -> Event<S> {
    Event::PacksAdopted { packs: it.packs, choices: it.choices, by: it.by, at: it.at }
}

fn stops<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (stop, it) in &state.stops {
        let (stop, by, concerned, at) = (*stop, it.by, it.concerned, it.since);
        told.push(match it.lot {
            Some(lot) => {
                let missing = state.lots.get(&lot).map_or(0, |it| it.missing);
                Event::LotHeld { lot, stop, missing, by, concerned, at }
            }
            None => Event::StopPulled { stop, cause: it.cause, by, gun: it.gun, concerned, at },
        });
        told.extend(it.inquiry.map(|inquiry| Event::InquiryNamed {
            stop,
            inquirer: inquiry.inquirer,
            by: inquiry.named_by,
        }));
    }
}
