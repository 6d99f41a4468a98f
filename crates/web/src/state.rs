//! What every handler has at hand.

use std::sync::Arc;

use jiff::tz::TimeZone;
use record::Id;
use service::{Attached, Beside, Service, View};

use crate::live::Live;
use crate::words::Names;

/// How this server shows itself.
#[derive(Clone, Debug)]
pub struct Options {
    /// The zone of the production's clock; every time on every screen is told in it.
    pub zone: TimeZone,
    /// Whether cookies are for https alone. `localhost` is served without.
    pub secure_cookies: bool,
    /// What the production is called, above the board.
    pub title: String,
}

impl Default for Options {
    fn default() -> Options {
        Options { zone: TimeZone::system(), secure_cookies: false, title: "Showclear".to_owned() }
    }
}

/// What every handler has at hand.
#[derive(Clone, Debug)]
pub struct App {
    /// The production.
    pub service: Service,
    /// How this server shows itself.
    pub options: Arc<Options>,
    /// The task that renders changed cards.
    pub live: Arc<Live>,
}

impl App {
    /// Everything readable, as of now.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment::of(&self.service, &self.options)
    }
}

/// The record at one moment: what one page or one answer is made of.
#[derive(Debug)]
pub struct Moment {
    /// What is on record.
    pub view: Arc<View>,
    /// Now, Unix milliseconds.
    pub now_ms: i64,
    /// The production.
    pub production: Id,
    /// The name of its log.
    pub origin: String,
    service: Service,
    options: Arc<Options>,
}

impl Moment {
    pub(crate) fn of(service: &Service, options: &Arc<Options>) -> Moment {
        Moment {
            view: service.view(),
            now_ms: service.now_ms(),
            production: service.production(),
            origin: service.origin().to_owned(),
            service: service.clone(),
            options: Arc::clone(options),
        }
    }

    /// Names and times for it.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names { view: &self.view, zone: &self.options.zone, production: self.production, now_ms: self.now_ms }
    }

    /// The files that an entry's intent names; a closed blind answer tells of none.
    #[must_use]
    pub fn attached(&self, index: u64) -> Vec<Attached> {
        self.service.attached(index)
    }

    /// What stands beside the record of a person or a thing and can be erased.
    #[must_use]
    pub fn beside(&self, thing: Id) -> Vec<Beside> {
        self.service.beside(thing)
    }

    /// What the production is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.options.title
    }
}
