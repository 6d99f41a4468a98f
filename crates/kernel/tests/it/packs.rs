//! The packs: every clause is whole, every rule and every code has one, and limits and opposed
//! duties do what they say.

use std::collections::BTreeSet;

use kernel::{
    Choice, Choices, Code, HAZARDS, Held, Measure, Opposed, Pack, Packs, Rule, Strength, Verified, clauses, limit,
    never_at_anyone, strictest,
};

#[test]
fn no_two_clauses_have_one_id_and_they_stand_pack_by_pack() {
    let ids: Vec<&str> = clauses().map(|clause| clause.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for pack in Pack::ALL {
        assert!(pack.clauses().count() > 0, "{pack:?} is empty");
        assert_eq!(Pack::parse(pack.as_str()), Some(pack));
    }
}

#[test]
fn every_rule_is_named_by_a_clause_and_so_is_every_code() {
    let named: BTreeSet<Rule> = clauses().flat_map(|clause| clause.rules()).copied().collect();
    let unnamed: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| !named.contains(rule)).collect();
    assert_eq!(unnamed, [], "no clause asks for these rules");
    let lone: Vec<Code> = Code::ALL.iter().copied().filter(|code| !named.contains(&code.rule())).collect();
    assert_eq!(lone, [], "no clause asks for what these codes say");
}

#[test]
fn every_clause_says_who_when_and_where_it_was_read() {
    for clause in clauses() {
        for text in [clause.id, clause.sentence, clause.who, clause.when, clause.verb, clause.source] {
            assert!(!text.is_empty(), "{clause:?}");
        }
        assert!(clause.sentence.ends_with('.'), "{clause:?}");
        match clause.held {
            Held::By(rules) => assert!(!rules.is_empty(), "{clause:?}"),
            Held::Not(why) => assert!(why.ends_with('.'), "{clause:?}"),
        }
        let own = clause.verified == Verified::Own;
        assert_eq!(own, clause.strength == Strength::Product, "{clause:?}");
        assert_eq!(own, clause.pack == Pack::Product, "{clause:?}");
        // Every other clause names a page, unless it says that its text was not read.
        let page = clause.source.contains("(S") || clause.source.contains(" (S");
        assert!(own || page || clause.verified == Verified::Unread, "{clause:?}");
    }
}

#[test]
fn what_is_only_remembered_says_so() {
    let remembered: Vec<&str> =
        clauses().filter(|clause| clause.verified == Verified::Unread).map(|clause| clause.id).collect();
    assert_eq!(remembered, ["CSATF-1/J", "CSATF-1/L", "CSATF-2"]);
    for clause in clauses().filter(|clause| clause.source.contains("memory")) {
        assert_eq!(clause.verified, Verified::Unread, "{clause:?}");
        assert!(clause.verified.as_str().starts_with("not verified"));
    }
}

#[test]
fn of_two_limits_the_stricter_holds() {
    for measure in Measure::ALL {
        let (more, less) = (measure.stricter(7, 9), measure.stricter(9, 7));
        assert_eq!(more, less, "the order of the packs decides nothing");
        assert_eq!(more, if measure == Measure::PermitMonths { 7 } else { 9 });
    }
    let trade = Packs::NONE.with(Pack::Trade);
    assert_eq!(limit(trade, Measure::StandOffCentimetres), Some(610), "twenty feet, and not one set's ten");
    assert_eq!(limit(trade, Measure::MisfireWaitSeconds), Some(15));
    assert_eq!(limit(Packs::NONE, Measure::StandOffCentimetres), None);
    assert_eq!(limit(Packs::NONE.with(Pack::California), Measure::AgeYears), Some(21));
    assert_eq!(limit(Pack::ALL.into_iter().collect(), Measure::PermitMonths), Some(12));
}

/// A pack more never makes a limit weaker.
#[test]
fn a_pack_more_never_loosens_a_limit() {
    for measure in Measure::ALL {
        for pack in Pack::ALL {
            for other in Pack::ALL {
                let alone = limit(Packs::NONE.with(pack), measure);
                let both = limit(Packs::NONE.with(pack).with(other), measure);
                if let Some(alone) = alone {
                    assert_eq!(both.map(|both| measure.stricter(both, alone)), both, "{measure:?} {pack:?} {other:?}");
                }
            }
        }
    }
}

#[test]
fn opposed_duties_are_open_only_where_both_sides_are_adopted() {
    for opposed in Opposed::ALL {
        let ids: BTreeSet<&str> = clauses().map(|clause| clause.id).collect();
        for (choice, side) in opposed.sides() {
            assert_eq!(choice.answers(), opposed);
            assert!(side.iter().all(|id| ids.contains(id)), "{side:?}");
        }
        assert!(opposed.is_open(Pack::ALL.into_iter().collect()));
    }
    let performers = Opposed::PerformerChecks;
    let union = Packs::NONE.with(Pack::SagAftra);
    assert!(!performers.is_open(union));
    for pack in [Pack::ActorsEquity, Pack::Trade, Pack::Australia] {
        assert!(!performers.is_open(Packs::NONE.with(pack)), "{pack:?}");
        assert!(performers.is_open(union.with(pack)), "{pack:?}");
    }
    assert!(!performers.is_open(union.with(Pack::California)));
    let words: BTreeSet<&str> = Choice::ALL.iter().map(|choice| choice.as_str()).collect();
    assert_eq!(words.len(), Choice::ALL.len());
}

/// The first of those that are alike is named, so that one and the same is named every time.
#[test]
fn the_strictest_limit_names_its_clause() {
    let named = |packs, measure| strictest(packs, measure).map(|(value, clause)| (value, clause.id));
    let all: Packs = Pack::ALL.into_iter().collect();
    assert_eq!(named(all, Measure::StandOffCentimetres), Some((610, "STEM-8")));
    assert_eq!(named(all, Measure::MisfireWaitSeconds), Some((15, "JMFX-2")));
    assert_eq!(named(Packs::LAWS, Measure::MisfireWaitSeconds), None);
}

/// The kernel waits 15 seconds after every misfire, whatever is adopted (FIRED-3). A pack that asks for more needs a
/// rule that waits longer.
#[test]
fn no_pack_asks_for_a_longer_wait_than_the_kernel_has() {
    let all: Packs = Pack::ALL.into_iter().collect();
    assert_eq!(limit(all, Measure::MisfireWaitSeconds), Some(15));
    assert_eq!(Measure::MisfireWaitSeconds.held(), Held::By(&[Rule::Fired3]));
}

/// Every limit says whether the kernel compares anything with it, and it does so by rules that its clauses name.
#[test]
fn a_limit_that_is_held_is_held_by_a_rule_of_its_clauses() {
    for measure in Measure::ALL {
        let mut of_it = clauses().filter(|clause| clause.limits.iter().any(|(of, _)| *of == measure));
        match measure.held() {
            Held::By(rules) => assert!(of_it.all(|clause| rules.iter().all(|rule| clause.rules().contains(rule)))),
            Held::Not(why) => assert!(why.ends_with('.'), "{measure:?}"),
        }
    }
}

#[test]
fn ontario_alone_lets_nobody_approve_a_muzzle() {
    for pack in Pack::ALL {
        let clause = never_at_anyone(Packs::LAWS.with(pack));
        assert_eq!(clause.map(|clause| clause.pack), (pack == Pack::Ontario).then_some(pack));
        if let Some(clause) = clause {
            assert!(clause.rules().contains(&Rule::Muzzle1) && clause.sentence.contains("never pointed at anyone"));
        }
    }
}

/// Adopted alone, a side holds without a choice; where both are adopted, by the choice.
#[test]
fn of_opposed_duties_one_holds() {
    let [may, each_time] = Choice::ALL;
    let chosen = |choice| Choices::NONE.with(choice);
    let holds =
        |packs: &[Pack], choices| Opposed::PerformerChecks.side_that_holds(packs.iter().copied().collect(), choices);
    assert_eq!(holds(&[Pack::SagAftra], Choices::NONE), Some(may));
    for pack in [Pack::ActorsEquity, Pack::Trade, Pack::Australia] {
        assert_eq!(holds(&[pack], Choices::NONE), Some(each_time));
        assert_eq!(holds(&[pack, Pack::SagAftra], chosen(may)), Some(may));
        assert_eq!(holds(&[pack, Pack::SagAftra], chosen(each_time)), Some(each_time));
        assert_eq!(holds(&[pack, Pack::SagAftra], Choices::NONE), None);
    }
    assert_eq!(holds(&[Pack::California], Choices::NONE), None);
}

#[test]
fn a_set_of_choices_holds_what_it_was_given() {
    for choice in Choice::ALL {
        let alone = Choices::NONE.with(choice);
        assert_eq!(alone.iter().collect::<Vec<_>>(), [choice]);
        assert!(Choice::ALL.into_iter().all(|other| alone.has(other) == (other == choice)));
    }
    assert_eq!(Choices::NONE.iter().count(), 0);
}

#[test]
fn a_set_of_packs_holds_what_it_was_given() {
    for pack in Pack::ALL {
        let alone = Packs::NONE.with(pack);
        assert_eq!(alone.iter().collect::<Vec<_>>(), [pack]);
        assert!(Pack::ALL.into_iter().all(|other| alone.has(other) == (other == pack)));
    }
}

#[test]
fn every_law_stands_against_a_hazard_and_every_hazard_has_its_laws() {
    let named: BTreeSet<&str> = HAZARDS.iter().flat_map(|hazard| hazard.laws).copied().collect();
    let laws: BTreeSet<&str> = Pack::Product.clauses().map(|clause| clause.id).collect();
    assert_eq!(named, laws);
    assert!(HAZARDS.iter().all(|hazard| !hazard.laws.is_empty()));
}
