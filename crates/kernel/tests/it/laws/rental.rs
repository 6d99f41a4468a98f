//! What comes from a rental house and goes back, what is on the way, and what is nobody's but its owner's (laws 4 and 11).

use core::cell::RefCell;

use kernel::{Code, Custody, Event, Intent, LotCustody, Proven, Role, Status, StopCause, open_items, shown};

use crate::history::over_histories;
use crate::stage::{ARMORER, PEOPLE, VAULT, VENDOR};

pub fn nothing_goes_back_to_a_rental_house_but_what_was_shown_empty() {
    let went = RefCell::new(0_u32);
    over_histories(|told| {
        let Intent::ReturnToVendor { gun, vendor } = told.intent else { return };
        if !told.verdict.accepted {
            return;
        }
        let (before, state) = (told.before.gun(gun), &told.before.state);
        assert!(state.stops.is_empty() && state.wrapped.is_none() && state.roles(vendor).has(Role::Vendor));
        assert!(before.is_with(told.context.by.unwrap()), "out of other hands");
        let board = shown(&told.before.rules, state, told.context.decided_at);
        let card = board.iter().find(|card| card.gun == gun).unwrap();
        let may_go = matches!(card.status, Status::Empty(_) | Status::Copy { matched: Some(_), .. });
        assert!(may_go && !before.is_loaded() && !before.bore_due, "{card:?}");
        assert!(matches!(told.after.gun(gun).custody, Custody::Returned { vendor: whom, .. } if whom == vendor));
        *went.borrow_mut() += 1;
    });
    let went = went.into_inner();
    assert!(went > 20, "{went} are too few to say anything");
}

pub fn what_went_back_is_in_nobodys_hands_here_and_comes_in_unknown() {
    let (away, came) = (RefCell::new(0_u32), RefCell::new(0_u32));
    over_histories(|told| {
        for (id, gun) in &told.after.state.guns {
            if !matches!(gun.custody, Custody::Returned { .. }) {
                continue;
            }
            assert!(gun.handler().is_none() && !gun.on_set && !gun.is_loaded());
            assert!(open_items(&told.after.state).iter().all(|item| item.gun != Some(*id)), "the day waits for it");
            let card = shown(&told.after.rules, &told.after.state, told.after.now).into_iter().find(|it| it.gun == *id);
            let status = card.unwrap().status;
            let says_nothing =
                matches!(status, Status::Unknown { .. } | Status::Held { .. } | Status::Copy { matched: None, .. });
            assert!(says_nothing, "{status:?}");
            for (who, ..) in PEOPLE {
                assert!(!told.after.verdict(&who.takes_out(*id)).accepted);
            }
            *away.borrow_mut() += 1;
        }
        for event in &told.verdict.events {
            let Event::GunReceived { gun, place, .. } = *event else { continue };
            let after = told.after.gun(gun);
            assert!(told.after.state.places[&place].locks && told.after.state.places[&place].for_guns);
            assert!(matches!(after.custody, Custody::In { place: at, .. } if at == place) && after.identity.is_none());
            assert!(!super::says_what_is_in_it(&status_of(told.after, gun)));
            *came.borrow_mut() += 1;
        }
    });
    let (away, came) = (away.into_inner(), came.into_inner());
    assert!(away > 100 && came > 20, "{away} and {came} are too few to say anything");
}

/// Sealed by the second of two who counted it, with nothing of it anywhere else; and from then on nothing of it moves.
pub fn a_box_goes_back_sealed_and_whole_and_nothing_of_it_is_used_again() {
    let (went, away) = (RefCell::new(0_u32), RefCell::new(0_u32));
    over_histories(|told| {
        let state = &told.before.state;
        for event in &told.verdict.events {
            let Event::LotReturned { lot, vendor, .. } = *event else { continue };
            let it = state.lots[&lot];
            assert!(state.stops.is_empty() && state.wrapped.is_none() && state.roles(vendor).has(Role::Vendor));
            assert!(it.holder() == told.context.by && it.seal.is_some() && it.counted && it.count.is_none());
            assert!(it.missing == 0 && it.brass_missing == 0 && it.loss.is_none());
            assert!(state.out.keys().all(|(of, _)| *of != lot), "rounds of it are out");
            assert!(
                state.guns.values().all(|gun| gun.loading.is_none_or(|it| it.lot != lot)),
                "a gun is loaded with it"
            );
            *went.borrow_mut() += 1;
        }
        for (id, lot) in &state.lots {
            if matches!(lot.custody, LotCustody::Returned { .. }) {
                let after = told.after.state.lots[id];
                assert!(matches!(after.custody, LotCustody::Returned { .. }), "it came back as the same lot");
                assert_eq!((after.rounds, after.spent, after.seal), (lot.rounds, lot.spent, lot.seal));
                assert!(told.after.state.out.keys().all(|(of, _)| of != id) && after.count.is_none());
                *away.borrow_mut() += 1;
            }
        }
    });
    let (went, away) = (went.into_inner(), away.into_inner());
    assert!(went >= 5 && away > 300, "{went} and {away} are too few to say anything");
}

/// Of what went back, by the house alone and on its own device; and nothing else comes of it.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other events are no signatures")]
pub fn the_house_signs_once_for_what_it_has_and_nobody_else_does() {
    let (guns, boxes) = (RefCell::new(0_u32), RefCell::new(0_u32));
    over_histories(|told| {
        let state = &told.before.state;
        for event in &told.verdict.events {
            let (by, signed) = match *event {
                Event::GunSignedFor { gun, by, .. } => {
                    let Custody::Returned { signed_by, .. } = state.guns[&gun].custody else { panic!("it is here") };
                    *guns.borrow_mut() += 1;
                    (by, signed_by)
                }
                Event::LotSignedFor { lot, by, .. } => {
                    let LotCustody::Returned { signed_by, .. } = state.lots[&lot].custody else { panic!("it is here") };
                    *boxes.borrow_mut() += 1;
                    (by, signed_by)
                }
                _ => continue,
            };
            assert_eq!((told.context.by, told.context.proven, signed), (Some(by), Proven::OwnDevicePin, None));
            assert!(state.roles(by).has(Role::Vendor) && !state.roles(by).handles());
            assert_eq!(told.verdict.events.len(), 1);
            assert_eq!(open_items(state), open_items(&told.after.state), "something waited for it");
        }
    });
    let (guns, boxes) = (guns.into_inner(), boxes.into_inner());
    assert!(guns > 10 && boxes >= 3, "{guns} and {boxes} are too few to say anything");
}

fn status_of(stage: &crate::stage::Stage, gun: u8) -> Status<crate::stage::Small> {
    let board = shown(&stage.rules, &stage.state, stage.now);
    board.into_iter().find(|card| card.gun == gun).unwrap().status
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the other events move nothing")]
pub fn whoever_goes_along_handles_guns_and_nothing_is_taken_out_on_the_way() {
    let moved = RefCell::new(0_u32);
    over_histories(|told| {
        let state = &told.before.state;
        for event in &told.verdict.events {
            match *event {
                Event::TransitBegun { place, attendant, .. } => {
                    let at = state.places[&place];
                    assert!(at.locks && at.kind.travels() && state.stops.is_empty());
                    assert!(state.roles(attendant).handles() && state.out_since(attendant).is_none());
                    *moved.borrow_mut() += 1;
                }
                Event::TransitEnded { place } => {
                    let attendant = state.transits[&place].attendant;
                    let alone = told.verdict.events.contains(&Event::LeftUnattended { place, at: told.before.now });
                    assert!(Some(attendant) == told.context.by || (alone && state.handles_no_more(attendant)));
                }
                Event::GunTakenOut { gun, .. } => {
                    let Custody::In { place, .. } = state.guns[&gun].custody else { panic!("out of no place") };
                    assert!(!state.transits.contains_key(&place), "taken out on the way");
                }
                Event::LotTakenOut { lot, .. } => {
                    if let LotCustody::In { place, .. } = state.lots[&lot].custody {
                        assert!(!state.transits.contains_key(&place), "taken out on the way");
                    }
                }
                _ => {}
            }
        }
        let open = open_items(&told.after.state);
        for place in told.after.state.transits.keys() {
            assert!(open.iter().any(|it| it.code == Code::TransitOn && it.place == Some(*place)), "the day may end");
        }
    });
    let moved = moved.into_inner();
    assert!(moved > 20, "{moved} are too few to say anything");
}

pub fn what_was_left_alone_is_counted_again_before_anything_of_it_is_issued() {
    let left = RefCell::new(0_u32);
    over_histories(|told| {
        for event in &told.verdict.events {
            let Event::LeftUnattended { place, .. } = *event else { continue };
            for (id, lot) in &told.after.state.lots {
                if matches!(lot.custody, LotCustody::In { place: at, .. } if at == place) {
                    assert!(!lot.counted, "lot {id} counts as counted");
                    *left.borrow_mut() += 1;
                }
            }
        }
    });
    let left = left.into_inner();
    assert!(left > 20, "{left} are too few to say anything");
}

pub fn a_gun_that_no_register_has_stops_everything() {
    over_histories(|told| {
        let report = PEOPLE[usize::from(told.context.act) % PEOPLE.len()].0;
        if told.after.state.devices[&report.0].revoked {
            return;
        }
        let verdict = told.after.verdict(&report.sees_a_personal_weapon_of(Some(ARMORER.0)).ago(50));
        let stop = verdict.events.iter().find_map(|event| {
            if let Event::StopPulled { cause, concerned, .. } = event { Some((*cause, *concerned)) } else { None }
        });
        assert!(verdict.accepted && verdict.reasons.iter().any(|reason| reason.code == Code::PersonalGun));
        assert_eq!(stop, Some((StopCause::PersonalWeapon, [Some(ARMORER.0), None])));
    });
}

pub fn a_gun_moves_to_no_other_place_by_being_received() {
    over_histories(|told| {
        for (gun, entry) in &told.after.state.guns {
            if matches!(entry.custody, Custody::In { place, .. } if place != VAULT) {
                assert!(!told.after.verdict(&ARMORER.receives_from(VENDOR, *gun, VAULT)).accepted);
            }
        }
    });
}
