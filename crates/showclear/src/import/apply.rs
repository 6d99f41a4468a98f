//! Sending what a list comes to. Everything is judged on a copy of the state first: one refusal, and nothing is sent.

use std::collections::BTreeMap;

use kernel::{Proven, decide, evolve};
use proof::commit::commit;
use proof::tree::Hash;
use record::device::SimulatedDevice;
use record::intent::Seen;
use record::words::{Facts, sentences};
use record::{Context, Id, Millis, Reason};
use service::{Service, Session, Standing, random_bytes};

use super::desk::{fresh_id, not_taken};
use super::headers::RowFault;
use super::known::Known;
use super::plan::Step;
use crate::failure::{Exit, Failure};

/// Who signs, and when.
#[derive(Clone, Copy, Debug)]
pub struct Signer {
    /// The person.
    pub person: Id,
    /// His desk device.
    pub device: Id,
    /// Now, in Unix milliseconds.
    pub now_ms: i64,
}

/// Judges every step on the state that the steps before it would make. Gives the rows that would be refused, and
/// why.
///
/// # Errors
/// Where no id can be made.
pub fn judge(steps: &[Step], known: &Known, signer: Signer) -> Result<Vec<RowFault>, Failure> {
    let mut state = known.state.clone();
    let mut refused: Vec<RowFault> = Vec::new();
    for step in steps {
        let now = Millis(signer.now_ms);
        let context = Context {
            act: fresh_id(signer.now_ms)?,
            by: Some(signer.person),
            device: Some(signer.device),
            proven: Proven::OwnDevicePin,
            decided_at: now,
            claimed_at: now,
        };
        let verdict = decide(&known.rules, &state, &step.intent, &context);
        if verdict.accepted {
            verdict.events.iter().for_each(|event| evolve(&mut state, event));
            continue;
        }
        for reason in &verdict.reasons {
            let fault = RowFault { row: step.row, column: None, sentence: in_words(reason, known) };
            // A row that was refused as a whole says so once.
            if !refused.contains(&fault) {
                refused.push(fault);
            }
        }
    }
    Ok(refused)
}

fn in_words(reason: &Reason, known: &Known) -> String {
    let said = sentences(reason, &Told(known));
    format!("{} {} [{}]", said.sentence, said.remedy, reason.code.as_str())
}

struct Told<'a>(&'a Known);

impl Facts for Told<'_> {
    fn person(&self, person: Id) -> String {
        self.0.name(person)
    }

    fn thing(&self, thing: Id) -> String {
        self.0.name(thing)
    }

    fn moment(&self, at: Millis) -> String {
        let moment = jiff::Timestamp::from_millisecond(at.0).map(|it| it.strftime("%Y-%m-%d %H:%M UTC").to_string());
        moment.unwrap_or_else(|_| "an unknown time".to_owned())
    }
}

/// Signs and sends the steps, one after another, and keeps their texts beside the log.
///
/// # Errors
/// Where one is not taken: it says how many were. What was recorded stands; the same list again enters the rest.
pub fn send(service: &Service, device: &mut SimulatedDevice, session: Session, steps: &[Step]) -> Result<(), Failure> {
    for (done, step) in steps.iter().enumerate() {
        send_one(service, device, session, step).map_err(|failure| cut_off(failure, done, steps.len()))?;
    }
    Ok(())
}

fn send_one(service: &Service, device: &mut SimulatedDevice, session: Session, step: &Step) -> Result<(), Failure> {
    let person = session.person.ok_or_else(|| not_signed("nobody is logged in"))?;
    let view = service.view();
    let seen = Seen { size: view.size, root: view.root };
    let now_ms = service.now_ms();
    let mut said = device.says(fresh_id(now_ms)?, person, Millis(now_ms), step.intent, seen);
    let mut salted = Vec::new();
    for (path, text) in &step.texts {
        let salt: [u8; 16] = random_bytes().map_err(|error| not_signed(&error.to_string()))?;
        salted.push((*path, salt, text));
    }
    let digest = |(path, salt, text): &(&str, [u8; 16], &String)| ((*path).to_owned(), Hash(commit(salt, path, text)));
    said.digests = salted.iter().map(digest).collect::<BTreeMap<_, _>>();
    let note = device.sign(&said).map_err(|error| not_signed(&error.to_string()))?;
    let answer =
        service.submit_blocking(note.clone(), Standing::Session(session)).map_err(|error| not_taken(&error))?;
    device.recorded(&note);
    if !answer.accepted {
        let codes: Vec<&str> = answer.reasons.iter().map(|reason| reason.code.as_str()).collect();
        return Err(not_signed(&format!("row {} was refused: {}", step.row, codes.join(", "))));
    }
    for (path, salt, text) in salted {
        let kept = service.disclose(answer.intent, path, salt, text);
        kept.map_err(|error| not_signed(&format!("the name of row {} was not kept: {error}", step.row)))?;
    }
    Ok(())
}

fn not_signed(why: &str) -> Failure {
    Failure::new(Exit::NotReadOrWritten, "import/cut-off", why, "", "Import the same list again: it enters the rest.")
}

fn cut_off(failure: Failure, done: usize, of: usize) -> Failure {
    let means = format!("{done} of {of} entries of this list were recorded and stand. Nothing of the others was.");
    Failure { means, ..failure }
}
