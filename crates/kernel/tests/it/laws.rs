//! The laws of the product that the kernel holds, each a property over random histories. Read from top to bottom, the
//! names are the safety case; how each is gone through stands in the module that is named before it.

mod custody;
mod day;
mod exhibit;
mod packs;
mod people;
mod range;
mod rental;
mod report;
mod rounds;
mod shot;
mod showing;
mod stop;
mod units;
mod verdict;
mod witness;

use core::cell::RefCell;

use kernel::{Code, Content, Custody, Gun, Intent, Roles, Seen, Status, Verdict};

use crate::history::{Told, cases, over_words, play, steps};
use crate::stage::{Small, Stage, Step};

/// Laws by their names, which are their sentences. One that is not named here is no test, and the compiler says so.
macro_rules! laws {
    ($module:ident: $($law:ident,)+) => {
        $(
            #[test]
            fn $law() {
                $module::$law();
            }
        )+
    };
}

// Custody (laws 4 and 5).

laws! { custody:
    a_gun_has_one_custodian_and_nobody_else_can_take_it_out,
    a_handover_is_between_two_people_and_only_the_one_named_can_take,
    of_two_who_take_one_gun_the_second_is_refused,
    custody_changes_by_nothing_but_an_event_about_that_gun,
    a_gun_in_a_handover_is_unknown_or_in_handover_and_never_shown,
    a_first_ad_never_becomes_custodian_by_an_accepted_ask,
    only_a_handler_hands_a_gun_over_and_takes_it_back,
    a_gun_that_comes_back_is_unknown_until_it_is_shown_again,
    what_does_not_work_is_neither_loaded_nor_used_until_a_handler_has_cleared_it,
}

// The showing (laws 1, 2, 6, 8).

laws! { showing:
    no_gun_that_fires_goes_to_a_performer_unless_it_is_shown_and_in_date,
    no_gun_that_fires_is_taken_by_a_performer_unless_he_or_the_witness_looked_last,
    a_showing_lapses_though_nobody_acts,
    a_gun_is_shown_only_by_two_equal_answers_that_are_as_recorded,
    what_the_board_says_is_what_both_saw_or_nothing,
    a_look_through_the_bore_serves_one_loading,
}

// The blind witness (law 7).

laws! { witness:
    a_witness_is_another_trained_person_who_does_not_answer_to_the_checker,
    two_answers_never_come_from_one_device_nor_from_the_others,
    until_both_have_answered_nothing_tells_what_the_first_one_saw,
}

// Asks and reports (law 3), doubt (law 14).

laws! { report:
    a_report_only_lowers,
    a_report_is_never_refused_for_the_state_of_things,
    a_refused_ask_never_carries_the_act,
    a_refusal_says_why_and_a_granted_ask_has_nothing_against_it,
    a_clock_that_jumps_voids_every_showing,
    whoever_loses_sight_of_a_copy_has_it_matched_again,
    whoever_leaves_the_room_leaves_no_gun_shown_that_he_holds_or_answers_for,
    what_was_claimed_before_it_came_there_moves_nothing,
    a_claimed_time_only_shortens,
}

// The stop (laws 11, 12).

laws! { stop:
    anyone_may_stop_without_log_in_and_then_everything_is_held,
    while_everything_is_held_only_locking_away_is_open,
    a_held_gun_can_always_be_taken_back_and_put_away_by_a_handler,
    nothing_but_a_closed_inquiry_lifts_a_stop_or_the_round_that_was_missing,
    a_live_round_that_anybody_sees_stops_everything,
    two_answers_that_differ_twice_stop_even_where_the_check_was_given_up_between,
}

// What an inquiry keeps (design 4, the freeze).

laws! { exhibit:
    what_is_an_exhibit_is_touched_by_nobody_and_its_card_says_held,
    an_exhibit_is_released_only_by_the_one_who_inquires_and_not_while_the_police_have_it,
    an_exhibit_goes_from_hand_to_hand_by_what_people_say_of_it_and_by_nothing_else,
    what_was_bagged_is_in_no_gun_and_in_no_box_again,
}

// Verdicts themselves (design 3).

laws! { verdict:
    a_verdict_is_the_same_each_time_it_is_asked_for,
    reasons_are_sorted_by_code_and_none_stands_twice,
    how_an_id_looks_decides_nothing,
    what_is_only_told_decides_nothing,
    the_histories_reach_what_the_laws_speak_of,
    the_histories_reach_what_the_laws_of_rounds_and_days_speak_of,
    a_card_tells_empty_from_dummies,
}

// Rounds (law 9) and counts (law 10).

laws! { rounds:
    rounds_are_never_made_and_never_lost,
    no_lot_goes_below_zero,
    no_round_is_issued_of_a_lot_that_two_people_did_not_verify,
    a_rebox_is_unverified,
    dummies_and_blanks_are_never_together,
    nothing_worn_loads_a_gun_unless_a_reload_is_declared,
    what_was_seen_in_a_belt_is_no_more_than_its_seal,
}

// Counts (law 10).

laws! { rounds:
    a_count_takes_two_people_of_two_roles_on_two_devices,
    a_second_count_that_differs_stops,
    a_missing_unfired_round_holds_and_more_than_the_record_stops,
    a_live_round_in_a_box_stops_at_once,
    the_second_count_seals_and_whatever_is_moved_after_it_breaks_the_seal,
    brass_is_lost_only_by_two_people_who_say_the_same,
    a_count_shows_nothing_before_both_have_answered,
    who_draws_after_the_last_round_draws_nothing,
}

// The interlocks.

laws! { day:
    lunch_scene_end_and_wrap_close_only_when_open_items_is_empty,
    every_accepted_wrap_leaves_every_gun_and_box_locked,
    after_wrap_nothing_is_issued,
}

// What comes to a performer.

laws! { day:
    no_gun_that_fires_goes_to_a_performer_who_was_not_at_the_meeting,
    no_gun_with_blanks_goes_to_a_performer_unless_its_line_is_clear_to_its_stand_off,
    whatever_way_a_gun_comes_to_a_performer_it_is_shown_by_others_and_nothing_is_held,
    whatever_is_handed_to_a_performer_its_card_says_what_is_in_it,
    no_blank_is_loaded_that_was_not_tested_in_this_gun_and_planned_for_this_scene,
}

// What fires.

laws! { day:
    an_unplanned_shot_stops,
    what_comes_out_of_a_gun_is_what_went_in,
    a_shot_is_counted_for_the_loading_that_fired_it,
    a_gun_that_fired_is_not_put_away_for_good_before_its_bore_was_looked_through,
}

// Who issues.

laws! { day:
    nobody_with_another_duty_issues_a_gun,
}

// Before the camera.

laws! { day:
    a_scripted_transfer_never_raises_a_state,
    nothing_that_was_declared_for_a_scene_outlives_it,
    a_gun_lies_only_where_the_shot_plan_has_it,
}

// The line.

laws! { day:
    a_gun_goes_along_a_line_only_when_two_read_the_same_gun_and_wristband,
    a_line_that_is_counted_differently_twice_stops,
    a_muster_shows_nothing_before_both_have_counted,
    what_is_shown_along_a_line_is_what_both_saw,
}

// What comes from a rental house and goes back, what is on the way, and what is nobody's but its owner's (laws 4 and 11).

laws! { rental:
    nothing_goes_back_to_a_rental_house_but_what_was_shown_empty,
    a_box_goes_back_sealed_and_whole_and_nothing_of_it_is_used_again,
    the_house_signs_once_for_what_it_has_and_nobody_else_does,
    what_went_back_is_in_nobodys_hands_here_and_comes_in_unknown,
    whoever_goes_along_handles_guns_and_nothing_is_taken_out_on_the_way,
    what_was_left_alone_is_counted_again_before_anything_of_it_is_issued,
    a_gun_that_no_register_has_stops_everything,
    a_gun_moves_to_no_other_place_by_being_received,
}

// Who may use a gun and who may stand before it: minors, training, the course, whoever steps in (laws 8, 16, 17).

laws! { people:
    a_gun_that_can_fire_goes_to_no_minor_and_to_nobody_untrained_where_training_is_asked_for,
    whoever_handles_a_gun_that_can_fire_holds_his_permit_where_it_is_asked_for,
    a_minor_is_entered_for_no_work_with_guns,
    whoever_stands_in_the_line_of_a_shot_that_is_ready_is_of_the_day_was_there_and_is_no_minor,
    a_gun_that_can_fire_comes_to_a_set_with_whatever_the_production_asks_for,
}

// Who stands where (laws 2, 16, 17): the shot plan, SHOT READY, the take.

laws! { shot:
    shot_ready_and_a_take_wait_for_every_gun_line_and_person_of_the_plan,
    a_muzzle_is_let_toward_people_only_in_a_shot_that_is_ready,
    whatever_changes_on_the_set_takes_shot_ready_away,
    nobody_is_called_back_in_a_take,
    a_refusal_stands_until_he_who_refused_says_otherwise,
}

// Units that shoot at the same hour in different places (law 10).

laws! { units:
    what_one_unit_does_changes_nothing_that_the_other_is_shown,
    a_lost_blank_holds_its_unit_and_no_other,
    no_round_goes_into_a_gun_of_another_unit,
    nobody_of_another_unit_has_a_part_in_what_a_unit_does,
    what_moves_to_another_unit_was_put_away_and_who_moves_has_nothing_in_hand,
    whoever_handles_guns_takes_back_and_locks_away_whatever_unit_is_held,
    a_state_of_two_units_is_told_again_exactly,
    how_an_id_looks_decides_nothing_in_two_units,
    the_histories_of_two_units_reach_what_their_laws_speak_of,
}

// What is adopted only ever asks for more (law 15).

laws! { packs:
    whatever_is_adopted_lets_nothing_through_that_was_refused_without_it,
    the_products_laws_hold_and_what_is_opposed_is_chosen_whatever_was_adopted,
    nothing_that_holds_in_an_open_scene_is_left_out,
    the_order_in_which_packs_are_named_decides_nothing,
    where_he_is_asked_each_time_a_performer_gets_no_gun_in_a_line,
    what_a_pack_asks_for_says_which_pack,
}

// Where live rounds are (laws 9 and 16).

laws! { range:
    no_live_round_is_in_a_production_with_a_scene,
    a_set_never_becomes_a_range_nor_a_range_a_set,
    no_live_round_loads_a_gun_off_a_range_or_without_a_medic_and_whoever_supervises,
    no_gun_on_a_range_goes_to_a_minor_or_to_anybody_untrained,
    a_live_round_that_was_not_loaded_stops_everything_on_a_range_too,
    what_is_called_live_is_what_was_loaded_and_what_both_saw,
    a_day_on_a_range_wraps_with_every_gun_empty_and_looked_through_and_every_live_lot_sealed,
    no_live_round_is_made_and_none_is_lost,
    a_range_production_is_told_again_exactly_and_under_other_ids,
    the_histories_of_a_range_reach_what_its_laws_speak_of,
}

// What several laws read of a state or a verdict.

fn codes(verdict: &Verdict<Small>) -> Vec<Code> {
    verdict.reasons.iter().map(|reason| reason.code).collect()
}

const fn says_what_is_in_it(status: &Status<Small>) -> bool {
    matches!(status, Status::Empty(_) | Status::Dummy { .. } | Status::Blank { .. } | Status::Live { .. })
}

/// Handlers who do nothing else: a gun that goes to one of them is UNKNOWN in his hands.
const fn only_handles(roles: Roles) -> bool {
    roles.handles() && !roles.performs()
}

/// Are they all alike?
fn all_alike(mut kinds: impl Iterator<Item = Content>) -> bool {
    let first = kinds.next();
    kinds.all(|kind| Some(kind) == first)
}

/// What somebody answered about a gun, in a check or along a line.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other intents are no answers")]
fn answer_in(intent: &Intent<Small>) -> Option<(u8, Seen)> {
    match *intent {
        Intent::AnswerCheck { gun, readings, .. }
        | Intent::IssueInLine { gun, readings, .. }
        | Intent::ConfirmInLine { gun, readings, .. } => Some((gun, Seen::in_chambers(readings))),
        Intent::AnswerFeedCheck { gun, readings, feed, .. }
        | Intent::IssueFeedInLine { gun, readings, feed, .. }
        | Intent::ConfirmFeedInLine { gun, readings, feed, .. } => Some((gun, Seen::with_feed(readings, feed))),
        Intent::AnswerBarrelCheck { gun, rods, .. }
        | Intent::IssueBarrelsInLine { gun, rods, .. }
        | Intent::ConfirmBarrelsInLine { gun, rods, .. } => Some((gun, Seen::in_barrels(rods))),
        _ => None,
    }
}

/// How many rounds and cases were seen, of whatever kind.
fn everything(seen: &Seen) -> u32 {
    let empty = seen.readings.of(Content::Empty);
    seen.readings.read().minus(empty).count() + seen.feed.map_or(0, |feed| feed.rounds())
}

/// To whom an accepted offer or take brings a gun.
fn receiver(told: &Told) -> Option<(u8, u8)> {
    if !told.verdict.accepted {
        return None;
    }
    if let Intent::Offer { gun, to } = told.intent {
        Some((gun, to))
    } else if let Intent::Take { gun, .. } = told.intent {
        Some((gun, told.context.by.unwrap()))
    } else {
        None
    }
}

/// Whose hands a gun is in: in a handover still the giver's.
const fn hands(gun: &Gun<Small>) -> Option<u8> {
    match gun.custody {
        Custody::With { person, .. } => Some(person),
        Custody::Offered { from, .. } => Some(from),
        Custody::In { .. } | Custody::Preset { .. } | Custody::Missing { .. } | Custody::Returned { .. } => None,
    }
}

/// Two worlds that differ in nothing but what the first of two people answered.
trait TwoWorlds: Sized {
    /// Another first answer in the same place, where `told` was a first answer.
    fn born(told: &Told) -> Option<Self>;

    /// Nobody outside can tell them apart.
    fn look_alike(&self);

    /// One of them.
    fn one(&self) -> &Stage;

    /// The same happens in both, and they stay alike; gives whether the second answer is still to come.
    fn go_on(&mut self, step: &Step) -> bool;
}

/// Goes on in both with what the history says next; gives how many pairs there were.
fn over_two_worlds<Pair: TwoWorlds>() -> u32 {
    let born = RefCell::new(0_u32);
    over_words(cases(24), &|words| {
        let pairs: RefCell<Vec<(usize, Pair)>> = RefCell::new(Vec::new());
        let said = RefCell::new(0_usize);
        play(words, &|told: &Told| {
            *said.borrow_mut() += 1;
            if let Some(pair) = Pair::born(told) {
                pair.look_alike();
                *born.borrow_mut() += 1;
                pairs.borrow_mut().push((*said.borrow(), pair));
            }
        });
        for (at, mut pair) in pairs.into_inner() {
            for word in words.iter().skip(at).take(20) {
                let steps = steps(pair.one(), word);
                if !steps.iter().all(|step| pair.go_on(step)) {
                    break;
                }
            }
        }
    });
    born.into_inner()
}
