//! A clock for hours that are played in seconds: it is behind the machine's, and catches up.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use service::{Clock, SystemClock};

/// The machine's clock, so many milliseconds behind. Both of its faces go forward together, so that
/// nothing jumps; once it has caught up it is the machine's clock and stays it.
#[derive(Clone, Debug)]
pub struct MorningClock(Arc<Behind>);

#[derive(Debug)]
struct Behind {
    system: SystemClock,
    began_ms: i64,
    behind_ms: AtomicI64,
}

impl MorningClock {
    /// A clock that is `behind_ms` milliseconds behind the machine's.
    #[must_use]
    pub fn behind(behind_ms: i64) -> MorningClock {
        MorningClock(Arc::new(Behind {
            system: SystemClock::new(),
            began_ms: behind_ms,
            behind_ms: AtomicI64::new(behind_ms),
        }))
    }

    /// It is now so many minutes into the morning; a clock never goes back.
    pub fn minute(&self, minute: i64) {
        let behind = self.0.began_ms.saturating_sub(minute.saturating_mul(60_000)).max(0);
        self.0.behind_ms.fetch_min(behind, Ordering::SeqCst);
    }

    /// It is now so many minutes before the machine's time; a clock never goes back.
    pub fn left(&self, minutes: i64) {
        self.0.behind_ms.fetch_min(minutes.saturating_mul(60_000).max(0), Ordering::SeqCst);
    }

    /// It is as late as the machine says.
    pub fn catch_up(&self) {
        self.0.behind_ms.store(0, Ordering::SeqCst);
    }

    /// The clock for a service.
    #[must_use]
    pub fn shared(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.0) as Arc<dyn Clock>
    }
}

impl Clock for Behind {
    fn now_ms(&self) -> i64 {
        self.system.now_ms().saturating_sub(self.behind_ms.load(Ordering::SeqCst))
    }

    fn monotonic_ms(&self) -> u64 {
        let caught_up = self.began_ms.saturating_sub(self.behind_ms.load(Ordering::SeqCst));
        self.system.monotonic_ms().saturating_add(u64::try_from(caught_up).unwrap_or(0))
    }
}
