//! Intents, events and reasons as JSON: the one table from which both directions and the schema
//! are made.

use kernel::{
    BarrelReading, BarrelReadings, Calibre, Chambers, Choices, Code, Day, FeedReading, Packs, Reading, Readings, Roles,
    Scope, Tally, Topics, Unit,
};
use serde_json::{Map, Value, json};

use crate::json::{Json, Object};
use crate::words::{Word, calibre_from_word, calibre_word};
use crate::{Event, Id, Intent, Millis, Reason};

/// Why JSON is not the value it should be.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum WireError {
    /// A field is missing.
    #[error("the field `{0}` is missing")]
    Missing(String),
    /// A field is there that does not belong there.
    #[error("the field `{0}` does not belong here")]
    Unknown(String),
    /// A field holds something else than it should.
    #[error("the field `{field}` should be {expected}")]
    Wrong {
        /// The field.
        field: String,
        /// What it should be.
        expected: &'static str,
    },
    /// There is no such kind of intent.
    #[error("there is no intent of the kind `{0}`")]
    Kind(String),
    /// There is no such event.
    #[error("there is no event `{0}`")]
    Event(String),
}

/// The highest number of a unit that an entry can speak of.
const MOST_UNITS: u8 = 99;

/// A value that stands in a field.
pub trait Wire: Sized {
    /// What it should be, for the one who got it wrong.
    const EXPECTED: &'static str;
    /// As JSON.
    fn put(&self) -> Value;
    /// From JSON.
    fn get(value: &Value) -> Option<Self>;
    /// From a JSON text.
    fn get_text(text: &str) -> Option<Self> {
        Self::get(&Value::from(text))
    }
    /// Its JSON Schema.
    fn schema() -> Value;
}

impl Wire for Id {
    const EXPECTED: &'static str = "a lower-case UUID with hyphens";

    fn put(&self) -> Value {
        Value::String(self.to_string())
    }

    fn get(value: &Value) -> Option<Self> {
        Self::get_text(value.as_str()?)
    }

    fn get_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn schema() -> Value {
        json!({"type": "string", "format": "uuid", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"})
    }
}

impl Wire for Millis {
    const EXPECTED: &'static str = "a time in integer Unix milliseconds";

    fn put(&self) -> Value {
        Value::from(self.0)
    }

    fn get(value: &Value) -> Option<Self> {
        value.as_i64().map(Millis)
    }

    fn schema() -> Value {
        json!({"type": "integer", "description": "Unix milliseconds"})
    }
}

impl Wire for bool {
    const EXPECTED: &'static str = "true or false";

    fn put(&self) -> Value {
        Value::Bool(*self)
    }

    fn get(value: &Value) -> Option<Self> {
        value.as_bool()
    }

    fn schema() -> Value {
        json!({"type": "boolean"})
    }
}

macro_rules! wire_integers {
    ($($of:ty, $expected:literal;)*) => {
        $(impl Wire for $of {
            const EXPECTED: &'static str = $expected;

            fn put(&self) -> Value {
                Value::from(*self)
            }

            fn get(value: &Value) -> Option<Self> {
                value.as_u64()?.try_into().ok()
            }

            fn schema() -> Value {
                json!({"type": "integer", "minimum": 0, "maximum": <$of>::MAX})
            }
        })*
    };
}

wire_integers! {
    u8, "an integer from 0 to 255";
    u16, "an integer from 0 to 65535";
    u32, "an integer from 0 to 4294967295";
}

impl Wire for Unit {
    const EXPECTED: &'static str = "the number of a unit, from 1 to 99";

    fn put(&self) -> Value {
        Value::from(self.0)
    }

    fn get(value: &Value) -> Option<Self> {
        let number = value.as_u64()?.try_into().ok()?;
        (1..=MOST_UNITS).contains(&number).then_some(Unit(number))
    }

    fn schema() -> Value {
        json!({"type": "integer", "minimum": 1, "maximum": MOST_UNITS, "description": "The number of a unit"})
    }
}

impl Wire for Day {
    const EXPECTED: &'static str = "the number of a production day";

    fn put(&self) -> Value {
        Value::from(self.0)
    }

    fn get(value: &Value) -> Option<Self> {
        u32::get(value).map(Day)
    }

    fn schema() -> Value {
        u32::schema()
    }
}

impl<T: Wire> Wire for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn put(&self) -> Value {
        self.as_ref().map_or(Value::Null, Wire::put)
    }

    fn get(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::get(value).map(Some) }
    }

    fn get_text(text: &str) -> Option<Self> {
        T::get_text(text).map(Some)
    }

    fn schema() -> Value {
        json!({"anyOf": [T::schema(), {"type": "null"}]})
    }
}

impl Wire for [Option<Id>; 2] {
    const EXPECTED: &'static str = "two identifiers or nulls";

    fn put(&self) -> Value {
        Value::Array(self.iter().map(Wire::put).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        match value.as_array()?.as_slice() {
            [one, two] => Some([Wire::get(one)?, Wire::get(two)?]),
            _ => None,
        }
    }

    fn schema() -> Value {
        json!({"type": "array", "items": <Option<Id>>::schema(), "minItems": 2, "maxItems": 2})
    }
}

impl Wire for Chambers {
    const EXPECTED: &'static str = "the numbers of chambers from 1 to 12, rising";

    fn put(&self) -> Value {
        Value::Array(self.iter().map(Value::from).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        let numbers: Vec<u8> = value.as_array()?.iter().map(u8::get).collect::<Option<_>>()?;
        let chambers: Chambers = numbers.iter().copied().collect();
        chambers.iter().eq(numbers.iter().copied()).then_some(chambers)
    }

    fn schema() -> Value {
        json!({"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 12}, "uniqueItems": true})
    }
}

impl Wire for Roles {
    const EXPECTED: &'static str = "a list of roles, each once, in the order of the roles";

    fn put(&self) -> Value {
        Value::Array(self.iter().map(|role| Value::from(role.word())).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        let words: Vec<&str> = value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
        let roles: Roles = words.iter().map(|word| kernel::Role::from_word(word)).collect::<Option<_>>()?;
        roles.iter().map(Word::word).eq(words).then_some(roles)
    }

    fn schema() -> Value {
        json!({"type": "array", "items": word_schema::<kernel::Role>(), "uniqueItems": true})
    }
}

impl Wire for Topics {
    const EXPECTED: &'static str = "a list of topics, each once, in the order of the topics";

    fn put(&self) -> Value {
        Value::Array(self.iter().map(|topic| Value::from(topic.word())).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        let words: Vec<&str> = value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
        let topics: Topics = words.iter().map(|word| kernel::Topic::from_word(word)).collect::<Option<_>>()?;
        topics.iter().map(Word::word).eq(words).then_some(topics)
    }

    fn schema() -> Value {
        json!({"type": "array", "items": word_schema::<kernel::Topic>(), "uniqueItems": true})
    }
}

impl Wire for Packs {
    const EXPECTED: &'static str = "a list of packs, each once, in the order of the packs";

    fn put(&self) -> Value {
        Value::Array(self.iter().map(|pack| Value::from(pack.word())).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        let words: Vec<&str> = value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
        let packs: Packs = words.iter().map(|word| kernel::Pack::from_word(word)).collect::<Option<_>>()?;
        packs.iter().map(Word::word).eq(words).then_some(packs)
    }

    fn schema() -> Value {
        json!({"type": "array", "items": word_schema::<kernel::Pack>(), "uniqueItems": true})
    }
}

impl Wire for Choices {
    const EXPECTED: &'static str = "a list of choices, each once, in the order of the choices";

    fn put(&self) -> Value {
        Value::Array(self.iter().map(|choice| Value::from(choice.word())).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        let words: Vec<&str> = value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
        let choices: Choices = words.iter().map(|word| kernel::Choice::from_word(word)).collect::<Option<_>>()?;
        choices.iter().map(Word::word).eq(words).then_some(choices)
    }

    fn schema() -> Value {
        json!({"type": "array", "items": word_schema::<kernel::Choice>(), "uniqueItems": true})
    }
}

impl Wire for Calibre {
    const EXPECTED: &'static str = "a calibre of the list, or `other_1` to `other_99`";

    fn put(&self) -> Value {
        Value::from(calibre_word(*self))
    }

    fn get(value: &Value) -> Option<Self> {
        calibre_from_word(value.as_str()?)
    }

    fn schema() -> Value {
        let words: Vec<&str> = crate::words::CALIBRES.iter().map(|(_, word)| *word).collect();
        json!({"anyOf": [{"type": "string", "enum": words}, {"type": "string", "pattern": "^other_[1-9][0-9]?$"}]})
    }
}

impl Wire for Tally {
    const EXPECTED: &'static str = "six numbers: `live`, `blank`, `dummy`, `spent`, `misfired`, `not_sure`";

    fn put(&self) -> Value {
        let Tally { live, blank, dummy, spent, misfired, not_sure } = *self;
        json!({"live": live, "blank": blank, "dummy": dummy, "spent": spent, "misfired": misfired, "not_sure": not_sure})
    }

    fn get(value: &Value) -> Option<Self> {
        let mut fields = value.as_object()?.clone();
        let mut number = |name: &str| u32::get(&fields.remove(name)?);
        let tally = Tally {
            live: number("live")?,
            blank: number("blank")?,
            dummy: number("dummy")?,
            spent: number("spent")?,
            misfired: number("misfired")?,
            not_sure: number("not_sure")?,
        };
        fields.is_empty().then_some(tally)
    }

    fn schema() -> Value {
        let names = ["live", "blank", "dummy", "spent", "misfired", "not_sure"];
        let properties: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), u32::schema())).collect();
        json!({"type": "object", "required": names, "additionalProperties": false, "properties": properties})
    }
}

impl Wire for Readings {
    const EXPECTED: &'static str = "a list of readings, one a chamber, by rising chamber";

    fn put(&self) -> Value {
        let reading = |chamber: u8, it: Reading| json!({"chamber": chamber, "method": it.method.word(), "saw": it.content.word()});
        let of = |chamber| self.get(chamber).map(|it| reading(chamber, it));
        Value::Array(self.read().iter().filter_map(of).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        let mut readings = Readings::default();
        for item in value.as_array()? {
            let mut fields = item.as_object()?.clone();
            let chamber = u8::get(&fields.remove("chamber")?)?;
            let method = Word::from_word(fields.remove("method")?.as_str()?)?;
            let content = Word::from_word(fields.remove("saw")?.as_str()?)?;
            let next = readings.with(chamber, Reading { content, method });
            if !fields.is_empty() || next.read().count() != readings.read().count().saturating_add(1) {
                return None;
            }
            readings = next;
        }
        (readings.put() == *value).then_some(readings)
    }

    fn schema() -> Value {
        json!({"type": "array", "maxItems": 12, "items": {
            "type": "object",
            "required": ["chamber", "method", "saw"],
            "additionalProperties": false,
            "properties": {
                "chamber": {"type": "integer", "minimum": 1, "maximum": 12},
                "method": word_schema::<kernel::Method>(),
                "saw": word_schema::<kernel::Content>(),
            },
        }})
    }
}

impl Wire for BarrelReadings {
    const EXPECTED: &'static str = "a list of readings of rod and cap, one a barrel, by rising barrel";

    fn put(&self) -> Value {
        let reading =
            |barrel: u8, it: BarrelReading| json!({"barrel": barrel, "primed": it.primed, "rod": it.rod.word()});
        let of = |barrel| self.get(barrel).map(|it| reading(barrel, it));
        Value::Array(self.read().iter().filter_map(of).collect())
    }

    fn get(value: &Value) -> Option<Self> {
        let mut readings = BarrelReadings::default();
        for item in value.as_array()? {
            let mut fields = item.as_object()?.clone();
            let barrel = u8::get(&fields.remove("barrel")?)?;
            let primed = bool::get(&fields.remove("primed")?)?;
            let rod = Word::from_word(fields.remove("rod")?.as_str()?)?;
            let next = readings.with(barrel, BarrelReading { rod, primed });
            if !fields.is_empty() || next.read().count() != readings.read().count().saturating_add(1) {
                return None;
            }
            readings = next;
        }
        (readings.put() == *value).then_some(readings)
    }

    fn schema() -> Value {
        json!({"type": "array", "maxItems": 12, "items": {
            "type": "object",
            "required": ["barrel", "primed", "rod"],
            "additionalProperties": false,
            "properties": {
                "barrel": {"type": "integer", "minimum": 1, "maximum": 12},
                "primed": bool::schema(),
                "rod": word_schema::<kernel::Rod>(),
            },
        }})
    }
}

impl Wire for FeedReading {
    const EXPECTED: &'static str = "what feeds the gun: `method`, and in `saw` six numbers as of a count";

    fn put(&self) -> Value {
        json!({"method": self.method.word(), "saw": self.saw.put()})
    }

    fn get(value: &Value) -> Option<Self> {
        let mut fields = value.as_object()?.clone();
        let method = Word::from_word(fields.remove("method")?.as_str()?)?;
        let saw = Tally::get(&fields.remove("saw")?)?;
        fields.is_empty().then_some(FeedReading { method, saw })
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "required": ["method", "saw"],
            "additionalProperties": false,
            "properties": {"method": word_schema::<kernel::Method>(), "saw": Tally::schema()},
        })
    }
}

fn word_schema<T: Word>() -> Value {
    let words: Vec<&str> = T::WORDS.iter().map(|(_, word)| *word).collect();
    json!({"type": "string", "enum": words})
}

macro_rules! wire_words {
    ($($of:ident $expected:literal),* $(,)?) => {
        $(impl Wire for kernel::$of {
            const EXPECTED: &'static str = $expected;

            fn put(&self) -> Value {
                Value::from(self.word())
            }

            fn get(value: &Value) -> Option<Self> {
                Self::get_text(value.as_str()?)
            }

            fn get_text(text: &str) -> Option<Self> {
                Word::from_word(text)
            }

            fn schema() -> Value {
                word_schema::<Self>()
            }
        })*
    };
}

wire_words! {
    PlaceKind "a kind of place",
    GunKind "a kind of gun",
    Action "an action of a gun",
    LotKind "a kind of lot",
    Look "looked or declined",
    Light "seen or blocked",
    Rod "at its mark, above it or not sure",
    RoundKind "a kind of round",
    BlindSide "checker or witness",
    StopCause "a cause of a stop",
    Doubt "a doubt",
    Thing "a kind of thing",
    Role "a role",
    Requirement "what a production asks for",
    RequestKind "a kind of safety request",
    Load "full, half or quarter",
    Method "how it was seen",
    Occasion "an occasion of a count",
    Holds "empty, dummy or blank",
    Toward "nobody, camera or people",
    ShotChange "people, camera, place or action",
    Notified "who was told of a loss",
    Erasable "texts or files",
    RangeException "the work for which live rounds are let in",
    Ground "a ground of an erasure",
    Pack "a pack",
}

/// Takes a field out of an object.
fn field<'a, T: Wire>(fields: &mut impl Object<'a>, name: &str) -> Result<T, WireError> {
    let value = match fields.take(name).ok_or_else(|| WireError::Missing(name.to_owned()))? {
        Json::Text(text) => T::get_text(&text),
        other @ (Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_)) => {
            T::get(&other.value())
        }
    };
    value.ok_or_else(|| WireError::Wrong { field: name.to_owned(), expected: T::EXPECTED })
}

/// Every field was used.
pub(crate) fn nothing_left<'a>(fields: &impl Object<'a>) -> Result<(), WireError> {
    fields.left().map_or(Ok(()), |name| Err(WireError::Unknown(name.to_owned())))
}

/// Makes the JSON Schema of a field.
pub type FieldSchema = fn() -> Value;

/// A kind of intent as the table has it.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The word for it.
    pub word: &'static str,
    /// What its item is, where it has one: `gun`, `person`, `stop` …
    pub item: Option<&'static str>,
    /// The fields of its body with their schema.
    pub fields: &'static [(&'static str, FieldSchema)],
}

macro_rules! intents {
    ($($word:literal $variant:ident ($($item:ident)?) { $($name:ident: $of:ty),* };)*) => {
        /// Every kind of intent.
        pub const KINDS: &[Kind] = &[$(Kind {
            word: $word,
            item: intents!(@item $($item)?),
            fields: &[$((stringify!($name), <$of as Wire>::schema as FieldSchema)),*],
        }),*];

        /// An intent's kind, item and body.
        #[must_use]
        pub fn write_intent(intent: &Intent) -> (&'static str, Option<Id>, Map<String, Value>) {
            write_intent_of(intent)
        }

        /// The same of an intent with other identifiers and moments, each as it is written.
        #[must_use]
        #[allow(clippy::too_many_lines, reason = "one arm a kind of intent, made from the table below")]
        pub fn write_intent_of<S, I>(intent: &kernel::Intent<S>) -> (&'static str, Option<I>, Map<String, Value>)
        where
            S: Scope<Person: Wire + Into<I>, Device: Into<I>, Place: Wire + Into<I>, Gun: Wire + Into<I>>,
            S: Scope<Lot: Wire + Into<I>, Scene: Into<I>, Act: Wire + Into<I>, Time: Wire>,
        {
            match intent {
                $(kernel::Intent::$variant { $($item,)? $($name,)* } => {
                    let body: &[(&str, Value)] = &[$((stringify!($name), $name.put())),*];
                    let item = intents!(@value $($item)?);
                    ($word, item, body.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
                })*
            }
        }

        /// The intent of a kind with this item and body.
        ///
        /// # Errors
        /// Where there is no such kind, or a field is missing, wrong or not its own.
        pub fn read_intent(kind: &str, item: Option<Id>, body: Map<String, Value>) -> Result<Intent, WireError> {
            intent_of(kind, item, body)
        }

        /// The same, from the fields of the body as they were read.
        #[allow(clippy::too_many_lines, reason = "one arm a kind of intent, made from the table below")]
        pub(crate) fn intent_of<'a>(
            kind: &str,
            item: Option<Id>,
            mut body: impl Object<'a>,
        ) -> Result<Intent, WireError> {
            let item_of = |wanted: bool| match (wanted, item) {
                (true, None) => Err(WireError::Missing("item".to_owned())),
                (false, Some(_)) => Err(WireError::Unknown("item".to_owned())),
                (true, Some(_)) | (false, None) => Ok(()),
            };
            let intent = match kind {
                $($word => {
                    item_of(intents!(@item $($item)?).is_some())?;
                    $(let Some($item) = item else { return Err(WireError::Missing("item".to_owned())) };)?
                    Intent::$variant { $($item,)? $($name: field(&mut body, stringify!($name))?,)* }
                })*
                other => return Err(WireError::Kind(other.chars().take(64).collect())),
            };
            nothing_left(&body)?;
            Ok(intent)
        }
    };
    (@item) => { None::<&'static str> };
    (@item $item:ident) => { Some(stringify!($item)) };
    (@value) => { None };
    (@value $item:ident) => { Some((*$item).into()) };
}

intents! {
    "add_person" AddPerson(person) {};
    "assign_roles" AssignRoles(person) { answers_to: Option<Id>, day: Day, roles: Roles };
    "open_day" OpenDay() { day: Day };
    "adopt_packs" AdoptPacks() { choices: Choices, packs: Packs };
    "invite_device" InviteDevice(person) {};
    "enrol_device" EnrolDevice(device) { invitation: Id };
    "revoke_device" RevokeDevice(device) {};
    "register_place" RegisterPlace(place) { for_guns: bool, kind: kernel::PlaceKind, locks: bool };
    "register_gun" RegisterGun(gun) { action: kernel::Action, chambers: u8, kind: kernel::GunKind, place: Id };
    "register_lot" RegisterLot(lot) { inert_at_head: bool, kind: kernel::LotKind, rounds: u32 };
    "take_out" TakeOut(gun) {};
    "put_away" PutAway(gun) { place: Id };
    "offer" Offer(gun) { to: Id };
    "withdraw_offer" WithdrawOffer(gun) { offer: Id };
    "take" Take(gun) { look: kernel::Look, offer: Id };
    "refuse_offer" RefuseOffer(gun) { offer: Id };
    "take_back" TakeBack(gun) {};
    "look_last" LookLast(gun) { offer: Id, readings: Readings };
    "look_through_bore" LookThroughBore(gun) { light: kernel::Light };
    "load" Load(gun) { chambers: Chambers, lot: Id };
    "unload" Unload(gun) { chambers: Chambers };
    "begin_check" BeginCheck(gun) { witness: Id };
    "answer_check" AnswerCheck(gun) { check: Id, readings: Readings };
    "give_up_check" GiveUpCheck(gun) { check: Id };
    "match_identity" MatchIdentity(gun) {};
    "point_toward_people" PointTowardPeople(gun) {};
    "report_have" ReportHave(gun) {};
    "report_gone" ReportGone(gun) {};
    "report_out_of_sight" ReportOutOfSight(gun) {};
    "report_doubt" ReportDoubt(gun) {};
    "report_fault" ReportFault(gun) {};
    "clear_fault" ClearFault(gun) {};
    "report_muzzle" ReportMuzzle(gun) {};
    "report_discharge" ReportDischarge(gun) {};
    "report_round_found" ReportRoundFound() { round: kernel::RoundKind };
    "report_dispute" ReportDispute(gun) {};
    "report_left" ReportLeft(person) {};
    "report_returned" ReportReturned(person) {};
    "report_break" ReportBreak() {};
    "receive_lot" ReceiveLot(lot) { calibre: Option<Calibre>, inert_at_head: bool, kind: kernel::LotKind, load: Option<kernel::Load>, place: Id, rounds: u32, source: Id, uniform: bool };
    "enter_calibre" EnterCalibre(gun) { calibre: Calibre };
    "roster_duty" RosterDuty(person) { from: Millis, role: kernel::Role, until: Millis };
    "require" Require() { required: bool, what: kernel::Requirement };
    "enter_training" EnterTraining(person) { action: kernel::Action, passed: bool };
    "enter_course" EnterCourse(person) { until: Option<Day> };
    "enter_permit" EnterPermit(person) { held: bool, until: Option<Day> };
    "enter_authority" EnterAuthority(person) { given: bool };
    "name_contact" NameContact(person) {};
    "report_police_told" ReportPoliceTold(scene) {};
    "report_safety_request" ReportSafetyRequest() { kind: kernel::RequestKind };
    "answer_request" AnswerRequest(request) { granted: bool };
    "declare_guard" DeclareGuard(person) { outside: bool };
    "report_guard_inside" ReportGuardInside(person) {};
    "plan_scene" PlanScene(scene) { blanks: bool, day: Option<Day> };
    "take_out_lot" TakeOutLot(lot) {};
    "put_away_lot" PutAwayLot(lot) { place: Id };
    "re_box" ReBox(lot) { from: Id, rounds: u32 };
    "draw" Draw(lot) { rounds: u32 };
    "put_back" PutBack(lot) { rounds: u32 };
    "stow" Stow(lot) { place: Id, rounds: u32 };
    "gather" Gather(lot) { place: Id, rounds: u32 };
    "seal_belt" SealBelt(place) { seal: u32 };
    "see_seal" SeeSeal(place) { seal: u32 };
    "declare_reload" DeclareReload(place) {};
    "begin_count" BeginCount(lot) { occasion: kernel::Occasion, witness: Id };
    "answer_count" AnswerCount(lot) { count: Id, method: kernel::Method, seal: Option<u32>, tally: Tally };
    "give_up_count" GiveUpCount(lot) { count: Id };
    "declare_lost" DeclareLost(lot) { brass: u32, place: Id };
    "test_blank" TestBlank(gun) { lot: Id, rounds: u32, stand_off_centimetres: u32 };
    "clear_line" ClearLine(gun) { nearest_centimetres: u32 };
    "empty_gun" EmptyGun(gun) { misfired: Chambers, spent: Chambers, unfired: Chambers };
    "open_scene" OpenScene(scene) { place: Id };
    "close_scene" CloseScene() {};
    "close_for_lunch" CloseForLunch() {};
    "wrap" Wrap() {};
    "hold_meeting" HoldMeeting(scene) { place: Id, topics: Topics };
    "attend_meeting" AttendMeeting(meeting) { person: Id };
    "call_to_set" CallToSet(gun) {};
    "call_off_set" CallOffSet(gun) {};
    "begin_line" BeginLine() { witness: Id };
    "issue_in_line" IssueInLine(gun) { line: Id, readings: Readings, to: Id };
    "confirm_in_line" ConfirmInLine(gun) { issue: Id, readings: Readings, to: Id };
    "muster_line" MusterLine(line) { guns: u32 };
    "declare_transfer" DeclareTransfer(gun) { to: Id };
    "declare_preset" DeclarePreset(gun) { place: Id };
    "lay_preset" LayPreset(gun) { place: Id };
    "report_fired" ReportFired(gun) { misfires: u8, shots: u8 };
    "report_line_changed" ReportLineChanged(gun) {};
    "report_reloaded" ReportReloaded(gun) { chambers: Chambers, lot: Id, place: Id };
    "report_seal_broken" ReportSealBroken(place) {};
    "report_round_found_in" ReportRoundFoundIn(place) { round: kernel::RoundKind };
    "answer_feed_check" AnswerFeedCheck(gun) { check: Id, feed: FeedReading, readings: Readings };
    "look_last_feed" LookLastFeed(gun) { feed: FeedReading, offer: Id, readings: Readings };
    "load_feed" LoadFeed(gun) { chambers: Chambers, lot: Id, rounds: u8 };
    "empty_feed" EmptyFeed(gun) { chambers: Chambers, misfired: u8, rounds: u8, spent: u8 };
    "issue_feed_in_line" IssueFeedInLine(gun) { feed: FeedReading, line: Id, readings: Readings, to: Id };
    "confirm_feed_in_line" ConfirmFeedInLine(gun) { feed: FeedReading, issue: Id, readings: Readings, to: Id };
    "run_rod" RunRod(gun) { rod: kernel::Rod };
    "prime" Prime(gun) { barrels: Chambers };
    "answer_barrel_check" AnswerBarrelCheck(gun) { check: Id, rods: BarrelReadings };
    "look_last_barrels" LookLastBarrels(gun) { offer: Id, rods: BarrelReadings };
    "empty_barrels" EmptyBarrels(gun) { burned: Chambers, misfired: Chambers, unfired: Chambers };
    "issue_barrels_in_line" IssueBarrelsInLine(gun) { line: Id, rods: BarrelReadings, to: Id };
    "confirm_barrels_in_line" ConfirmBarrelsInLine(gun) { issue: Id, rods: BarrelReadings, to: Id };
    "plan_shot" PlanShot(scene) {};
    "plan_gun" PlanGun(gun) { barrier: bool, copy_will_not_do: bool, holds: kernel::Holds, load: Option<kernel::Load>, rounds: u8, shot: Id, stand_off_millimetres: u32, toward: kernel::Toward };
    "place_person" PlacePerson(person) { distance_millimetres: u32, gun: Id, shot: Id };
    "leave_person_out" LeavePersonOut(person) { shot: Id };
    "tell_person" TellPerson(person) { shot: Id };
    "report_refused_shot" ReportRefusedShot(person) { shot: Id };
    "approve_muzzle" ApproveMuzzle(gun) { shot: Id };
    "measure_stand_off" MeasureStandOff(gun) { nearest_millimetres: u32, shot: Id };
    "set_barrier" SetBarrier(gun) { shot: Id };
    "enter_protection" EnterProtection(gun) { shot: Id };
    "call_shot_ready" CallShotReady(shot) {};
    "begin_take" BeginTake() { shot: Option<Id> };
    "report_cut" ReportCut() {};
    "report_shot_changed" ReportShotChanged(shot) { change: kernel::ShotChange };
    "stop" Stop() { cause: kernel::StopCause };
    "name_inquiry" NameInquiry(stop) { inquirer: Id };
    "close_inquiry" CloseInquiry(stop) {};
    "report_personal_weapon" ReportPersonalWeapon() { whose: Option<Id> };
    "return_to_vendor" ReturnToVendor(gun) { vendor: Id };
    "receive_from_vendor" ReceiveFromVendor(gun) { place: Id, vendor: Id };
    "begin_transit" BeginTransit(place) {};
    "end_transit" EndTransit(place) {};
    "report_unattended" ReportUnattended(place) {};
    "report_told_of_loss" ReportToldOfLoss(gun) { notified: kernel::Notified };
    "erase" Erase(intent) { ground: kernel::Ground, what: kernel::Erasable };
    "report_record_needed" ReportRecordNeeded() {};
    "release_record" ReleaseRecord(preservation) {};
    "enter_unit" EnterUnit() { unit: Unit };
    "move_person_to_unit" MovePersonToUnit(person) { unit: Unit };
    "move_gun_to_unit" MoveGunToUnit(gun) { unit: Unit };
    "move_lot_to_unit" MoveLotToUnit(lot) { unit: Unit };
    "move_place_to_unit" MovePlaceToUnit(place) { unit: Unit };
    "declare_range" DeclareRange() { exception: kernel::RangeException };
    "confirm_range" ConfirmRange(declaration) {};
    "return_lot_to_vendor" ReturnLotToVendor(lot) { vendor: Id };
    "sign_for_gun" SignForGun(gun) {};
    "sign_for_lot" SignForLot(lot) { seal: u32 };
    "report_feed_swapped" ReportFeedSwapped(gun) { came_out: u8, into: Id, lot: Id, place: Id, rounds: u8 };
    "report_gun_exhibit" ReportGunExhibit(gun) { guard: Id, stop: Id };
    "report_lot_exhibit" ReportLotExhibit(lot) { guard: Id, stop: Id };
    "report_rounds_exhibit" ReportRoundsExhibit(gun) { guard: Id, saw: Tally, stop: Id, witness: Id };
    "report_exhibit_given" ReportExhibitGiven(exhibit) { to: Id };
    "report_exhibit_taken" ReportExhibitTaken(exhibit) {};
    "report_exhibit_to_police" ReportExhibitToPolice(exhibit) {};
    "release_exhibit" ReleaseExhibit(exhibit) {};
}

macro_rules! events {
    ($($word:literal $variant:ident { $($name:ident: $of:ty),* };)*) => {
        /// An event as JSON: its word under `event`, then its fields.
        #[must_use]
        #[allow(clippy::too_many_lines, reason = "one arm an event, made from the table below")]
        pub fn write_event(event: &Event) -> Value {
            let (word, fields): (&str, Vec<(&str, Value)>) = match event {
                $(Event::$variant { $($name),* } => ($word, vec![$((stringify!($name), <$of as Wire>::put($name))),*]),)*
            };
            let mut object: Map<String, Value> = fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            object.insert("event".to_owned(), Value::from(word));
            Value::Object(object)
        }

        /// The event that is written so.
        ///
        /// # Errors
        /// Where there is no such event, or a field is missing, wrong or not its own.
        pub fn read_event(value: &Value) -> Result<Event, WireError> {
            event_of(Json::from(value))
        }

        /// The same, as it was read.
        #[allow(clippy::too_many_lines, reason = "one arm an event, made from the table below")]
        pub(crate) fn event_of(value: Json<'_>) -> Result<Event, WireError> {
            let mut fields = value.object().unwrap_or_default();
            let word = fields.take("event").and_then(Json::text);
            let word = word.ok_or_else(|| WireError::Missing("event".to_owned()))?;
            let event = match word.as_ref() {
                $($word => Event::$variant { $($name: field::<$of>(&mut fields, stringify!($name))?),* },)*
                other => return Err(WireError::Event(other.chars().take(64).collect())),
            };
            nothing_left(&fields)?;
            Ok(event)
        }
    };
}

events! {
    "person_added" PersonAdded { person: Id };
    "roles_assigned" RolesAssigned { person: Id, day: Day, roles: Roles, answers_to: Option<Id> };
    "day_opened" DayOpened { day: Day, at: Millis };
    "packs_adopted" PacksAdopted { packs: Packs, choices: Choices, by: Id, at: Millis };
    "device_invited" DeviceInvited { invitation: Id, person: Id };
    "device_enrolled" DeviceEnrolled { invitation: Id, device: Id, person: Id };
    "device_revoked" DeviceRevoked { device: Id };
    "place_registered" PlaceRegistered { place: Id, kind: kernel::PlaceKind, locks: bool, for_guns: bool };
    "gun_registered" GunRegistered { gun: Id, kind: kernel::GunKind, action: kernel::Action, chambers: u8, place: Id, at: Millis };
    "lot_registered" LotRegistered { lot: Id, kind: kernel::LotKind, inert_at_head: bool, rounds: u32 };
    "gun_taken_out" GunTakenOut { gun: Id, person: Id, at: Millis };
    "gun_put_away" GunPutAway { gun: Id, place: Id, at: Millis };
    "gun_offered" GunOffered { gun: Id, offer: Id, from: Id, to: Id, at: Millis };
    "offer_withdrawn" OfferWithdrawn { gun: Id, from: Id, at: Millis };
    "offer_refused" OfferRefused { gun: Id, from: Id, at: Millis };
    "last_look_made" LastLookMade { gun: Id, offer: Id, witness: Id };
    "gun_taken" GunTaken { gun: Id, person: Id, handler: Id, look: kernel::Look, at: Millis };
    "gun_taken_back" GunTakenBack { gun: Id, person: Id, at: Millis };
    "gun_reported_with" GunReportedWith { gun: Id, person: Id, handler: Option<Id>, at: Millis };
    "gun_reported_gone" GunReportedGone { gun: Id, at: Millis };
    "bore_looked" BoreLooked { gun: Id, look: Id, light: kernel::Light };
    "gun_loaded" GunLoaded { gun: Id, lot: Id, chambers: Chambers };
    "gun_unloaded" GunUnloaded { gun: Id, chambers: Chambers };
    "check_begun" CheckBegun { gun: Id, check: Id, checker: Id, witness: Id, device: Option<Id>, at: Millis };
    "check_answered" CheckAnswered { gun: Id, side: kernel::BlindSide, readings: Readings, device: Option<Id>, at: Millis };
    "answers_differed" AnswersDiffered { gun: Id, at: Millis };
    "gun_shown" GunShown { gun: Id, at: Millis };
    "answers_opened" AnswersOpened { gun: Id };
    "identity_matched" IdentityMatched { gun: Id, by: Id, at: Millis };
    "showing_voided" ShowingVoided { gun: Id, why: kernel::Doubt, at: Millis };
    "break_began" BreakBegan { at: Millis };
    "person_left" PersonLeft { person: Id, at: Millis };
    "person_returned" PersonReturned { person: Id };
    "clock_jumped" ClockJumped { at: Millis };
    "stop_pulled" StopPulled { stop: Id, cause: kernel::StopCause, by: Option<Id>, gun: Option<Id>, concerned: [Option<Id>; 2], at: Millis };
    "inquiry_named" InquiryNamed { stop: Id, inquirer: Id, by: Id };
    "stop_lifted" StopLifted { stop: Id };
    "lot_received" LotReceived { lot: Id, kind: kernel::LotKind, load: Option<kernel::Load>, calibre: Option<Calibre>, source: Id, rounds: u32, inert_at_head: bool, uniform: bool, place: Id, at: Millis };
    "calibre_entered" CalibreEntered { gun: Id, calibre: Calibre };
    "duty_rostered" DutyRostered { person: Id, role: kernel::Role, from: Millis, until: Millis };
    "requirement_set" RequirementSet { what: kernel::Requirement, required: bool };
    "training_entered" TrainingEntered { person: Id, action: kernel::Action, passed: bool };
    "course_entered" CourseEntered { person: Id, until: Option<Day> };
    "permit_entered" PermitEntered { person: Id, held: bool, until: Option<Day> };
    "contact_named" ContactNamed { person: Id };
    "police_told" PoliceTold { scene: Id, at: Millis };
    "authority_entered" AuthorityEntered { person: Id, given: bool };
    "safety_requested" SafetyRequested { request: Id, kind: kernel::RequestKind, by: Id, at: Millis };
    "request_answered" RequestAnswered { request: Id, granted: bool, by: Id };
    "guard_declared" GuardDeclared { person: Id, outside: bool };
    "scene_planned" ScenePlanned { scene: Id, day: Option<Day>, blanks: bool };
    "lot_taken_out" LotTakenOut { lot: Id, person: Id, at: Millis };
    "lot_put_away" LotPutAway { lot: Id, place: Id, at: Millis };
    "lot_reboxed" LotReboxed { lot: Id, from: Id, rounds: u32, person: Id, at: Millis };
    "rounds_drawn" RoundsDrawn { lot: Id, person: Id, rounds: u32 };
    "rounds_put_back" RoundsPutBack { lot: Id, person: Id, rounds: u32 };
    "rounds_stowed" RoundsStowed { lot: Id, person: Id, place: Id, rounds: u32 };
    "rounds_gathered" RoundsGathered { lot: Id, person: Id, place: Id, rounds: u32 };
    "belt_sealed" BeltSealed { place: Id, seal: u32 };
    "seal_seen" SealSeen { place: Id };
    "seal_broken" SealBroken { place: Id };
    "reload_declared" ReloadDeclared { place: Id };
    "count_begun" CountBegun { lot: Id, count: Id, occasion: kernel::Occasion, counter: Id, witness: Id, device: Option<Id>, at: Millis };
    "count_answered" CountAnswered { lot: Id, side: kernel::BlindSide, tally: Tally, seal: Option<u32>, device: Option<Id>, at: Millis };
    "counts_differed" CountsDiffered { lot: Id, at: Millis };
    "count_agreed" CountAgreed { lot: Id, seal: Option<u32>, at: Millis };
    "lot_verified" LotVerified { lot: Id, counter: Id, witness: Id, at: Millis };
    "lot_held" LotHeld { lot: Id, stop: Id, missing: u32, by: Option<Id>, concerned: [Option<Id>; 2], at: Millis };
    "rounds_found" RoundsFound { lot: Id };
    "brass_missed" BrassMissed { lot: Id, brass: u32, at: Millis };
    "count_given_up" CountGivenUp { lot: Id, at: Millis };
    "count_opened" CountOpened { lot: Id };
    "loss_declared" LossDeclared { lot: Id, by: Id, brass: u32, place: Id };
    "brass_lost" BrassLost { lot: Id, brass: u32, place: Id, first: Id, second: Id };
    "blank_tested" BlankTested { gun: Id, lot: Id, rounds: u32, stand_off_centimetres: u32 };
    "line_cleared" LineCleared { gun: Id, nearest_centimetres: u32, by: Id, at: Millis };
    "line_changed" LineChanged { gun: Id, at: Millis };
    "gun_fired" GunFired { gun: Id, shots: u8, misfires: u8, at: Millis };
    "gun_emptied" GunEmptied { gun: Id, spent: Chambers, misfired: Chambers, unfired: Chambers, to: Option<Id> };
    "gun_loaded_from_hand" GunLoadedFromHand { gun: Id, lot: Id, chambers: Chambers, person: Id };
    "gun_unloaded_to_hand" GunUnloadedToHand { gun: Id, chambers: Chambers, person: Id };
    "gun_reloaded" GunReloaded { gun: Id, lot: Id, place: Id, chambers: Chambers, at: Millis };
    "scene_opened" SceneOpened { scene: Id, place: Id, at: Millis };
    "scene_closed" SceneClosed { scene: Id, at: Millis };
    "meeting_held" MeetingHeld { meeting: Id, scene: Id, place: Id, topics: Topics, led_by: Id, at: Millis };
    "meeting_attended" MeetingAttended { meeting: Id, person: Id };
    "gun_called_to_set" GunCalledToSet { gun: Id, scene: Id, at: Millis };
    "gun_called_off_set" GunCalledOffSet { gun: Id, at: Millis };
    "day_wrapped" DayWrapped { day: Day, at: Millis };
    "line_begun" LineBegun { line: Id, handler: Id, witness: Id, at: Millis };
    "line_issue_begun" LineIssueBegun { gun: Id, line: Id, issue: Id, to: Id };
    "gun_issued_in_line" GunIssuedInLine { gun: Id, person: Id, handler: Id, at: Millis };
    "muster_answered" MusterAnswered { line: Id, side: kernel::BlindSide, guns: u32, device: Option<Id>, at: Millis };
    "musters_differed" MustersDiffered { line: Id, at: Millis };
    "line_mustered" LineMustered { line: Id, at: Millis };
    "muster_opened" MusterOpened { line: Id };
    "transfer_declared" TransferDeclared { gun: Id, to: Id };
    "preset_declared" PresetDeclared { gun: Id, place: Id };
    "gun_preset" GunPreset { gun: Id, place: Id, handler: Id, at: Millis };
    "gun_transferred" GunTransferred { gun: Id, person: Id, handler: Id, at: Millis };
    "feed_check_answered" FeedCheckAnswered { gun: Id, side: kernel::BlindSide, readings: Readings, feed: FeedReading, device: Option<Id>, at: Millis };
    "gun_feed_loaded" GunFeedLoaded { gun: Id, lot: Id, chambers: Chambers, rounds: u8, from: Option<Id> };
    "gun_feed_emptied" GunFeedEmptied { gun: Id, spent: u8, misfired: u8, unfired: u8, to: Option<Id> };
    "rod_run" RodRun { gun: Id, run: Id, rod: kernel::Rod };
    "gun_primed" GunPrimed { gun: Id, barrels: Chambers };
    "barrel_check_answered" BarrelCheckAnswered { gun: Id, side: kernel::BlindSide, rods: BarrelReadings, device: Option<Id>, at: Millis };
    "gun_barrels_emptied" GunBarrelsEmptied { gun: Id, burned: Chambers, misfired: Chambers, unfired: Chambers };
    "shot_planned" ShotPlanned { shot: Id, scene: Id };
    "gun_planned" GunPlanned { shot: Id, gun: Id, holds: kernel::Holds, load: Option<kernel::Load>, rounds: u8, toward: kernel::Toward, stand_off_millimetres: u32, barrier: bool, by: Id };
    "person_placed" PersonPlaced { shot: Id, gun: Id, person: Id, distance_millimetres: u32 };
    "person_left_out" PersonLeftOut { shot: Id, person: Id };
    "person_told" PersonTold { shot: Id, person: Id };
    "shot_refused" ShotRefused { shot: Id, person: Id };
    "muzzle_approved" MuzzleApproved { shot: Id, gun: Id, by: Id };
    "stand_off_measured" StandOffMeasured { shot: Id, gun: Id, nearest_millimetres: u32 };
    "barrier_set" BarrierSet { shot: Id, gun: Id };
    "protection_entered" ProtectionEntered { shot: Id, gun: Id };
    "shot_ready_called" ShotReadyCalled { shot: Id, at: Millis };
    "shot_changed" ShotChanged { shot: Id, change: kernel::ShotChange, at: Millis };
    "take_begun" TakeBegun { shot: Option<Id>, at: Millis };
    "take_ended" TakeEnded { at: Millis };
    "gun_returned" GunReturned { gun: Id, vendor: Id, at: Millis };
    "gun_received" GunReceived { gun: Id, vendor: Id, place: Id, at: Millis };
    "transit_begun" TransitBegun { place: Id, attendant: Id, at: Millis };
    "transit_ended" TransitEnded { place: Id };
    "left_unattended" LeftUnattended { place: Id, at: Millis };
    "fault_reported" FaultReported { gun: Id, at: Millis };
    "fault_cleared" FaultCleared { gun: Id, by: Id, at: Millis };
    "place_questioned" PlaceQuestioned { place: Id, at: Millis };
    "loss_told" LossTold { gun: Id, notified: kernel::Notified };
    "erased" Erased { intent: Id, what: kernel::Erasable, ground: kernel::Ground };
    "record_preserved" RecordPreserved { preservation: Id, by: Id };
    "record_released" RecordReleased { preservation: Id };
    "unit_entered" UnitEntered { unit: Unit };
    "person_moved_to_unit" PersonMovedToUnit { person: Id, unit: Unit };
    "gun_moved_to_unit" GunMovedToUnit { gun: Id, unit: Unit };
    "lot_moved_to_unit" LotMovedToUnit { lot: Id, unit: Unit };
    "place_moved_to_unit" PlaceMovedToUnit { place: Id, unit: Unit };
    "unit_break_began" UnitBreakBegan { unit: Unit, at: Millis };
    "unit_take_begun" UnitTakeBegun { unit: Unit, shot: Option<Id>, at: Millis };
    "unit_take_ended" UnitTakeEnded { unit: Unit, at: Millis };
    "range_declared" RangeDeclared { declaration: Id, exception: kernel::RangeException, by: Id, at: Millis };
    "range_confirmed" RangeConfirmed { declaration: Id, by: Id, at: Millis };
    "lot_returned" LotReturned { lot: Id, vendor: Id, at: Millis };
    "gun_signed_for" GunSignedFor { gun: Id, by: Id, at: Millis };
    "lot_signed_for" LotSignedFor { lot: Id, by: Id, at: Millis };
    "gun_feed_swapped" GunFeedSwapped { gun: Id, lot: Id, place: Id, rounds: u8, came_out: u8, into: Id, at: Millis };
    "gun_exhibited" GunExhibited { exhibit: Id, gun: Id, stop: Id, guard: Id, at: Millis };
    "lot_exhibited" LotExhibited { exhibit: Id, lot: Id, stop: Id, guard: Id, at: Millis };
    "rounds_bagged" RoundsBagged { exhibit: Id, gun: Id, lot: Option<Id>, rounds: u32, saw: Tally, stop: Id, guard: Id, at: Millis };
    "exhibit_given" ExhibitGiven { exhibit: Id, from: Id, to: Id, at: Millis };
    "exhibit_taken" ExhibitTaken { exhibit: Id, by: Id, at: Millis };
    "exhibit_to_police" ExhibitToPolice { exhibit: Id, at: Millis };
    "exhibit_released" ExhibitReleased { exhibit: Id, at: Millis };
}

/// A reason as JSON: its code, then the facts it has.
#[must_use]
pub fn write_reason(reason: &Reason) -> Value {
    let mut object = Map::new();
    object.insert("code".to_owned(), Value::from(reason.code.as_str()));
    if let Some(at) = reason.at {
        object.insert("at".to_owned(), at.put());
    }
    if let Some(who) = reason.who {
        object.insert("who".to_owned(), who.put());
    }
    if !reason.chambers.is_empty() {
        object.insert("chambers".to_owned(), reason.chambers.put());
    }
    if let Some(what) = reason.what {
        object.insert("what".to_owned(), what.put());
    }
    for (name, item) in [("gun", reason.gun), ("lot", reason.lot), ("place", reason.place)] {
        if let Some(item) = item {
            object.insert(name.to_owned(), item.put());
        }
    }
    if let Some(rounds) = reason.rounds {
        object.insert("rounds".to_owned(), rounds.put());
    }
    if let Some(pack) = reason.pack {
        object.insert("pack".to_owned(), pack.put());
    }
    Value::Object(object)
}

/// The reason that is written so.
///
/// # Errors
/// Where the code is not known, or a field is wrong or not its own.
pub fn read_reason(value: &Value) -> Result<Reason, WireError> {
    reason_of(Json::from(value))
}

/// The same, as it was read.
pub(crate) fn reason_of(value: Json<'_>) -> Result<Reason, WireError> {
    let mut fields = value.object().unwrap_or_default();
    let code = fields.take("code").and_then(|it| it.as_str().and_then(Code::parse));
    let code = code.ok_or_else(|| WireError::Wrong { field: "code".to_owned(), expected: "a code of a reason" })?;
    let mut reason = Reason::new(code);
    reason.at = optional(&mut fields, "at")?;
    reason.who = optional(&mut fields, "who")?;
    reason.chambers = optional(&mut fields, "chambers")?.unwrap_or_default();
    reason.what = optional(&mut fields, "what")?;
    reason.gun = optional(&mut fields, "gun")?;
    reason.lot = optional(&mut fields, "lot")?;
    reason.place = optional(&mut fields, "place")?;
    reason.rounds = optional(&mut fields, "rounds")?;
    reason.pack = optional(&mut fields, "pack")?;
    nothing_left(&fields)?;
    Ok(reason)
}

/// A field that may be missing.
pub(crate) fn optional<'a, T: Wire>(fields: &mut impl Object<'a>, name: &str) -> Result<Option<T>, WireError> {
    if fields.has(name) { field(fields, name).map(Some) } else { Ok(None) }
}

/// A field that must be there.
pub(crate) fn required<'a, T: Wire>(fields: &mut impl Object<'a>, name: &str) -> Result<T, WireError> {
    field(fields, name)
}
