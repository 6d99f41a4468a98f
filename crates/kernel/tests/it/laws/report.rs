//! Asks and reports (law 3), doubt (law 14).

use kernel::{
    Chambers, Code, Context, Custody, Event, Gun, Intent, IntentKind, Lot, ShowingState, State, Tally, decide, evolve,
};

use crate::history::over_histories;
use crate::stage::{ANOTHER, ARMORER, PEOPLE, PERFORMER, Small, Stage, Tick, VAULT, stop_in};

/// What two people say they took out of a gun.
const SAW: Tally = Tally { live: 0, blank: 0, dummy: 1, spent: 0, misfired: 0, not_sure: 1 };

/// Nothing may be said after that could not be said before; nothing is freed.
fn only_lower(before: &State<Small>, after: &State<Small>) {
    assert!(before.stops.iter().all(|(act, stop)| after.stops.get(act) == Some(stop)));
    assert_eq!((before.day, &before.devices, &before.invitations), (after.day, &after.devices, &after.invitations));
    assert_eq!((before.wrapped, &before.scenes, before.scene), (after.wrapped, &after.scenes, after.scene));
    assert_eq!((&before.meetings, &before.present), (&after.meetings, &after.present));
    assert_eq!((&before.transfers, &before.presets), (&after.transfers, &after.presets));
    assert_eq!((&before.lines, &before.stand_off_centimetres), (&after.lines, &after.stand_off_centimetres));
    assert!(before.requests.iter().all(|(act, request)| after.requests.get(act) == Some(request)));
    let known = |state: &State<Small>| {
        state
            .people
            .iter()
            .map(|(id, it)| (*id, it.trained, it.course, it.permit, it.authority, it.guard))
            .collect::<Vec<_>>()
    };
    assert_eq!((known(before), before.required), (known(after), after.required));
    super::shot::only_lower(before, after);
    for (place, earlier) in &before.places {
        let later = after.places[place];
        assert!(later.seal.is_none() || later.seal == earlier.seal);
        assert!(earlier.seal_seen || !later.seal_seen);
        assert_eq!(kernel::Place { seal: earlier.seal, seal_seen: earlier.seal_seen, ..later }, *earlier);
    }
    for (lot, earlier) in &before.lots {
        let later = after.lots[lot];
        assert!(earlier.counted || !later.counted);
        let stopped = before.stops.len() < after.stops.len();
        assert!(later.differed == earlier.differed || stopped);
        assert!(later.seal.is_none() || later.seal == earlier.seal);
        assert!(later.opened || !earlier.opened);
        assert!(later.verified.is_none() || later.verified == earlier.verified);
        let Lot { opened, seal, counted, verified, differed, .. } = *earlier;
        assert_eq!(Lot { opened, seal, counted, verified, differed, ..later }, *earlier);
    }
    for (gun, earlier) in &before.guns {
        let bagged = super::exhibit::bags_of(after, *gun) > super::exhibit::bags_of(before, *gun);
        only_lower_of_a_gun(earlier, &after.guns[gun], bagged);
    }
}

/// Of a gun whose rounds were bagged the record has nothing left to say.
fn only_lower_of_a_gun(earlier: &Gun<Small>, later: &Gun<Small>, bagged: bool) {
    assert!(later.bore.is_none() || later.bore == earlier.bore || later.bore.is_some_and(|look| look.used));
    assert!(later.identity.is_none() || later.identity == earlier.identity);
    assert!(later.sealed == earlier.sealed);
    assert!(later.line_clear.is_none() || later.line_clear == earlier.line_clear);
    assert!(later.bore_due || !earlier.bore_due);
    assert!(earlier.faulty_since.is_none() || later.faulty_since == earlier.faulty_since);
    let fired = (later.fired.shots >= earlier.fired.shots, later.fired.misfires >= earlier.fired.misfires);
    assert!(bagged || (fired == (true, true) && later.misfired_at >= earlier.misfired_at));
    assert!(later.on_set <= earlier.on_set && later.calibre == earlier.calibre);
    // More may be in it, or what fed it was swapped, and no round is lost by that (see the laws of rounds); and then nothing
    // may be said of it.
    let swapped = later.is_fed() && later.loading != earlier.loading;
    let more = earlier.loaded().minus(later.loaded()).is_empty() && earlier.rounds_loaded() <= later.rounds_loaded();
    assert!(more || swapped || bagged);
    let struck = later.fired == earlier.fired || later.fired.struck() > earlier.fired.struck();
    assert!(!earlier.is_loaded() || struck || bagged);
    let reloaded = later.loading != earlier.loading;
    assert!(!reloaded || matches!(later.showing, ShowingState::Void(_)));
    match (earlier.showing, later.showing) {
        (ShowingState::Void(had), ShowingState::Void(has)) => {
            let stands = |(why, at)| has.iter().any(|(other, later)| other == why && later >= at);
            assert!(had.iter().all(stands));
        }
        (_, ShowingState::Void(doubts)) => assert!(doubts.latest().is_some()),
        (earlier, later) => assert_eq!(earlier, later),
    }
}

pub fn a_report_only_lowers() {
    over_histories(|told| {
        if told.intent.kind() == IntentKind::Report {
            only_lower(&told.before.state, &told.after.state);
        }
    });
}

pub fn a_report_is_never_refused_for_the_state_of_things() {
    over_histories(|told| {
        for gun in told.after.state.guns.keys().copied() {
            for who in [ARMORER, PERFORMER, PEOPLE[usize::from(told.context.act) % PEOPLE.len()].0] {
                if told.after.state.devices[&who.0].revoked {
                    continue;
                }
                let reports = [
                    Intent::ReportHave { gun },
                    Intent::ReportGone { gun },
                    Intent::ReportOutOfSight { gun },
                    Intent::ReportDoubt { gun },
                    Intent::ReportFault { gun },
                    Intent::ReportMuzzle { gun },
                    Intent::ReportDischarge { gun },
                    Intent::ReportDispute { gun },
                    Intent::ReportLeft { person: who.0 },
                    Intent::ReportReturned { person: who.0 },
                    Intent::ReportRoundFound { round: kernel::RoundKind::Live },
                    Intent::ReportBreak,
                    Intent::ReportFired { gun, shots: 1, misfires: 1 },
                    Intent::ReportLineChanged { gun },
                    Intent::ReportReloaded { gun, lot: 1, place: 5, chambers: Chambers::first(1) },
                    Intent::ReportFeedSwapped { gun, lot: 1, place: 5, rounds: 2, came_out: 1, into: 6 },
                    Intent::ReportSealBroken { place: 5 },
                    Intent::ReportRoundFoundIn { place: 6, round: kernel::RoundKind::Live },
                    Intent::ReportSafetyRequest { kind: kernel::RequestKind::MoreTime },
                    Intent::ReportGuardInside { person: who.0 },
                    Intent::ReportPersonalWeapon { whose: Some(who.0) },
                    Intent::ReportUnattended { place: 2 },
                    Intent::ReportGunExhibit { gun, stop: ANOTHER, guard: who.0 },
                    Intent::ReportLotExhibit { lot: 1, stop: ANOTHER, guard: who.0 },
                    Intent::ReportRoundsExhibit { gun, stop: ANOTHER, witness: who.0, saw: SAW, guard: who.0 },
                ];
                let of_exhibits = told.after.state.exhibits.keys().flat_map(|exhibit| {
                    let (exhibit, to) = (*exhibit, who.0);
                    let given = Intent::ReportExhibitGiven { exhibit, to };
                    [given, Intent::ReportExhibitTaken { exhibit }, Intent::ReportExhibitToPolice { exhibit }]
                });
                for report in reports.into_iter().chain(of_exhibits) {
                    assert!(told.after.verdict(&who.says(report).ago(50)).accepted, "{who:?} {report:?}");
                }
            }
        }
    });
}

pub fn a_refused_ask_never_carries_the_act() {
    over_histories(|told| {
        if told.verdict.accepted {
            return;
        }
        for event in &told.verdict.events {
            // Cases that nobody reported a shot of are kept with the stop that they bring.
            let stops = stop_in(&told.verdict.events).is_some();
            let only_falls = matches!(
                event,
                Event::StopPulled { .. }
                    | Event::ShowingVoided { .. }
                    | Event::SealBroken { .. }
                    | Event::LineChanged { .. }
            ) || stops && matches!(event, Event::GunFired { .. });
            assert!(only_falls, "a refusal carries {event:?}");
        }
        let custody = |stage: &Stage| stage.state.guns.iter().map(|(gun, it)| (*gun, it.custody)).collect::<Vec<_>>();
        assert_eq!(custody(told.before), custody(told.after));
        assert_eq!(told.before.state.people, told.after.state.people);
        only_lower(&told.before.state, &told.after.state);
    });
}

pub fn a_refusal_says_why_and_a_granted_ask_has_nothing_against_it() {
    over_histories(|told| {
        if !told.verdict.accepted {
            assert!(!told.verdict.reasons.is_empty());
        } else if matches!(told.intent, Intent::OpenDay { .. } | Intent::Wrap) {
            // What a day that was not wrapped left open is named, and the next one is opened; and what
            // somebody asked for keeps no day open.
            let requests = kernel::open_requests(&told.before.state);
            let left = [kernel::open_items(&told.before.state), requests].concat();
            assert!(told.verdict.reasons.iter().all(|reason| left.contains(reason)));
        } else if told.intent.kind() == IntentKind::Ask {
            assert_eq!(told.verdict.reasons, []);
        }
    });
}

pub fn a_clock_that_jumps_voids_every_showing() {
    over_histories(|told| {
        let mut state = told.after.state.clone();
        evolve(&mut state, &Event::ClockJumped { at: told.after.now });
        assert!(state.guns.values().all(|gun| matches!(gun.showing, ShowingState::Void(_))));
        assert!(state.guns.values().all(|gun| gun.identity.is_none()), "when it was matched, nobody can say");
        only_lower(&told.after.state, &state);
    });
}

/// Whether a copy is still the copy that was matched, only somebody knows who had it in sight since.
pub fn whoever_loses_sight_of_a_copy_has_it_matched_again() {
    over_histories(|told| {
        let all = || told.before.state.guns.iter();
        let lost: Vec<u8> = if let Intent::ReportOutOfSight { gun }
        | Intent::ReportLineChanged { gun }
        | Intent::ReportDoubt { gun }
        | Intent::ReportFault { gun }
        | Intent::ReportFired { gun, .. }
        | Intent::ReportDispute { gun }
        | Intent::ReportGone { gun }
        | Intent::RefuseOffer { gun, .. } = told.intent
        {
            vec![gun]
        } else if let Intent::ReportLeft { person } = told.intent {
            let theirs = |gun: &Gun<Small>| gun.is_with(person) || gun.handler() == Some(person);
            all().filter(|(_, gun)| theirs(gun)).map(|(id, _)| *id).collect()
        } else if matches!(
            told.intent,
            Intent::ReportBreak | Intent::Stop { .. } | Intent::OpenDay { .. } | Intent::CloseForLunch
        ) {
            all().map(|(id, _)| *id).collect()
        } else {
            return;
        };
        let voided = !matches!(told.intent, Intent::Stop { .. }) || !told.verdict.events.is_empty();
        for gun in lost.into_iter().filter(|_| told.verdict.accepted && voided) {
            let identity = told.after.state.guns.get(&gun).and_then(|gun| gun.identity);
            assert_eq!(identity, None, "gun {gun} is still taken for the copy that was matched");
        }
    });
}

pub fn whoever_leaves_the_room_leaves_no_gun_shown_that_he_holds_or_answers_for() {
    over_histories(|told| {
        let Intent::ReportLeft { person } = told.intent else { return };
        for gun in told.after.state.guns.values() {
            let holds = matches!(gun.custody, Custody::With { person: holder, .. } if holder == person);
            if told.verdict.accepted && (holds || gun.handler() == Some(person)) {
                assert!(matches!(gun.showing, ShowingState::Void(_)), "{gun:?}");
            }
        }
    });
}

/// What a phone without signal says long after: nothing that has moved since is moved by it (laws 3 and 14).
pub fn what_was_claimed_before_it_came_there_moves_nothing() {
    over_histories(|told| {
        let state = &told.after.state;
        for (gun, entry) in &state.guns {
            let ago = i32::from(told.after.now.0) - i32::from(entry.custody.since().0) + 3;
            for who in [ARMORER, PERFORMER] {
                let old = [who.has(*gun), who.takes_back(*gun), who.puts_away(*gun, VAULT), who.reports_gone(*gun)];
                for said in old.map(|said| said.ago(ago)) {
                    let mut stage = told.after.clone();
                    let verdict = stage.goes_on(&said.into()).unwrap();
                    assert_eq!(stage.gun(*gun).custody, entry.custody, "{said:?}");
                    let had_moved = verdict.reasons.iter().any(|reason| reason.code == Code::ClockBefore);
                    assert!(!had_moved || matches!(stage.gun(*gun).showing, ShowingState::Void(_)), "{said:?}");
                }
            }
        }
    });
}

pub fn a_claimed_time_only_shortens() {
    fn moments(events: &[Event<Small>]) -> Vec<Tick> {
        let moment = |event: &Event<Small>| {
            let (Event::GunShown { at, .. }
            | Event::IdentityMatched { at, .. }
            | Event::FeedCheckAnswered { at, .. }
            | Event::BarrelCheckAnswered { at, .. }
            | Event::CheckAnswered { at, .. }) = event
            else {
                return None;
            };
            Some(*at)
        };
        events.iter().filter_map(moment).collect()
    }
    over_histories(|told| {
        let now = told.before.now;
        let claiming = |claimed_at| {
            let context = Context { claimed_at, ..told.context };
            decide(told.rules(), &told.before.state, &told.intent, &context)
        };
        let at_once = claiming(now);
        assert!(moments(&at_once.events).iter().all(|at| *at <= now));
        let ahead = claiming(Tick(now.0 + 2));
        assert_eq!(ahead, at_once, "a clock that is ahead gains nothing");
        for ago in [1, 2, 3, 50] {
            let earlier = claiming(Tick(now.0 - ago));
            assert!(at_once.accepted || !earlier.accepted, "an old ask is granted where a new one is not");
            let shorter = moments(&earlier.events);
            assert!(shorter.iter().zip(moments(&at_once.events)).all(|(early, late)| *early <= late));
        }
    });
}
