//! Time enters here and nowhere else.

use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A clock on the wall and one that only ever runs forward.
pub trait Clock: Send + Sync + Debug {
    /// Unix milliseconds by the clock on the wall. It may be wrong, and it may be set.
    fn now_ms(&self) -> i64;
    /// Milliseconds since some moment, by a clock that nobody can set.
    fn monotonic_ms(&self) -> u64;
}

/// The machine's own clocks.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// The machine's clocks; the monotonic one counts from here.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "this is the one place where the monotonic clock is read")]
    pub fn new() -> SystemClock {
        SystemClock { started: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        SystemClock::new()
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place where the wall clock is read")]
    fn now_ms(&self) -> i64 {
        let now = SystemTime::now();
        match now.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            // A clock before 1970 was never set; the record's own time goes on from its last entry.
            Err(_) => 0,
        }
    }

    #[allow(clippy::disallowed_methods, reason = "this is the one place where the monotonic clock is read")]
    fn monotonic_ms(&self) -> u64 {
        let since = Instant::now().saturating_duration_since(self.started);
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}

/// How far the two clocks may run apart between two submissions before it counts as a jump, in
/// milliseconds. A clock that is kept by the network moves by far less; a laptop that slept by far
/// more.
pub const DRIFT_TOLERANCE_MS: u64 = 2_000;

/// The record's own time: that of the wall, but never before the last decision and never slower
/// than the monotonic clock since then. So a wall clock that is set back lengthens no showing.
#[derive(Debug)]
pub(crate) struct RecordTime {
    clock: std::sync::Arc<dyn Clock>,
    marks: Mutex<Marks>,
}

#[derive(Clone, Copy, Debug)]
struct Marks {
    /// The last decision, and the monotonic clock then.
    decided: Option<(i64, u64)>,
    /// Both clocks when they were last compared.
    compared: (i64, u64),
}

impl RecordTime {
    /// Begins at the clocks' present.
    pub(crate) fn new(clock: std::sync::Arc<dyn Clock>) -> RecordTime {
        let compared = (clock.now_ms(), clock.monotonic_ms());
        RecordTime { clock, marks: Mutex::new(Marks { decided: None, compared }) }
    }

    fn marks(&self) -> MutexGuard<'_, Marks> {
        // The marks are plain numbers, written whole: a thread that died with the lock spoilt none.
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Now, in Unix milliseconds of the record.
    pub(crate) fn now_ms(&self) -> i64 {
        let marks = *self.marks();
        let wall = self.clock.now_ms();
        let Some((decided, then)) = marks.decided else { return wall };
        let since = self.clock.monotonic_ms().saturating_sub(then);
        wall.max(decided.saturating_add_unsigned(since))
    }

    /// The monotonic clock.
    pub(crate) fn monotonic_ms(&self) -> u64 {
        self.clock.monotonic_ms()
    }

    /// Is the wall clock behind `last`, the moment of the newest entry, by more than a burst of
    /// entries could have run ahead of it?
    pub(crate) fn is_behind(&self, last: i64) -> bool {
        self.clock.now_ms().saturating_add_unsigned(DRIFT_TOLERANCE_MS) < last
    }

    /// A moment for the next decision: now, and at least one millisecond after the last one.
    pub(crate) fn decide_after(&self, last: i64) -> i64 {
        self.now_ms().max(last.saturating_add(1))
    }

    /// Remembers the moment of the newest entry, from which time goes on.
    pub(crate) fn decided(&self, at: i64) {
        self.marks().decided = Some((at, self.clock.monotonic_ms()));
    }

    /// Did the two clocks run apart since they were last compared? Compares them anew from here.
    pub(crate) fn jumped(&self) -> bool {
        let (wall, monotonic) = (self.clock.now_ms(), self.clock.monotonic_ms());
        let mut marks = self.marks();
        let (wall_then, monotonic_then) = marks.compared;
        marks.compared = (wall, monotonic);
        let by_the_wall = wall.saturating_sub(wall_then);
        let passed = i64::try_from(monotonic.saturating_sub(monotonic_then)).unwrap_or(i64::MAX);
        by_the_wall.abs_diff(passed) > DRIFT_TOLERANCE_MS
    }
}
