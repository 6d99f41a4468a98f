//! Scenarios as a stranger writes them: what is right is played, and each mistake is named with its line.

use kernel::{Doubt, ShowingState};
use record::Millis;
use showclear::replay::Outcome;
use showclear::replay::file::Scenario;
use showclear::replay::names::{clock, parse_clock};
use showclear::replay::play::play;

use super::{json, showclear, stderr, stdout};

const PREAMBLE: &str = r#"title = "t"
source = "s"

[[person]]
name = "the armorer"
roles = ["armorer"]

[[person]]
name = "the observer"
roles = ["witness"]

[[person]]
name = "the performer"
roles = ["performer"]

[[place]]
name = "the vault"
kind = "vault"
locks = true
for_guns = true

[[gun]]
name = "gun 1"
kind = "live_capable"
place = "the vault"

[[lot]]
name = "lot A"
kind = "dummy"
rounds = 12
"#;

/// The line of the preamble's end.
fn after_preamble() -> usize {
    PREAMBLE.lines().count()
}

fn mistakes(steps: &str) -> Vec<String> {
    let text = format!("{PREAMBLE}{steps}");
    let mistakes = Scenario::parse(&text).map(|_| Vec::new()).unwrap_or_else(|mistakes| mistakes);
    mistakes.iter().map(|it| format!("{}: {}: {}", it.line, it.part, it.sentence)).collect()
}

fn unmet(steps: &str) -> Vec<String> {
    let text = format!("{PREAMBLE}{steps}");
    let scenario = Scenario::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    Outcome::of(&scenario, &scenario.whole_rules()).unmet().to_vec()
}

const TAKE_OUT: &str = r#"
[[step]]
at = "10:00"
by = "the armorer"
do = "take_out"
item = "gun 1"
"#;

/// What stands after the preamble; the line of the mistake, counted from the preamble's end; the part; what is said.
const MISTAKES: &[(&str, usize, &str, &str)] = &[
    ("\n[[step]]\nat = 10\n", 3, "step 1", "`at` should be a text, and is a number"),
    (
        "\n[[step]]\nat = \"10.30\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\n",
        3,
        "step 1",
        "`at` should be a time of day such as `13:04` or `13:04:30`, and is `10.30`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armourer\"\ndo = \"take_out\"\nitem = \"gun 1\"\n",
        4,
        "step 1",
        "there is no person called `the armourer`; there is `the armorer`, `the observer`, `the performer`, `the production office`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take\"\nitem = \"gun 1\"\nlook = \"looked\"\n",
        2,
        "step 1",
        "`offer` is missing: the name of a step",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"grab\"\n",
        5,
        "step 1",
        "there is no `do = \"grab\"`; there is `add_person`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\n",
        2,
        "step 1",
        "`item` is missing: the name of the gun that `take_out` is about",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 2\"\n",
        6,
        "step 1",
        "there is no gun called `gun 2`; there is `gun 1`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\ndo = \"take_out\"\nitem = \"gun 1\"\n",
        2,
        "step 1",
        "`by` is missing: only a stop needs no person",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\nitem = \"gun 1\"\n",
        6,
        "step 1",
        "`report_break` is about no `item`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nto = \"the performer\"\n",
        7,
        "step 1",
        "`to` does not belong here; the fields are",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nexpect = \"no\"\n",
        7,
        "step 1",
        "`expect` should be `accepted` or `refused`, and is `no`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nreasons = [\"SHOWING-NEVR\"]\n",
        7,
        "step 1",
        "there is no reason code `SHOWING-NEVR`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nafter = { \"gun 1\" = \"CLEAR\" }\n",
        7,
        "step 1",
        "`after` should begin with one of `UNKNOWN`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nafter = { \"gun 1\" = \"UNKNOWN: LOAD-LIVE\" }\n",
        7,
        "step 1",
        "`after` should name a doubt",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"load\"\nitem = \"gun 1\"\nlot = \"lot A\"\nchambers = \"1-13\"\n",
        8,
        "step 1",
        "`chambers` should be such as `1-6` or `1, 3-4`, and is `1-13`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"answer_check\"\nitem = \"gun 1\"\ncheck = \"x\"\nreadings = \"DDX\"\n",
        7,
        "step 1",
        "there is no step called `x`; there is none",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"look_through_bore\"\nitem = \"gun 1\"\nlight = \"bright\"\n",
        7,
        "step 1",
        "`light` should be one of `seen`, `blocked`, and is `bright`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\ndevice = \"a tablet\"\n",
        7,
        "step 1",
        "there is no device called `a tablet`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\ndecisive = true\nsays = \"x\"\n",
        2,
        "step 1",
        "it is decisive, and no `[[without]]` leaves it out",
    ),
    (
        "\n[[gun]]\nname = \"gun 1\"\nkind = \"rubber\"\nplace = \"the vault\"\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        3,
        "gun 2",
        "there is another gun called `gun 1`",
    ),
    (
        "\n[[lot]]\nname = \"lot B\"\nkind = \"live\"\nrounds = 1\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        2,
        "lot 2",
        "the register refuses it: LOAD-LIVE: This is live ammunition.",
    ),
    (
        "\n[[gun]]\nname = \"gun 2\"\nkind = \"rifle\"\nplace = \"the vault\"\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        4,
        "gun 2",
        "`kind` should be one of `live_capable`, `blank_only`, `non_gun`, `replica`, `rubber`, and is `rifle`",
    ),
    (
        "\n[[lot]]\nname = \"lot B\"\nkind = \"dummy\"\nrounds = 6\ncalibre = \"45_colt\"\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        6,
        "lot 2",
        "`calibre` is entered when a lot is received: it needs a `source`",
    ),
    (
        "\n[[lot]]\nname = \"lot B\"\nkind = \"dummy\"\nrounds = 6\nsource = \"the performer\"\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        2,
        "lot 2",
        "`place` is missing: where its box lies, as it has a source",
    ),
    (
        "\n[[lot]]\nname = \"lot B\"\nkind = \"dummy\"\nrounds = 6\nverified_by = [\"the armorer\"]\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        6,
        "lot 2",
        "`verified_by` should name two people: the handler, then the witness",
    ),
    (
        "\n[[lot]]\nname = \"lot B\"\nkind = \"dummy\"\nrounds = 6\nsource = \"the performer\"\nplace = \"the vault\"\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        2,
        "lot 2",
        "the register refuses it: PLACE-NOT-FOR-ROUNDS:",
    ),
    (
        "\n[[scene]]\nname = \"1\"\nmeeting = { led_by = \"the armorer\" }\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        4,
        "scene 1, meeting",
        "`place` is missing: where the meeting was held",
    ),
    (
        "\n[[duty]]\nperson = \"the armorer\"\nrole = \"props\"\nfrom = \"06.00\"\nuntil = \"20:00\"\n\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_break\"\n",
        5,
        "duty 1",
        "`from` should be a time of day such as `13:04`, and is `06.00`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"roster_duty\"\nitem = \"the observer\"\nrole = \"props\"\nfrom = 6\nuntil = \"2000\"\n",
        9,
        "step 1",
        "`until` should be a time of day such as `13:04`, and is `2000`",
    ),
    (
        "\n[[step]]\nname = \"count 1\"\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"answer_count\"\nitem = \"lot A\"\ncount = \"count 1\"\nmethod = \"removed_seen\"\ntally = { dummies = 6 }\n",
        10,
        "step 1",
        "`dummies` is not counted; `tally` has `live`, `blank`, `dummy`",
    ),
    (
        "\n[[step]]\nname = \"count 1\"\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"answer_count\"\nitem = \"lot A\"\ncount = \"count 1\"\nmethod = \"removed_seen\"\ntally = { dummy = -1 }\n",
        10,
        "step 1",
        "`dummy` of `tally` should be a whole number from 0 to 4294967295, and is `-1`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"hold_meeting\"\nitem = \"1\"\nplace = \"the vault\"\ntopics = [\"all five\"]\n",
        8,
        "step 1",
        "there is no topic `all five`; it should be one of `action`, `deviations`, `abort`, `emergency`, `chain_of_command`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"enter_calibre\"\nitem = \"gun 1\"\ncalibre = \".45\"\n",
        7,
        "step 1",
        "`calibre` should be one of `22_long_rifle`, `32_acp`",
    ),
    (
        "\n[[lot]]\nname = \"lot B\"\nkind = \"blank\"\nrounds = 6\nsource = \"the performer\"\nplace = \"the vault\"\ncalibre = \"45_clt\"\n",
        8,
        "lot 2",
        "`calibre` should be one of `45_colt`, `22_long_rifle`",
    ),
    (
        "\n[[lot]]\nname = \"lot B\"\nkind = \"blank\"\nrounds = 6\nsource = \"the performer\"\nplace = \"the vault\"\nload = \"some\"\n",
        8,
        "lot 2",
        "`load` should be one of `full`, `half`, `quarter`, and is `some`",
    ),
    ("\n[[lot]]\nname = \"lot B\"\nkind = \"dummy\"\n", 2, "lot 2", "`rounds` is missing: how many they are"),
    (
        "\n[[place]]\nname = \"the stage\"\nkind = \"stage\"\n",
        4,
        "place 2",
        "`kind` should be one of `vault`, `case`, `cart`, `belt`, `pocket`, `bin`, `set`, `range`, `vehicle`, `transit`, and is `stage`",
    ),
    (
        "\n[[duty]]\nperson = \"the armorer\"\nrole = \"cook\"\nfrom = \"06:00\"\nuntil = \"20:00\"\n",
        4,
        "duty 1",
        "`role` should be one of `property_master`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"draw\"\nitem = \"lot A\"\nrounds = -6\n",
        7,
        "step 1",
        "`rounds` should be a whole number from 0 to 4294967295, and is `-6`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"draw\"\nitem = \"lot A\"\nrounds = 6.5\n",
        7,
        "step 1",
        "`rounds` should be a whole number from 0 to 4294967295, and is `6.5`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"draw\"\nitem = \"lot A\"\nrounds = 99999999999999999999\n",
        7,
        "step 1",
        "`rounds` should be a whole number from 0 to 4294967295, and is `99999999999999999999`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"plan_scene\"\nitem = \"7\"\nblanks = true\nday = 1.5\n",
        8,
        "step 1",
        "`day` should be a whole number from 0 to 4294967295, or nothing, and is `1.5`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"enter_unit\"\nunit = 100\n",
        6,
        "step 1",
        "`unit` should be a whole number from 1 to 99, and is `100`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"takeout\"\n",
        5,
        "step 1",
        "there is no `do = \"takeout\"`; there is `take_out`, `add_person`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nreasons = [\"SHOWING-BRAKE\"]\n",
        7,
        "step 1",
        "there is no reason code `SHOWING-BRAKE`; there is `SHOWING-BREAK`, and docs/scenarios.md has them all",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nproven = \"pin\"\n",
        7,
        "step 1",
        "`proven` should be one of `own_device_pin`",
    ),
    (
        "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"take_out\"\nitem = \"gun 1\"\nheld = \"live\"\n",
        7,
        "step 1",
        "`held` should be one of `nothing`, `called`, `person_hurt`, `discharge`, `live_round`, `unexpected_round`, `round_missing`, `answers_differ_twice`, `bore_blocked`, `gun_missing`, `guard_inside`, `personal_weapon`, and is `live`",
    ),
    (
        "\n[limits]\nask_within = \"0 min\"\n",
        3,
        "limits",
        "`ask_within` should be a span from `1 s` to `168 h`, a number and after a space `s`, `min` or `h`, such as `90 s`, `5 min` or `4 h`, and is `0 min`",
    ),
    ("\n[[stepp]]\nat = \"10:00\"\n", 2, "the file", "`stepp` does not belong here"),
    ("\ntitel == \"x\"\n", 2, "the file", "this is not TOML"),
];

#[test]
fn each_mistake_is_named_with_its_line_and_what_was_expected() {
    let at = after_preamble();
    for (steps, line, part, sentence) in MISTAKES {
        let said = mistakes(steps);
        let expected = format!("{}: {part}: {sentence}", at + line);
        assert!(said.iter().any(|it| it.starts_with(&expected)), "{expected}\nwas expected, and said was\n{said:#?}");
    }
}

#[test]
fn one_file_names_all_its_mistakes_at_once() {
    let steps =
        "\n[[step]]\nat = \"25:61\"\nby = \"nobody\"\ndo = \"take_out\"\nitem = \"gun 9\"\nexpect = \"maybe\"\n";
    assert_eq!(mistakes(steps).len(), 4, "{:#?}", mistakes(steps));
}

/// The mistakes of a whole file, each with its line.
fn all_of(text: &str) -> Vec<String> {
    let mistakes = Scenario::parse(text).map(|_| Vec::new()).unwrap_or_else(|mistakes| mistakes);
    mistakes.iter().map(|it| format!("{}: {}", it.line, it.sentence)).collect()
}

/// A step that cannot be read is there all the same: what refers to it is no second mistake.
#[test]
fn a_mistake_in_a_step_is_no_mistake_of_what_refers_to_it() {
    let whole = format!(
        "{TAKE_OUT}name = \"first\"\ndecisive = true\nsays = \"x\"\n
[[step]]
name = \"last\"
at = \"10:01\"
by = \"the armorer\"
do = \"offer\"
item = \"gun 1\"
to = \"the performer\"

[[without]]
step = \"first\"
then = [{{ step = \"last\", expect = \"refused\" }}]
"
    );
    assert_eq!(mistakes(&whole), [""; 0]);
    for (was, is) in [
        ("to = \"the performer\"\n", ""),
        ("to = \"the performer\"\n", "to = 7\n"),
        ("do = \"offer\"\n", ""),
        ("do = \"offer\"\n", "do = \"hand_over\"\n"),
        ("do = \"take_out\"\n", "do = \"take_it\"\n"),
        ("item = \"gun 1\"\nname", "item = \"gun 7\"\nname"),
    ] {
        let said = mistakes(&whole.replacen(was, is, 1));
        assert_eq!(said.len(), 1, "{is}: {said:#?}");
    }
    let said = mistakes(&whole.replace("then = [{ step = \"last\", expect = \"refused\" }]\n", ""));
    assert!(said.len() == 1 && said[0].contains("`then` is missing"), "{said:#?}");
}

/// What rests on a thing that could not be entered is not tried; each mistake is told once, with its own line.
#[test]
fn one_mistake_is_told_once() {
    assert_eq!(all_of(A_SET), [""; 0]);
    let line = |part: &str| A_SET.lines().position(|line| line.starts_with(part)).unwrap() + 1;
    for (was, is, begins) in [
        ("rounds = 20", "rounds = 0", format!("{}: the register refuses it: ROUNDS-NUMBER", line("[[lot]]"))),
        ("rounds = 20", "rounds = 2.5", format!("{}: `rounds` should be a whole number", line("rounds"))),
        ("load = \"half\"", "load = \"some\"", format!("{}: `load` should be one of", line("load"))),
        ("kind = \"set\"", "kind = \"stage\"", format!("{}: `kind` should be one of", line("kind = \"set\""))),
        ("kind = \"case\"", "kind = \"box\"", format!("{}: `kind` should be one of", line("kind = \"case\""))),
        ("day = 3", "day = -3", format!("{}: `day` should be a whole number", line("day"))),
        ("also_on = [4]", "also_on = [4, -1]", format!("{}: `also_on` should be a whole number", line("also_on"))),
        (
            "kind = \"live_capable\"",
            "kind = \"airsoft\"",
            format!("{}: `kind` should be", line("kind = \"live_capable\"")),
        ),
        ("open_at = \"the set\"", "open_at = \"the sett\"", format!("{}: there is no place", line("open_at"))),
        ("roles = [\"armorer\"]", "roles = [\"armourer\"]", format!("{}: there is no role", line("roles"))),
    ] {
        let said = all_of(&A_SET.replacen(was, is, 1));
        assert!(said.len() == 1 && said[0].starts_with(&begins), "{is}: {begins}\n{said:#?}");
    }
    // A name that is given twice is not the end of whoever had it first, and who is gone is missed once.
    let said = all_of(&A_SET.replacen("name = \"the performer\"", "name = \"the armorer\"", 1));
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].ends_with("there is another person called `the armorer`"), "{said:#?}");
    assert!(said[1].contains("there is no person called `the performer`"), "{said:#?}");
    let twice = format!("{TAKE_OUT}{}", TAKE_OUT.replace("10:00", "10:01")).replace("gun 1", "gun 2");
    let said = mistakes(&twice);
    let other = after_preamble() + 12;
    assert!(said.len() == 1 && said[0].ends_with(&format!("; the same in line {other}")), "{said:#?}");
}

/// A field that is misspelt is also one that is missing.
#[test]
fn a_misspelt_field_and_what_is_missing_are_both_named() {
    let steps = TAKE_OUT.replace("take_out", "begin_check") + "wittness = \"the observer\"\n";
    let said = mistakes(&steps);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].ends_with("`witness` is missing: the name of a person"), "{said:#?}");
    assert!(said[1].contains("`wittness` does not belong here"), "{said:#?}");
}

/// A step says why everything is held by it, or that nothing is.
#[test]
fn why_everything_is_held_can_be_claimed() {
    let found = |claim: &str| {
        let step = "\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"report_round_found\"\nround = \"live\"\n";
        unmet(&format!("{step}{claim}"))
    };
    assert_eq!(found("held = \"live_round\"\n"), [""; 0]);
    assert_eq!(found(""), [""; 0]);
    let said = found("held = \"discharge\"\n");
    let expected = "everything was expected to be held (discharge), and everything is held (live round)";
    assert!(said.len() == 1 && said[0].ends_with(expected), "{said:?}");
    let said = found("held = \"nothing\"\n");
    let expected = "it was expected to hold nothing, and everything is held (live round)";
    assert!(said.len() == 1 && said[0].ends_with(expected), "{said:?}");
    assert_eq!(unmet(&format!("{TAKE_OUT}held = \"nothing\"\n")), [""; 0]);
    let said = unmet(&format!("{TAKE_OUT}held = \"called\"\n"));
    let expected = "everything was expected to be held (called), and nothing is held by it";
    assert!(said.len() == 1 && said[0].ends_with(expected), "{said:?}");
}

/// With an entry left out a later step is asked the same.
#[test]
fn why_everything_is_held_can_be_claimed_with_an_entry_left_out() {
    let steps = |held: &str| {
        format!(
            "{TAKE_OUT}name = \"first\"\ndecisive = true\nsays = \"x\"\n
[[step]]
name = \"last\"
at = \"10:01\"
by = \"the armorer\"
do = \"report_discharge\"
item = \"gun 1\"

[[without]]
step = \"first\"
then = [{{ step = \"last\", expect = \"accepted\", held = \"{held}\" }}]
"
        )
    };
    assert_eq!(unmet(&steps("discharge")), [""; 0]);
    assert_eq!(unmet(&steps("nothing")).len(), 1);
}

/// A step that holds everything is where the chain breaks, with or without a code; so is a breach of what is accepted.
#[test]
fn what_holds_everything_is_a_break() {
    let steps = format!(
        "{TAKE_OUT}
[[step]]
at = \"10:01\"
by = \"the observer\"
do = \"report_discharge\"
item = \"gun 1\"

[[step]]
at = \"10:02\"
by = \"the production office\"
do = \"open_day\"
day = 2
"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a break.toml");
    std::fs::write(&path, format!("also_on = [2]\n{PREAMBLE}{steps}")).unwrap();
    let name = path.to_str().unwrap();
    let text = stdout(&showclear(&["replay", name]));
    let said = json(&showclear(&["replay", name, "--json"]));
    assert!(
        text.contains("step 2 (the observer, report discharge gun 1)\n    everything is held (discharge)\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "step 3 (the production office, open day)\n    BORE-DUE, COUNT-DUE, CUSTODY-LEFT-OUT, LOT-LEFT-OUT\n"
        ),
        "{text}"
    );
    let expected = serde_json::json!([
        {"step": 2, "codes": [], "held": ["discharge"]},
        {"step": 3, "codes": ["BORE-DUE", "COUNT-DUE", "CUSTODY-LEFT-OUT", "LOT-LEFT-OUT"], "held": []},
    ]);
    assert_eq!(said["breaks"], expected);
}

/// A file is called as it is.
#[test]
fn the_name_of_a_file_is_not_written_otherwise() {
    let said = stderr(&showclear(&["replay", "nofile.toml"]));
    assert!(said.starts_with("The file nofile.toml cannot be read"), "{said}");
}

#[test]
fn a_file_without_steps_or_title_is_no_scenario() {
    let said = Scenario::parse("").unwrap_err();
    let said: Vec<&str> = said.iter().map(|it| it.sentence.as_str()).collect();
    assert!(said.contains(&"there is no `[[step]]`: nothing would be played"), "{said:?}");
    assert!(said.iter().any(|it| it.starts_with("`title` is missing")), "{said:?}");
}

#[test]
fn steps_follow_each_other_in_time() {
    let steps = format!("{TAKE_OUT}{TAKE_OUT}");
    let said = mistakes(&steps);
    assert!(said[0].contains("step 2: `at` is 10:00, and the step before it is not earlier"), "{said:?}");
}

#[test]
fn a_variant_names_steps_that_are_there() {
    let steps = format!(
        "{TAKE_OUT}name = \"first\"\ndecisive = true\nsays = \"x\"\n\n[[without]]\nstep = \"frist\"\nthen = [{{ step = \"first\", expect = \"refused\" }}]\n"
    );
    let said = mistakes(&steps);
    assert!(said.iter().any(|it| it.contains("without 1: there is no step called `frist`")), "{said:?}");
    let steps = steps.replace("frist", "first");
    let said = mistakes(&steps);
    assert!(said.iter().any(|it| it.contains("`first` does not come after the step that is left out")), "{said:?}");
}

#[test]
fn expectations_that_are_not_met_are_said() {
    let refused = format!("{TAKE_OUT}expect = \"refused\"\n");
    assert_eq!(
        unmet(&refused),
        [format!("step 1 (line {}): it was expected to be refused, and was accepted", after_preamble() + 2)]
    );
    let reason = format!("{TAKE_OUT}reasons = [\"STOP-HELD\"]\n");
    assert!(unmet(&reason)[0].ends_with("STOP-HELD is not among the reasons"));
    let after = format!("{TAKE_OUT}after = {{ \"gun 1\" = \"EMPTY\" }}\n");
    assert!(unmet(&after)[0].ends_with("gun 1 was expected to be EMPTY, and is UNKNOWN: SHOWING-NEVER"));
    let met = format!("{TAKE_OUT}after = {{ \"gun 1\" = \"UNKNOWN: SHOWING-NEVER\" }}\n");
    assert_eq!(unmet(&met), [""; 0]);
}

/// Two may press within one second; the record takes one after the other.
#[test]
fn parts_of_a_second_are_told() {
    let steps = format!(
        "{}{}",
        TAKE_OUT.replace("10:00", "10:00:59.5"),
        "\n[[step]]\nat = \"10:00:59.501\"\nby = \"the armorer\"\ndo = \"report_break\"\n"
    );
    let scenario = Scenario::parse(&format!("{PREAMBLE}{steps}")).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let at: Vec<i64> = scenario.steps.iter().map(|step| step.context.decided_at.0).collect();
    assert_eq!(at, [36_059_500, 36_059_501]);
    for (text, ms) in [("25:10:00.25", 90_600_250), ("00:00:00.007", 7), ("10:00:01", 36_001_000)] {
        assert_eq!(parse_clock(text).map(|at| at.0), Some(ms), "{text}");
        assert_eq!(clock(Millis(ms)), text);
    }
    for wrong in ["10:00.5", "10:00:00.", "10:00:00.1234", "10:00:00.+1", "10:00:00.1.2", ".5"] {
        assert_eq!(parse_clock(wrong), None, "{wrong}");
    }
}

/// A step that never was, an entry behind which nobody was found, a clock that jumped.
#[test]
fn what_never_was_and_nobody_said_can_be_told() {
    let steps = format!(
        "{TAKE_OUT}
[[step]]
at = \"10:01\"
by = \"the armorer\"
do = \"withdraw_offer\"
item = \"gun 1\"
offer = \"an offer that never was\"
expect = \"refused\"
reasons = [\"HANDOVER-NO-OFFER\"]

[[step]]
at = \"10:02\"
device = \"the armorer's phone\"
proven = \"nobody\"
do = \"report_break\"
expect = \"refused\"
reasons = [\"PERSON-NOT-PROVEN\"]

[[step]]
name = \"after the jump\"
at = \"10:03\"
by = \"the armorer\"
do = \"report_doubt\"
item = \"gun 1\"
clock_jumped = true
after = {{ \"gun 1\" = \"UNKNOWN: SHOWING-CLOCK-JUMPED\" }}

[[step]]
at = \"10:04\"
by = \"the armorer\"
do = \"report_doubt\"
item = \"gun 1\"
"
    );
    let text = format!("never_made = [\"an offer that never was\"]\n{PREAMBLE}{steps}");
    let scenario = Scenario::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let outcome = Outcome::of(&scenario, &scenario.whole_rules());
    assert_eq!(outcome.unmet(), [""; 0]);
    // Whoever leaves the step out does not keep the clock from jumping.
    let without = play(&scenario, &scenario.whole_rules(), Some(3));
    let card = without.answer(4).unwrap().cards.values().next().unwrap();
    assert!(without.answer(3).is_none() && card.doubts.contains(&kernel::Code::ShowingClockJumped), "{card:?}");
    let said = mistakes(&steps);
    assert!(said.iter().any(|it| it.contains("there is no step called `an offer that never was`")), "{said:?}");
    let twice = text.replace("\"after the jump\"", "\"an offer that never was\"");
    let said = Scenario::parse(&twice).unwrap_err();
    assert!(said[0].sentence.contains("another step is called `an offer that never was`"), "{said:?}");
    let listed_twice = text.replace("= [\"an", "= [\"an offer that never was\", \"an");
    let said = Scenario::parse(&listed_twice).unwrap_err();
    assert!(said[0].part == "the file" && said[0].sentence.contains("another step is called"), "{said:?}");
    let said = mistakes(&steps.replace("proven = \"nobody\"\n", ""));
    assert!(said.iter().any(|it| it.contains("`by` is missing: only a stop needs no person")), "{said:?}");
}

/// What was fired in a test is not in the box any more: cases are, unless it was a charge. The gun was put away since,
/// before the day began.
#[test]
fn rounds_that_a_test_fired_are_told() {
    let fired = A_SET.replace("centimetres = 600", "centimetres = 600, rounds = 2");
    let state = |text: &str| Scenario::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes:#?}")).initial;
    let of = |state: &record::State| {
        let lot = state.lots.values().next().unwrap();
        assert!(lot.verified.is_some() && lot.counted, "{lot:?}");
        (lot.rounds, lot.spent)
    };
    let before = state(&fired);
    assert_eq!(of(&before), (18, 2));
    let ShowingState::Void(doubts) = before.guns.values().next().unwrap().showing else { panic!("shown") };
    let doubts: Vec<Doubt> = doubts.iter().map(|(doubt, _)| doubt).collect();
    assert_eq!(doubts, [Doubt::NeverShown, Doubt::NewDay, Doubt::OutOfSight]);
    let musket = "kind = \"live_capable\"\naction = \"muzzle_loader\"\nchambers = 1\ncalibre";
    assert_eq!(of(&state(&fired.replace("kind = \"live_capable\"\ncalibre", musket))), (18, 0));
    for (wrong, sentence) in [("21", "at most as many as it had, and is `21`"), ("-1", "and is `-1`")] {
        let said = Scenario::parse(&A_SET.replace("= 600", &format!("= 600, rounds = {wrong}"))).unwrap_err();
        assert!(said[0].sentence.contains(sentence), "{said:?}");
    }
}

/// A shared device, a late report, a stop without log-in, a thing that is on no register.
#[test]
fn what_is_unusual_can_be_said() {
    let steps = format!(
        "
[[device]]
name = \"the cart's tablet\"
of = \"the observer\"

[[gun]]
name = \"an own gun\"
kind = \"live_capable\"
registered = false
{TAKE_OUT}device = \"the cart's tablet\"

[[step]]
name = \"check 1\"
at = \"10:01\"
by = \"the armorer\"
do = \"begin_check\"
item = \"gun 1\"
witness = \"the observer\"
device = \"the cart's tablet\"

[[step]]
at = \"10:02\"
by = \"the observer\"
do = \"answer_check\"
item = \"gun 1\"
check = \"check 1\"
readings = \"EEEEEE\"
device = \"the cart's tablet\"
expect = \"refused\"
reasons = [\"WITNESS-DEPENDENT\"]

[[step]]
at = \"10:10\"
claimed_at = \"10:02\"
by = \"the armorer\"
do = \"report_out_of_sight\"
item = \"gun 1\"
after = {{ \"gun 1\" = \"UNKNOWN: SHOWING-OUT-OF-SIGHT\" }}

[[step]]
at = \"10:11\"
claimed_at = \"10:02\"
by = \"the performer\"
do = \"take_back\"
item = \"an own gun\"
expect = \"refused\"
reasons = [\"REGISTER-UNKNOWN\"]

[[step]]
at = \"10:12\"
do = \"stop\"
cause = \"called\"
after = {{ \"gun 1\" = \"HELD\" }}
"
    );
    assert_eq!(unmet(&steps), [""; 0]);
}

#[test]
fn short_forms_and_long_forms_say_the_same() {
    let check = |readings: &str| {
        format!(
            "{TAKE_OUT}
[[step]]
name = \"check 1\"
at = \"10:01\"
by = \"the armorer\"
do = \"begin_check\"
item = \"gun 1\"
witness = \"the observer\"

[[step]]
at = \"10:02\"
by = \"the armorer\"
do = \"answer_check\"
item = \"gun 1\"
check = \"check 1\"
{readings}
"
        )
    };
    let short = check("readings = \"DE----\"\nmethod = \"removed_seen\"");
    let long = check(
        "readings = [{ chamber = 1, saw = \"dummy\", method = \"removed_seen\" }, { chamber = 2, saw = \"empty\", method = \"seen_at_head\" }]",
    );
    let read = |steps: &str| Scenario::parse(&format!("{PREAMBLE}{steps}")).unwrap().steps[2].intent;
    assert_eq!(read(&short), read(&long));
    let chambers = |text: &str| {
        let steps = format!(
            "{TAKE_OUT}
[[step]]
at = \"10:03\"
by = \"the armorer\"
do = \"unload\"
item = \"gun 1\"
chambers = {text}
"
        );
        Scenario::parse(&format!("{PREAMBLE}{steps}")).unwrap().steps[1].intent
    };
    assert_eq!(chambers("\"1, 3-4\""), chambers("[1, 3, 4]"));
}

/// A step that says nothing of its answer expects to be accepted.
#[test]
fn what_is_refused_unexpectedly_is_said() {
    let steps = format!(
        "{TAKE_OUT}
[[step]]
at = \"10:01\"
by = \"the armorer\"
do = \"offer\"
item = \"gun 1\"
to = \"the performer\"
"
    );
    let said = unmet(&steps);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].ends_with("it was expected to be accepted, and was refused"), "{said:?}");
}

/// An ask that was made long before the record receives it is judged by when it was made.
#[test]
fn a_late_ask_is_late() {
    let late = format!("{TAKE_OUT}claimed_at = \"09:00\"\nexpect = \"refused\"\nreasons = [\"CLOCK-ASK-LATE\"]\n");
    assert_eq!(unmet(&late), [""; 0]);
}

/// Each letter of the short form is the content that the document says.
#[test]
fn each_letter_of_the_short_form_has_its_content() {
    use kernel::Content;
    let steps = format!(
        "{TAKE_OUT}
[[step]]
name = \"check 1\"
at = \"10:01\"
by = \"the armorer\"
do = \"begin_check\"
item = \"gun 1\"
witness = \"the observer\"

[[step]]
at = \"10:02\"
by = \"the armorer\"
do = \"answer_check\"
item = \"gun 1\"
check = \"check 1\"
readings = \"EDBLSC?-\"
expect = \"refused\"
"
    );
    let scenario = Scenario::parse(&format!("{PREAMBLE}{steps}")).unwrap();
    let kernel::Intent::AnswerCheck { readings, .. } = scenario.steps[2].intent else { panic!("another intent") };
    let read: Vec<_> = (1..=8).map(|chamber| readings.get(chamber).map(|it| it.content)).collect();
    let all = [
        Content::Empty,
        Content::Dummy,
        Content::Blank,
        Content::Live,
        Content::Spent,
        Content::SnapCap,
        Content::NotSure,
    ];
    let expected: Vec<_> = all.into_iter().map(Some).chain([None]).collect();
    assert_eq!(read, expected);
}

/// Packs are written in any order; a pack or a choice that is not there is named with those that are.
#[test]
fn packs_are_written_in_any_order_and_misspelt_ones_are_named() {
    let step = |packs: &str, choices: &str| {
        let fields = format!("packs = {packs}\nchoices = {choices}\n");
        format!("{PREAMBLE}\n[[step]]\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"adopt_packs\"\n{fields}")
    };
    let scenario =
        Scenario::parse(&step("[\"trade\", \"sag_aftra\", \"product\"]", "[\"performer_may_look\"]")).unwrap();
    let kernel::Intent::AdoptPacks { packs, choices } = scenario.steps[0].intent else { panic!("another intent") };
    assert!(packs.iter().eq([kernel::Pack::Product, kernel::Pack::SagAftra, kernel::Pack::Trade]));
    assert!(choices.iter().eq([kernel::Choice::PerformerMayLook]));
    let mistakes = Scenario::parse(&step("[\"texas\"]", "[\"nobody_looks\"]")).unwrap_err();
    let mistakes = format!("{mistakes:?}");
    for words in
        ["there is no pack `texas`", "`ontario`", "there is no choice `nobody_looks`", "performer_looks_each_time"]
    {
        assert!(mistakes.contains(words), "{words}: {mistakes}");
    }
}

/// Every kind of intent can be written as a step; what is refused is refused by a rule, and not by the reader.
#[test]
fn every_kind_of_intent_is_read() {
    use record::wire::KINDS;
    use showclear::replay::kinds;
    for kind in KINDS {
        let value = |name: &str, described: &str| match (name, described) {
            ("readings", _) => "\"EEEEEE\"".to_owned(),
            ("rods", _) => "\"PCKE?-\"".to_owned(),
            ("tally" | "saw" | "feed", _) => "{ dummy = 12 }".to_owned(),
            ("roles", _) => "[\"witness\"]".to_owned(),
            ("topics", _) => "[\"action\"]".to_owned(),
            ("packs", _) => "[\"trade\", \"product\"]".to_owned(),
            ("choices", _) => "[\"performer_may_look\"]".to_owned(),
            ("calibre", _) => "\"45_colt\"".to_owned(),
            (_, it) if it.starts_with("the name of a person") => "\"the observer\"".to_owned(),
            (_, it) if it.starts_with("the name of a place") => "\"the vault\"".to_owned(),
            (_, it) if it.starts_with("the name of a gun") => "\"gun 1\"".to_owned(),
            (_, it) if it.starts_with("the name of a lot") => "\"lot A\"".to_owned(),
            (_, it) if it.starts_with("the name of a step") => "\"the step\"".to_owned(),
            (_, it) if it.starts_with("one of `") => format!("\"{}\"", it.split('`').nth(1).unwrap()),
            (_, it) if it.starts_with("a time of day") => "\"10:00\"".to_owned(),
            (_, it) if it.starts_with("which chambers") => "\"1-2\"".to_owned(),
            (_, it) if it.starts_with("true or false") => "true".to_owned(),
            _ => "1".to_owned(),
        };
        let fields: String = kind
            .fields
            .iter()
            .map(|(name, schema)| format!("{name} = {}\n", value(name, &kinds::describe(name, &schema()))))
            .collect();
        let item = match kind.item {
            None => "",
            Some("person") => "item = \"the performer\"\n",
            Some("device") => "item = \"the armorer's phone\"\n",
            Some("place") => "item = \"the vault\"\n",
            Some("gun") => "item = \"gun 1\"\n",
            Some("lot") => "item = \"lot A\"\n",
            Some("scene") => "item = \"12A\"\n",
            Some(_) => "item = \"the step\"\n",
        };
        let scene = "\n[[scene]]\nname = \"12A\"\n";
        let step =
            format!("\n[[step]]\nname = \"the step\"\nat = \"10:00\"\nby = \"the armorer\"\ndo = \"{}\"\n", kind.word);
        let text = format!("{PREAMBLE}{scene}{step}{item}{fields}");
        let scenario = Scenario::parse(&text).unwrap_or_else(|mistakes| panic!("{text}\n{mistakes:#?}"));
        assert_eq!(record::wire::write_intent(&scenario.steps[0].intent).0, kind.word);
    }
}

const A_SET: &str = r#"
title = "t"
source = "s"
day = 3
also_on = [4]

[[person]]
name = "the armorer"
roles = ["armorer"]

[[person]]
name = "the observer"
roles = ["witness"]

[[person]]
name = "the performer"
roles = ["performer"]

[[person]]
name = "the rental house"
roles = ["vendor"]

[[place]]
name = "the vault"
kind = "vault"
locks = true
for_guns = true

[[place]]
name = "the case"
kind = "case"
locks = true

[[place]]
name = "the set"
kind = "set"

[[gun]]
name = "gun 1"
kind = "live_capable"
calibre = "45_colt"
place = "the vault"
stand_off = { lot = "blanks", centimetres = 600 }

[[lot]]
name = "blanks"
kind = "blank"
rounds = 20
source = "the rental house"
calibre = "45_colt"
load = "half"
uniform = true
place = "the case"
verified_by = ["the armorer", "the observer"]
out_with = "the armorer"

[[scene]]
name = "7"
day = 3
blanks = true
open_at = "the set"
meeting = { led_by = "the armorer", present = ["the performer"] }

[[duty]]
person = "the observer"
role = "props"
from = "18:00"
until = "20:00"

[[step]]
at = "09:00"
by = "the armorer"
do = "take_out"
item = "gun 1"

[[step]]
at = "09:01"
by = "the observer"
do = "attend_meeting"
item = "the meeting for 7"
person = "the observer"

[[step]]
at = "09:02"
by = "the armorer"
do = "call_to_set"
item = "gun 1"

[[step]]
at = "09:03"
by = "the armorer"
do = "look_through_bore"
item = "gun 1"
light = "seen"

[[step]]
at = "09:04"
by = "the armorer"
do = "load"
item = "gun 1"
lot = "blanks"
chambers = "1"
"#;

/// The register of a scenario with rounds: received, verified, out with somebody, tested; a scene that is open, its
/// meeting, and a duty.
#[test]
fn what_stands_before_the_first_step_is_the_record_of_a_set() {
    let scenario = Scenario::parse(A_SET).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let outcome = Outcome::of(&scenario, &scenario.whole_rules());
    assert_eq!(outcome.unmet(), [""; 0]);
    let state = &scenario.initial;
    let lot = state.lots.values().next().unwrap();
    assert!(lot.verified.is_some() && lot.counted && lot.uniform && lot.holder().is_some(), "{lot:?}");
    assert_eq!((lot.rounds, lot.spent, lot.load), (20, 0, Some(kernel::Load::Half)));
    assert_eq!(state.stand_off_centimetres.values().copied().collect::<Vec<_>>(), [600]);
    let gun = state.guns.values().next().unwrap();
    assert!(!gun.bore_due && gun.calibre == lot.calibre);
    assert!(state.scene.is_some() && state.present.len() == 2 && state.scenes.values().all(|scene| scene.blanks));
    assert_eq!(state.people.values().filter(|person| !person.duties.is_empty()).count(), 1);
    assert!(state.people.values().all(|person| person.days.len() == 2), "roles hold on both days");
}
