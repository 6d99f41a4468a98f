//! The desk device of whoever imports: a key of its own, in a file of its own, outside the production's folder.
//! The command signs with it as a browser signs with the key that it holds. The server's own code signs nothing.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use record::device::{SimulatedDevice, public_of};
use record::entry::Entry;
use record::intent::Seen;
use record::{Id, Intent, Millis};
use service::{EntryView, Service, SubmitError, random_bytes};

use super::sheet::NOTHING_ENTERED;
use crate::failure::{Exit, Failure};

/// The most bytes of a file with a PIN or a key.
const MAX_SECRET_BYTES: u64 = 256;

fn usage(code: &str, happened: impl Into<String>, remedy: &str) -> Failure {
    Failure::new(Exit::Usage, format!("import/{code}"), happened, NOTHING_ENTERED, remedy)
}

fn unusable(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    let happened = format!("the key at {} cannot be used: {why}", path.display());
    let remedy = "Name the file that --enrol made, readable for you alone; or enrol a new one with a code.";
    Failure::new(Exit::NotReadOrWritten, "import/key", happened, NOTHING_ENTERED, remedy)
}

fn failed(error: &dyn std::fmt::Display) -> Failure {
    let happened = format!("it could not be signed: {error}");
    Failure::new(Exit::NotReadOrWritten, "import/not-signed", happened, NOTHING_ENTERED, "Try again.")
}

/// What the service said to an intent that it did not take.
pub(super) fn not_taken(error: &SubmitError) -> Failure {
    Failure::new(Exit::NotReadOrWritten, error.code(), error.sentence(), NOTHING_ENTERED, error.remedy())
}

/// The PIN, out of a file, the standard input (`-`), or asked for on the terminal. It never stands on the command line,
/// where others of the machine can read it.
///
/// # Errors
/// Where it cannot be read, or there is no terminal to ask on.
pub fn pin(file: Option<&Path>) -> Result<String, Failure> {
    let told = match file {
        Some(path) if path == Path::new("-") => read_some(std::io::stdin().lock()),
        Some(path) => File::open(path).and_then(read_some),
        None => rpassword::prompt_password("PIN: "),
    };
    let told = told.map_err(|error| {
        usage(
            "pin",
            format!("no PIN can be read: {error}"),
            "Enter it when it is asked for, or name a file: --pin-file FILE.",
        )
    })?;
    Ok(told.trim().to_owned())
}

fn read_some(from: impl Read) -> std::io::Result<String> {
    let mut text = String::new();
    from.take(MAX_SECRET_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

/// The secret of a key file.
///
/// # Errors
/// Where it is not one, or others may read it.
pub fn read_key(path: &Path) -> Result<[u8; 32], Failure> {
    let file = File::open(path).map_err(|error| {
        if error.kind() == ErrorKind::NotFound {
            let happened = format!("there is no key at {}", path.display());
            let remedy = "Ask a keeper of the register for a one-time code, and enrol this desk: --enrol CODE.";
            Failure::new(Exit::NotReadOrWritten, "import/key-missing", happened, NOTHING_ENTERED, remedy)
        } else {
            unusable(path, &error)
        }
    })?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let mode = file.metadata().map_err(|error| unusable(path, &error))?.mode();
        if mode & 0o077 != 0 {
            return Err(unusable(path, &"others may read it; chmod 600 takes that away"));
        }
    }
    let text = read_some(file).map_err(|error| unusable(path, &error))?;
    let bytes = BASE64.decode(text.trim_end()).map_err(|_| unusable(path, &"it holds no key"))?;
    bytes.try_into().map_err(|_| unusable(path, &"it holds no key"))
}

/// A key within the production's folder would go wherever the record is copied to.
///
/// # Errors
/// Where the file lies in the folder.
pub fn outside(key: &Path, folder: &Path) -> Result<(), Failure> {
    let parent = match key.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    };
    let (Ok(parent), Ok(folder)) = (parent.canonicalize(), folder.canonicalize()) else { return Ok(()) };
    if parent.starts_with(&folder) {
        let remedy = "Keep it where you alone can read it, such as in your own configuration folder.";
        return Err(usage("key-place", "the key lies in the production's folder, and would be copied with it", remedy));
    }
    Ok(())
}

/// Writes a fresh key into a new file that its owner alone can read.
fn write_key(path: &Path, secret: &[u8; 32]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(format!("{}\n", BASE64.encode(secret)).as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            let happened = format!("the file {} is there already, and is not overwritten", path.display());
            usage("key-there", happened, "Import with it, without --enrol; or name another file: --key FILE.")
        } else {
            unusable(path, &error)
        }
    })
}

/// An id made of the service's time and randomness.
///
/// # Errors
/// Where the machine gives no randomness.
pub fn fresh_id(now_ms: i64) -> Result<Id, Failure> {
    let random = random_bytes().map_err(|error| failed(&error))?;
    Ok(Id::at(u64::try_from(now_ms).unwrap_or(0), random))
}

/// The device with a secret of this production, at its place in its own chain.
///
/// # Errors
/// Where no device can be made of it.
pub fn device(service: &Service, secret: [u8; 32]) -> Result<SimulatedDevice, Failure> {
    let view = service.view();
    let mut device = SimulatedDevice::new(&view.origin, secret).map_err(|error| failed(&error))?;
    for index in 0..view.size {
        let Some(EntryView::Open { bytes }) = view.entry(index) else { continue };
        let Ok(entry) = Entry::decode(&bytes, &view.origin) else { continue };
        let Some(intent) = entry.intent() else { continue };
        let own = record::device::key_name(view.origin.production(), device.id());
        if intent.key_name == own {
            device.recorded(&intent.note);
        }
    }
    Ok(device)
}

/// Makes a key and enrols it with a one-time code; gives its secret.
///
/// # Errors
/// Where the key cannot be kept, or the code or the PIN is not accepted. No key is left behind then, save
/// where nobody can say whether it was enrolled.
pub fn enrol(service: &Service, key: &Path, code: &str, pin: &str) -> Result<[u8; 32], Failure> {
    let (invitation, person) = service.redeem_code(code).map_err(|error| not_taken(&SubmitError::Code(error)))?;
    let secret: [u8; 32] = random_bytes().map_err(|error| failed(&error))?;
    let public = public_of(secret).map_err(|error| failed(&error))?;
    let mut device = device(service, secret)?;
    let view = service.view();
    let seen = Seen { size: view.size, root: view.root };
    let now_ms = service.now_ms();
    let intent = Intent::EnrolDevice { invitation, device: device.id() };
    let mut said = device.says(fresh_id(now_ms)?, person, Millis(now_ms), intent, seen);
    said.key = Some(public);
    let note = device.sign(&said).map_err(|error| failed(&error))?;
    write_key(key, &secret)?;
    let refused = match service.enrol_blocking(note.clone(), code, pin) {
        Ok(answer) if answer.accepted => {
            device.recorded(&note);
            return Ok(secret);
        }
        Ok(answer) => {
            let codes: Vec<&str> = answer.reasons.iter().map(|reason| reason.code.as_str()).collect();
            usage("not-enrolled", format!("this desk was not enrolled: {}", codes.join(", ")), "Ask for a new code.")
        }
        Err(error) => {
            if matches!(error, SubmitError::StoreFailed) {
                return Err(not_taken(&error));
            }
            not_taken(&error)
        }
    };
    std::fs::remove_file(key).map_err(|error| unusable(key, &error))?;
    Err(refused)
}
