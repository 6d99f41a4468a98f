//! What feeds a gun besides its chambers, and how it is read: a magazine, a tube, a belt. A round in it
//! is a pull of a slide away from the chamber, so that an empty chamber says nothing of such a gun.

use crate::barrel::{BarrelReadings, Rod};
use crate::gun::{Action, Answer, Content, Gun, Method, Readings, Showing};
use crate::rounds::Tally;
use crate::scope::Scope;

/// The most rounds of one loading of a gun with a feed: its shots are counted against them one by one.
pub const MAX_FEED: u8 = 250;

/// What feeds a gun.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Feed {
    /// Nothing: its rounds are in its chambers alone.
    Nothing,
    /// A magazine that comes out of it.
    Magazine,
    /// A tube under the barrel.
    Tube,
    /// A magazine in the gun, under the bolt.
    Internal,
    /// A belt.
    Belt,
}

impl Feed {
    /// Does it come out of the gun to be read? What stays in is looked into, down to the follower.
    #[must_use]
    pub const fn comes_out(self) -> bool {
        match self {
            Feed::Magazine | Feed::Belt => true,
            Feed::Nothing | Feed::Tube | Feed::Internal => false,
        }
    }
}

impl Action {
    /// What feeds a gun of this action.
    #[must_use]
    pub const fn feed(self) -> Feed {
        match self {
            Action::Magazine => Feed::Magazine,
            Action::Pump => Feed::Tube,
            Action::Bolt => Feed::Internal,
            Action::BeltFed => Feed::Belt,
            Action::SingleAction
            | Action::DoubleAction
            | Action::DoubleBarrel
            | Action::MuzzleLoader
            | Action::None => Feed::Nothing,
        }
    }
}

/// What was seen in what feeds a gun, round by round, and how: by kind, for one live round among nine
/// blanks is the one that counts.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct FeedReading {
    /// How: taken out and the empty well seen, or looked into down to the follower.
    pub method: Method,
    /// How many rounds of each kind.
    pub saw: Tally,
}

impl FeedReading {
    /// How many rounds and cases, of whatever kind.
    #[must_use]
    pub fn rounds(&self) -> u32 {
        self.saw.all()
    }

    /// How many of what a chamber would show as `content`.
    #[must_use]
    pub const fn of(&self, content: Content) -> u32 {
        self.saw.of(content)
    }
}

/// Everything that one person saw in a gun: chamber by chamber and what feeds it, or barrel by barrel.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Seen {
    /// The chambers.
    pub readings: Readings,
    /// What feeds it; nothing where he said nothing of it.
    pub feed: Option<FeedReading>,
    /// The barrels of a muzzle-loader; nothing where no rod was spoken of.
    pub barrels: Option<BarrelReadings>,
}

impl Seen {
    /// The chambers alone.
    #[must_use]
    pub const fn in_chambers(readings: Readings) -> Self {
        Seen { readings, feed: None, barrels: None }
    }

    /// The chambers, and what feeds them.
    #[must_use]
    pub const fn with_feed(readings: Readings, feed: FeedReading) -> Self {
        Seen { readings, feed: Some(feed), barrels: None }
    }

    /// The barrels of a muzzle-loader. Of its chambers nothing was seen.
    #[must_use]
    pub fn in_barrels(barrels: BarrelReadings) -> Self {
        Seen { readings: Readings::default(), feed: None, barrels: Some(barrels) }
    }

    /// How many barrels have something in them. What it is, no rod says; by the record it is what was loaded.
    #[must_use]
    pub fn charges(&self) -> u32 {
        self.barrels.map_or(0, |barrels| barrels.charged().count())
    }

    /// How many rounds of this content, in chambers and feed.
    #[must_use]
    pub fn count(&self, content: Content) -> u32 {
        let fed = self.feed.map_or(0, |feed| feed.of(content));
        self.readings.of(content).count().saturating_add(fed)
    }

    /// Was a live round seen?
    #[must_use]
    pub fn has_live(&self) -> bool {
        self.count(Content::Live) > 0
    }

    /// Did he say that he is not sure of something?
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        let rods = self.barrels.is_some_and(|barrels| !barrels.of(Rod::NotSure).is_empty());
        rods || self.count(Content::NotSure) > 0
    }

    /// Was the same seen in every chamber and in what feeds them, or in every barrel? Methods may differ. What
    /// one of them said nothing of is not compared; FEED-1 and ROD-1 are what keeps it from being left out.
    #[must_use]
    pub fn agrees(&self, other: &Seen) -> bool {
        let feeds = self.feed.zip(other.feed);
        let barrels = self.barrels.zip(other.barrels);
        self.readings.agree(&other.readings)
            && feeds.is_none_or(|(one, two)| one.saw == two.saw)
            && barrels.is_none_or(|(one, two)| one == two)
    }
}

impl<S: Scope> Answer<S> {
    /// Everything that was seen.
    #[must_use]
    pub const fn seen(&self) -> Seen {
        Seen { readings: self.readings, feed: self.feed, barrels: self.barrels }
    }
}

impl<S: Scope> Showing<S> {
    /// Everything that both saw.
    #[must_use]
    pub const fn seen(&self) -> Seen {
        Seen { readings: self.readings, feed: self.feed, barrels: self.barrels }
    }
}

impl<S: Scope> Gun<S> {
    /// What feeds it. Of a thing that cannot fire nothing is asked.
    #[must_use]
    pub const fn feed(&self) -> Feed {
        if self.kind.fires() { self.action.feed() } else { Feed::Nothing }
    }

    /// Is it fed by something that has to be read with its chambers?
    #[must_use]
    pub fn is_fed(&self) -> bool {
        self.feed() != Feed::Nothing
    }

    /// How many rounds are in its chambers and in what feeds it, by the record.
    #[must_use]
    pub fn rounds_loaded(&self) -> u32 {
        let fed = self.loading.map_or(0, |loading| u32::from(loading.feed));
        self.loaded().count().saturating_add(fed)
    }

    /// Is there a round in it by the record? A round in what feeds it loads it like one in a chamber.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.rounds_loaded() > 0
    }
}
