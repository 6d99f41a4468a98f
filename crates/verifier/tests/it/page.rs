//! `verify.html` stands alone, and gives the program in it no more than it needs.

use showclear_verifier::page;

const WASM: &[u8] = include_bytes!("../../page/verifier.wasm");
const WORKER: &str = include_str!("../../page/worker.js");

#[test]
fn the_page_is_whole_and_asks_nobody_for_anything() {
    let page = page();
    for marker in ["/*POLICY*/", "/*STYLE*/", "/*SCRIPT*/", "/*WORKER*/", "/*WASM*/"] {
        assert!(!page.contains(marker), "{marker}");
    }
    // What stands in an element may not end it.
    for (element, count) in [("script", 3), ("style", 1)] {
        assert_eq!(page.matches(&format!("</{element}")).count(), count, "{element}");
    }
    for outside in ["http://", "https://", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("content=\"default-src 'none'; script-src 'sha256-"));
    assert!(!page.contains("unsafe-inline"));
}

/// The functions that a module wants of whoever runs it.
fn imports(module: &[u8]) -> Vec<String> {
    const IMPORTS: u8 = 2;
    let mut rest = &module[8..];
    while let [kind, after @ ..] = rest {
        let (length, body) = number(after);
        if *kind == IMPORTS {
            let (count, mut list) = number(body);
            return (0..count).map(|_| import(&mut list)).collect();
        }
        rest = &body[length..];
    }
    Vec::new()
}

/// One import: the module's name, the function's name, and its type.
fn import(list: &mut &[u8]) -> String {
    let mut text = || {
        let (length, rest) = number(list);
        let (text, after) = rest.split_at(length);
        *list = after;
        String::from_utf8(text.to_vec()).unwrap()
    };
    let name = format!("{} {}", text(), text());
    let (kind, rest) = list.split_first().unwrap();
    assert_eq!(*kind, 0, "{name} is a function");
    *list = number(rest).1;
    name
}

/// An unsigned LEB128 number, and what stands behind it.
fn number(bytes: &[u8]) -> (usize, &[u8]) {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0).unwrap();
    let value = bytes[..=end].iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    (value, &bytes[end + 1..])
}

#[test]
fn the_program_wants_no_file_no_clock_no_randomness_and_no_network() {
    let mut wanted = imports(WASM);
    wanted.sort();
    let names = ["args_get", "args_sizes_get", "environ_get", "environ_sizes_get", "fd_read", "fd_write", "proc_exit"];
    assert_eq!(wanted, names.map(|name| format!("wasi_snapshot_preview1 {name}")));
    for name in names {
        assert!(WORKER.contains(&format!(" {name}(")) || WORKER.contains(&format!(" {name}:")), "{name}");
    }
}
