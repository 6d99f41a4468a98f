#![allow(clippy::all, clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs, reason = "scratch")]
use kernel::*;
extern crate showclear_web as web;
use service::testkit::*;
use service::{Clock, Service, SystemClock};
use std::time::Duration;

#[tokio::main]
async fn main() {
    let port: u16 = std::env::args().nth(1).unwrap_or("4477".into()).parse().unwrap();
    let held = std::env::args().nth(2).is_some();
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::at(SystemClock::new().now_ms() - 20_000);
    let service = Service::found(folder.path(), &founding().unwrap(), clock.clone()).unwrap();
    let s = Stage::set(service, clock).unwrap();
    use Part::*;
    let tick = || s.clock.advance(1000);
    for part in Part::ALL { println!("{:?}", part); }
    // more guns
    let mut guns = vec![];
    for (name, kind, action, ch) in [
        ("GUN 3", GunKind::LiveCapable, Action::SingleAction, 6u8),
        ("GUN 4", GunKind::LiveCapable, Action::DoubleAction, 6),
        ("GUN 5", GunKind::BlankOnly, Action::Magazine, 1),
        ("GUN 6", GunKind::LiveCapable, Action::SingleAction, 6),
        ("GUN 7", GunKind::LiveCapable, Action::SingleAction, 5),
    ] {
        let gun = s.fresh_id();
        s.register(Armorer, Intent::RegisterGun { gun, kind, action, chambers: ch, place: s.vault }, name).unwrap();
        guns.push(gun);
        tick();
    }
    let witness = s.person(Witness).unwrap();
    let show = |gun, content, n| {
        let check = s.accepted(Armorer, Intent::BeginCheck { gun, witness }).unwrap().intent;
        let answer = Intent::AnswerCheck { gun, check, readings: all(content, n) };
        s.accepted(Armorer, answer).unwrap();
        s.accepted(Witness, answer).unwrap();
    };
    let out = |gun| { s.accepted(Armorer, Intent::TakeOut { gun }).unwrap(); };
    let load = |gun, lot, n| {
        s.accepted(Armorer, Intent::LookThroughBore { gun, light: Light::Seen }).unwrap();
        s.accepted(Armorer, Intent::Load { gun, lot, chambers: Chambers::first(n) }).unwrap();
    };
    out(s.revolver); load(s.revolver, s.dummies, 6); show(s.revolver, Content::Dummy, 6); tick();
    out(guns[0]);
    s.ask(Armorer, Intent::Offer { gun: guns[0], to: s.person(Performer).unwrap() }).unwrap();
    s.ask(Armorer, Intent::Offer { gun: guns[0], to: s.person(FirstAd).unwrap() }).unwrap();
    out(guns[1]); show(guns[1], Content::Empty, 6); tick();
    out(guns[3]); load(guns[3], s.blanks, 6); show(guns[3], Content::Blank, 6); tick();
    out(guns[4]); s.accepted(Armorer, Intent::BeginCheck { gun: guns[4], witness }).unwrap(); tick();
    out(s.rubber); s.accepted(Armorer, Intent::MatchIdentity { gun: s.rubber }).unwrap();
    let to = s.person(Performer).unwrap();
    if std::env::args().nth(2).as_deref() != Some("fresh") {
        s.accepted(Armorer, Intent::Offer { gun: s.revolver, to }).unwrap();
    }
    if held && std::env::args().nth(2).as_deref() == Some("held") { s.accepted(FirstAd, Intent::Stop { cause: StopCause::Called }).unwrap(); }
    for part in Part::ALL {
        let person = s.person(part).unwrap();
        let inv = s.accepted(Producer, Intent::InviteDevice { person }).unwrap().intent;
        let code = s.service.issue_code(&s.session(Producer).unwrap(), inv).unwrap();
        println!("ENROL {:?} {} {}", part, code, part.pin());
        println!("TOKEN {:?} {}", part, s.log_in(part).unwrap());
    }
    println!("BOARD {}", s.service.viewer_token().unwrap().0);
    println!("GUNS {} {} {}", s.revolver, s.rubber, guns.iter().map(|g| g.to_string()).collect::<Vec<_>>().join(" "));
    let now = SystemClock::new().now_ms();
    let behind = now - s.clock.now_ms();
    if behind > 0 { s.clock.advance(behind as u64); }
    let c = s.clock.clone();
    std::thread::spawn(move || loop {
        std::thread::sleep(Duration::from_millis(100));
        c.advance(100);
    });
    let options = web::Options { title: "Scene 12B · church interior".into(), ..Default::default() };
    let router = web::router(s.service.clone(), options);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    println!("SERVING {port}");
    web::serve(listener, router, std::future::pending()).await.unwrap();
}
