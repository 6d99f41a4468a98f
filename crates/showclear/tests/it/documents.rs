//! The documents say what the program does.

use clap::CommandFactory;
use kernel::IntentKind;
use record::wire::{KINDS, Wire, read_intent};
use serde_json::{Map, Value, json};
use showclear::cli::Cli;
use showclear::replay::file::Scenario;
use showclear::replay::kinds;
use showclear::replay::names::Space;

use super::{repository, showclear, stdout};

fn document(name: &str) -> String {
    std::fs::read_to_string(repository().join("docs").join(name)).unwrap()
}

fn between(text: &str, name: &str) -> String {
    let after = text.split(&format!("<!-- {name} -->\n")).nth(1).unwrap_or_else(|| panic!("no <!-- {name} -->"));
    after.split(&format!("<!-- /{name} -->")).next().unwrap().trim().to_owned()
}

/// Where this fails, the table that is expected is printed; `UPDATE_TABLES=1` writes it.
#[test]
fn the_tables_of_the_scenario_document_are_those_of_the_program() {
    let mut text = document("scenarios.md");
    if std::env::var_os("UPDATE_TABLES").is_some() {
        for (name, table) in [("kinds", kinds::table()), ("codes", kinds::codes())] {
            text = text.replacen(&between(&text, name), table.trim(), 1);
        }
        std::fs::write(repository().join("docs/scenarios.md"), &text).unwrap();
    }
    assert_eq!(between(&text, "kinds"), kinds::table().trim(), "\n{}", kinds::table());
    assert_eq!(between(&text, "codes"), kinds::codes().trim(), "\n{}", kinds::codes());
    assert_eq!(between(&text, "calibres"), kinds::calibres(), "\n{}", kinds::calibres());
}

/// Every word that `after` and `held` take stands in the document.
#[test]
fn the_words_of_a_step_are_in_the_scenario_document() {
    use record::words::Word;
    let text = document("scenarios.md");
    let row = |field: &str| {
        let begins = format!("| `{field}` | ");
        text.lines().find(|line| line.starts_with(&begins)).unwrap_or_else(|| panic!("{field}")).to_owned()
    };
    let after = row("after");
    assert!(after.contains(&format!("The words are {};", showclear::replay::play::CARD_WORDS.join(", "))), "{after}");
    let held = row("held");
    for (_, word) in kernel::StopCause::WORDS {
        assert!(held.contains(&format!("`{word}`")), "{word}: {held}");
    }
    assert!(held.contains("`nothing`"), "{held}");
}

/// The column "by" is the kernel's answer to whoever has one role; where no role decides, words say who it is.
#[test]
fn the_column_of_who_may_is_what_the_kernel_answers() {
    use kernel::{Role, Roles};
    use showclear::replay::who::{by, may, otherwise};
    let find = |word: &str| kinds::find(word).unwrap();
    for (word, who) in [
        ("add_person", "`property_master`, `armorer`, `producer`"),
        ("take_out", "handlers"),
        ("approve_muzzle", "`property_master`, `armorer`, `first_ad`"),
        ("call_shot_ready", "`first_ad`"),
        ("test_blank", "`property_master`, `armorer`"),
        ("answer_request", "`producer`"),
        ("sign_for_lot", "`vendor`"),
        ("name_inquiry", "whoever has a role"),
        ("report_break", "anybody"),
        ("answer_check", "the two of the check"),
        ("revoke_device", "`property_master`, `armorer`, `producer`; whose it is"),
    ] {
        assert_eq!(by(find(word)), who, "{word}");
    }
    let is_first_ad = Roles::NONE.with(Role::Armorer).with(Role::FirstAd);
    assert!(!may(find("take_out"), is_first_ad), "a first AD handles nothing");
    for kind in KINDS {
        assert!(!by(kind).is_empty(), "{}: nobody may", kind.word);
        // No role decides about a report, and of an ask the page says who it is then.
        let open = may(kind, Roles::NONE);
        assert!(open || !kinds::is_report(kind), "{}", kind.word);
        let said = otherwise(kind).is_some();
        assert!(!said || open || kind.word == "declare_range", "{}: a role decides it", kind.word);
        assert!(
            said || !open || kinds::is_report(kind) || kind.word == "point_toward_people",
            "{}: by whom?",
            kind.word
        );
    }
}

/// The rows of a table that the document shows are rows of the table that the command prints.
#[test]
fn the_excerpt_of_the_table_is_what_the_command_prints() {
    let excerpt = between(&document("scenarios.md"), "table");
    let scenario = repository().join("scenarios/rust-2021.toml");
    let printed = stdout(&showclear(&["replay", scenario.to_str().unwrap(), "--table"]));
    let rows: Vec<&str> = excerpt.trim_matches('`').trim_start_matches("text").trim().split("\n\n").collect();
    assert!(rows.len() >= 4, "{rows:?}");
    for row in rows {
        assert!(printed.contains(row.trim_end()), "{row}\nis not among\n{printed}");
    }
}

/// The examples in the document are scenarios, and as they expect.
#[test]
fn the_examples_of_the_scenario_document_can_be_played() {
    let text = document("scenarios.md");
    let examples: Vec<&str> = text.split("```toml\n").skip(1).map(|it| it.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 2, "one with a handover, one with rounds");
    for example in examples {
        let scenario = Scenario::parse(example).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
        let outcome = showclear::replay::Outcome::of(&scenario, &scenario.whole_rules());
        assert_eq!(outcome.unmet(), [""; 0]);
        assert!(scenario.steps.iter().any(|step| step.decisive));
    }
}

/// Every identifier in an intent is the name of something.
#[test]
fn every_identifier_of_an_intent_has_a_name() {
    for kind in KINDS {
        if let Some(item) = kind.item {
            assert!(Space::of_item(item).is_some(), "{}: {item}", kind.word);
        }
        for (name, schema) in kind.fields {
            let schema = schema();
            let plain = schema.get("format").is_some();
            let optional = schema["anyOf"][0].get("format").is_some();
            assert_eq!(Space::of_field(name, &schema).is_some(), plain || optional, "{}: {name}", kind.word);
        }
    }
}

/// The document's word for asks and reports is the kernel's.
#[test]
fn asks_and_reports_are_what_the_kernel_takes_them_for() {
    let id = "00000000-0000-7000-8000-000000000000";
    for kind in KINDS {
        let value = |name: &str, schema: Value| match (name, schema.get("enum"), schema["type"].as_str()) {
            ("tally" | "saw", _, _) => kernel::Tally::default().put(),
            ("feed", _, _) => json!({"method": "removed_seen", "saw": kernel::Tally::default().put()}),
            ("calibre" | "load" | "seal" | "day" | "until", None, None) if kinds::is_optional(&schema) => Value::Null,
            ("calibre", _, _) => json!("other_1"),
            (_, Some(words), _) => words[0].clone(),
            (_, _, Some("boolean")) => json!(true),
            (_, _, Some("array")) => json!([]),
            (_, _, Some("integer")) => json!(1),
            _ => json!(id),
        };
        let body: Map<String, Value> =
            kind.fields.iter().map(|(name, schema)| ((*name).to_owned(), value(name, schema()))).collect();
        let item = kind.item.map(|_| id.parse().unwrap());
        let intent = read_intent(kind.word, item, body).unwrap_or_else(|error| panic!("{}: {error}", kind.word));
        assert_eq!(kinds::is_report(kind), intent.kind() == IntentKind::Report, "{}", kind.word);
    }
}

/// Every command and every option stands in docs/commands.md.
#[test]
fn every_command_and_option_is_documented() {
    let text = document("commands.md");
    for command in Cli::command().get_subcommands() {
        let heading = format!("## showclear {}", command.get_name());
        let of_command = text.split(&heading).nth(1).unwrap_or_else(|| panic!("{heading} is missing"));
        let of_command = of_command.split("\n## ").next().unwrap();
        for argument in command.get_arguments().filter(|it| it.get_id() != "help") {
            let name = argument
                .get_long()
                .map_or_else(|| argument.get_value_names().unwrap()[0].to_string(), |long| format!("--{long}"));
            assert!(of_command.contains(&format!("`{name}")), "{heading}: `{name}` is missing");
        }
    }
    for number in 0..=4 {
        assert!(text.contains(&format!("| {number} |")), "exit code {number} is missing");
    }
}

/// Whatever page a rule or a scenario names stands in docs/sources.md.
#[test]
fn every_source_is_listed() {
    let listed = document("sources.md");
    let scenarios = std::fs::read_dir(repository().join("scenarios")).unwrap();
    let scenarios = scenarios.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap());
    let sources = scenarios
        .flat_map(|text| text.lines().filter(|it| it.starts_with("source =")).map(str::to_owned).collect::<Vec<_>>());
    let rules = kernel::Rule::ALL.iter().map(|rule| rule.source().to_owned());
    let clauses = kernel::clauses().map(|clause| clause.source.to_owned());
    for source in sources.chain(rules).chain(clauses) {
        let words = source.split(|letter: char| !letter.is_ascii_alphanumeric());
        let is_page = |word: &&str| word.starts_with('S') && word[1..].starts_with(|it: char| it.is_ascii_digit());
        for page in words.filter(is_page) {
            assert!(listed.contains(&format!("\n| {page} | ")), "{page} of \"{source}\" is not listed");
        }
    }
}
