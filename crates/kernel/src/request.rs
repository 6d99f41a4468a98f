//! Safety requests, and the answer of whoever holds the budget.

use crate::reason::{Code, Reason};
use crate::scope::Scope;
use crate::state::State;

/// What somebody asks for, so that work goes on as it should. A stop is never asked for: anybody pulls it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RequestKind {
    /// More time.
    MoreTime,
    /// More training.
    MoreTraining,
    /// Another handler.
    AnotherHandler,
    /// A thing that cannot fire in place of the gun.
    Substitute,
    /// A safety meeting.
    Meeting,
    /// A shield or another barrier.
    Barrier,
    /// Something else, which is said elsewhere: no text enters here.
    Other,
}

impl RequestKind {
    /// Every kind, in the order they are declared.
    pub const ALL: [RequestKind; 7] = [
        RequestKind::MoreTime,
        RequestKind::MoreTraining,
        RequestKind::AnotherHandler,
        RequestKind::Substitute,
        RequestKind::Meeting,
        RequestKind::Barrier,
        RequestKind::Other,
    ];
}

/// A request that was not granted.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Request<S: Scope> {
    /// What for.
    pub kind: RequestKind,
    /// Who made it.
    pub by: S::Person,
    /// Since when.
    pub since: S::Time,
    /// Who refused it; nobody where it was not answered.
    pub refused_by: Option<S::Person>,
}

/// The requests that were not granted, each as the reason that the wrap and the next day name: a list to read, and
/// nothing that keeps a day open.
#[must_use]
pub fn open_requests<S: Scope>(state: &State<S>) -> Vec<Reason<S>> {
    let named = |request: &Request<S>| {
        let code = if request.refused_by.is_some() { Code::RequestRefused } else { Code::RequestOpen };
        Reason::new(code).who(request.by).at(request.since)
    };
    let mut open: Vec<Reason<S>> = state.requests.values().map(named).collect();
    open.sort_by_key(|reason| (reason.code, reason.at));
    open
}
