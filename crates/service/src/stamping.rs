//! Time stamps over wraps while a production is served (RFC 3161): what is asked about the newest head over a wrap, what of
//! the answers is kept, and how that stands, for the board. Whoever has a network asks (`web::stamp`); nothing here waits.

use std::path::{Path, PathBuf};

use proof::note::VerifyingKey;

use crate::load::Loaded;
use crate::service::Service;
use crate::stamps::{Answer, STAMPS, StampFault, StampRequest, TakenStamp, ToldStamp, keep, told_stamps};
use crate::view::View;

/// How the newest wrap stands with the authorities for time stamps.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WrapStamps {
    /// When the day was wrapped, in Unix milliseconds.
    pub wrapped_at_ms: i64,
    /// The stamps over it, the earliest first.
    pub stamps: Vec<StampOverWrap>,
    /// The authorities that have not stamped it, in the order in which they were named.
    pub waiting: Vec<StampAsked>,
}

/// A stamp over the newest wrap, or over a later head, which covers it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StampOverWrap {
    /// When the authority says that it was made, in Unix milliseconds.
    pub made_ms: i64,
    /// The authority's name in its certificate; nothing where its signature is of a kind that is not checked here.
    pub authority: Option<String>,
}

/// An authority that has not stamped the newest wrap.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StampAsked {
    /// Its host.
    pub host: String,
    /// When it was asked last about this wrap, in Unix milliseconds, and the code of what came of that.
    pub tried: Option<(i64, &'static str)>,
}

/// The stamps of one production that are of use for its newest wrap.
#[derive(Default)]
pub(crate) struct Stamping {
    folder: Option<PathBuf>,
    authorities: Vec<Named>,
    /// Whether this production has stamps at all: only then a page speaks of them where no authority is named.
    any: bool,
    told: Vec<ToldStamp>,
}

/// An authority that was named.
struct Named {
    url: String,
    /// Over which wrap, when, and the code of what came of it.
    tried: Option<(u64, i64, &'static str)>,
}

impl std::fmt::Debug for Stamping {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Stamping").field("authorities", &self.authorities.len()).finish_non_exhaustive()
    }
}

impl Stamping {
    /// What lies in the folder of a record that was just read.
    pub(crate) fn of(folder: Option<&Path>, loaded: &Loaded, key: &VerifyingKey) -> Stamping {
        let Some(folder) = folder else { return Stamping::default() };
        let from = loaded.core.wrap.as_ref().map_or(u64::MAX, |wrap| wrap.size);
        let (any, told) = told_stamps(folder, &loaded.origin, key, from);
        Stamping { folder: Some(folder.to_owned()), authorities: Vec::new(), any, told }
    }

    fn has_stamped(&self, url: &str, size: u64) -> bool {
        self.told.iter().any(|stamp| stamp.size == size && stamp.url.as_deref() == Some(url))
    }

    /// What is no longer of use for the newest wrap is forgotten.
    fn remember(&mut self, told: ToldStamp, view: &View) {
        self.any = true;
        self.told.push(told);
        let newest = view.wrap.as_ref().map_or(0, |wrap| wrap.size);
        self.told.retain(|stamp| stamp.size >= newest);
    }

    fn stand(&self, view: &View) -> Option<WrapStamps> {
        let wrap = view.wrap.as_ref().filter(|_| self.any || !self.authorities.is_empty())?;
        let over = self.told.iter().filter(|stamp| stamp.size >= wrap.size);
        let over = over.map(|stamp| StampOverWrap { made_ms: stamp.made_ms, authority: stamp.authority.clone() });
        let mut stamps: Vec<StampOverWrap> = over.collect();
        stamps.sort_by_key(|stamp| stamp.made_ms);
        let waiting = self.authorities.iter().filter(|named| !self.has_stamped(&named.url, wrap.size));
        let waiting = waiting.map(|named| StampAsked {
            host: authority_host(&named.url).to_owned(),
            tried: named.tried.filter(|(size, _, _)| *size == wrap.size).map(|(_, at, code)| (at, code)),
        });
        Some(WrapStamps { wrapped_at_ms: wrap.wrapped_at_ms, stamps, waiting: waiting.collect() })
    }
}

/// The host in the address of an authority, with its port: what of the address is said to people.
#[must_use]
pub fn authority_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Time stamps over wraps.
impl Service {
    /// From now on these authorities are the ones that are asked after each wrap, by their addresses.
    pub fn name_stamp_authorities(&self, urls: &[String]) {
        self.stamping().authorities = urls.iter().map(|url| Named { url: url.clone(), tried: None }).collect();
    }

    /// How the newest wrap stands; nothing where there was none, or where nobody ever asked for a stamp.
    #[must_use]
    pub fn wrap_stamps(&self) -> Option<WrapStamps> {
        self.stamping().stand(&self.view())
    }

    /// The size of the newest head over a wrap, where the authority at this address has not stamped it. Nothing is asked
    /// while the record is in doubt.
    #[must_use]
    pub fn wrap_not_stamped_by(&self, url: &str) -> Option<u64> {
        let view = self.view();
        let wrap = view.wrap.as_ref().filter(|_| view.doubt.is_none())?;
        (!self.stamping().has_stamped(url, wrap.size)).then_some(wrap.size)
    }

    /// The request for a stamp over the newest head over a wrap; nothing where there was none.
    ///
    /// # Errors
    /// [`StampFault::NoRandomness`].
    pub fn wrap_stamp_request(&self) -> Result<Option<StampRequest>, StampFault> {
        let view = self.view();
        view.wrap.as_ref().map(|wrap| StampRequest::over(wrap.sealed(), view.origin.clone())).transpose()
    }

    /// Takes what the authority at this address answered to this request, as [`crate::take_stamp_for`] does, and keeps it in
    /// the same form.
    ///
    /// # Errors
    /// [`StampFault`]; nothing is kept then.
    pub fn take_wrap_stamp(
        &self,
        url: &str,
        request: &StampRequest,
        answer: &[u8],
        chain: Option<&[u8]>,
    ) -> Result<TakenStamp, StampFault> {
        let (stamp, authority) = request.answered(answer, chain)?;
        let made_ms = stamp.made_ms();
        let folder = self.stamping().folder.clone();
        let folder = folder.ok_or_else(|| StampFault::NotFounded { path: PathBuf::new() })?.join(STAMPS);
        // The board is rendered meanwhile: it does not wait for the disk.
        let path = {
            let _alone = self.keeps_a_stamp();
            keep(&folder, &request.sealed(), &Answer { bytes: answer, chain, url: Some(url) })?
        };
        let name = authority.as_ref().map(|it| it.name.clone());
        let told = ToldStamp { size: request.size, made_ms, authority: name, url: Some(url.to_owned()) };
        self.stamping().remember(told, &self.view());
        self.desk().ring();
        Ok(TakenStamp { origin: request.origin.clone(), size: request.size, made_ms, authority, path })
    }

    /// The authority at this address was asked about the head of this size, and no stamp came of it. It is told on the board
    /// and to whoever runs the server, by its code: what an authority writes goes into no log.
    pub fn no_wrap_stamp(&self, url: &str, size: u64, fault: &StampFault) {
        let (code, now_ms) = (fault.code(), self.now_ms());
        tracing::warn!(code, authority = authority_host(url), size, "no time stamp over the wrap; it is asked again");
        if let Some(named) = self.stamping().authorities.iter_mut().find(|named| named.url == url) {
            named.tried = Some((size, now_ms, code));
        }
        self.desk().ring();
    }
}
