//! JSON as it was read, before anybody says what it means. Texts and keys stay where they were read from, and an object is
//! the list of its fields as they came: an audit reads two objects an entry, and a copy of every key would cost it more than
//! hashing does.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

/// A value that was read.
#[derive(Clone, Debug)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Fields<'a>),
}

/// The fields of an object: in their order until one is taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

/// What fields are taken out of.
pub(crate) trait Object<'a> {
    /// Takes a field.
    fn take(&mut self, name: &str) -> Option<Json<'a>>;
    /// The first field by its key that nobody took.
    fn left(&self) -> Option<&str>;
    /// Is there such a field?
    fn has(&self, name: &str) -> bool;
}

impl<'a> Object<'a> for Fields<'a> {
    fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let place = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.swap_remove(place).1)
    }

    fn left(&self) -> Option<&str> {
        self.0.iter().map(|(key, _)| key.as_ref()).min()
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

impl Object<'static> for Map<String, Value> {
    fn take(&mut self, name: &str) -> Option<Json<'static>> {
        self.remove(name).map(Json::from)
    }

    fn left(&self) -> Option<&str> {
        self.keys().next().map(String::as_str)
    }

    fn has(&self, name: &str) -> bool {
        self.contains_key(name)
    }
}

impl<'a> Fields<'a> {
    /// An object with one field; there is room for as many as most have.
    pub(crate) fn one(key: Cow<'a, str>, value: Json<'a>) -> Fields<'a> {
        let mut fields = Vec::with_capacity(12);
        fields.push((key, value));
        Fields(fields)
    }

    /// One more field, behind the others.
    pub(crate) fn push(&mut self, key: Cow<'a, str>, value: Json<'a>) {
        self.0.push((key, value));
    }

    /// The key of the last field.
    pub(crate) fn last_key(&self) -> Option<&str> {
        self.0.last().map(|(key, _)| key.as_ref())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for Fields<'a> {
    type Item = (Cow<'a, str>, Json<'a>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> Json<'a> {
    pub(crate) fn as_bool(&self) -> Option<bool> {
        if let Json::Bool(truth) = self { Some(*truth) } else { None }
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        if let Json::Number(number) = self { number.as_u64() } else { None }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn list(self) -> Option<Vec<Json<'a>>> {
        if let Json::List(items) = self { Some(items) } else { None }
    }

    pub(crate) fn object(self) -> Option<Fields<'a>> {
        if let Json::Object(fields) = self { Some(fields) } else { None }
    }

    /// With copies of its keys and texts.
    pub(crate) fn value(self) -> Value {
        match self {
            Json::Null => Value::Null,
            Json::Bool(truth) => Value::Bool(truth),
            Json::Number(number) => Value::Number(number),
            Json::Text(text) => Value::String(text.into_owned()),
            Json::List(items) => Value::Array(items.into_iter().map(Json::value).collect()),
            Json::Object(fields) => {
                Value::Object(fields.into_iter().map(|(key, value)| (key.into_owned(), value.value())).collect())
            }
        }
    }
}

impl From<Value> for Json<'static> {
    fn from(value: Value) -> Json<'static> {
        match value {
            Value::String(text) => Json::Text(Cow::Owned(text)),
            Value::Array(items) => Json::List(items.into_iter().map(Json::from).collect()),
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(key, value)| (Cow::Owned(key), Json::from(value)));
                Json::Object(Fields(fields.collect()))
            }
            Value::Null => Json::Null,
            Value::Bool(truth) => Json::Bool(truth),
            Value::Number(number) => Json::Number(number),
        }
    }
}

impl<'a> From<&'a Value> for Json<'a> {
    fn from(value: &'a Value) -> Json<'a> {
        match value {
            Value::String(text) => Json::Text(Cow::Borrowed(text)),
            Value::Array(items) => Json::List(items.iter().map(Json::from).collect()),
            Value::Object(fields) => {
                let fields = fields.iter().map(|(key, value)| (Cow::Borrowed(key.as_str()), Json::from(value)));
                Json::Object(Fields(fields.collect()))
            }
            Value::Null => Json::Null,
            Value::Bool(truth) => Json::Bool(*truth),
            Value::Number(number) => Json::Number(number.clone()),
        }
    }
}
