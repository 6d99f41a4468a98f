//! What came of a scenario, as text for people and as JSON for programs.

use kernel::{Code, Proven, Rule};
use record::wire;
use record::words::{Word, sentences};
use record::{Context, Intent, Millis};
use serde_json::{Map, Value, json};

use super::Outcome;
use super::columns;
use super::file::{Scenario, Step};
use super::kinds;
use super::names::{Names, clock, phone_of};
use super::play::{Answer, Run, in_words};
use super::table::{Break, Change, breaks_at, differences};

/// The whole play, step by step.
#[must_use]
pub fn text(scenario: &Scenario, outcome: &Outcome, without: &[Rule]) -> String {
    let mut text = format!("{}\nSource: {}\n{}\n", scenario.title, scenario.source, rules_line(without));
    for (place, step) in scenario.steps.iter().enumerate() {
        if let Some(answer) = outcome.run.answer(place) {
            text.push_str(&step_text(scenario, &outcome.run, place, step, answer));
        }
    }
    text.push_str(&breaks_text(scenario, &outcome.run));
    for (variant, run) in scenario.variants.iter().zip(&outcome.variants) {
        let title = step_title(scenario, variant.left_out);
        text.push_str(&format!("\nWith {title} left out:\n"));
        text.push_str(&left_out_text(&differences(&outcome.run, run, &scenario.names), scenario));
    }
    text.push_str(&verdict_text(outcome));
    text
}

fn rules_line(without: &[Rule]) -> String {
    if without.is_empty() {
        return "Rules: all of them.".to_owned();
    }
    let listed: Vec<String> = without.iter().map(|rule| format!("{} ({})", rule.as_str(), rule.sentence())).collect();
    format!("Rules: a study without {}", listed.join("; "))
}

/// A step in one line: its number, and its name or what it is.
fn step_title(scenario: &Scenario, place: usize) -> String {
    let number = place.saturating_add(1);
    scenario.steps.get(place).map_or_else(String::new, |step| {
        let (kind, item, _) = wire::write_intent(&step.intent);
        let who = who(step, &scenario.names);
        match (&step.name, item) {
            (Some(name), _) => format!("step {number}, \"{name}\" ({who}, {})", kind.replace('_', " ")),
            (None, Some(item)) => {
                format!("step {number} ({who}, {} {})", kind.replace('_', " "), scenario.names.of(item))
            }
            (None, None) => format!("step {number} ({who}, {})", kind.replace('_', " ")),
        }
    })
}

fn who(step: &Step, names: &Names) -> String {
    step.context.by.map_or_else(|| "somebody without log-in".to_owned(), |by| names.of(by))
}

/// Who asks or reports what: "the armorer: offer gun 1 (to: the lead performer)".
fn act(step: &Step, names: &Names) -> String {
    let (kind, item, body) = wire::write_intent(&step.intent);
    let who = who(step, names);
    let item = item.map_or_else(String::new, |item| format!(" {}", names.of(item)));
    let fields: Vec<String> = body
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| format!("{}: {}", name.replace('_', " "), value_text(name, value, names)))
        .collect();
    let fields = if fields.is_empty() { String::new() } else { format!(" ({})", fields.join(", ")) };
    format!("{who}: {}{item}{fields}", kind.replace('_', " "))
}

fn value_text(name: &str, value: &Value, names: &Names) -> String {
    let words = |value: &Value| value.as_str().map_or_else(|| value.to_string(), |word| word.replace('_', " "));
    match (name, value) {
        ("readings", Value::Array(readings)) => readings_text(readings),
        ("rods", Value::Array(rods)) => rods_text(rods),
        ("packs" | "choices", Value::Array(items)) if items.is_empty() => "none".to_owned(),
        ("packs" | "choices", Value::Array(items)) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        (_, Value::Array(items)) => items.iter().map(words).collect::<Vec<_>>().join(" "),
        ("tally" | "saw", Value::Object(tally)) => tally_text(tally),
        ("feed", Value::Object(feed)) => feed_text(feed),
        ("from" | "until", Value::Number(at)) => clock(Millis(at.as_i64().unwrap_or_default())),
        (_, Value::String(word)) => {
            let named = word.parse().ok().and_then(|id| names.known(id));
            named.map_or_else(|| words(value), str::to_owned)
        }
        (_, value) => words(value),
    }
}

/// "50 dummy, 2 spent"; "nothing" where nothing was counted.
fn tally_text(tally: &Map<String, Value>) -> String {
    let counted = tally.iter().filter(|(_, number)| number.as_u64() != Some(0));
    let said: Vec<String> = counted.map(|(name, number)| format!("{number} {}", name.replace('_', " "))).collect();
    if said.is_empty() { "nothing".to_owned() } else { said.join(", ") }
}

/// "3 dummy, removed seen"; what was seen in what feeds a gun.
fn feed_text(feed: &Map<String, Value>) -> String {
    let saw = feed.get("saw").and_then(Value::as_object).map_or_else(String::new, tally_text);
    let method = feed.get("method").and_then(Value::as_str).unwrap_or_default().replace('_', " ");
    format!("{saw}, {method}")
}

/// "chambers 1 2 3 4 dummy, removed seen shaken; chambers 5 6 dummy, seen at head".
fn readings_text(readings: &[Value]) -> String {
    let mut groups: Vec<(String, String)> = Vec::new();
    for reading in readings {
        let word = |name: &str| reading.get(name).and_then(Value::as_str).unwrap_or_default().replace('_', " ");
        let chamber = reading.get("chamber").map(Value::to_string).unwrap_or_default();
        let saw = format!("{}, {}", word("saw"), word("method"));
        match groups.last_mut() {
            Some((chambers, last)) if *last == saw => chambers.push_str(&format!(" {chamber}")),
            Some(_) | None => groups.push((chamber, saw)),
        }
    }
    groups.iter().map(|(chambers, saw)| format!("chambers {chambers} {saw}")).collect::<Vec<_>>().join("; ")
}

/// "barrel 1 above mark, primed; barrel 2 at mark".
fn rods_text(rods: &[Value]) -> String {
    let of = |read: &Value| {
        let barrel = read.get("barrel").map(Value::to_string).unwrap_or_default();
        let rod = read.get("rod").and_then(Value::as_str).unwrap_or_default().replace('_', " ");
        let primed = read.get("primed").and_then(Value::as_bool) == Some(true);
        format!("barrel {barrel} {rod}{}", if primed { ", primed" } else { "" })
    };
    rods.iter().map(of).collect::<Vec<_>>().join("; ")
}

fn step_text(scenario: &Scenario, run: &Run, place: usize, step: &Step, answer: &Answer) -> String {
    let names = &scenario.names;
    let note = step.note.as_ref().map_or_else(String::new, |note| format!("  [{note}]"));
    let decisive = if step.decisive { "  decisive" } else { "" };
    let number = place.saturating_add(1);
    let mut text = format!("\n{number:>2}  {}  {}{note}{decisive}\n", clock(step.context.decided_at), act(step, names));
    let mut line = |said: &str| text.push_str(&format!("              {said}\n"));
    for said in unusual(step, names) {
        line(&said);
    }
    if let Some(says) = &step.says {
        line(says);
    }
    line(match (answer.verdict.accepted, is_report(&step.intent)) {
        (true, true) => "RECORDED",
        (true, false) => "ACCEPTED",
        (false, _) => "REFUSED",
    });
    for reason in &answer.verdict.reasons {
        let said = sentences(reason, names);
        let rule = reason.code.rule();
        line(&format!("  {}: {}", reason.code.as_str(), said.sentence));
        line(&format!("    What to do: {}", said.remedy));
        line(&format!("    By {}, {}: {}", rule.as_str(), rule.strength().as_str(), rule.source()));
    }
    for (gun, said) in &answer.cards {
        if run.cards_before(place).get(gun) != Some(said) {
            line(&format!("{} is {}, {}", names.of(*gun), said.text, said.custody));
        }
    }
    for (lot, said) in &answer.lots {
        if run.lots_before(place).get(lot) != Some(said) {
            line(&format!("{}: {said}", names.of(*lot)));
        }
    }
    let kept = run.exhibits_before(place);
    for (exhibit, said) in answer.exhibits.iter().filter(|(exhibit, said)| kept.get(exhibit) != Some(said)) {
        line(&format!("{said} ({})", names.of(*exhibit)));
    }
    for (exhibit, said) in kept.iter().filter(|(exhibit, _)| !answer.exhibits.contains_key(exhibit)) {
        line(&format!("No exhibit any more: {} ({said})", names.of(*exhibit)));
    }
    for cause in &answer.stops.pulled {
        line(&format!("EVERYTHING IS HELD: {}", in_words(*cause)));
    }
    for cause in &answer.stops.lifted {
        line(&format!("Not held any more: {}", in_words(*cause)));
    }
    for wrong in answer.unmet(&step.expected, names) {
        line(&format!("NOT AS EXPECTED: {wrong}"));
    }
    text
}

/// What is not as it mostly is: on one's own phone, proven, and entered at once.
fn unusual(step: &Step, names: &Names) -> Vec<String> {
    let Context { by, device, proven, decided_at, claimed_at, .. } = step.context;
    let own = by.map(|by| phone_of(&names.of(by)));
    let device = device.map(|device| names.of(device));
    let not_proven = proven == Proven::Nobody && !matches!(step.intent, Intent::Stop { .. });
    let said = [
        step.clock_jumped.then(|| "Before it the record's clock jumped.".to_owned()),
        device.filter(|device| own.as_ref() != Some(device)).map(|device| format!("On {device}.")),
        not_proven.then(|| "Nobody was proven to stand behind it.".to_owned()),
        (claimed_at != decided_at).then(|| format!("By the device's clock it was {}.", clock(claimed_at))),
    ];
    said.into_iter().flatten().collect()
}

const fn is_report(intent: &Intent) -> bool {
    matches!(intent.kind(), kernel::IntentKind::Report)
}

fn breaks_text(scenario: &Scenario, run: &Run) -> String {
    let breaks = breaks(scenario, run);
    if breaks.is_empty() {
        return "\nThe chain does not break: nothing was refused, nothing is held by a step, and none names a \
                breach or voids a showing before its time.\n"
            .to_owned();
    }
    let mut text = "\nWhere the chain breaks:\n".to_owned();
    for it in breaks {
        text.push_str(&format!("  {}\n    {}\n", step_title(scenario, it.step), it.text()));
    }
    text
}

fn breaks(scenario: &Scenario, run: &Run) -> Vec<Break> {
    (0..scenario.steps.len()).filter_map(|place| breaks_at(scenario, run, place)).collect()
}

fn left_out_text(changes: &[Change], scenario: &Scenario) -> String {
    let mut text = String::new();
    for (title, silent) in [("Then in the way:", false), ("Passes in silence:", true)] {
        text.push_str(&format!("  {title}\n"));
        let of_kind = changes.iter().filter(|change| change.how.is_silent() == silent);
        let (as_before, changed): (Vec<&Change>, Vec<&Change>) = of_kind.partition(|change| change.how.is_as_before());
        for change in &changed {
            text.push_str(&format!("    {}: {}\n", step_title(scenario, change.step), change.how.text()));
        }
        if !as_before.is_empty() {
            let steps: Vec<String> = as_before.iter().map(|it| it.step.saturating_add(1).to_string()).collect();
            text.push_str(&format!("    refused as before: step {}\n", steps.join(", ")));
        }
        if changed.is_empty() && as_before.is_empty() {
            text.push_str("    nothing\n");
        }
    }
    text
}

fn verdict_text(outcome: &Outcome) -> String {
    if outcome.unmet().is_empty() {
        return "\nAll is as the scenario expects.\n".to_owned();
    }
    let mut text = "\nNot as the scenario expects:\n".to_owned();
    for wrong in outcome.unmet() {
        text.push_str(&format!("  {wrong}\n"));
    }
    text
}

/// The whole play as JSON.
#[must_use]
pub fn json(scenario: &Scenario, outcome: &Outcome, without: &[Rule], with_table: bool) -> Value {
    let steps =
        scenario.steps.iter().enumerate().filter_map(|(place, step)| {
            outcome.run.answer(place).map(|answer| step_json(scenario, place, step, answer))
        });
    let breaks = breaks(scenario, &outcome.run);
    let variants = scenario.variants.iter().zip(&outcome.variants).map(|(variant, run)| {
        let changes = differences(&outcome.run, run, &scenario.names);
        json!({
            "left_out": variant.left_out.saturating_add(1),
            "line": variant.line,
            "then": variant.then.iter().filter_map(|(place, expected)| run.answer(*place).map(|answer| json!({
                "step": place.saturating_add(1),
                "accepted": answer.verdict.accepted,
                "reasons": codes_json(&answer.codes()),
                "unmet": answer.unmet(expected, &scenario.names),
            }))).collect::<Vec<_>>(),
            "still_in_the_way": changes_json(&changes, false),
            "passes_in_silence": changes_json(&changes, true),
        })
    });
    let mut value = json!({
        "title": scenario.title,
        "source": scenario.source,
        "without": without.iter().map(|rule| rule.as_str()).collect::<Vec<_>>(),
        "as_expected": outcome.unmet().is_empty(),
        "unmet": outcome.unmet(),
        "steps": steps.collect::<Vec<_>>(),
        "breaks": breaks.iter().map(break_json).collect::<Vec<_>>(),
        "left_out": variants.collect::<Vec<_>>(),
    });
    if let (true, Some(object)) = (with_table, value.as_object_mut()) {
        object.insert("table".to_owned(), columns::json(scenario));
    }
    value
}

/// Where the chain breaks, as JSON.
#[must_use]
pub fn break_json(it: &Break) -> Value {
    let held: Vec<&str> = it.held.iter().map(|cause| cause.word()).collect();
    json!({"step": it.step.saturating_add(1), "codes": codes_json(&it.codes), "held": held})
}

fn step_json(scenario: &Scenario, place: usize, step: &Step, answer: &Answer) -> Value {
    let names = &scenario.names;
    let (kind, item, _) = wire::write_intent(&step.intent);
    let reasons = answer.verdict.reasons.iter().map(|reason| {
        let (said, rule) = (sentences(reason, names), reason.code.rule());
        json!({
            "code": reason.code.as_str(),
            "sentence": said.sentence,
            "remedy": said.remedy,
            "rule": rule.as_str(),
            "strength": rule.strength().as_str(),
            "source": rule.source(),
            "place": rule.place(),
            "verified": rule.verified().as_str(),
        })
    });
    let guns = answer.cards.iter().map(|(gun, said)| {
        json!({
            "gun": names.of(*gun), "says": said.text, "word": said.word,
            "doubts": codes_json(&said.doubts), "custody": said.custody,
        })
    });
    json!({
        "step": place.saturating_add(1),
        "line": step.line,
        "name": step.name,
        "at": clock(step.context.decided_at),
        "by": step.context.by.map(|by| names.of(by)),
        "device": step.context.device.map(|device| names.of(device)),
        "claimed_at": clock(step.context.claimed_at),
        "do": kind,
        "report": kinds::find(kind).is_some_and(kinds::is_report),
        "item": item.map(|item| names.of(item)),
        "says": step.says,
        "note": step.note,
        "decisive": step.decisive,
        "clock_jumped": step.clock_jumped,
        "accepted": answer.verdict.accepted,
        "reasons": reasons.collect::<Vec<_>>(),
        "guns": guns.collect::<Vec<_>>(),
        "lots": answer.lots.iter().map(|(lot, said)| json!({"lot": names.of(*lot), "says": said})).collect::<Vec<_>>(),
        "exhibits": answer.exhibits.iter().map(|(id, said)| json!({"exhibit": names.of(*id), "says": said})).collect::<Vec<_>>(),
        "stops": {
            "pulled": answer.stops.pulled.iter().map(|cause| cause.word()).collect::<Vec<_>>(),
            "lifted": answer.stops.lifted.iter().map(|cause| cause.word()).collect::<Vec<_>>(),
        },
        "unmet": answer.unmet(&step.expected, names),
    })
}

fn codes_json(codes: &[Code]) -> Vec<&'static str> {
    codes.iter().map(|code| code.as_str()).collect()
}

fn changes_json(changes: &[Change], silent: bool) -> Vec<Value> {
    changes.iter().filter(|change| change.how.is_silent() == silent).map(change_json).collect()
}

fn change_json(change: &Change) -> Value {
    json!({"step": change.step.saturating_add(1), "how": change.how.text()})
}
