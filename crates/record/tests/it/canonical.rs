use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
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

/// The form by its definition: what is read and written again gives the same bytes.
fn by_definition(bytes: &[u8]) -> Result<Value, NotCanonical> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| NotCanonical::NotJson)?;
    if write(&value)?.as_bytes() == bytes { Ok(value) } else { Err(NotCanonical::Form) }
}

#[test]
fn what_may_be_nested_is_what_the_definition_lets_be_nested() {
    for depth in [1, 2, 126, 127, 128, 129, 255, 256, 257] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = open.repeat(depth) + "1" + &close.repeat(depth);
            assert_eq!(read(text.as_bytes()), by_definition(text.as_bytes()), "{depth} {open}");
        }
    }
    let beside = format!("[{}]", vec!["[[]]"; 300].join(","));
    assert_eq!(read(beside.as_bytes()), by_definition(beside.as_bytes()));
    assert!(read(beside.as_bytes()).is_ok(), "depth is not how often it was gone deeper");
}

#[test]
fn every_escape_and_number_is_taken_as_by_the_definition() {
    let mut texts: Vec<String> = (0..=0x2ff).map(|code| format!("\"\\u{code:04x}\"")).collect();
    texts.extend((0..=0x2ff).map(|code| format!("\"\\u{code:04X}\"")));
    texts.extend((0..=0x2ff_u32).filter_map(char::from_u32).map(|letter| format!("\"{letter}\"")));
    texts.extend((0..=0x2ff_u32).filter_map(char::from_u32).map(|letter| format!("\"\\{letter}\"")));
    texts.extend((0..=0x2ff_u32).filter_map(char::from_u32).map(|letter| format!("{{\"{letter}\":0}}")));
    for text in
        ["0", "-0", "00", "01", "-1", "-01", "--1", "+1", "1.", ".5", "1e1", "-", "", " ", "1 ", " 1", "\u{feff}1"]
    {
        texts.push(text.to_owned());
    }
    for number in
        [9_007_199_254_740_991_i128, 9_007_199_254_740_992, i128::from(i64::MAX), i128::from(u64::MAX), i128::MAX - 1]
    {
        texts.extend([number.to_string(), (-number).to_string(), (number + 1).to_string().replace('-', "")]);
    }
    for text in texts {
        assert_eq!(read(text.as_bytes()), by_definition(text.as_bytes()), "{text:?}");
    }
}

/// A text is passed over eight bytes at a time: whatever ends it, wherever it stands, is seen.
#[test]
fn what_ends_a_text_is_seen_wherever_it_stands() {
    for letter in ["a", " ", "!", "#", "[", "]", "\u{7f}", "ä", "€", "🎬"] {
        for before in 0..20 {
            for special in ["\"", "\\", "\\n", "\\u0001", "\u{1}", "\u{1f}", "\n", "\0"] {
                for behind in 0..9 {
                    let text = format!("\"{}{special}{}\"", letter.repeat(before), letter.repeat(behind));
                    assert_eq!(read(text.as_bytes()), by_definition(text.as_bytes()), "{text:?}");
                }
            }
        }
    }
}

/// JSON in the one form, as deep as four.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-20_i64..20).prop_map(Value::from),
        "[a-c\"\\\\\n\u{0}-\u{1f}ü\u{308}]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-c\"\\\\ä]{0,2}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_read_is_what_the_definition_takes(value in any_value()) {
        for text in [serde_json::to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap()] {
            proptest::prop_assert_eq!(read(text.as_bytes()), by_definition(text.as_bytes()));
        }
    }

    #[test]
    fn a_changed_text_is_taken_as_by_the_definition(
        value in any_value(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..3, any::<prop::sample::Index>()), 1..4),
    ) {
        const BYTES: &[u8] = b"\"\\{}[]:, 0123456789-+.eEntrualsfbu/abc\n\x00\x1f\x7f\xc3\xa4\xff";
        let mut bytes = serde_json::to_vec(&value).unwrap();
        for (place, kind, byte) in changes {
            let at = place.index(bytes.len() + 1);
            let byte = BYTES[byte.index(BYTES.len())];
            match kind {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ if at < bytes.len() => { bytes.remove(at); }
                _ => {}
            }
        }
        proptest::prop_assert_eq!(read(&bytes), by_definition(&bytes));
    }

    #[test]
    fn a_text_of_json_letters_is_taken_as_by_the_definition(text in "[\"\\\\{}\\[\\]:,01\\-ae. u]{0,12}") {
        proptest::prop_assert_eq!(read(text.as_bytes()), by_definition(text.as_bytes()));
    }
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
