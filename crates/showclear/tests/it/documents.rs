//! The documents say what the program does.

use clap::CommandFactory;
use kernel::IntentKind;
use record::wire::{KINDS, read_intent};
use serde_json::{Map, Value, json};
use showclear::cli::Cli;
use showclear::replay::file::Scenario;
use showclear::replay::kinds;
use showclear::replay::names::Space;

use super::repository;

fn document(name: &str) -> String {
    std::fs::read_to_string(repository().join("docs").join(name)).unwrap()
}

fn between(text: &str, name: &str) -> String {
    let after = text.split(&format!("<!-- {name} -->\n")).nth(1).unwrap_or_else(|| panic!("no <!-- {name} -->"));
    after.split(&format!("<!-- /{name} -->")).next().unwrap().trim().to_owned()
}

/// Where this fails, the table that is expected is printed.
#[test]
fn the_tables_of_the_scenario_document_are_those_of_the_program() {
    let text = document("scenarios.md");
    assert_eq!(between(&text, "kinds"), kinds::table().trim(), "\n{}", kinds::table());
    assert_eq!(between(&text, "codes"), kinds::codes().trim(), "\n{}", kinds::codes());
}

/// The example in the document is a scenario, and as it expects.
#[test]
fn the_example_of_the_scenario_document_can_be_played() {
    let text = document("scenarios.md");
    let example = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let scenario = Scenario::parse(example).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let outcome = showclear::replay::Outcome::of(&scenario, &scenario.whole_rules());
    assert_eq!(outcome.unmet(), [""; 0]);
    assert!(scenario.steps.iter().any(|step| step.decisive));
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
            assert_eq!(Space::of_field(name).is_some(), plain || optional, "{}: {name}", kind.word);
        }
    }
}

/// The document's word for asks and reports is the kernel's.
#[test]
fn asks_and_reports_are_what_the_kernel_takes_them_for() {
    let id = "00000000-0000-7000-8000-000000000000";
    for kind in KINDS {
        let value = |name: &str, schema: Value| match (name, schema.get("enum"), schema["type"].as_str()) {
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
