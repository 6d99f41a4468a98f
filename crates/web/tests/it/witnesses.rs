//! Witnesses by network and by hand: both doors carry the same bytes.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use resvg::{tiny_skia, usvg};
use service::testkit::{ManualClock, Part};
use service::witness::{Signs, Witness};
use showclear_web::{rounds, witness};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::fixture::{Reply, Set};

const SECONDS: u64 = 1_795_000_000;

fn made(name: &str) -> (Witness, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::at(i64::try_from(SECONDS).unwrap() * 1_000);
    (Witness::make(folder.path(), name, Signs::Ed25519, clock).unwrap(), folder)
}

async fn sent(router: &Router, method: &str, path: &str, body: impl Into<Body>) -> Reply {
    let request = Request::builder().method(method).uri(path).body(body.into()).unwrap();
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Reply { status: parts.status, headers: parts.headers, body }
}

#[tokio::test]
async fn a_request_and_its_answer_go_by_hand() {
    let (insurer, _folder) = made("insurer.example/witness");
    let set = Set::with_policy(&format!("witness insurer {}\nquorum insurer\n", insurer.key()));
    insurer.watch(set.stage.service.log_key()).unwrap();
    let me = set.token(Part::FirstAd);
    let asked = set.get("/api/witnesses/insurer/request", Some(&me)).await;
    assert_eq!(asked.header("content-type"), "text/plain; charset=utf-8");
    let page = set.get("/witnesses", Some(&me)).await.text();
    for said in [
        "insurer",
        "Has countersigned nothing yet.",
        "Not countersigned.",
        "svg class=\"picture\"",
        "download=\"insurer.request\"",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert!(set.get("/board", Some(&set.viewer())).await.text().contains("by nobody"));
    // The witness's own page takes it and gives the answer as text and as a picture.
    let theirs = witness::router(insurer.clone());
    let shown = sent(&theirs, "POST", "/by-hand", asked.body.clone()).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text().contains("COUNTERSIGNED") && shown.text().contains("svg class=\"picture\""));
    let text = shown.text();
    let line = text.split("The answer as text\">").nth(1).unwrap().split("</pre>").next().unwrap().to_owned();
    let taken = set.post("/api/cosignatures", Some(&me), line).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
    let size = set.stage.service.view().size;
    assert_eq!(taken.json(), serde_json::json!({"size": size, "seconds": SECONDS}));
    let told = set.get("/api/witnesses", Some(&set.viewer())).await.json();
    assert_eq!(told["enough"], serde_json::json!({"size": size, "seconds": SECONDS}));
    assert_eq!(told["witnesses"][0]["name"], "insurer");
    assert!(set.get("/witnesses", Some(&me)).await.text().contains("up to entry"));
}

/// The symbol of a page, drawn by another library and read by a third.
fn read_picture(page: &str) -> String {
    let begin = page.find("<svg class=\"picture\"").unwrap();
    let svg = &page[begin..];
    let svg = &svg[..svg.find("</svg>").unwrap() + 6];
    let svg = svg.replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"800\" ");
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
    let mut pixmap = tiny_skia::Pixmap::new(800, 800).unwrap();
    resvg::render(&tree, tiny_skia::Transform::default(), &mut pixmap.as_mut());
    let greys: Vec<u8> = pixmap.pixels().iter().map(|pixel| pixel.green()).collect();
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(800, 800, |x, y| greys[y * 800 + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one symbol");
    grids[0].decode().unwrap().1
}

#[tokio::test]
async fn a_request_and_an_answer_go_as_pictures() {
    let (insurer, _folder) = made("insurer.example/witness");
    let set = Set::with_policy(&format!("witness insurer {}\nquorum insurer\n", insurer.key()));
    insurer.watch(set.stage.service.log_key()).unwrap();
    let page = set.get("/witnesses", Some(&set.token(Part::FirstAd))).await.text();
    let request = read_picture(&page);
    assert_eq!(request.as_bytes(), set.stage.service.witness_request("insurer").unwrap());
    let shown = sent(&witness::router(insurer), "POST", "/by-hand", request).await.text();
    set.stage.service.take_cosignatures(read_picture(&shown).as_bytes()).unwrap();
    assert!(set.stage.service.witnessed().enough.is_some());
}

#[tokio::test]
async fn what_cannot_be_asked_or_taken_is_told_with_a_code() {
    let set = Set::new();
    let me = set.token(Part::Armorer);
    assert_eq!(set.get("/api/witnesses/insurer/request", Some(&me)).await.code(), "WITNESS-UNKNOWN");
    assert!(set.get("/witnesses", Some(&me)).await.text().contains("has named no witness"));
    for (body, status, code) in [
        ("", 400, "COSIGNATURE-MALFORMED"),
        ("nothing\n", 400, "COSIGNATURE-MALFORMED"),
        ("— w aGVsbG8gd29ybGQ=\n", 409, "COSIGNATURE-OF-NO-HEAD"),
    ] {
        let reply = set.post("/api/cosignatures", Some(&me), body).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (status, code), "{body}");
    }
    let long = set.post("/api/cosignatures", Some(&me), "x".repeat(20_000)).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// The statuses and bodies of the specification.
#[tokio::test]
async fn a_witness_answers_as_the_specification_says() {
    let (insurer, _folder) = made("insurer.example/witness");
    let set = Set::with_policy(&format!("witness insurer {}\nquorum insurer\n", insurer.key()));
    let theirs = witness::router(insurer.clone());
    let request = set.stage.service.witness_request("insurer").unwrap();
    let call = |body: Vec<u8>| async { sent(&theirs, "POST", "/add-checkpoint", body).await };
    assert_eq!(call(request.clone()).await.status, StatusCode::NOT_FOUND, "it does not watch this log");
    insurer.watch(set.stage.service.log_key()).unwrap();
    assert_eq!(call(b"old".to_vec()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(call(vec![b'x'; proof::witness::MAX_REQUEST_BYTES + 1]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let good = call(request.clone()).await;
    assert_eq!(good.status, StatusCode::OK);
    assert!(good.text().starts_with("— insurer.example/witness ") && good.text().ends_with('\n'));
    let again = call(request.clone()).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(again.header("content-type"), "text/x.tlog.size");
    assert_eq!(again.text(), format!("{}\n", set.stage.service.view().size));
    let text = String::from_utf8(request).unwrap();
    let unsigned =
        text.lines().filter(|line| !line.starts_with('—')).fold(String::new(), |all, line| all + line + "\n");
    assert_eq!(call((unsigned + "— other AAAAAAAA\n").into_bytes()).await.status, StatusCode::FORBIDDEN);
    let home = sent(&theirs, "GET", "/", "").await;
    assert!(home.text().contains("entries seen") && home.text().contains(&insurer.key()));
    let refused = sent(&theirs, "POST", "/by-hand", "nothing").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("NOT COUNTERSIGNED") && refused.text().contains("witness/not-a-request"));
    assert_eq!(home.header("content-security-policy").split(';').next(), Some("default-src 'self'"));
}

/// Over the network, with a witness that knows more of the log than the production remembers.
#[tokio::test(flavor = "multi_thread")]
async fn a_round_asks_everybody_who_has_an_address() {
    let (insurer, _folder) = made("insurer.example/witness");
    let (union, _other) = made("union.example/witness");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let policy =
        format!("witness insurer {} http://{address}/\nwitness union {}\nquorum insurer\n", insurer.key(), union.key());
    let set = Set::with_policy(&policy);
    insurer.watch(set.stage.service.log_key()).unwrap();
    let serving =
        tokio::spawn(showclear_web::serve(listener, witness::router(insurer.clone()), std::future::pending()));
    let service = set.stage.service.clone();
    // It has seen this log before, and nothing of that is here.
    let before = service.witness_request("insurer").unwrap();
    insurer.answer(&before).unwrap();
    set.stage.accepted(Part::Armorer, kernel::Intent::ReportDoubt { gun: set.stage.revolver }).unwrap();
    let asking = service.clone();
    tokio::task::spawn_blocking(move || rounds::round(&asking)).await.unwrap();
    let told = service.witnessed();
    assert_eq!(told.enough.map(|head| head.size), Some(service.view().size));
    assert_eq!(told.witnesses[1].newest, None, "who has no address is not asked");
    serving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_is_not_there_holds_nobody_up() {
    let (insurer, _folder) = made("insurer.example/witness");
    let set = Set::with_policy(&format!("witness insurer {} http://127.0.0.1:9\nquorum insurer\n", insurer.key()));
    let service = set.stage.service.clone();
    tokio::task::spawn_blocking(move || rounds::round(&service)).await.unwrap();
    assert_eq!(set.stage.service.witnessed().enough, None);
}
