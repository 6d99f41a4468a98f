use record::canonical::{NotCanonical, read, write};
use serde_json::{Value, json};

#[test]
fn what_is_written_is_sorted_and_tight() {
    let value = json!({"b": [1, -2, null, true], "a": {"z": "ü\n\u{1}", "y": ""}});
    assert_eq!(write(&value).unwrap(), "{\"a\":{\"y\":\"\",\"z\":\"ü\\n\\u0001\"},\"b\":[1,-2,null,true]}");
}

#[test]
fn only_the_one_form_is_read() {
    for (bytes, why) in [
        ("{\"b\":1,\"a\":2}", NotCanonical::Form),
        ("{\"a\":1,\"a\":1}", NotCanonical::Form),
        ("{ \"a\":1}", NotCanonical::Form),
        ("{\"a\":\"\\u0041\"}", NotCanonical::Form),
        ("{\"a\":1}\n", NotCanonical::Form),
        ("{\"a\":1.0}", NotCanonical::Number),
        ("{\"a\":1e3}", NotCanonical::Number),
        ("{\"a\":9007199254740992}", NotCanonical::Number),
        ("{\"a\":18446744073709551615}", NotCanonical::Number),
        ("{\"ä\":1}", NotCanonical::Key("ä".to_owned())),
        ("{\"a\":\"u\u{308}\"}", NotCanonical::Text),
        ("{\"a\":", NotCanonical::NotJson),
        ("", NotCanonical::NotJson),
    ] {
        assert_eq!(read(bytes.as_bytes()), Err(why), "{bytes}");
    }
    assert_eq!(read(b"{\"a\":9007199254740991}").unwrap(), json!({"a": 9_007_199_254_740_991_i64}));
    assert_eq!(read(b"{\"a\":-0}"), Err(NotCanonical::Number), "minus zero is a float");
}

#[test]
fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_eq!(read(deep.as_bytes()), Err(NotCanonical::NotJson));
}

proptest::proptest! {
    #[test]
    fn reading_what_was_written_gives_it_back(text in "\\PC*", number in -9_007_199_254_740_991_i64..9_007_199_254_740_991) {
        let value = json!({"n": number, "t": text});
        match write(&value) {
            Ok(written) => proptest::prop_assert_eq!(read(written.as_bytes()).unwrap(), value),
            Err(why) => proptest::prop_assert_eq!(why, NotCanonical::Text),
        }
    }
}

#[test]
fn null_is_null() {
    assert_eq!(read(b"null").unwrap(), Value::Null);
}
