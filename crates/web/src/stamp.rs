//! Asking time-stamping authorities over plain http (RFC 3161 section 3.4): the answer is signed, and secret is nothing of it.
//!
//! After each wrap the authorities that were named are asked about the head over it, and again, with longer and longer pauses,
//! until there is a stamp or a newer wrap.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use proof::stamp::MAX_STAMP_BYTES;
use service::{MAX_AUTHORITY_BYTES, Service, StampFault, StampRequest, authority_host};
use tokio::sync::{oneshot, watch};

/// How long an authority may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The most authorities that are asked after each wrap.
pub const MAX_AUTHORITIES: usize = 4;

/// Whether an authority can be asked at this address: plain http, and nothing secret in the part that is shown to people.
#[must_use]
pub fn is_authority(url: &str) -> bool {
    let host = authority_host(url);
    let shown = !host.is_empty() && !host.contains('@');
    url.starts_with("http://")
        && shown
        && url.len() <= MAX_AUTHORITY_BYTES
        && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Sends the request and gives what came back, at most `most` bytes and one.
///
/// # Errors
/// [`StampFault::NotAnswered`], with what the network or the authority said.
pub fn ask(url: &str, request: &[u8], most: u64, patience: Duration) -> Result<Vec<u8>, StampFault> {
    let no_answer = |detail: String| StampFault::NotAnswered { detail };
    if !url.starts_with("http://") {
        let why = "an address that begins with http:// is needed here; for https, send the file with curl";
        return Err(no_answer(why.to_owned()));
    }
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(patience)).http_status_as_error(false).build().into();
    let asked = agent.post(url).content_type("application/timestamp-query").send(request);
    let mut answer = asked.map_err(|error| no_answer(error.to_string()))?;
    if answer.status().as_u16() != 200 {
        return Err(no_answer(format!("it answered with status {}", answer.status().as_u16())));
    }
    let mut bytes = Vec::new();
    let read = answer.body_mut().as_reader().take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| no_answer(error.to_string()))?;
    Ok(bytes)
}

/// The authorities that are asked after each wrap.
#[derive(Clone, Debug, Default)]
pub struct Authorities {
    /// Their addresses.
    pub urls: Vec<String>,
    /// Certificates of theirs (PEM), which go along with the stamps: each that signs must lead to one of them.
    pub chain: Option<Vec<u8>>,
    /// How long is waited for what.
    pub pauses: Pauses,
}

/// The pauses between requests to one authority, and how long an answer is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Pauses {
    /// From the start of the server to the first request: a server that is started again and again asks nobody.
    pub at_start: Duration,
    /// After the first request without a stamp; it doubles with each that follows.
    pub first: Duration,
    /// The longest of these pauses.
    pub longest: Duration,
    /// For an answer.
    pub patience: Duration,
}

impl Default for Pauses {
    fn default() -> Pauses {
        Pauses {
            at_start: Duration::from_secs(5),
            first: Duration::from_mins(1),
            longest: Duration::from_hours(1),
            patience: PATIENCE,
        }
    }
}

impl Pauses {
    /// The pause after so many requests without a stamp.
    fn after(self, failed: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(failed.saturating_sub(1));
        self.first.saturating_mul(doubled).min(self.longest)
    }
}

/// Asks them after each wrap until the sender of `ended` says so or is gone.
pub async fn hold(service: Service, authorities: Authorities, ended: watch::Receiver<bool>) {
    service.name_stamp_authorities(&authorities.urls);
    let authorities = Arc::new(authorities);
    let mut all = tokio::task::JoinSet::new();
    for url in authorities.urls.clone() {
        let desk = Desk { service: service.clone(), authorities: Arc::clone(&authorities), url };
        let mut ended = ended.clone();
        all.spawn(async move {
            tokio::select! {
                () = desk.keep_asking() => {}
                _ = ended.wait_for(|ended| *ended) => {}
            }
        });
    }
    while all.join_next().await.is_some() {}
}

/// Where one authority is asked.
struct Desk {
    service: Service,
    authorities: Arc<Authorities>,
    url: String,
}

impl Desk {
    /// Ends only with the service.
    async fn keep_asking(&self) {
        let pauses = self.authorities.pauses;
        tokio::time::sleep(pauses.at_start).await;
        let mut heads = self.service.subscribe();
        let (mut asked_about, mut failed) = (None, 0_u32);
        loop {
            heads.mark_unchanged();
            let wanted = self.service.wrap_not_stamped_by(&self.url);
            let Some(size) = wanted else {
                if heads.changed().await.is_err() {
                    return;
                }
                continue;
            };
            if asked_about != Some(size) {
                (asked_about, failed) = (Some(size), 0);
            }
            if let Err(fault) = self.ask().await {
                self.service.no_wrap_stamp(&self.url, size, &fault);
                failed = failed.saturating_add(1);
                let pause = tokio::time::sleep(pauses.after(failed));
                tokio::select! {
                    () = pause => {}
                    serves = self.newer_wrap(&mut heads, size) => if !serves { return },
                }
            }
        }
    }

    /// Waits until the newest wrap is another one; false where the service ends before.
    async fn newer_wrap(&self, heads: &mut watch::Receiver<u64>, size: u64) -> bool {
        let is_newer = |_: &u64| self.service.view().wrap.as_ref().is_some_and(|wrap| wrap.size != size);
        heads.wait_for(is_newer).await.is_ok()
    }

    async fn ask(&self) -> Result<(), StampFault> {
        let Some(request) = self.service.wrap_stamp_request()? else { return Ok(()) };
        let answer = self.answer(&request).await?;
        let (service, url, authorities) = (self.service.clone(), self.url.clone(), Arc::clone(&self.authorities));
        let take = move || service.take_wrap_stamp(&url, &request, &answer, authorities.chain.as_deref());
        let taken = tokio::task::spawn_blocking(take).await;
        let taken = taken.unwrap_or_else(|_| Err(StampFault::NotAnswered { detail: "it was not read".to_owned() }))?;
        tracing::info!(size = taken.size, "the wrap was stamped");
        Ok(())
    }

    /// On a thread of its own, which nobody waits for where the server ends.
    async fn answer(&self, request: &StampRequest) -> Result<Vec<u8>, StampFault> {
        let (give, given) = oneshot::channel();
        let (url, bytes, patience) = (self.url.clone(), request.bytes.clone(), self.authorities.pauses.patience);
        let most = u64::try_from(MAX_STAMP_BYTES).unwrap_or(u64::MAX);
        let asking = move || {
            let _gone = give.send(ask(&url, &bytes, most, patience));
        };
        let no_answer = |detail: String| StampFault::NotAnswered { detail };
        let thread = std::thread::Builder::new().name("stamp".to_owned()).spawn(asking);
        thread.map_err(|error| no_answer(error.to_string()))?;
        given.await.unwrap_or_else(|_| Err(no_answer("the request was given up".to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::Pauses;

    #[test]
    fn the_pauses_double_up_to_an_hour_and_stay_there() {
        let minutes = |failed: u32| Pauses::default().after(failed).as_secs() / 60;
        assert_eq!([1, 2, 3, 6, 7, 8].map(minutes), [1, 2, 4, 32, 60, 60]);
        assert_eq!([40, u32::MAX].map(minutes), [60, 60], "no number of failures is too many");
    }
}
