//! The JSON Schema of an intent, made from the same table that writes and reads it.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::entry::hash_json;
use crate::wire::{KINDS, Kind, Wire};
use crate::{Id, Millis};
use proof::tree::Hash;

/// The schema of the second line of an intent note.
#[must_use]
pub fn intent_schema() -> Value {
    json!({
        "title": "Intent",
        "description": "The second line of an intent note, in canonical form. The note is signed by the device.",
        "oneOf": KINDS.iter().map(kind_schema).collect::<Vec<_>>(),
    })
}

/// The hash of the schema, which the first entry of a log names.
#[must_use]
pub fn schema_hash() -> Hash {
    // It is the same in every log, and takes as long to make as 100 signatures to verify.
    static HASH: LazyLock<Hash> = LazyLock::new(|| hash_json(&intent_schema()));
    *HASH
}

fn kind_schema(kind: &Kind) -> Value {
    let hash = json!({"type": "string", "contentEncoding": "base64", "minLength": 44, "maxLength": 44});
    let fields: Map<String, Value> = kind.fields.iter().map(|(name, schema)| ((*name).to_owned(), schema())).collect();
    let names: Vec<&str> = kind.fields.iter().map(|(name, _)| *name).collect();
    let item = kind.item.map_or(json!({"type": "null"}), |what| {
        let mut schema = Id::schema();
        schema.as_object_mut().map(|it| it.insert("description".to_owned(), Value::from(format!("the {what}"))));
        schema
    });
    json!({
        "type": "object",
        "title": kind.word,
        "required": ["body", "by", "claimed_at", "id", "item", "kind"],
        "additionalProperties": false,
        "properties": {
            "_sd": {"type": "object", "additionalProperties": hash},
            "att": {"type": "array"},
            "body": {"type": "object", "required": names, "additionalProperties": false, "properties": fields},
            "by": <Option<Id>>::schema(),
            "claimed_at": Millis::schema(),
            "dseq": {"type": "integer", "minimum": 1},
            "id": Id::schema(),
            "item": item,
            "key": hash,
            "kind": {"const": kind.word},
            "names": hash,
            "prev": {"anyOf": [hash, {"type": "null"}]},
            "seen": {"type": "object", "required": ["root", "size"], "additionalProperties": false,
                     "properties": {"root": hash, "size": {"type": "integer", "minimum": 0}}},
        },
    })
}
