//! Many files as one ZIP, in one spelling: stored, sorted by path, every other field fixed.
//!
//! Any tool unzips it. We read only what [`write`] writes: the same files give the same bytes, so a changed byte is
//! never "the same archive", nothing can hide between the files, and nothing grows when it is unpacked.
//! Source: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory) and 4.3.16 (its end).

use thiserror::Error;

/// The most files in an archive: what its end can count without the mark that says "see the ZIP64 form" (APPNOTE 4.4.1.4).
pub const MAX_FILES: usize = 65_534;

/// The longest path.
pub const MAX_PATH_BYTES: usize = 200;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// Version 1.0 needed, no flags, stored, 1980-01-01 00:00.
const FIXED: [u8; 10] = [10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];

/// Why bytes are not an archive that we read, or files cannot become one. Places count in bytes from the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ZipError {
    /// The archive ends before it is whole.
    #[error("the file is cut off at byte {at}")]
    CutOff {
        /// Where something was missing.
        at: usize,
    },
    /// A header that is not written as ours are: compressed, encrypted, dated, or with data beside the files.
    #[error(
        "byte {at} is not as Showclear writes it: a file in it is packed, or something was added; unpack nothing of it"
    )]
    Header {
        /// Where it begins to differ.
        at: usize,
    },
    /// A path that could lead outside the folder it is unpacked in, or that two systems may read differently.
    #[error("a file in it has a path that is not allowed, at byte {at}: unpack nothing of it")]
    Path {
        /// Where the path stands.
        at: usize,
    },
    /// The files do not stand in the order of their paths, or one stands there twice.
    #[error("`{path}` stands in the wrong place, or twice")]
    Order {
        /// The path.
        path: String,
    },
    /// The bytes of a file are not those of its checksum.
    #[error("`{path}` was damaged: its bytes are not those of its checksum")]
    Checksum {
        /// The path.
        path: String,
    },
    /// More than the archive can count.
    #[error("there are too many files, or too large ones, for one file")]
    TooLarge,
}

impl ZipError {
    /// A code that stays the same when the sentence is reworded.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::CutOff { .. } => "zip/cut-off",
            Self::Header { .. } => "zip/header",
            Self::Path { .. } => "zip/path",
            Self::Order { .. } => "zip/order",
            Self::Checksum { .. } => "zip/checksum",
            Self::TooLarge => "zip/too-large",
        }
    }
}

/// One file of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File<'a> {
    /// Its path, elements divided by `/`.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// May a file have this path? Elements of letters, digits, `.`, `_` and `-`, none empty and none beginning with a dot.
#[must_use]
pub fn is_path(path: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let element = |element: &str| !element.is_empty() && !element.starts_with('.') && element.bytes().all(letter);
    path.len() <= MAX_PATH_BYTES && path.split('/').all(element)
}

/// A length or a place in four bytes; all ones are the mark of the ZIP64 form, as with [`MAX_FILES`].
fn count(bytes: usize) -> Result<u32, ZipError> {
    u32::try_from(bytes).ok().filter(|it| *it < u32::MAX).ok_or(ZipError::TooLarge)
}

/// What the two headers of a file say of it alike.
struct Facts {
    checksum: u32,
    length: u32,
    path_length: u16,
}

impl Facts {
    fn of(file: &File<'_>) -> Result<Facts, ZipError> {
        let length = count(file.bytes.len())?;
        let path_length = u16::try_from(file.path.len()).map_err(|_| ZipError::TooLarge)?;
        Ok(Facts { checksum: crc32fast::hash(file.bytes), length, path_length })
    }

    /// From the version needed to the length of the extra field.
    fn bytes(&self) -> [u8; 26] {
        let mut bytes = [0; 26];
        let fields = FIXED.into_iter().chain(self.checksum.to_le_bytes());
        let fields = fields.chain(self.length.to_le_bytes()).chain(self.length.to_le_bytes());
        for (slot, byte) in bytes.iter_mut().zip(fields.chain(self.path_length.to_le_bytes())) {
            *slot = byte;
        }
        bytes
    }
}

/// The directory behind the files, and its end.
#[derive(Default)]
struct Directory {
    bytes: Vec<u8>,
    files: usize,
}

impl Directory {
    fn add(&mut self, file: &File<'_>, facts: &Facts, at: usize) -> Result<(), ZipError> {
        let at = count(at)?;
        self.bytes.extend_from_slice(&CENTRAL);
        // Made by version 1.0 of the plainest system.
        self.bytes.extend_from_slice(&[10, 0]);
        self.bytes.extend_from_slice(&facts.bytes());
        // No comment, the first disk, no attributes.
        self.bytes.extend_from_slice(&[0; 10]);
        self.bytes.extend_from_slice(&at.to_le_bytes());
        self.bytes.extend_from_slice(file.path.as_bytes());
        self.files = self.files.saturating_add(1);
        Ok(())
    }

    fn finish(mut self, at: usize) -> Result<Vec<u8>, ZipError> {
        let files = u16::try_from(self.files).ok().filter(|_| self.files <= MAX_FILES).ok_or(ZipError::TooLarge)?;
        let (length, at) = (count(self.bytes.len())?, count(at)?);
        self.bytes.extend_from_slice(&END);
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(&files.to_le_bytes());
        self.bytes.extend_from_slice(&files.to_le_bytes());
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(&at.to_le_bytes());
        self.bytes.extend_from_slice(&[0; 2]);
        Ok(self.bytes)
    }
}

/// The archive of `files`, which come sorted by path.
///
/// # Errors
/// [`ZipError::Path`], [`ZipError::Order`] and [`ZipError::TooLarge`].
pub fn write<'a>(files: impl IntoIterator<Item = File<'a>>) -> Result<Vec<u8>, ZipError> {
    let mut bytes = Vec::new();
    let mut directory = Directory::default();
    let mut before: Option<&str> = None;
    for file in files {
        if !is_path(file.path) {
            return Err(ZipError::Path { at: bytes.len() });
        }
        in_order(before, file.path)?;
        before = Some(file.path);
        let facts = Facts::of(&file)?;
        directory.add(&file, &facts, bytes.len())?;
        bytes.extend_from_slice(&LOCAL);
        bytes.extend_from_slice(&facts.bytes());
        bytes.extend_from_slice(file.path.as_bytes());
        bytes.extend_from_slice(file.bytes);
    }
    let at = bytes.len();
    bytes.extend_from_slice(&directory.finish(at)?);
    Ok(bytes)
}

fn in_order(before: Option<&str>, path: &str) -> Result<(), ZipError> {
    let fits = before.is_none_or(|before| before < path);
    if fits { Ok(()) } else { Err(ZipError::Order { path: path.to_owned() }) }
}

/// The files of an archive that [`write`] wrote, in their order.
///
/// # Errors
/// [`ZipError`] names the first place that is not as [`write`] writes it.
pub fn read(bytes: &[u8]) -> Result<Vec<File<'_>>, ZipError> {
    let mut files: Vec<File<'_>> = Vec::new();
    let mut directory = Directory::default();
    let mut at = 0usize;
    while bytes.get(at..).is_some_and(|rest| rest.starts_with(&LOCAL)) {
        if files.len() >= MAX_FILES {
            return Err(ZipError::TooLarge);
        }
        let (file, facts, next) = read_file(bytes, at)?;
        in_order(files.last().map(|before| before.path), file.path)?;
        directory.add(&file, &facts, at)?;
        files.push(file);
        at = next;
    }
    // What follows is fixed by the files: it is made anew and compared.
    let expected = directory.finish(at)?;
    let found = bytes.get(at..).unwrap_or(&[]);
    let differs = found.iter().zip(&expected).position(|(found, expected)| found != expected);
    match (differs, found.len().cmp(&expected.len())) {
        (Some(place), _) => Err(ZipError::Header { at: at.saturating_add(place) }),
        (None, std::cmp::Ordering::Less) => Err(ZipError::CutOff { at: bytes.len() }),
        (None, std::cmp::Ordering::Greater) => Err(ZipError::Header { at: at.saturating_add(expected.len()) }),
        (None, std::cmp::Ordering::Equal) => Ok(files),
    }
}

/// The file whose header begins at `at`, and where what follows it begins.
fn read_file(bytes: &[u8], at: usize) -> Result<(File<'_>, Facts, usize), ZipError> {
    let cut_off = ZipError::CutOff { at: bytes.len() };
    let mut rest = bytes.get(at..).unwrap_or(&[]);
    let mut take = |count: usize| {
        let (taken, behind) = rest.split_at_checked(count).ok_or_else(|| cut_off.clone())?;
        rest = behind;
        Ok::<&[u8], ZipError>(taken)
    };
    take(LOCAL.len())?;
    let fixed = take(FIXED.len())?;
    if let Some(place) = fixed.iter().zip(FIXED).position(|(found, expected)| *found != expected) {
        return Err(ZipError::Header { at: at.saturating_add(LOCAL.len()).saturating_add(place) });
    }
    let checksum = number(take(4)?);
    let (packed, length) = (number(take(4)?), number(take(4)?));
    let (path_length, extra) = (number(take(2)?), number(take(2)?));
    if packed != length || extra != 0 {
        return Err(ZipError::Header { at: at.saturating_add(18) });
    }
    let path_at = at.saturating_add(30);
    let path = take(usize::try_from(path_length).map_err(|_| ZipError::TooLarge)?)?;
    let path = str::from_utf8(path).ok().filter(|path| is_path(path)).ok_or(ZipError::Path { at: path_at })?;
    let content = take(usize::try_from(length).map_err(|_| ZipError::TooLarge)?)?;
    let file = File { path, bytes: content };
    let facts = Facts::of(&file)?;
    if facts.checksum != checksum {
        return Err(ZipError::Checksum { path: path.to_owned() });
    }
    Ok((file, facts, path_at.saturating_add(path.len()).saturating_add(content.len())))
}

/// A number of up to four bytes, the low one first.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number: u32, byte| number.checked_shl(8).unwrap_or(0) | u32::from(*byte))
}
