//! What a crew says of rounds, counts, the scene and its lines, and what is left to do before a
//! scene or a day can be closed.

use kernel::{
    Calibre, Choice, Choices, Code, Content, Count, Custody, Day, ExhibitOf, Gun, Intent, Light, Line, Load, Lot,
    LotCustody, LotKind, Method, Occasion, OutAt, Pack, Packs, Reason, Rod, Role, RoundKind, ShowingState, Tally,
    Topic, Unit, open_items,
};

use super::{Word, has_blanks, musket, one_of, readings, sight, some_chambers};
use crate::stage::{
    AMMUNITION_CASE, ANOTHER, ARMORER, ASSISTANT, BELT, BLANKS, CALIBRE, CAMERA, DRESS_ROUNDS, DUMMIES, EXTRA,
    FIRST_AD, GUN_1, GUN_4, HANDLER, LATECOMER, MUSKET, PEOPLE, PERFORMER, PISTOL, POCKET, PRODUCER, QUIET_SCENE,
    RUBBER, SCENE, SET, STAND_IN, STUNT_PERFORMER, Said, Small, Stage, THE_OPEN_ONE, Tick, UNVERIFIED_DUMMIES, VAULT,
    VENDOR, WITNESS, Who, fed,
};

/// What would usually come next with the box of a lot.
pub fn with_rounds(stage: &Stage, word: &Word) -> Said {
    let gone = |lot: &u8| matches!(stage.state.lots[lot].custody, LotCustody::Returned { .. });
    let others: Vec<u8> = stage.state.lots.keys().copied().filter(|lot| *lot > 8 && !gone(lot)).collect();
    let usual = [DUMMIES, BLANKS, BLANKS, DRESS_ROUNDS, UNVERIFIED_DUMMIES, UNVERIFIED_DUMMIES];
    let lot = if word[1] < 170 || others.is_empty() { one_of(&usual, word[1]) } else { one_of(&others, word[1]) };
    let entry = stage.state.lots[&lot];
    let handler = one_of(&[ARMORER, ARMORER, HANDLER], word[3]);
    let loads = |lot: &u8| stage.state.lots[lot].kind.in_chamber().is_some();
    let worn = stage.state.out.keys().find_map(|(lot, at)| match at {
        OutAt::Place(place) if loads(lot) => Some((*lot, *place)),
        OutAt::Place(_) | OutAt::Person(_) => None,
    });
    match (worn, word[2]) {
        (Some((lot, place)), 0..50) => return reloads(stage, lot, place),
        (Some((lot, place)), 50..100) => return swaps(stage, lot, place, word),
        (Some((_, place)), 100..150) => return ARMORER.seals(place, 7),
        (None, 0..20) => return reloads(stage, DRESS_ROUNDS, BELT),
        (None, 20..40) => return before_a_reload(stage, one_of(&[DUMMIES, BLANKS], word[3]), POCKET),
        (Some((lot, place)), 150..250) => {
            return before_a_reload(stage, if lot == BLANKS { DUMMIES } else { BLANKS }, place);
        }
        (Some(_) | None, _) => {}
    }
    if let Some(signed) = signed_for(stage).filter(|_| word[4] < 90) {
        return signed;
    }
    // Of the boxes that came later one goes back, where it may.
    let sealed = |lot: &u8| !stage.state.lots[lot].opened && stage.state.lots[lot].counted;
    if let Some(lot) = others.iter().copied().find(sealed).filter(|_| word[4] >= 150) {
        return match stage.state.lots[&lot].holder() {
            Some(person) => Who(person).returns_the_box_to(VENDOR, lot),
            None => handler.takes_the_box_out(lot),
        };
    }
    if others.len() < 4 && word[4] < 30 {
        return PRODUCER.says(received(30 + word[3] % 8, word));
    }
    if let Some(count) = entry.count {
        return answer(lot, &entry, &count, word);
    }
    if entry.brass_missing > 0 && word[2] < 60 {
        return loses(lot, &entry, word);
    }
    let to_count = !entry.counted && word[2] < 230 || entry.verified.is_none() && word[2] < 130;
    if to_count || word[2] < 30 {
        return handler.begins_a_count(
            lot,
            occasion(&entry, word),
            one_of(&[WITNESS, WITNESS, STAND_IN, HANDLER], word[4]),
        );
    }
    match entry.custody {
        LotCustody::With { .. } => out_of_the_box(stage, lot, &entry, word),
        LotCustody::In { .. } | LotCustody::Returned { .. } | LotCustody::Unknown => handler.takes_the_box_out(lot),
    }
}

/// The house signs for a box that went back, by its seal.
fn signed_for(stage: &Stage) -> Option<Said> {
    let unsigned = |lot: &Lot<Small>| matches!(lot.custody, LotCustody::Returned { signed_by: None, .. });
    let (id, lot) = stage.state.lots.iter().find(|(_, lot)| unsigned(lot))?;
    Some(VENDOR.signs_for_the_box(*id, lot.seal.unwrap_or(0)))
}

fn out_of_the_box(stage: &Stage, lot: u8, entry: &Lot<Small>, word: &Word) -> Said {
    let some = 1 + u32::from(word[4] % 6);
    let holds = |at: &OutAt<Small>| stage.state.out_at(lot, *at);
    let who = [ARMORER, HANDLER].into_iter().find(|who| holds(&OutAt::Person(who.0)) > 0);
    let worn = [BELT, POCKET].into_iter().find(|place| holds(&OutAt::Place(*place)) > 0);
    let place = if entry.kind == LotKind::Dress { BELT } else { one_of(&[POCKET, BELT, SET], word[3]) };
    let declared = stage.state.places[&place].reload || entry.kind == LotKind::Dress || place == SET;
    match (who, worn) {
        (_, Some(place)) if word[2] < 60 => reloads(stage, lot, place),
        (_, Some(place)) if word[2] < 110 => in_a_belt(stage, lot, place, word),
        (Some(_), _) if !declared && word[2] < 160 => ARMORER.declares_a_reload(place),
        (Some(who), _) if word[2] < 190 => who.stows(lot, place, some.min(holds(&OutAt::Person(who.0)))),
        (Some(who), _) if word[2] < 220 => who.puts_back(lot, some.min(holds(&OutAt::Person(who.0)))),
        _ => match word[3] {
            0..60 => ARMORER.puts_the_box_away(lot),
            60..90 => ARMORER.re_boxes(40 + word[4] % 8, lot, some),
            90..=255 => one_of(&[ARMORER, HANDLER], word[3]).draws(lot, some),
        },
    }
}

fn in_a_belt(stage: &Stage, lot: u8, place: u8, word: &Word) -> Said {
    let there = stage.state.out_at(lot, OutAt::Place(place));
    match stage.state.places[&place].seal {
        Some(seal) => match word[3] {
            0..128 => ARMORER.sees_the_seal(place, seal),
            128..140 => ARMORER.sees_the_seal(place, seal + 1),
            140..=255 => EXTRA.says(Intent::ReportSealBroken { place }),
        },
        None if word[3] < 90 => ARMORER.seals(place, 7),
        None => ARMORER.gathers(lot, place, there.min(1 + u32::from(word[4] % 6))),
    }
}

/// Rounds that load a gun go into a belt or pocket, which is declared for it.
fn before_a_reload(stage: &Stage, lot: u8, place: u8) -> Said {
    let drawn = stage.state.out_at(lot, OutAt::Person(ARMORER.0));
    match (drawn, stage.state.places[&place].reload) {
        (0, _) => ARMORER.draws(lot, 3),
        (_, false) => ARMORER.declares_a_reload(place),
        (_, true) => ARMORER.stows(lot, place, drawn),
    }
}

/// Before the camera, out of a belt or pocket.
fn reloads(stage: &Stage, lot: u8, place: u8) -> Said {
    let takes = |gun: &u8| {
        let entry = stage.gun(*gun);
        entry.may_be_reloaded() && entry.loading.is_none_or(|loading| loading.lot == lot)
    };
    let gun = [GUN_1, GUN_4].into_iter().find(takes).unwrap_or(GUN_1);
    let there = stage.state.out_at(lot, OutAt::Place(place)).min(2) as usize;
    let entry = stage.gun(gun);
    let free: Vec<u8> = entry.cylinder().minus(entry.loaded()).iter().take(there).collect();
    PERFORMER.reports_reloaded(gun, lot, place, &free)
}

/// The same with the magazine of the pistol, and what was left in the old one goes to the place that it came from.
fn swaps(stage: &Stage, lot: u8, place: u8, word: &Word) -> Said {
    let entry = stage.gun(PISTOL);
    let there = stage.state.out_at(lot, OutAt::Place(place)).min(3);
    let left = entry.rounds_loaded().saturating_sub(entry.fired.struck());
    let came_out = if word[4] < 20 { left + 1 } else { left.min(u32::from(word[4] % 4)) };
    let number = |rounds: u32| u8::try_from(rounds).unwrap_or(u8::MAX);
    let into = if word[3] < 200 { place } else { SET };
    PERFORMER.reports_swapped(PISTOL, lot, (place, number(there)), (into, number(came_out)))
}

fn occasion(lot: &Lot<Small>, word: &Word) -> Occasion {
    let others = [Occasion::Issue, Occasion::BeforeFiring, Occasion::AfterFiring, Occasion::Lunch, Occasion::Wrap];
    if lot.verified.is_none() { Occasion::Receipt } else { one_of(&others, word[4] / 8) }
}

/// Whoever of the two has not answered yet, mostly on what both would see.
fn answer(lot: u8, entry: &Lot<Small>, count: &Count<Small>, word: &Word) -> Said {
    let sides = [Who(count.counter), Who(count.witness)];
    let who = match (count.counter_answer, count.witness_answer) {
        (Some(_), None) => sides[1],
        (None, Some(_)) => sides[0],
        (Some(_), Some(_)) | (None, None) => one_of(&sides, word[3]),
    };
    if word[2] < 10 {
        return who.gives_the_count_up(lot);
    }
    // What is there goes by the count, so that both can see the same of what is not as recorded.
    let there = if word[4] < 215 { count.act % 24 } else { u16::from(word[4]) };
    let seal = (word[2] < 245).then_some(u32::from(word[2] / 64));
    who.counts_and_seals(lot, tally(entry, there), seal)
}

/// Mostly as recorded.
fn tally(lot: &Lot<Small>, there: u16) -> Tally {
    let expected = lot.expected();
    match there {
        1 => Tally { dummy: expected.dummy.saturating_sub(1), blank: expected.blank.saturating_sub(1), ..expected },
        2..=6 => Tally { spent: expected.spent.saturating_sub(1), ..expected },
        7 => Tally { spent: 0, misfired: expected.misfired.saturating_sub(1), ..expected },
        216..=225 => Tally { not_sure: 1, ..expected },
        226..=245 => Tally { spent: expected.spent + 1, ..expected },
        246..=248 => Tally { blank: 1, dummy: 1, ..expected },
        249 => Tally { blank: 4_294_967_295, ..expected },
        250 => Tally { live: 1, ..expected },
        _ => expected,
    }
}

fn loses(lot: u8, entry: &Lot<Small>, word: &Word) -> Said {
    match entry.loss {
        Some(loss) => one_of(&[WITNESS, ARMORER, FIRST_AD, HANDLER], word[3]).says_lost(lot, loss.brass, loss.place),
        None => ARMORER.says_lost(lot, entry.brass_missing, SET),
    }
}

/// What would usually come next on the set.
pub fn with_the_scene(stage: &Stage, word: &Word) -> Said {
    let state = &stage.state;
    let Some(open) = state.scene else {
        if word[1] < 40 {
            return FIRST_AD.says(Intent::PlanScene { scene: 1 + word[3] % 4, day: state.day, blanks: word[4] < 200 });
        }
        return FIRST_AD.opens_the_scene(if word[2] < 230 { SCENE } else { QUIET_SCENE });
    };
    let Some(meeting) = state.meetings_of(Unit::FIRST).next() else {
        return one_of(&[FIRST_AD, ARMORER], word[2]).holds_a_meeting(open.scene, open.place);
    };
    let awaited = [ARMORER, HANDLER, PERFORMER, STAND_IN, EXTRA, STUNT_PERFORMER];
    if let Some(missing) = awaited.into_iter().find(|who| !state.was_at_a_meeting_of(Unit::FIRST, who.0)) {
        let leader = Who(state.meetings[&meeting].led_by);
        return leader.says(Intent::AttendMeeting { meeting, person: missing.0 });
    }
    let gun = one_of(&[GUN_1, GUN_4, RUBBER, PISTOL, GUN_1, GUN_4, RUBBER], word[3]);
    match word[1] {
        0..100 => in_a_line(stage, word),
        100..190 => before_the_camera(stage, gun, word),
        190..205 => one_of(&[PRODUCER, FIRST_AD], word[3]).rosters(
            one_of(&[HANDLER, HANDLER, WITNESS, ARMORER], word[4]),
            one_of(&[Role::Props, Role::Handler], word[4] / 4),
            stage.now.0,
            stage.now.0 + 1 + u16::from(word[2] % 8),
        ),
        205..220 => CAMERA.says(Intent::ReportLineChanged { gun }),
        220..230 => LATECOMER.says(Intent::AttendMeeting { meeting, person: LATECOMER.0 }),
        230..240 if word[4] < 128 => PRODUCER.says(Intent::EnterCalibre { gun, calibre: CALIBRE }),
        230..240 => PRODUCER.gives_roles(HANDLER, state.day.map_or(1, |day| day.0), &[Role::Armorer, Role::Witness]),
        240..=255 => ARMORER.says(Intent::CallOffSet { gun }),
    }
}

/// The first line that stands: guns are issued along it, and counted at the cut.
fn in_a_line(stage: &Stage, word: &Word) -> Said {
    let Some((id, line)) = stage.state.lines.iter().next() else {
        return one_of(&[ARMORER, HANDLER], word[2]).begins_a_line(WITNESS);
    };
    let guns = [RUBBER, PISTOL, MUSKET, GUN_1, GUN_4].map(|gun| (gun, stage.gun(gun)));
    let of_it = |gun: &Gun<Small>| gun.in_line.is_some_and(|at| at.line == *id);
    if let Some((gun, entry)) = guns.iter().find(|(_, gun)| of_it(gun) && gun.is_with(line.handler)) {
        let to = if word[3] < 20 { PERFORMER.0 } else { entry.in_line.map_or(0, |at| at.to) };
        return Who(line.witness).confirms(*gun, Who(to), sight(stage, entry, word[4]));
    }
    let issued = stage.state.guns_in_line(*id);
    if issued > 0 && word[2] < 110 {
        return musters(line, issued, word);
    }
    let ready = guns.iter().find(|(_, gun)| gun.is_with(line.handler) && (gun.on_set || !gun.kind.fires()));
    if let Some((gun, entry)) = ready {
        let to = one_of(&[EXTRA, EXTRA, PERFORMER, STAND_IN, LATECOMER], word[3]);
        let handler = Who(line.handler);
        return match entry.showing {
            ShowingState::BeingChecked(_) => handler.gives_the_check_up(*gun),
            _ if !entry.kind.fires() && entry.identity.is_none() => handler.matches_the_label_of(*gun),
            ShowingState::Void(_) | ShowingState::Shown(_) => handler.issues(*gun, to, sight(stage, entry, word[4])),
        };
    }
    match guns.iter().find(|(_, gun)| gun.is_with(line.handler)) {
        Some((gun, _)) => Who(line.handler).calls_to_set(*gun),
        None if word[2] < 200 => Who(line.handler).takes_out(one_of(&[GUN_1, GUN_4, RUBBER, PISTOL, MUSKET], word[3])),
        None => musters(line, issued, word),
    }
}

fn musters(line: &Line<Small>, issued: u32, word: &Word) -> Said {
    let who = if line.handler_counted.is_some() { line.witness } else { line.handler };
    Who(who).musters(if word[4] < 215 { issued } else { issued + 1 })
}

/// The case goes on its way with a handler, and arrives with him, or does not.
pub fn on_the_way(stage: &Stage, word: &Word) -> Said {
    let Some((place, transit)) = stage.state.transits.iter().next() else {
        return one_of(&[ARMORER, ARMORER, HANDLER, ASSISTANT, CAMERA], word[3]).moves(AMMUNITION_CASE);
    };
    match word[3] {
        0..190 => Who(transit.attendant).arrives_with(*place),
        190..220 => CAMERA.reports_unattended(*place),
        220..245 => FIRST_AD.reports_left(Who(transit.attendant)),
        245..=255 => CAMERA.arrives_with(*place),
    }
}

/// What passes and lies before the camera, and what is fired there.
pub fn before_the_camera(stage: &Stage, gun: u8, word: &Word) -> Said {
    let entry = stage.gun(gun);
    let holder = match entry.custody {
        Custody::With { person, .. } => Some(person),
        Custody::In { .. }
        | Custody::Offered { .. }
        | Custody::Preset { .. }
        | Custody::Missing { .. }
        | Custody::Returned { .. } => None,
    };
    let witness = if let ShowingState::Shown(showing) = entry.showing { Who(showing.witness) } else { STAND_IN };
    let to = one_of(&[EXTRA, PERFORMER, STUNT_PERFORMER, witness, LATECOMER], word[4]);
    let mut declared = stage.state.transfers.iter().filter(|(of, to)| *of == gun && Some(*to) != holder);
    let handler = Who(entry.handler().unwrap_or(ARMORER.0));
    match (word[3], declared.next()) {
        (0..225, _) if has_blanks(stage, &entry) => Who(holder.unwrap_or(ARMORER.0)).reports_fired(
            gun,
            u8::from(word[4] < 200),
            u8::from(word[4].is_multiple_of(8)),
        ),
        (0..140, Some((_, to))) => Who(*to).has(gun),
        (0..140, None) => ARMORER.declares_a_transfer(gun, to),
        (140..245, _) if word[4] < 40 || stage.state.presets.contains(&(gun, SET)) => handler.lays_the_preset(gun, SET),
        (140..245, _) => ARMORER.declares_a_preset(gun, SET),
        (245..=255, _) => one_of(&[PERFORMER, ARMORER], word[4]).reports_fired(gun, 1, 0),
    }
}

/// What would usually be done next with a loaded gun that fired, or is to be emptied.
pub fn emptied(entry: &Gun<Small>, gun: u8, holder: Who, word: &Word) -> Said {
    if entry.is_muzzle_loader() {
        return musket::emptied(entry, gun, holder, word);
    }
    if entry.is_fed() {
        return feed_emptied(entry, gun, holder, word);
    }
    let loaded: Vec<u8> = entry.loaded().iter().collect();
    let heard = usize::from(entry.fired.shots).min(loaded.len());
    let (spent, rest) = loaded.split_at(match word[4] {
        0..20 => heard / 2,
        20..40 => loaded.len(),
        40..=255 => heard,
    });
    let (misfired, unfired) = rest.split_at(usize::from(entry.fired.misfires).min(rest.len()));
    holder.empties(gun, spent, misfired, unfired)
}

fn feed_emptied(entry: &Gun<Small>, gun: u8, holder: Who, word: &Word) -> Said {
    let there = u8::try_from(entry.rounds_loaded()).unwrap();
    let spent = entry.fired.shots.min(there);
    let misfired = entry.fired.misfires.min(there - spent);
    let left = there - spent - misfired;
    match word[4] {
        0..10 => holder.empties_the_feed(gun, [spent, misfired], &[], left + 1),
        10..20 => holder.empties_the_feed(gun, [spent + 1, misfired], &[], left.saturating_sub(1)),
        20..100 if left > 0 => holder.empties_the_feed(gun, [spent, misfired], &[1], left - 1),
        20..=255 => holder.empties_the_feed(gun, [spent, misfired], &[], left),
    }
}

/// The hour before a break: whatever keeps scene and day from being closed is put in order, what
/// opens a box again before what closes one.
pub fn toward_the_end(stage: &Stage, word: &Word) -> Said {
    let items = open_items(&stage.state);
    let Some(item) = items.into_iter().min_by_key(|item| order(item.code)) else {
        return match (stage.state.scene, word[2]) {
            (_, 0..190) => FIRST_AD.breaks_for_lunch(),
            (Some(_), _) => FIRST_AD.closes_the_scene(),
            (None, _) => FIRST_AD.wraps(),
        };
    };
    in_order(stage, &item, word)
}

const ORDER: [Code; 14] = [
    Code::LineNotMustered,
    Code::GunLeftLoaded,
    Code::BoreDue,
    Code::RodDue,
    Code::CustodyLeftOut,
    Code::RoundsLeftOut,
    Code::BeltSealUnseen,
    Code::CountOpen,
    Code::CountDiffers,
    Code::CountDue,
    Code::CountBrassMissing,
    Code::LotLeftOut,
    Code::ExhibitLeftOut,
    Code::TransitOn,
];

fn order(code: Code) -> usize {
    ORDER.iter().position(|it| *it == code).unwrap()
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the others are no open items")]
fn in_order(stage: &Stage, item: &Reason<Small>, word: &Word) -> Said {
    let lot = |lot: Option<u8>| stage.state.lots[&lot.unwrap()];
    match item.code {
        Code::LineNotMustered => {
            let (id, line) = stage.state.lines.iter().next().unwrap();
            musters(line, stage.state.guns_in_line(*id), word)
        }
        Code::GunLeftLoaded | Code::BoreDue | Code::RodDue | Code::CustodyLeftOut => {
            gun_in_order(stage, item.gun.unwrap(), word)
        }
        Code::ExhibitLeftOut => exhibit_in_order(stage, item),
        Code::RoundsLeftOut => rounds_in_order(stage, item),
        Code::BeltSealUnseen => {
            let place = item.place.unwrap();
            ARMORER.sees_the_seal(place, stage.state.places[&place].seal.unwrap())
        }
        Code::CountOpen | Code::CountDiffers if lot(item.lot).count.is_some() => {
            let entry = lot(item.lot);
            answer(item.lot.unwrap(), &entry, &entry.count.unwrap(), word)
        }
        Code::CountDue | Code::CountDiffers => ARMORER.begins_a_count(item.lot.unwrap(), Occasion::SceneEnd, WITNESS),
        Code::TransitOn => Who(item.who.unwrap()).arrives_with(item.place.unwrap()),
        Code::CountBrassMissing => loses(item.lot.unwrap(), &lot(item.lot), word),
        _ => ARMORER.puts_the_box_away(item.lot.unwrap()),
    }
}

/// It is locked away as it is; where nobody has it, the police do.
fn exhibit_in_order(stage: &Stage, item: &Reason<Small>) -> Said {
    let Some(gun) = item.gun else { return ARMORER.puts_the_box_away(item.lot.unwrap()) };
    match stage.gun(gun).custody {
        Custody::With { person, .. } if stage.state.roles(person).handles() => Who(person).puts_away(gun, VAULT),
        Custody::With { .. } | Custody::Offered { .. } | Custody::Preset { .. } => ARMORER.takes_back(gun),
        Custody::In { .. } | Custody::Missing { .. } | Custody::Returned { .. } => {
            let exhibits = stage.state.exhibits.iter();
            let (exhibit, _) = exhibits.into_iter().find(|(_, it)| it.of == ExhibitOf::Gun(gun)).unwrap();
            Who(item.who.unwrap()).says(Intent::ReportExhibitToPolice { exhibit: *exhibit })
        }
    }
}

fn gun_in_order(stage: &Stage, gun: u8, word: &Word) -> Said {
    let entry = stage.gun(gun);
    let holder = match entry.custody {
        Custody::In { .. } => return ARMORER.takes_out(gun),
        Custody::Missing { .. } | Custody::Returned { .. } => return ARMORER.has(gun),
        Custody::With { person, .. } if stage.state.out_since(person).is_some() => {
            return FIRST_AD.says(Intent::ReportReturned { person });
        }
        Custody::With { person, .. } if stage.state.roles(person).handles() => Who(person),
        Custody::With { .. } | Custody::Offered { .. } | Custody::Preset { .. } => return ARMORER.takes_back(gun),
    };
    let loaded: Vec<u8> = entry.loaded().iter().collect();
    match entry.showing {
        ShowingState::BeingChecked(_) => holder.gives_the_check_up(gun),
        _ if entry.is_loaded() && (entry.is_fed() || entry.is_muzzle_loader() || entry.fired.struck() > 0) => {
            emptied(&entry, gun, holder, word)
        }
        _ if entry.is_loaded() => holder.unloads(gun, &loaded),
        _ if entry.bore_due && entry.is_muzzle_loader() => holder.runs_the_rod(gun, Rod::AtMark),
        _ if entry.bore_due => holder.looks_through_the_bore(gun, Light::Seen),
        ShowingState::Void(_) | ShowingState::Shown(_) => holder.puts_away(gun, VAULT),
    }
}

fn rounds_in_order(stage: &Stage, item: &Reason<Small>) -> Said {
    let (lot, rounds) = (item.lot.unwrap(), item.rounds.unwrap());
    let entry = stage.state.lots[&lot];
    match (item.who, item.place) {
        (_, Some(place)) if entry.kind == LotKind::Dress => ARMORER.seals(place, 9),
        (_, Some(place)) => ARMORER.gathers(lot, place, rounds),
        _ if entry.holder().is_none() => ARMORER.takes_the_box_out(lot),
        _ if entry.count.is_some() => ARMORER.gives_the_count_up(lot),
        (who, None) => Who(who.unwrap()).puts_back(lot, rounds),
    }
}

/// Anything at all about rounds.
pub fn about_rounds(stage: &Stage, word: &Word) -> Intent<Small> {
    let ids: Vec<u8> = stage.state.lots.keys().copied().chain([66]).collect();
    let (lot, other) = (one_of(&ids, word[3]), one_of(&ids, word[4]));
    let (fresh, place) = (30 + word[3] % 10, 1 + word[4] % 7);
    let rounds = one_of(&[0, 1, 1, 2, 3, 6, 50, 100_001], word[4] / 8);
    let gun = one_of(&[GUN_1, GUN_4, RUBBER, PISTOL], word[3]);
    let (person, occasion) = (one_of(&PEOPLE, word[4]).0.0, one_of(&OCCASIONS, word[3]));
    let count = if word[4] < 240 { THE_OPEN_ONE } else { ANOTHER };
    let seal = (word[3] < 128).then_some(u32::from(word[4]));
    let entry = stage.state.lots.get(&lot).copied().unwrap_or(Lot::of(LotKind::Dummy, true, 3));
    let counted = tally(&entry, u16::from(word[4]));
    let method = one_of(&[Method::SeenAtHead, Method::RemovedSeen, Method::RemovedSeenShaken], word[4]);
    let chambers = some_chambers(word[4]);
    match word[1] % 26 {
        0 if word[4] < 60 => Intent::SignForLot { lot, seal: u32::from(word[3] / 64) },
        0 | 1 => received(fresh, word),
        2 => Intent::EnterCalibre { gun, calibre: Calibre(44 + u16::from(word[4] % 2)) },
        3 => Intent::TakeOutLot { lot },
        4 => Intent::PutAwayLot { lot, place },
        5 => Intent::ReBox { lot: fresh, from: other, rounds },
        6 => Intent::Draw { lot, rounds },
        7 => Intent::PutBack { lot, rounds },
        8 => Intent::Stow { lot, place, rounds },
        9 => Intent::Gather { lot, place, rounds },
        10 => Intent::SealBelt { place, seal: 7 },
        11 => Intent::SeeSeal { place, seal: 6 + u32::from(word[3] % 2) },
        12 => Intent::DeclareReload { place },
        13..15 => Intent::BeginCount { lot, occasion, witness: person },
        15..17 => Intent::AnswerCount { lot, count, tally: counted, method, seal },
        17 => Intent::GiveUpCount { lot, count },
        18 => Intent::DeclareLost { lot, brass: rounds, place },
        19 => Intent::TestBlank { gun, lot, rounds, stand_off_centimetres: 100 * u32::from(word[4]) },
        20 if word[4] < 100 => {
            let (rounds, came_out) = (word[4] % 3, word[3] % 3);
            Intent::ReportFeedSwapped { gun, lot, place, rounds, came_out, into: 1 + word[3] % 7 }
        }
        20 => Intent::ReportReloaded { gun, lot, place, chambers },
        21 => Intent::ReportSealBroken { place },
        22 if word[4] < 40 => Intent::ReportRoundFoundIn { place, round: RoundKind::Live },
        22 | 23 => Intent::EmptyGun { gun, spent: chambers, misfired: some_chambers(word[3]), unfired: chambers },
        24 => Intent::ReturnLotToVendor { lot, vendor: if word[4] < 200 { VENDOR.0 } else { person } },
        _ => Intent::ClearLine { gun, nearest_centimetres: 50 * u32::from(word[4]) },
    }
}

const OCCASIONS: [Occasion; 7] = [
    Occasion::Receipt,
    Occasion::Issue,
    Occasion::BeforeFiring,
    Occasion::AfterFiring,
    Occasion::Lunch,
    Occasion::SceneEnd,
    Occasion::Wrap,
];

fn received(lot: u8, word: &Word) -> Intent<Small> {
    let kinds = [LotKind::Dummy, LotKind::Blank, LotKind::Blank, LotKind::Dress, LotKind::SnapCap, LotKind::Spent];
    let kind = if word[4] == 0 { LotKind::Live } else { one_of(&kinds, word[4]) };
    Intent::ReceiveLot {
        lot,
        kind,
        load: (kind == LotKind::Blank).then_some(Load::Half),
        calibre: (word[4] < 220).then_some(CALIBRE),
        source: VENDOR.0,
        rounds: u32::from(word[3] % 9),
        inert_at_head: word[4].is_multiple_of(2),
        uniform: true,
        place: if word[4] < 240 { AMMUNITION_CASE } else { VAULT },
    }
}

/// Anything at all about the day, its scenes and what is done on the set.
/// Any packs, with the product's laws more often than not, and any choices.
pub fn adoption(word: &Word) -> Said {
    let bits = u16::from(word[3]) | u16::from(word[5]) << 8;
    let given = Pack::ALL.into_iter().enumerate().filter(|(number, _)| bits >> number & 1 == 1);
    let packs: Packs = given.map(|(_, pack)| pack).collect();
    let packs = if word[4] < 80 { packs.with(Pack::Product) } else { packs };
    let (may, each_time) = (Choice::PerformerMayLook, Choice::PerformerLooksEachTime);
    let choices = match word[6] % 8 {
        0..3 => Choices::NONE.with(may),
        3..6 => Choices::NONE.with(each_time),
        6 => Choices::NONE,
        _ => Choices::NONE.with(may).with(each_time),
    };
    one_of(&[ARMORER, PRODUCER, ARMORER, HANDLER], word[2]).adopts(packs, choices)
}

pub fn about_the_day(stage: &Stage, word: &Word) -> Intent<Small> {
    let gun = one_of(&[GUN_1, GUN_4, RUBBER, 77, PISTOL], word[3]);
    let (person, place) = (one_of(&PEOPLE, word[4]).0.0, 1 + word[4] % 7);
    let scene = 1 + word[3] % 4;
    let (from, until) = (Tick(stage.now.0 - u16::from(word[3] % 3)), Tick(stage.now.0 + u16::from(word[4] % 70)));
    let role = one_of(&[Role::Props, Role::Armorer, Role::FirstAd], word[4]);
    let meeting = stage.state.meetings.keys().next().copied().unwrap_or(ANOTHER);
    let topics = Topic::ALL.into_iter().take(usize::from(4 + word[3] % 4)).collect();
    let seen = stage.state.guns.get(&gun).map_or_else(Default::default, |entry| readings(stage, entry, word[4]));
    let issue = if word[4] < 230 { THE_OPEN_ONE } else { ANOTHER };
    let (line, to) = (issue, person);
    match word[1] % 25 {
        0 if word[4] < 80 => Intent::RosterDuty { person, role, from, until },
        0 | 1 => Intent::PlanScene { scene, day: Some(Day(u32::from(scene))), blanks: word[4] < 128 },
        2 => Intent::OpenScene { scene, place },
        3 => Intent::CloseScene,
        4 => Intent::CloseForLunch,
        5 => Intent::Wrap,
        6 => Intent::HoldMeeting { scene, place, topics },
        7 => Intent::AttendMeeting { meeting, person },
        8 => Intent::CallToSet { gun },
        9 => Intent::CallOffSet { gun },
        10 => Intent::BeginLine { witness: person },
        11 => Intent::IssueInLine { gun, line: issue, to: person, readings: seen },
        12 => Intent::ConfirmInLine { gun, issue, to: person, readings: seen },
        13 => Intent::MusterLine { line: issue, guns: u32::from(word[4] % 3) },
        14 => Intent::DeclareTransfer { gun, to: person },
        15 => Intent::DeclarePreset { gun, place },
        16 => Intent::LayPreset { gun, place: SET },
        17 if word[4] < 40 => Intent::ReportFired { gun, shots: word[4] % 3, misfires: word[3] % 2 },
        17 | 18 => Intent::ReportLineChanged { gun },
        19 => Intent::IssueFeedInLine { gun, line, to, readings: seen, feed: fed(0, Content::Empty) },
        20 => Intent::ConfirmFeedInLine { gun, issue, to, readings: seen, feed: fed(0, Content::Empty) },
        21 => Intent::BeginTransit { place },
        22 => Intent::EndTransit { place },
        23 => Intent::ReportUnattended { place },
        _ => Intent::CallToSet { gun },
    }
}
