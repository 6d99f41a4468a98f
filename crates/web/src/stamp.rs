//! Asking a time-stamping authority over plain http (RFC 3161 section 3.4): the answer is signed, and secret is nothing of it.

use std::io::Read;
use std::time::Duration;

/// How long an authority may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends the request and gives what came back, at most `most` bytes and one.
///
/// # Errors
/// What the network or the authority said.
pub fn ask(url: &str, request: &[u8], most: u64) -> Result<Vec<u8>, String> {
    if !url.starts_with("http://") {
        return Err("an address that begins with http:// is needed here; for https, send the file with curl".to_owned());
    }
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build().into();
    let asked = agent.post(url).content_type("application/timestamp-query").send(request);
    let mut answer = asked.map_err(|error| error.to_string())?;
    if answer.status().as_u16() != 200 {
        return Err(format!("it answered with status {}", answer.status().as_u16()));
    }
    let mut bytes = Vec::new();
    let read = answer.body_mut().as_reader().take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    Ok(bytes)
}
