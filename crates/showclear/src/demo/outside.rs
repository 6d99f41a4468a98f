//! The demonstration's witness: the insurer's laptop, in a folder of its own.

use std::path::Path;
use std::sync::Arc;

use service::Clock;
use service::Service;
use service::witness::{Signs, Witness, WitnessFault};

use crate::demo::set::broken;
use crate::failure::Failure;

/// The name in the production's policy.
const NAME: &str = "insurer";

/// Makes the witness, and a policy for the production that is founded in this folder then.
///
/// # Errors
/// Where the folder cannot be used.
pub(super) fn named(folder: &Path, clock: Arc<dyn Clock>) -> Result<Witness, Failure> {
    std::fs::create_dir_all(folder).map_err(broken)?;
    let own = folder.join(NAME);
    let made = Witness::make(&own, "insurer.demo.invalid", Signs::Ed25519, Arc::clone(&clock));
    let witness = match made {
        // The production itself says best what lies in the way.
        Err(WitnessFault::AlreadyMade { .. }) => Witness::open(&own, clock),
        made => made,
    };
    let witness = witness.map_err(broken)?;
    let policy = folder.join("policy.txt");
    if !policy.exists() {
        std::fs::write(&policy, format!("witness {NAME} {}\nquorum {NAME}\n", witness.key())).map_err(broken)?;
    }
    Ok(witness)
}

/// The insurer's laptop looks at the newest head and countersigns it.
///
/// # Errors
/// Where it does not.
pub(super) fn countersigned(service: &Service, witness: &Witness) -> Result<(), Failure> {
    witness.watch(service.log_key()).map_err(broken)?;
    service.begin_round();
    let request = service.witness_request(NAME).map_err(broken)?;
    let answer = witness.answer(&request).map_err(broken)?;
    service.take_cosignatures(&answer).map_err(broken)?;
    Ok(())
}
