//! Live updates: one task renders each changed card once and sends the same bytes to every stream.
//!
//! It wakes when something was recorded, and at the next moment at which a card falls to UNKNOWN
//! by itself.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use record::{Id, Real};
use serde_json::json;
use service::Service;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

use crate::pages::card;
use crate::state::{Moment, Options};
use crate::words::Told;

/// How many updates a slow stream may be behind before it is closed; its browser connects again
/// and gets every card.
const BEHIND: usize = 256;

/// A stream is never silent for longer, so that a browser knows what silence means.
const BEAT: Duration = Duration::from_secs(5);

/// The shortest sleep before a lapse: a clock that stands still must not make the task spin.
const SHORTEST: Duration = Duration::from_millis(20);

/// One event of the stream: its name and its data.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Update {
    /// `head`, `card`, `beside` or `beat`.
    pub event: &'static str,
    /// JSON.
    pub data: String,
}

/// The task, which ends with this value.
#[derive(Debug)]
pub struct Live {
    sender: broadcast::Sender<Arc<Update>>,
    task: JoinHandle<()>,
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Live {
    /// Starts the task. Called within a runtime.
    #[must_use]
    pub fn start(service: Service, options: Arc<Options>) -> Live {
        let (sender, _) = broadcast::channel(BEHIND);
        let task = tokio::spawn(run(service, options, sender.clone()));
        Live { sender, task }
    }

    /// Everything from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Update>> {
        self.sender.subscribe()
    }
}

/// What a card hangs on, and how it is told: a name is disclosed after the entry, and of which unit a gun is stands on every card
/// as soon as there are two. How much time is left runs on by itself.
#[derive(Eq, PartialEq)]
struct Seen {
    card: kernel::Card<Real>,
    told: Told,
}

impl Seen {
    fn of(moment: &Moment, card: kernel::Card<Real>) -> Seen {
        let mut told = moment.names().told(&card);
        told.until.left_ms = None;
        Seen { card, told }
    }
}

async fn run(service: Service, options: Arc<Options>, sender: broadcast::Sender<Arc<Update>>) {
    let mut heads = service.subscribe();
    let mut seen: BTreeMap<Id, Seen> = BTreeMap::new();
    let (mut size, mut rang) = (None, false);
    loop {
        let moment = Moment::of(&service, &options);
        if size != Some(moment.view.size) {
            size = Some(moment.view.size);
            send(&sender, head(&moment));
        } else if rang {
            send(&sender, beside());
        }
        for card in moment.view.cards(moment.now_ms) {
            let now = Seen::of(&moment, card);
            if seen.get(&card.gun) != Some(&now) {
                send(&sender, rendered(&moment, &card));
                seen.insert(card.gun, now);
            }
        }
        let changed = tokio::time::timeout(until_lapse(&moment), heads.changed()).await;
        rang = matches!(changed, Ok(Ok(())));
        match changed {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => send(&sender, beat(&moment)),
        }
    }
}

/// Nobody listening is no failure.
fn send(sender: &broadcast::Sender<Arc<Update>>, update: Update) {
    let _ = sender.send(Arc::new(update));
}

fn until_lapse(moment: &Moment) -> Duration {
    let lefts = moment.view.cards(moment.now_ms).into_iter();
    let lefts = lefts.filter_map(|card| moment.names().told(&card).until.left_ms);
    let soonest = lefts.filter_map(|left| u64::try_from(left).ok()).min();
    soonest.map_or(BEAT, |left| Duration::from_millis(left).clamp(SHORTEST, BEAT))
}

/// The head of the log.
#[must_use]
pub fn head(moment: &Moment) -> Update {
    let data = json!({"size": moment.view.size, "root": moment.view.root.to_string()});
    Update { event: "head", data: data.to_string() }
}

/// A card, rendered.
#[must_use]
pub fn rendered(moment: &Moment, card: &kernel::Card<Real>) -> Update {
    let told = moment.names().told(card);
    let html = card::card(&told).into_string();
    Update { event: "card", data: json!({"id": card::card_id(told.gun), "html": html}).to_string() }
}

/// Something beside the record changed: who countersigned it, who stamped it, a name.
fn beside() -> Update {
    Update { event: "beside", data: "{}".to_owned() }
}

fn beat(moment: &Moment) -> Update {
    Update { event: "beat", data: json!({"now_ms": moment.now_ms}).to_string() }
}

/// What a new stream begins with: the head and every card as it stands.
#[must_use]
pub fn opening(moment: &Moment) -> Vec<Update> {
    let cards = moment.view.cards(moment.now_ms);
    let cards = cards.iter().map(|card| rendered(moment, card));
    std::iter::once(head(moment)).chain(cards).collect()
}
