//! The rows of what belongs to which unit.

use kernel::{Code, Doubt, Intent, Occasion};

use super::before::out;
use super::{Row, row};
use crate::stage::{
    ARMORER, CART, DUMMIES, GUN_1, GUN_4, HANDLER, PRODUCER, SCENE, SECOND, SET, STAND_IN, Step, UNVERIFIED_DUMMIES,
    WITNESS,
};

/// A second unit is entered; a handler, a witness and a gun are of it.
pub fn second() -> Vec<Step> {
    let steps = [
        PRODUCER.enters(SECOND),
        PRODUCER.moves_the_person(HANDLER, SECOND),
        PRODUCER.moves_the_person(STAND_IN, SECOND),
        ARMORER.moves_the_gun(GUN_4, SECOND),
    ];
    steps.map(Step::from).to_vec()
}

pub(super) fn unit_rows() -> Vec<Row> {
    use Code::*;
    let another_place =
        [ARMORER.moves_the_place(CART, SECOND), PRODUCER.moves_the_person(PRODUCER, SECOND)].map(Step::from);
    vec![
        row(UnitNotPutAway, ARMORER.moves_the_gun(GUN_1, SECOND)).after(second()).after(out()),
        row(UnitNotPutAway, ARMORER.moves_the_box(DUMMIES, SECOND)).after(second()),
        row(UnitNotPutAway, ARMORER.moves_the_place(SET, SECOND)).after(second()),
        row(UnitOther, HANDLER.takes_out(GUN_1)).after(second()),
        row(UnitOther, ARMORER.takes_out(GUN_4)).after(second()),
        row(UnitOther, HANDLER.takes_the_box_out(UNVERIFIED_DUMMIES)).after(second()),
        row(UnitOther, HANDLER.begins_a_check(GUN_4, WITNESS)).after(second()).and(HANDLER.takes_out(GUN_4)),
        row(UnitOther, HANDLER.begins_a_count(DUMMIES, Occasion::Lunch, STAND_IN)).after(second()),
        row(UnitOther, HANDLER.offers(GUN_4, ARMORER)).after(second()).and(HANDLER.takes_out(GUN_4)),
        // He has it, and it is recorded that he has.
        row(UnitOther, HANDLER.has(GUN_1))
            .after(second())
            .answered(&[CustodyTakenAround, UnitOther])
            .recorded()
            .voids(Doubt::ChangedHands),
        row(UnitPersonBusy, PRODUCER.moves_the_person(ARMORER, SECOND)).after(second()),
        row(UnitSceneOpen, PRODUCER.says(Intent::OpenScene { scene: SCENE, place: CART }))
            .after(second())
            .after(another_place),
    ]
}
