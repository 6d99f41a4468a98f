//! Rounds: the record is offered to the witnesses whom the policy gives an address, over the set's own network.
//!
//! At call, at lunch and at wrap, and every quarter of an hour while a gun is out. Plain http: what goes over the wire is
//! signed on both sides and secret on neither.

use std::io::Read;
use std::time::Duration;

use kernel::Custody;
use service::{MAX_ANSWER_BYTES, SeenHead, Service, View};
use tokio::sync::watch;

/// How long a witness may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long after a round the next one is due while a gun is out, in milliseconds.
const EVERY_MS: i64 = 900_000;

/// How often it is looked whether a round is due.
const LOOK: Duration = Duration::from_secs(15);

/// Holds rounds until the sender of `ended` says so or is gone.
pub async fn hold(service: Service, mut ended: watch::Receiver<bool>) {
    let mut rounds = Rounds { looked_at: service.view().size, last_ms: None };
    let asks = service.witnessed().witnesses.iter().any(|witness| witness.url.is_some());
    if !asks {
        return;
    }
    loop {
        if rounds.due(&service) {
            let asking = service.clone();
            let _ended = tokio::task::spawn_blocking(move || round(&asking)).await;
        }
        tokio::select! {
            changed = ended.changed() => if changed.is_err() || *ended.borrow() { return },
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// When the last round was, and what of the record was looked at since.
struct Rounds {
    looked_at: u64,
    last_ms: Option<i64>,
}

impl Rounds {
    fn due(&mut self, service: &Service) -> bool {
        let (view, now_ms) = (service.view(), service.now_ms());
        let called_for = view.calls_for_a_round(self.looked_at);
        self.looked_at = view.size;
        let rested = self.last_ms.is_none_or(|last| now_ms.saturating_sub(last) >= EVERY_MS);
        let due = called_for || self.last_ms.is_none() || (rested && a_gun_is_out(&view));
        if due {
            self.last_ms = Some(now_ms);
        }
        due
    }
}

fn a_gun_is_out(view: &View) -> bool {
    view.state.guns.values().any(|gun| !matches!(gun.custody, Custody::In { .. }))
}

/// One round with everybody who has an address. Who does not answer is told to whoever runs the server.
pub fn round(service: &Service) {
    service.begin_round();
    for witness in service.witnessed().witnesses {
        let Some(url) = witness.url else { continue };
        match ask(service, &witness.name, &url) {
            Ok(head) => tracing::info!(name = witness.name, size = head.size, "a witness countersigned"),
            Err(why) => tracing::warn!(name = witness.name, %why, "a witness did not countersign"),
        }
    }
}

/// Asks one witness; once more where it says that it saw another size last.
fn ask(service: &Service, name: &str, url: &str) -> Result<SeenHead, String> {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build().into();
    let address = format!("{}/add-checkpoint", url.trim_end_matches('/'));
    let mut again = true;
    loop {
        let request = service.witness_request(name).map_err(|error| error.sentence())?;
        let mut answer = agent.post(&address).send(&request[..]).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_ANSWER_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        answer.body_mut().as_reader().take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        match answer.status().as_u16() {
            200 => return service.take_cosignatures(&bytes).map_err(|error| error.sentence()),
            409 if again => {
                again = false;
                let size = String::from_utf8_lossy(&bytes).trim_end().parse();
                let size = size.map_err(|_| "it answered 409 without a size".to_owned())?;
                service.witness_saw(name, size).map_err(|error| error.sentence())?;
            }
            status => return Err(format!("it answered {status}: {}", String::from_utf8_lossy(&bytes).trim_end())),
        }
    }
}
