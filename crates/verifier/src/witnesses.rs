//! Who outside has countersigned, in words and as JSON: how many, when by their own clocks, and which are none.

use proof::policy::{Seen, Standing};
use record::Millis;
use record::bundle::Witnessed;
use serde_json::{Value, json};

use crate::reach::Reach;
use crate::report::{Said, moment, printable};

/// What nobody outside has seen.
pub(crate) fn beyond_the_witnesses(witnessed: Option<&Witnessed>) -> String {
    let Some(witnessed) = witnessed.filter(|it| it.holds()) else {
        let some = witnessed.is_some_and(|it| !it.standing.seen_by.is_empty());
        let who = if some { "Too few people outside have" } else { "Nobody outside has" };
        return format!(
            "{who} countersigned this log. Whoever has all its keys could have written it anew, save what others hold a \
             receipt or a checkpoint of: compare those with it."
        );
    };
    let whose = match witnessed.by_given_policy {
        true => "the policy that you gave",
        false => "the bundle's own policy, which the production wrote,",
    };
    format!(
        "That the witnesses stand apart from the production, and that their clocks go right: {whose} says who they are. Ask \
         them for their keys. What came after entry {} no witness has seen.",
        witnessed.standing.checkpoint.size.saturating_sub(1)
    )
}

/// How many of the witnesses have countersigned, who, when, and up to where; which are none, and whose clock is wrong.
pub(crate) fn said_of_witnesses(witnessed: &Witnessed, reach: Reach<'_>, now: Option<Millis>) -> Vec<Said> {
    let mut said = vec![who_has_witnessed(witnessed, reach)];
    let own: Vec<String> = witnessed.standing.not_apart.iter().map(|name| printable(name)).collect();
    said.extend((!own.is_empty()).then(|| {
        let sentence = format!(
            "The policy names as a witness {}, with a key of the log itself. Nobody is his own witness: it counts for nothing.",
            own.join(", ")
        );
        Said::of("NO WITNESS", sentence)
    }));
    let wrong = |seen: &Seen| wrong_clock(seen, witnessed.last_covered, now);
    let wrong: Vec<String> =
        witnessed.standing.seen_by.iter().filter_map(wrong).map(|(_, sentence)| sentence).collect();
    said.extend((!wrong.is_empty()).then(|| Said::of("WITNESS CLOCK", wrong.join(" "))));
    said
}

/// When a witness signed, by its own clock.
fn signed_at(seen: &Seen) -> Millis {
    Millis(i64::try_from(seen.seconds).unwrap_or(i64::MAX).saturating_mul(1_000))
}

/// What shows that the clock of a witness, or that of the service, is wrong: in a word, and in a sentence.
fn wrong_clock(seen: &Seen, last: Option<(u64, Millis)>, now: Option<Millis>) -> Option<(&'static str, String)> {
    let (name, at) = (printable(&seen.name), signed_at(seen));
    // It tells whole seconds: within the one it has begun the entry may have been before it.
    let before = last.filter(|(_, decided)| at.0.saturating_add(999) < decided.0);
    if let Some((entry, decided)) = before {
        let sentence = format!(
            "{name} signed at {} by its own clock, and entry {entry}, which it signed for, was decided only at {} by the \
             service's: one of the two clocks is wrong. Do not take the time of {name} for when the record was there.",
            moment(at),
            moment(decided)
        );
        return Some(("before", sentence));
    }
    let now = now.filter(|now| at > *now)?;
    let sentence = format!(
        "{name} signed at {} by its own clock, and here it is only {}: one of the two clocks is wrong. Do not take the time of \
         {name} for when the record was there.",
        moment(at),
        moment(now)
    );
    Some(("ahead", sentence))
}

fn who_has_witnessed(witnessed: &Witnessed, reach: Reach<'_>) -> Said {
    let Standing { checkpoint, seen_by, witnesses, quorum_met, .. } = &witnessed.standing;
    if *witnesses == 0 {
        let which = if witnessed.standing.not_apart.is_empty() { "" } else { " other than the log itself" };
        return Said::of("NOT WITNESSED", format!("0 of 0: no witness{which} is named."));
    }
    let mut text = format!("{} of {witnesses}", seen_by.len());
    for seen in seen_by {
        text.push_str(&format!("; {} at {}", printable(&seen.name), moment(signed_at(seen))));
    }
    if !seen_by.is_empty() {
        let clocks = if seen_by.len() == 1 { "its own clock" } else { "their own clocks" };
        text.push_str(&format!(" by {clocks}, {}", reach.words(checkpoint.size)));
    }
    if !quorum_met {
        text.push_str("; the policy asks for more");
    }
    text.push('.');
    let reaches = witnessed.holds() && reach.within(checkpoint.size) > 0;
    Said::of(if reaches { "WITNESSED" } else { "NOT WITNESSED" }, text)
}

pub(crate) fn witnessed_json(witnessed: &Witnessed, reach: Reach<'_>, now: Option<Millis>) -> Value {
    let Standing { checkpoint, seen_by, witnesses, quorum_met, not_apart, .. } = &witnessed.standing;
    let of = |seen: &Seen| {
        let clock = wrong_clock(seen, witnessed.last_covered, now).map(|(word, _)| word);
        json!({"name": seen.name, "seconds": seen.seconds, "clock_wrong": clock})
    };
    let seen_by: Vec<Value> = seen_by.iter().map(of).collect();
    let mut told = json!({
        "by": seen_by, "of": witnesses, "quorum_met": quorum_met, "entries": checkpoint.size,
        "by_given_policy": witnessed.by_given_policy, "keys_of_the_log": not_apart,
    });
    reach.add_to(&mut told, checkpoint.size);
    told
}

#[cfg(test)]
mod tests {
    use proof::checkpoint::Checkpoint;
    use proof::tree::empty_root;

    use super::*;
    use crate::report::{levels, said_json};

    /// Entry 6, the last of 7, was decided at 10.4 seconds.
    fn witnessed(seconds: &[u64], not_apart: &[&str]) -> Witnessed {
        let seen = |(number, seconds): (usize, &u64)| Seen { name: format!("w{number}"), seconds: *seconds };
        let standing = Standing {
            checkpoint: Checkpoint { origin: "log".to_owned(), size: 7, root: empty_root() },
            seen_by: seconds.iter().enumerate().map(seen).collect(),
            witnesses: seconds.len(),
            not_apart: not_apart.iter().map(|name| (*name).to_owned()).collect(),
            quorum_met: !seconds.is_empty(),
            by_log_ml_dsa_44: false,
        };
        Witnessed { standing, by_given_policy: false, by_log_ml_dsa_44: false, last_covered: Some((6, Millis(10_400))) }
    }

    fn said(witnessed: &Witnessed, now: Option<i64>) -> Vec<(String, String)> {
        let said = said_of_witnesses(witnessed, Reach::of_record(7), now.map(Millis));
        let none: Vec<&str> = levels(&said).into_iter().filter(|level| *level != "WITNESSED").collect();
        assert!(none.is_empty(), "{none:?} is a level of nothing");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        said_json(&said).iter().map(|it| (text(&it["level"]), text(&it["sentence"]))).collect()
    }

    #[test]
    fn the_time_of_a_witness_is_said_to_be_that_of_its_own_clock() {
        let told = said(&witnessed(&[10], &[]), Some(10_000));
        let one = "1 of 1; w0 at 1970-01-01T00:00:10Z by its own clock, entries [0, 7) of 7.";
        assert_eq!(told, [("WITNESSED".to_owned(), one.to_owned())]);
        let two = said(&witnessed(&[10, 12], &[]), None).remove(0).1;
        assert!(two.contains("; w1 at 1970-01-01T00:00:12Z by their own clocks, entries"), "{two}");
    }

    #[test]
    fn a_time_before_what_was_witnessed_and_one_that_is_still_to_come_are_pointed_out() {
        for (seconds, now, word, why) in [
            (
                9,
                None,
                "before",
                "and entry 6, which it signed for, was decided only at 1970-01-01T00:00:10.4Z by the service's",
            ),
            (
                4_102_444_800,
                Some(20_000),
                "ahead",
                "2100-01-01T00:00:00Z by its own clock, and here it is only 1970-01-01T00:00:20Z",
            ),
        ] {
            let of = witnessed(&[11, seconds], &[]);
            let told = said(&of, now);
            assert_eq!(told.len(), 2, "{told:?}");
            assert_eq!(told[1].0, "WITNESS CLOCK");
            assert!(told[1].1.contains(why) && told[1].1.contains("w1") && !told[1].1.contains("w0"), "{}", told[1].1);
            let json = witnessed_json(&of, Reach::of_record(7), now.map(Millis));
            assert_eq!(
                (&json["by"][0]["clock_wrong"], &json["by"][1]["clock_wrong"]),
                (&Value::Null, &Value::from(word))
            );
        }
        assert_eq!(said(&witnessed(&[4_102_444_800], &[]), None).len(), 1, "nobody here knows what time it is");
    }

    #[test]
    fn a_witness_with_a_key_of_the_log_is_named_as_none() {
        let told = said(&witnessed(&[], &["me"]), None);
        assert_eq!(told[0].0, "NOT WITNESSED");
        assert_eq!(told[0].1, "0 of 0: no witness other than the log itself is named.");
        assert_eq!(told[1].0, "NO WITNESS");
        assert!(
            told[1].1.starts_with("The policy names as a witness me, with a key of the log itself."),
            "{}",
            told[1].1
        );
        let json = witnessed_json(&witnessed(&[], &["me"]), Reach::of_record(7), None);
        assert_eq!(json["keys_of_the_log"], json!(["me"]));
    }
}
