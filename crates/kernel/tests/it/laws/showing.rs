//! The showing (laws 1, 2, 6, 8).

use kernel::{Content, Custody, Gun, Intent, LastLook, ShowingState, Status, shown};

use super::{answer_in, everything, only_handles, receiver, says_what_is_in_it};
use crate::history::{much_later, over_histories};
use crate::stage::{LIMITS, Small, Tick};

pub fn no_gun_that_fires_goes_to_a_performer_unless_it_is_shown_and_in_date() {
    over_histories(|told| {
        let Some((gun, to)) = receiver(told) else { return };
        let entry = told.before.gun(gun);
        if only_handles(told.before.state.roles(to)) || !entry.kind.fires() {
            return;
        }
        let ShowingState::Shown(showing) = entry.showing else { panic!("not shown: {entry:?}") };
        assert!(told.before.now.0 < showing.at.0 + LIMITS.showing_life as u16);
        assert!(showing.checker != to && showing.witness != to, "the receiver showed it himself");
        assert!(told.before.state.stops.is_empty());
    });
}

pub fn no_gun_that_fires_is_taken_by_a_performer_unless_he_or_the_witness_looked_last() {
    over_histories(|told| {
        let (Some((gun, by)), Intent::Take { offer, .. }) = (receiver(told), told.intent) else { return };
        if only_handles(told.before.state.roles(by)) || !told.before.gun(gun).kind.fires() {
            return;
        }
        let ShowingState::Shown(showing) = told.after.gun(gun).showing else { panic!("not shown") };
        match showing.last_look {
            Some(LastLook::Receiver) => {}
            Some(LastLook::Witness { witness, offer: looked }) => {
                assert_eq!((witness, looked), (showing.witness, offer));
            }
            None => panic!("nobody looked"),
        }
    });
}

pub fn a_showing_lapses_though_nobody_acts() {
    over_histories(|told| {
        let (rules, state) = (told.rules(), &told.after.state);
        for card in shown(rules, state, told.after.now) {
            let (Status::Empty(seen) | Status::Dummy { shown: seen, .. } | Status::Blank { shown: seen, .. }) =
                card.status
            else {
                continue;
            };
            let at = |now| shown(rules, state, now).into_iter().find(|it| it.gun == card.gun).unwrap().status;
            // That its line is clear may lapse before what is in it.
            let before = at(Tick(seen.again_by.0 - 1));
            assert!(before == card.status || before == with_its_line_lapsed(card.status), "{before:?}");
            let lapsed = Status::Unknown { why: kernel::Doubt::TimeLapsed, since: seen.again_by };
            assert_eq!(at(seen.again_by), lapsed);
            assert_eq!(at(much_later(told.after.now)), lapsed);
        }
        let later = shown(rules, state, much_later(told.after.now));
        assert!(!later.iter().any(|card| says_what_is_in_it(&card.status)));
    });
}

const fn with_its_line_lapsed(mut status: Status<Small>) -> Status<Small> {
    if let Status::Blank { line_clear, .. } = &mut status {
        *line_clear = false;
    }
    status
}

pub fn a_gun_is_shown_only_by_two_equal_answers_that_are_as_recorded() {
    over_histories(|told| {
        for (gun, entry) in &told.after.state.guns {
            let ShowingState::Shown(showing) = entry.showing else { continue };
            let Some(Gun { showing: ShowingState::BeingChecked(check), .. }) = told.before.state.guns.get(gun) else {
                assert!(
                    matches!(told.before.gun(*gun).showing, ShowingState::Shown(earlier) if earlier.at == showing.at)
                );
                continue;
            };
            let Some((_, seen)) = answer_in(&told.intent) else { panic!("shown by {:?}", told.intent) };
            let readings = seen.readings;
            let other = check.checker_answer.or(check.witness_answer).unwrap();
            assert!(told.verdict.accepted && seen.agrees(&other.seen()) && showing.seen().agrees(&seen));
            assert_eq!(showing.feed.is_some(), entry.is_fed(), "what feeds it was read");
            assert_eq!(showing.barrels.is_some(), entry.is_muzzle_loader(), "a rod was run");
            if let Some(barrels) = showing.barrels {
                let gone = entry.loaded().minus(barrels.charged());
                assert_eq!(barrels.read(), entry.cylinder(), "every barrel was read");
                assert!(barrels.charged().minus(entry.loaded()).is_empty(), "a charge that nobody loaded");
                assert!(gone.count() <= u32::from(entry.fired.shots), "a charge that is gone without a shot");
                let primed = told.before.gun(*gun).primed;
                assert!(barrels.primed().minus(primed).is_empty(), "a cap that nobody put on");
                continue;
            }
            assert_eq!(readings.read(), entry.cylinder(), "every chamber was read");
            let rounds = seen.count(Content::Dummy).max(seen.count(Content::Blank));
            let spent = readings.of(Content::Spent).count();
            if entry.is_fed() {
                let (all, loaded) = (everything(&seen), entry.rounds_loaded());
                assert_eq!(all, rounds + spent, "dummies and blanks are never together");
                assert!(all <= loaded && loaded <= all + entry.fired.struck());
            } else {
                assert_eq!(readings.of(Content::Empty), entry.cylinder().minus(entry.loaded()));
                assert_eq!(rounds + spent, entry.rounds_loaded(), "dummies and blanks are never together");
            }
            assert!(spent <= u32::from(entry.fired.shots), "a case of a shot that nobody reported");
        }
    });
}

pub fn what_the_board_says_is_what_both_saw_or_nothing() {
    over_histories(|told| {
        for card in shown(told.rules(), &told.after.state, told.after.now) {
            let entry = told.after.gun(card.gun);
            if !says_what_is_in_it(&card.status) {
                continue;
            }
            let ShowingState::Shown(showing) = entry.showing else { panic!("{card:?}") };
            let (content, count, in_feed) = if let Status::Dummy { count, in_feed, .. } = card.status {
                (Content::Dummy, count, in_feed)
            } else if let Status::Blank { count, in_feed, .. } = card.status {
                (Content::Blank, count, in_feed)
            } else {
                (Content::Empty, u32::from(entry.chambers), entry.is_fed().then_some(0))
            };
            let charged = if content == Content::Empty { 0 } else { count };
            match showing.barrels {
                Some(barrels) => assert_eq!((barrels.charged().count(), content == Content::Dummy), (charged, false)),
                None => assert_eq!(showing.readings.of(content).count(), count),
            }
            assert_eq!(showing.feed.map(|feed| feed.of(content)), in_feed.filter(|_| entry.is_fed()));
            assert_eq!(showing.feed.map(|feed| feed.rounds()), in_feed, "what feeds it is counted");
            let watched = matches!(card.custody, Custody::With { .. } | Custody::Preset { .. });
            assert!(told.after.state.stops.is_empty() && watched);
        }
    });
}

pub fn a_look_through_the_bore_serves_one_loading() {
    over_histories(|told| {
        if let Intent::Load { gun, .. } | Intent::LoadFeed { gun, .. } = told.intent
            && told.verdict.accepted
        {
            let (before, after) = (told.before.gun(gun).bore.unwrap(), told.after.gun(gun).bore.unwrap());
            assert!(!before.used && after.used && before.act == after.act);
            let loading = told.after.gun(gun).loading.unwrap();
            assert_eq!(loading.bore, Some(before.act));
        }
    });
}
