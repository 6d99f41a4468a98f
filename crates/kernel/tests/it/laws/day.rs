//! The set, the scene, and what ends a day (laws 5, 11, 16).

use core::cell::RefCell;
use std::collections::BTreeMap;

use kernel::{
    Code, Custody, Event, Gun, Intent, IntentKind, LotCustody, Moment, OutAt, ShowingState, State, Status, StopCause,
    open_items, shown,
};

use super::{answer_in, codes, only_handles, receiver, says_what_is_in_it};
use crate::history::{Told, cases, over_histories, over_words, play};
use crate::stage::{LIMITS, PEOPLE, Small, is_out, stop_in};

// The interlocks.

const fn is_interlock(intent: &Intent<Small>) -> bool {
    matches!(intent, Intent::CloseForLunch | Intent::CloseScene | Intent::Wrap)
}

pub fn lunch_scene_end_and_wrap_close_only_when_open_items_is_empty() {
    over_histories(|told| {
        if !is_interlock(&told.intent) {
            return;
        }
        let open = open_items(&told.before.state);
        if told.verdict.accepted {
            assert_eq!(open, []);
            assert!(told.before.state.stops.is_empty());
        }
        for item in open {
            assert!(told.verdict.reasons.contains(&item), "{item:?} is open and is not named");
        }
    });
}

/// Everything that is not where it is at night. A restatement: the kernel's own list is not asked.
fn left_open(state: &State<Small>) -> Vec<String> {
    let locks = |place: u8| state.places[&place].locks;
    let mut left = Vec::new();
    for (id, gun) in &state.guns {
        // A gun that is gone held everything by its stop, and that is lifted.
        let put_away = match gun.custody {
            Custody::In { place, .. } => locks(place),
            // What went back is the house's again.
            Custody::Missing { .. } | Custody::Returned { .. } => true,
            Custody::With { .. } | Custody::Offered { .. } | Custody::Preset { .. } => false,
        };
        if !put_away || gun.is_loaded() {
            left.push(format!("gun {id}"));
        }
        if gun.bore_due {
            left.push(format!("bore of gun {id}"));
        }
    }
    for (id, lot) in &state.lots {
        // The same of a box.
        let gone = matches!(lot.custody, LotCustody::Returned { .. });
        let locked = gone || matches!(lot.custody, LotCustody::In { place, .. } if locks(place));
        if !locked || lot.seal.is_none() || lot.count.is_some() || lot.brass_missing > 0 || lot.missing > 0 {
            left.push(format!("lot {id}"));
        }
    }
    for (lot, at) in state.out.keys() {
        let belt = matches!(at, OutAt::Place(place) if state.places[place].seal.is_some());
        if !belt || state.lots[lot].kind.in_chamber().is_some() {
            left.push(format!("rounds of lot {lot}"));
        }
    }
    left.extend(state.lines.keys().map(|line| format!("line {line}")));
    left
}

pub fn every_accepted_wrap_leaves_every_gun_and_box_locked() {
    over_histories(|told| {
        if is_interlock(&told.intent) && told.verdict.accepted {
            assert_eq!(left_open(&told.after.state), Vec::<String>::new(), "{:?}", told.intent);
        }
        let wrapped = told.after.state.wrapped.is_some() && told.before.state.wrapped.is_none();
        assert!(!wrapped || told.after.state.scene.is_none());
    });
}

pub fn after_wrap_nothing_is_issued() {
    over_histories(|told| {
        let opened = matches!(told.intent, Intent::OpenDay { .. });
        if told.before.state.wrapped.is_none() || told.intent.kind() == IntentKind::Report || opened {
            return;
        }
        let out = |state: &State<Small>, gun: u8| state.guns.get(&gun).is_some_and(is_out);
        for gun in told.after.state.guns.keys() {
            assert!(out(&told.before.state, *gun) || !out(&told.after.state, *gun), "gun {gun} went out");
        }
        for (id, lot) in &told.after.state.lots {
            let with = |lot: &kernel::Lot<Small>| lot.holder().is_some();
            let before = told.before.state.lots.get(id);
            assert!(!with(lot) || before.is_some_and(with), "the box of lot {id} went out");
            let written_off = matches!(told.intent, Intent::CloseInquiry { .. });
            let fewer = before.is_some_and(|before| lot.rounds < before.rounds);
            assert!(!fewer || written_off, "rounds of lot {id} went out");
        }
        let issues = matches!(
            told.intent,
            Intent::TakeOut { .. }
                | Intent::Offer { .. }
                | Intent::Take { .. }
                | Intent::Load { .. }
                | Intent::LoadFeed { .. }
                | Intent::TakeOutLot { .. }
                | Intent::Draw { .. }
                | Intent::Stow { .. }
                | Intent::ReBox { .. }
                | Intent::CallToSet { .. }
                | Intent::OpenScene { .. }
                | Intent::BeginLine { .. }
                | Intent::IssueInLine { .. }
                | Intent::IssueFeedInLine { .. }
                | Intent::IssueBarrelsInLine { .. }
                | Intent::Prime { .. }
        );
        assert!(!(issues && told.verdict.accepted), "{:?}", told.intent);
        assert!(!issues || codes(told.verdict).contains(&Code::DayWrapped));
    });
}

// What comes to a performer.

/// The gun that comes into somebody's hands by this, or is offered to him, who uses it before the
/// camera: by offer and take, along a line, or as the shot plan has it.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other events bring no gun to anybody")]
fn comes_to_performer(told: &Told) -> Option<(u8, u8)> {
    let by_events = told.verdict.events.iter().find_map(|event| match *event {
        Event::GunIssuedInLine { gun, person, .. } | Event::GunTransferred { gun, person, .. } => Some((gun, person)),
        _ => None,
    });
    let (gun, to) = receiver(told).or(by_events)?;
    let fires = told.before.gun(gun).kind.fires();
    (fires && !only_handles(told.before.state.roles(to))).then_some((gun, to))
}

pub fn no_gun_that_fires_goes_to_a_performer_who_was_not_at_the_meeting() {
    over_histories(|told| {
        let Some((gun, to)) = comes_to_performer(told) else { return };
        let state = &told.before.state;
        let open = state.scene.unwrap();
        assert!(told.before.gun(gun).on_set, "it was not called to set");
        let there = |(act, person): &(u16, u8)| {
            let meeting = state.meetings[act];
            *person == to && (meeting.scene, meeting.place) == (open.scene, open.place)
        };
        assert!(state.present.iter().any(there), "{to} was not there");
    });
}

pub fn no_gun_with_blanks_goes_to_a_performer_unless_its_line_is_clear_to_its_stand_off() {
    over_histories(|told| {
        let lot_of = |gun: u8| told.before.gun(gun).loading.map(|loading| loading.lot);
        let needed = |gun: u8| told.before.state.stand_off_centimetres.get(&(gun, lot_of(gun).unwrap())).copied();
        if let (Intent::ClearLine { gun, nearest_centimetres }, true) = (told.intent, told.verdict.accepted) {
            assert!(nearest_centimetres >= needed(gun).unwrap());
            assert_eq!(told.before.state.lots[&lot_of(gun).unwrap()].kind, kernel::LotKind::Blank);
        }
        if let Some((gun, _)) = comes_to_performer(told)
            && lot_of(gun).is_some_and(|lot| told.before.state.lots[&lot].kind == kernel::LotKind::Blank)
        {
            let clear =
                told.before.gun(gun).line_clear.is_some_and(|at| told.before.now < at.later_by(LIMITS.showing_life));
            assert!(clear && needed(gun).is_some());
        }
        for (id, gun) in &told.after.state.guns {
            let before = told.before.state.guns.get(id);
            if gun.line_clear.is_some() && gun.line_clear != before.and_then(|before| before.line_clear) {
                assert!(matches!(told.intent, Intent::ClearLine { .. }), "cleared by {:?}", told.intent);
            }
            let same = before.is_some_and(|before| before.loading == gun.loading);
            assert!(gun.line_clear.is_none() || same, "its line is clear for what is not in it");
        }
    });
}

pub fn whatever_way_a_gun_comes_to_a_performer_it_is_shown_by_others_and_nothing_is_held() {
    over_histories(|told| {
        let Some((gun, to)) = comes_to_performer(told) else { return };
        assert!(told.before.state.stops.is_empty() && told.after.state.stops.is_empty());
        let fired = told.before.gun(gun).fired.struck() > 0;
        let transferred = told.intent.kind() == IntentKind::Report;
        match told.after.gun(gun).showing {
            ShowingState::Shown(showing) => assert!(showing.checker != to && showing.witness != to),
            // It fired in the take in which it passes on, and was not called back for it.
            ShowingState::Void(_) => assert!(transferred && fired),
            ShowingState::BeingChecked(_) => panic!("it is being checked"),
        }
    });
}

pub fn whatever_is_handed_to_a_performer_its_card_says_what_is_in_it() {
    over_histories(|told| {
        let Some((gun, _)) = comes_to_performer(told) else { return };
        let confirms = matches!(
            told.intent,
            Intent::ConfirmInLine { .. } | Intent::ConfirmFeedInLine { .. } | Intent::ConfirmBarrelsInLine { .. }
        );
        if !confirms && !matches!(told.intent, Intent::Offer { .. }) {
            return;
        }
        let stage = if matches!(told.intent, Intent::Offer { .. }) { told.before } else { told.after };
        let card = shown(&stage.rules, &stage.state, stage.now).into_iter().find(|card| card.gun == gun).unwrap();
        let lapsed = matches!(card.status, Status::Unknown { why: kernel::Doubt::TimeLapsed, .. });
        assert!(says_what_is_in_it(&card.status) || lapsed && told.before.now != told.after.now, "{card:?}");
    });
}

pub fn no_blank_is_loaded_that_was_not_tested_in_this_gun_and_planned_for_this_scene() {
    over_histories(|told| {
        let (Intent::Load { gun, lot, .. } | Intent::LoadFeed { gun, lot, .. }) = told.intent else { return };
        let state = &told.before.state;
        if told.verdict.accepted {
            assert_eq!(state.guns[&gun].calibre, state.lots[&lot].calibre);
            assert!(state.guns[&gun].calibre.is_some());
        }
        if told.verdict.accepted && state.lots[&lot].kind == kernel::LotKind::Blank {
            assert!(state.stand_off_centimetres.contains_key(&(gun, lot)));
            assert!(state.scenes[&state.scene.unwrap().scene].blanks);
        }
    });
}

// What fires.

/// Does this event bring a gun to somebody who uses it before the camera (true), or is that over by
/// it (false)?
#[allow(clippy::wildcard_enum_match_arm, reason = "the other events bring no gun to anybody and from nobody")]
fn comes_before_the_camera(event: &Event<Small>) -> Option<(u8, bool)> {
    match *event {
        Event::GunTaken { gun, person, handler, .. }
        | Event::GunIssuedInLine { gun, person, handler, .. }
        | Event::GunTransferred { gun, person, handler, .. } => Some((gun, person != handler)),
        Event::GunTakenOut { gun, .. }
        | Event::GunPutAway { gun, .. }
        | Event::GunReportedWith { gun, .. }
        | Event::GunReportedGone { gun, .. }
        | Event::GunShown { gun, .. }
        | Event::GunCalledOffSet { gun, .. } => Some((gun, false)),
        _ => None,
    }
}

pub fn an_unplanned_shot_stops() {
    let planned_shots = RefCell::new(0_u32);
    over_words(cases(320), &|words| {
        let came: RefCell<BTreeMap<u8, bool>> = RefCell::new(BTreeMap::new());
        play(words, &|told: &Told| {
            if let (Intent::ReportFired { gun, shots, misfires }, true) = (told.intent, told.verdict.accepted) {
                let stop = stop_in(&told.verdict.events);
                if !told.before.state.guns.contains_key(&gun) {
                    assert_eq!(stop, Some(StopCause::Discharge), "a shot is a shot");
                    return;
                }
                let (before, state) = (told.before.gun(gun), &told.before.state);
                let blanks = before.loading.is_some_and(|it| state.lots[&it.lot].kind == kernel::LotKind::Blank);
                let struck = before.fired.struck() + u32::from(shots) + u32::from(misfires);
                let looked = before.loading.is_some_and(|it| it.bore.is_some());
                let loaded = blanks && looked && struck <= before.rounds_loaded() && before.on_set;
                let could = loaded && before.in_take.is_some();
                let came = came.borrow().get(&gun).copied().unwrap_or(false);
                assert!(stop.is_none() || stop == Some(StopCause::Discharge));
                assert!(stop.is_some() || could && came, "let pass: {before:?}");
                let performs = matches!(before.custody, Custody::With { person, handler: Some(handler), .. }
                    if person != handler && !only_handles(state.roles(person)));
                let shown = matches!(before.showing, ShowingState::Shown(_));
                let is_on = before.in_take.is_some_and(|it| it.cut.is_none() && it.began <= told.context.claimed_at);
                assert!(
                    stop.is_none() || !(could && came && performs && shown && is_on),
                    "a planned shot stops: {before:?}"
                );
                assert!(matches!(told.after.gun(gun).showing, ShowingState::Void(_)));
                assert!(told.after.gun(gun).bore_due || shots == 0 || !before.action.can_be_checked());
                *planned_shots.borrow_mut() += u32::from(stop.is_none());
            }
            came.borrow_mut().extend(told.verdict.events.iter().filter_map(comes_before_the_camera));
        });
    });
    let planned_shots = planned_shots.into_inner();
    assert!(planned_shots >= 5, "{planned_shots} shots are too few to say anything");
}

pub fn what_comes_out_of_a_gun_is_what_went_in() {
    over_histories(|told| {
        if let (Intent::Unload { gun, .. }, true) = (told.intent, told.verdict.accepted) {
            assert_eq!(told.before.gun(gun).fired.struck(), 0, "it fired, and nobody says what came out");
        }
        if let (Intent::EmptyFeed { gun, spent, misfired, chambers, rounds }, true) =
            (told.intent, told.verdict.accepted)
        {
            let before = told.before.gun(gun);
            let struck = u32::from(spent) + u32::from(misfired);
            let out = struck + chambers.count() + u32::from(rounds);
            // What an inquiry was closed about is entered as it was seen: never more than went in.
            assert!(out == before.rounds_loaded() || (before.inquired && out < before.rounds_loaded()));
            assert!(struck <= before.fired.struck() || before.inquired);
            assert!(before.misfired_at.is_none_or(|at| told.before.now.0 >= at.0 + 2), "opened too soon");
            assert!(told.after.gun(gun).loading.is_none() && told.after.gun(gun).fired.struck() == 0);
        }
        if let (Intent::EmptyBarrels { gun, burned, misfired, unfired }, true) = (told.intent, told.verdict.accepted) {
            let (before, after) = (told.before.gun(gun), told.after.gun(gun));
            let all = burned.or(misfired).or(unfired);
            assert_eq!(burned.count() + misfired.count() + unfired.count(), all.count());
            assert!(all == before.loaded() || (before.inquired && all.minus(before.loaded()).is_empty()));
            let burned_by_a_shot = burned.count() <= u32::from(before.fired.shots);
            assert!(burned_by_a_shot || before.inquired, "a charge burned without a shot");
            assert!(before.misfired_at.is_none_or(|at| told.before.now.0 >= at.0 + 2), "opened too soon");
            assert!(after.loading.is_none() && after.fired.struck() == 0 && after.primed.is_empty());
        }
        let Intent::EmptyGun { gun, spent, misfired, unfired } = told.intent else { return };
        let before = told.before.state.guns.get(&gun);
        if told.verdict.accepted {
            let before = before.unwrap();
            let all = spent.or(misfired).or(unfired);
            assert!(all == before.loaded() || (before.inquired && all.minus(before.loaded()).is_empty()));
            assert_eq!(spent.count() + misfired.count() + unfired.count(), all.count());
            assert!(spent.or(misfired).count() <= before.fired.struck() || before.inquired);
            assert!(before.misfired_at.is_none_or(|at| told.before.now.0 >= at.0 + 2), "opened too soon");
            assert!(told.after.gun(gun).loading.is_none() && told.after.gun(gun).fired.struck() == 0);
        }
    });
}

pub fn a_shot_is_counted_for_the_loading_that_fired_it() {
    over_histories(|told| {
        for gun in told.after.state.guns.values() {
            assert!(gun.loading.is_some() || gun.fired.struck() == 0, "a shot outlives what it was fired of: {gun:?}");
        }
    });
}

pub fn a_gun_that_fired_is_not_put_away_for_good_before_its_bore_was_looked_through() {
    over_histories(|told| {
        for (id, gun) in &told.after.state.guns {
            let before = told.before.state.guns.get(id);
            if before.is_some_and(|before| before.bore_due && !gun.bore_due) {
                let by_rod = gun.is_muzzle_loader() && matches!(told.intent, Intent::RunRod { .. });
                let by_eye = !gun.is_muzzle_loader() && matches!(told.intent, Intent::LookThroughBore { .. });
                assert!(by_rod || by_eye, "{:?}", told.intent);
            }
        }
    });
}

// Who issues.

pub fn nobody_with_another_duty_issues_a_gun() {
    over_histories(|told| {
        let issues = matches!(
            told.intent,
            Intent::TakeOut { .. }
                | Intent::Offer { .. }
                | Intent::Load { .. }
                | Intent::LoadFeed { .. }
                | Intent::BeginCheck { .. }
                | Intent::CallToSet { .. }
                | Intent::BeginLine { .. }
                | Intent::IssueInLine { .. }
                | Intent::IssueFeedInLine { .. }
                | Intent::IssueBarrelsInLine { .. }
                | Intent::Prime { .. }
                | Intent::LayPreset { .. }
                | Intent::TakeOutLot { .. }
                | Intent::Draw { .. }
                | Intent::Stow { .. }
                | Intent::ReBox { .. }
        );
        let Some(by) = told.context.by else { return };
        let Some(person) = told.before.state.people.get(&by) else { return };
        let now = told.before.now;
        let elsewhere =
            person.duties.iter().any(|((from, _), duty)| *from <= now && now < duty.until && !duty.role.handles());
        if issues && elsewhere {
            assert!(!told.verdict.accepted && codes(told.verdict).contains(&Code::DutyDouble), "{:?}", told.intent);
        }
    });
}

// Before the camera.

pub fn a_scripted_transfer_never_raises_a_state() {
    over_histories(|told| {
        for event in &told.verdict.events {
            let Event::GunTransferred { gun, person, handler, .. } = *event else { continue };
            let (before, after) = (told.before.gun(gun), told.after.gun(gun));
            assert!(told.before.state.transfers.contains(&(gun, person)), "nobody declared it");
            assert_eq!(before.handler(), Some(handler));
            let (custody, played, in_take) = (after.custody, after.played, after.in_take);
            assert_eq!(Gun { custody, played, in_take, ..before }, after, "something else than custody changed");
            let performs = |person: u8| told.before.state.roles(person).performs();
            let out_of = match before.custody {
                Custody::Preset { .. } => true,
                Custody::With { person, .. } => performs(person),
                Custody::In { .. } | Custody::Offered { .. } | Custody::Missing { .. } | Custody::Returned { .. } => {
                    false
                }
            };
            assert!(out_of, "handed on out of {:?}", before.custody);
            assert!(told.before.state.out_since(handler).is_none(), "nobody watched");
        }
    });
}

pub fn nothing_that_was_declared_for_a_scene_outlives_it() {
    over_histories(|told| {
        let state = &told.after.state;
        if state.scene.is_none() {
            assert!(state.transfers.is_empty() && state.presets.is_empty());
            assert!(state.places.values().all(|place| !place.reload));
            assert!(state.guns.values().all(|gun| !gun.on_set && gun.line_clear.is_none() && gun.in_line.is_none()));
        }
    });
}

pub fn a_gun_lies_only_where_the_shot_plan_has_it() {
    over_histories(|told| {
        for (id, gun) in &told.after.state.guns {
            let Custody::Preset { place, handler, .. } = gun.custody else { continue };
            if told.before.state.guns[id].custody != gun.custody {
                assert!(told.before.state.presets.contains(&(*id, place)));
                assert_eq!(told.before.state.places[&place].kind, kernel::PlaceKind::Set);
                assert_eq!(told.context.by, Some(handler));
            }
        }
    });
}

// The line.

pub fn a_gun_goes_along_a_line_only_when_two_read_the_same_gun_and_wristband() {
    over_histories(|told| {
        for event in &told.verdict.events {
            let Event::GunIssuedInLine { gun, person, handler, .. } = *event else { continue };
            let (Intent::ConfirmInLine { to, issue, .. }
            | Intent::ConfirmFeedInLine { to, issue, .. }
            | Intent::ConfirmBarrelsInLine { to, issue, .. }) = told.intent
            else {
                panic!("issued by {:?}", told.intent)
            };
            let (before, at) = (told.before.gun(gun), told.before.gun(gun).in_line.unwrap());
            let line = told.before.state.lines[&at.line];
            assert_eq!((to, issue, person, handler), (at.to, at.issue, at.to, line.handler));
            assert_eq!(told.context.by, Some(line.witness));
            assert!(before.is_with(line.handler) && person != line.handler && person != line.witness);
        }
    });
}

pub fn a_line_that_is_counted_differently_twice_stops() {
    over_histories(|told| {
        let Intent::MusterLine { line: id, guns } = told.intent else { return };
        let Some(line) = told.before.state.lines.get(&id).filter(|_| told.verdict.accepted) else { return };
        let Some(other) = line.handler_counted.or(line.witness_counted) else { return };
        let of_it = |gun: &&Gun<Small>| {
            let held = |to: u8| matches!(gun.custody, Custody::With { person, .. } if person == to);
            gun.in_line.is_some_and(|at| at.line == id && held(at.to))
        };
        let there = told.before.state.guns.values().filter(of_it).count() as u32;
        let alike = guns == other.guns && guns == there;
        assert_eq!(alike || line.again, !told.after.state.lines.contains_key(&id));
        assert_eq!(stop_in(&told.verdict.events), (!alike && line.again).then_some(StopCause::GunMissing));
    });
}

pub fn a_muster_shows_nothing_before_both_have_counted() {
    over_histories(|told| {
        let Intent::MusterLine { line, guns } = told.intent else { return };
        let first = told
            .after
            .state
            .lines
            .get(&line)
            .is_some_and(|it| it.handler_counted.is_some() != it.witness_counted.is_some());
        if !told.verdict.accepted || !first {
            return;
        }
        let mut twin = told.before.clone();
        let context = told.context;
        let intent = Intent::MusterLine { line, guns: guns + 1 };
        let said =
            crate::stage::Said { by: context.by, device: context.device, proven: context.proven, ago: 0, intent };
        assert!(twin.goes_on(&said.into()).unwrap().accepted);
        assert_eq!(open_items(&twin.state), open_items(&told.after.state));
        for (who, ..) in PEOPLE {
            for guns in [0, 1, 2] {
                let said = who.says(Intent::MusterLine { line, guns });
                let (one, other) = (told.after.verdict(&said), twin.verdict(&said));
                assert_eq!((one.accepted, one.reasons), (other.accepted, other.reasons));
            }
        }
    });
}

pub fn what_is_shown_along_a_line_is_what_both_saw() {
    over_histories(|told| {
        let Some((gun, seen)) = answer_in(&told.intent) else { return };
        let issued = told.verdict.events.iter().any(|event| matches!(event, Event::GunIssuedInLine { .. }));
        if !issued || !told.before.gun(gun).kind.fires() {
            return;
        }
        let ShowingState::Shown(showing) = told.after.gun(gun).showing else { panic!("issued and not shown") };
        let lapses = showing.at.0 + LIMITS.showing_life as u16;
        assert!(showing.seen().agrees(&seen) || matches!(told.before.gun(gun).showing, ShowingState::Shown(_)));
        assert!(told.before.now.0 < lapses, "shown too long ago");
        assert!(!seen.has_live());
    });
}
