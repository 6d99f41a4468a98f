use std::io::Read as _;

use showclear_proof::zip::{File, MAX_FILES, ZipError, is_path, read, write};

const FILES: [File<'static>; 4] = [
    File { path: "README.txt", bytes: b"what this is\n" },
    File { path: "checkpoint", bytes: b"" },
    File { path: "tile/0/000.p/3", bytes: &[1; 96] },
    File { path: "tile/entries/000.p/3", bytes: &[0xff, 0, 0x50, 0x4b, 3, 4] },
];

#[test]
fn what_is_written_reads_back_and_is_the_same_each_time() {
    let bytes = write(FILES).unwrap();
    assert_eq!(read(&bytes).unwrap(), FILES);
    assert_eq!(write(FILES).unwrap(), bytes);
    assert_eq!(read(&write([]).unwrap()).unwrap(), []);
}

/// The crate `zip`, another people's reader, finds the same files in it.
#[test]
fn another_reader_finds_the_same_files() {
    let bytes = write(FILES).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(archive.len(), FILES.len());
    for (index, expected) in FILES.iter().enumerate() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        assert_eq!((&*file.name().unwrap(), content.as_slice()), (expected.path, expected.bytes));
    }
}

#[test]
fn every_flipped_bit_and_every_cut_is_refused() {
    let bytes = write(FILES).unwrap();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            assert!(read(&flipped).is_err(), "byte {at}, bit {bit}");
        }
        assert!(read(&bytes[..at]).is_err(), "cut at {at}");
    }
    for more in [b"\0".as_slice(), b"PK\x03\x04", &bytes] {
        assert!(read(&[&bytes, more].concat()).is_err());
        assert!(read(&[more, &bytes].concat()).is_err());
    }
}

#[test]
fn a_path_never_leads_out_of_the_folder() {
    let paths =
        ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", "./a", "a\\b", "C:x", "a\0b", "ä", ".hidden", "a\nb"];
    for path in paths {
        assert!(!is_path(path), "{path}");
        assert_eq!(write([File { path, bytes: b"" }]), Err(ZipError::Path { at: 0 }), "{path}");
    }
    // The same in an archive that somebody else wrote.
    let mut bytes = write([File { path: "aa/up", bytes: b"" }]).unwrap();
    while let Some(at) = bytes.windows(5).position(|window| window == b"aa/up") {
        bytes[at..at + 5].copy_from_slice(b"../up");
    }
    assert_eq!(read(&bytes), Err(ZipError::Path { at: 30 }));
}

#[test]
fn files_stand_in_order_and_once() {
    let file = |path| File { path, bytes: b"" };
    for paths in [["b", "a"], ["a", "a"]] {
        assert_eq!(write(paths.map(file)), Err(ZipError::Order { path: paths[1].to_owned() }));
    }
}

/// What another program packs grows when it is unpacked: it is refused unread.
#[test]
fn a_packed_file_is_refused() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    writer.start_file("bomb", options).unwrap();
    std::io::Write::write_all(&mut writer, &vec![0; 1_000_000]).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 10_000);
    assert!(matches!(read(&bytes), Err(ZipError::Header { .. })));
}

/// One file more, and the end would hold the mark that sends other people's readers to a ZIP64 record, which is not there.
#[test]
fn as_many_files_as_the_end_can_count_and_no_more() {
    let paths: Vec<String> = (0..=MAX_FILES).map(|file| format!("{file:05}")).collect();
    let files = |count: usize| paths.iter().take(count).map(|path| File { path, bytes: b"" });
    let most = write(files(MAX_FILES)).unwrap();
    assert_eq!(read(&most).unwrap().len(), MAX_FILES);
    assert_eq!(zip::ZipArchive::new(std::io::Cursor::new(most)).unwrap().len(), MAX_FILES);
    assert_eq!(MAX_FILES, 0xfffe);
    assert_eq!(write(files(MAX_FILES + 1)), Err(ZipError::TooLarge));
}
