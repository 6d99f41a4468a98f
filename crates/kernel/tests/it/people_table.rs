//! Who may do what with one, two or three qualified people (`design.md` 2, law 7): judged by the kernel, and published as
//! `docs/people-table.md`.

use kernel::{Action, Intent, Light, Occasion, Requirement, Role, Tally};

use crate::committed::as_committed;
use crate::stage::*;

/// A piece of work: what it is, and what the people who are there say to do it, one after another.
type Work = (&'static str, fn(Crew) -> Vec<Said>);

/// Who is there. Where somebody is missing, one of the others stands in for him.
#[derive(Clone, Copy)]
struct Crew {
    witness: Who,
    third: Who,
}

/// The armorer alone, with a trained witness, and with a second handler as well.
const CREWS: [Crew; 3] = [
    Crew { witness: ARMORER, third: ARMORER },
    Crew { witness: WITNESS, third: WITNESS },
    Crew { witness: WITNESS, third: HANDLER },
];

const WORKS: [Work; 14] = [
    ("take a gun out, open it, look through its bore", |_| {
        vec![ARMORER.takes_out(GUN_1), ARMORER.looks_through_the_bore(GUN_1, Light::Seen)]
    }),
    ("lock a gun away", |_| vec![ARMORER.takes_out(GUN_1), ARMORER.puts_away(GUN_1, VAULT)]),
    ("take a gun back from whoever has it", |_| {
        vec![ARMORER.takes_out(GUN_1), PERFORMER.has(GUN_1), ARMORER.takes_back(GUN_1)]
    }),
    ("load a gun from a lot that was counted", |_| {
        let (look, loads) = (ARMORER.looks_through_the_bore(GUN_1, Light::Seen), ARMORER.loads(GUN_1, DUMMIES, &[1]));
        vec![ARMORER.takes_out(GUN_1), look, loads]
    }),
    ("pull the stop", |_| vec![ARMORER.stops()]),
    ("hand a matched copy that cannot fire to a performer", |_| {
        let out = [ARMORER.takes_out(RUBBER), ARMORER.matches_the_label_of(RUBBER), ARMORER.calls_to_set(RUBBER)];
        [&out[..], &handed_over(ARMORER, RUBBER)].concat()
    }),
    ("show a gun", |crew| shown(ARMORER, crew.witness)),
    ("hand a gun that can fire to a performer", |crew| {
        [shown(ARMORER, crew.witness), handed_over(ARMORER, GUN_1)].concat()
    }),
    ("hand a gun that can fire to a performer whom nobody trained, where the production asks for training", |crew| {
        [vec![TRAINING], shown(ARMORER, crew.witness), handed_over(ARMORER, GUN_1)].concat()
    }),
    ("train and assess the performer, and hand him the gun", |crew| {
        let trained = Intent::EnterTraining { person: PERFORMER.0, action: Action::SingleAction, passed: true };
        let asked = vec![TRAINING, ARMORER.says(trained)];
        [asked, shown(ARMORER, crew.witness), handed_over(ARMORER, GUN_1)].concat()
    }),
    ("count a box of rounds and seal it", |crew| {
        let counted = Tally { dummy: 50, ..Tally::default() };
        vec![
            ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, crew.witness),
            ARMORER.counts(DUMMIES, counted),
            crew.witness.counts_and_seals(DUMMIES, counted, Some(7)),
        ]
    }),
    ("walk a line of extras", |crew| {
        vec![
            ARMORER.begins_a_line(crew.witness),
            ARMORER.takes_out(GUN_1),
            ARMORER.calls_to_set(GUN_1),
            ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)),
            crew.witness.confirms_in_line(GUN_1, EXTRA, empty(6)),
        ]
    }),
    ("hand a gun that can fire to a performer while the armorer has other duties", |crew| {
        let duty = PRODUCER.rosters(ARMORER, Role::Props, 100, 150);
        [vec![duty], shown(crew.third, crew.witness), handed_over(crew.third, GUN_1)].concat()
    }),
    ("inquire into a discharge of the armorer's gun, and lift the stop", |crew| {
        let discharge = crew.witness.says(Intent::ReportDischarge { gun: GUN_1 });
        let names = crew.witness.names_for_the_inquiry(crew.third);
        vec![ARMORER.takes_out(GUN_1), discharge, names, crew.third.closes_the_inquiry()]
    }),
];

const TRAINING: Said = PRODUCER.says(Intent::Require { what: Requirement::Training, required: true });

fn shown(handler: Who, witness: Who) -> Vec<Said> {
    vec![
        handler.takes_out(GUN_1),
        handler.calls_to_set(GUN_1),
        handler.begins_a_check(GUN_1, witness),
        handler.answers(GUN_1, empty(6)),
        witness.answers(GUN_1, empty(6)),
    ]
}

fn handed_over(handler: Who, gun: u8) -> Vec<Said> {
    vec![handler.offers(gun, PERFORMER), PERFORMER.looks_and_takes(gun)]
}

/// What the kernel answers: yes, or the codes of the first refusal.
fn answer(work: fn(Crew) -> Vec<Said>, crew: Crew) -> String {
    let mut stage = Stage::new();
    for said in work(crew) {
        let verdict = stage.goes_on(&said.into()).unwrap();
        if !verdict.accepted {
            let codes: Vec<String> =
                verdict.reasons.iter().map(|reason| format!("`{}`", reason.code.as_str())).collect();
            return format!("no: {}", codes.join(", "));
        }
    }
    "yes".to_owned()
}

fn table() -> String {
    let mut text = String::from(
        "# Who may do what\n\nWith one, two or three qualified people on the set. Each cell is the kernel's own answer, worked out by a \
         test\n(`people_table.rs`); where somebody is missing, who is there tries to stand in for him. A witness needs training and no\n\
         licence. Reports and the stop are open to everybody.\n\n| | the armorer alone | with a trained witness | with a witness and a \
         second handler |\n|---|---|---|---|\n",
    );
    for (work, says) in WORKS {
        let cells = CREWS.map(|crew| answer(says, crew)).join(" | ");
        text.push_str(&format!("| {work} | {cells} |\n"));
    }
    text
}

#[test]
fn the_table_of_who_may_do_what_is_as_it_is_published() {
    as_committed("docs/people-table.md", &table());
}

#[test]
fn alone_nothing_that_can_fire_is_issued() {
    let can_fire = WORKS.iter().filter(|(work, _)| work.contains("that can fire") || work.contains("line"));
    for (work, says) in can_fire {
        assert!(answer(*says, CREWS[0]).starts_with("no"), "{work}");
    }
}
