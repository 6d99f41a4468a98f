//! What an inquiry keeps (design 4, the freeze).

use core::cell::RefCell;

use kernel::{Bagged, Event, ExhibitOf, Intent, Keeper, OutAt, State, Status, shown};

use crate::history::over_histories;
use crate::stage::Small;

/// The bags that an inquiry has.
pub fn bagged(state: &State<Small>) -> impl Iterator<Item = Bagged<Small>> + '_ {
    state.exhibits.values().filter_map(|it| match it.of {
        ExhibitOf::Rounds(bag) => Some(bag),
        ExhibitOf::Gun(_) | ExhibitOf::Lot(_) => None,
    })
}

/// How many of them came out of this gun.
pub fn bags_of(state: &State<Small>, gun: u8) -> usize {
    bagged(state).filter(|bag| bag.gun == gun).count()
}

pub fn what_is_an_exhibit_is_touched_by_nobody_and_its_card_says_held() {
    let seen = RefCell::new(0_u32);
    over_histories(|told| {
        let cards = shown(&told.after.rules, &told.after.state, told.after.now);
        for exhibit in told.after.state.exhibits.values() {
            if let ExhibitOf::Gun(gun) = exhibit.of {
                let card = cards.iter().find(|card| card.gun == gun).unwrap();
                assert!(matches!(card.status, Status::Held { .. }), "{card:?}");
            }
        }
        if told.intent.kind() == kernel::IntentKind::Report {
            return;
        }
        for exhibit in told.before.state.exhibits.values() {
            *seen.borrow_mut() += 1;
            match exhibit.of {
                ExhibitOf::Gun(gun) => {
                    let (before, after) = (told.before.gun(gun), told.after.gun(gun));
                    let kept = (before.loading, before.primed, before.fired, before.bore_due, before.calibre);
                    let keeps = (after.loading, after.primed, after.fired, after.bore_due, after.calibre);
                    let entered = matches!(told.intent, Intent::EnterCalibre { .. });
                    assert!(kept == keeps || entered, "{:?}", told.intent);
                    let locks = matches!(
                        told.intent,
                        Intent::TakeBack { .. }
                            | Intent::PutAway { .. }
                            | Intent::RefuseOffer { .. }
                            | Intent::WithdrawOffer { .. }
                            | Intent::ReceiveFromVendor { .. }
                            | Intent::SignForGun { .. }
                    );
                    assert!(before.custody == after.custody || locks, "{:?}", told.intent);
                }
                ExhibitOf::Lot(lot) => {
                    let (before, after) = (told.before.state.lots[&lot], told.after.state.lots[&lot]);
                    let lost = matches!(told.intent, Intent::DeclareLost { .. } | Intent::CloseInquiry { .. });
                    let released = matches!(told.intent, Intent::ReleaseExhibit { .. });
                    let kept = (before.rounds, before.spent, before.misfired, before.seal, before.verified);
                    let keeps = (after.rounds, after.spent, after.misfired, after.seal, after.verified);
                    assert!(kept == keeps || lost || released || told.intent.gun().is_some(), "{:?}", told.intent);
                }
                ExhibitOf::Rounds(_) => {}
            }
        }
    });
    assert!(seen.into_inner() > 500, "too few exhibits to say anything");
}

pub fn an_exhibit_is_released_only_by_the_one_who_inquires_and_not_while_the_police_have_it() {
    let released = RefCell::new(0_u32);
    over_histories(|told| {
        for (act, exhibit) in &told.before.state.exhibits {
            let made_anew = told.after.state.exhibits.values().any(|it| it.of == exhibit.of);
            if made_anew {
                continue;
            }
            let Intent::ReleaseExhibit { exhibit: named } = told.intent else { panic!("{:?}", told.intent) };
            assert_eq!((named, exhibit.inquirer), (*act, told.context.by));
            assert!(exhibit.inquirer.is_some() && exhibit.with_police().is_none());
            *released.borrow_mut() += 1;
        }
    });
    assert!(released.into_inner() > 30, "too few were released to say anything");
}

pub fn an_exhibit_goes_from_hand_to_hand_by_what_people_say_of_it_and_by_nothing_else() {
    let (given, police) = (RefCell::new(0_u32), RefCell::new(0_u32));
    over_histories(|told| {
        for (act, before) in &told.before.state.exhibits {
            let Some(after) = told.after.state.exhibits.get(act).filter(|after| after.keeper != before.keeper) else {
                continue;
            };
            match (told.intent, after.keeper) {
                (Intent::ReportExhibitGiven { exhibit, to: named }, Keeper::Given { from, to, .. }) => {
                    assert_eq!((exhibit, Some(from), to), (*act, told.context.by, named));
                    *given.borrow_mut() += 1;
                }
                (Intent::ReportExhibitTaken { exhibit }, Keeper::Guard { person, .. }) => {
                    assert_eq!((exhibit, Some(person)), (*act, told.context.by));
                }
                (Intent::ReportExhibitToPolice { exhibit }, Keeper::Police { .. }) => {
                    assert_eq!(exhibit, *act);
                    *police.borrow_mut() += 1;
                }
                (intent, keeper) => panic!("{keeper:?} by {intent:?}"),
            }
        }
    });
    assert!(given.into_inner() > 10 && police.into_inner() > 10, "too few went anywhere to say anything");
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the other events are about no bag")]
pub fn what_was_bagged_is_in_no_gun_and_in_no_box_again() {
    let (seen, released) = (RefCell::new(0_u32), RefCell::new(0_u32));
    over_histories(|told| {
        for event in &told.verdict.events {
            match *event {
                Event::RoundsBagged { gun, lot, rounds, .. } => {
                    let before = told.before.gun(gun);
                    assert_eq!((lot, rounds), (before.loading.map(|it| it.lot), before.rounds_loaded()));
                    assert!(told.after.gun(gun).loading.is_none());
                    *seen.borrow_mut() += rounds;
                }
                // In no box and no gun: in the hands of whoever kept it, and nobody vouches for its lot.
                Event::ExhibitReleased { exhibit, .. } => {
                    let kept = told.before.state.exhibits[&exhibit];
                    if let ExhibitOf::Rounds(bag) = kept.of
                        && let (Some(lot), Some(keeper)) = (bag.lot, kept.answers_for_it())
                    {
                        let (before, after) = (told.before.state.lots[&lot], told.after.state.lots[&lot]);
                        assert_eq!(before.expected(), after.expected());
                        let back = bag.unfired_of(Some(before.kind));
                        let has = |state: &State<Small>| state.out_at(lot, OutAt::Person(keeper));
                        assert_eq!(has(&told.after.state), has(&told.before.state) + back);
                        assert!(back == 0 || (after.verified.is_none() && !after.counted));
                        assert!(back == 0 || bag.saw.unfired() + bag.saw.spent == bag.saw.all());
                        *released.borrow_mut() += back;
                    }
                }
                _ => {}
            }
        }
    });
    assert!(seen.into_inner() > 10, "too few were bagged to say anything");
    assert!(released.into_inner() > 5, "too few came back to say anything");
}
