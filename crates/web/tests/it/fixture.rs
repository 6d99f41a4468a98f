//! A small production behind a router, and requests to it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use jiff::tz::TimeZone;
use kernel::{Chambers, Content, Holds, Intent, Light, Toward};
use record::Id;
use serde_json::Value;
use service::testkit::{Part, Stage, all};
use showclear_web::auth::COOKIE_NAME;
use showclear_web::{Options, router};
use tempfile::TempDir;
use tower::ServiceExt;

/// A production with its router.
pub struct Set {
    pub stage: Stage,
    pub router: Router,
    tokens: Mutex<BTreeMap<Part, String>>,
    _folder: TempDir,
}

/// An answer.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Set {
    /// Within a runtime.
    pub fn new() -> Set {
        Set::with_policy("quorum none\n")
    }

    /// A production whose folder holds this policy.
    pub fn with_policy(policy: &str) -> Set {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("policy.txt"), policy).unwrap();
        let stage = Stage::found(folder.path()).unwrap();
        Set::around(stage, folder)
    }

    /// A production in which people alone are entered.
    pub fn empty() -> Set {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("policy.txt"), "quorum none\n").unwrap();
        let stage = Stage::found_empty(folder.path()).unwrap();
        Set::around(stage, folder)
    }

    fn around(stage: Stage, folder: TempDir) -> Set {
        let options = Options { zone: TimeZone::UTC, ..Options::default() };
        let router = router(stage.service.clone(), options);
        Set { stage, router, tokens: Mutex::default(), _folder: folder }
    }

    /// The token of a part's session. A PIN takes its time to be checked, so each logs in once.
    pub fn token(&self, part: Part) -> String {
        let mut tokens = self.tokens.lock().unwrap();
        tokens.entry(part).or_insert_with(|| self.stage.log_in(part).unwrap()).clone()
    }

    pub fn viewer(&self) -> String {
        self.stage.service.viewer_token().unwrap().0
    }

    /// The armorer loads the revolver with dummies and both see them in every chamber.
    pub fn show_loaded(&self) {
        let (stage, gun) = (&self.stage, self.stage.revolver);
        stage.verify(stage.dummies).unwrap();
        stage.fetch(stage.dummies).unwrap();
        let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap();
        armorer(Intent::TakeOut { gun });
        armorer(Intent::LookThroughBore { gun, light: Light::Seen });
        armorer(Intent::Load { gun, lot: stage.dummies, chambers: Chambers::first(6) });
        let check = stage.begin_check().unwrap();
        let answer = Intent::AnswerCheck { gun, check, readings: all(Content::Dummy, 6) };
        armorer(answer);
        stage.accepted(Part::Witness, answer).unwrap();
    }

    /// The first shot plan, which the first AD begins where there is none.
    pub fn shot(&self) -> Id {
        let stage = &self.stage;
        let first = stage.service.view().state.shots.keys().next().copied();
        first.unwrap_or_else(|| stage.accepted(Part::FirstAd, Intent::PlanShot { scene: stage.scene }).unwrap().intent)
    }

    /// The revolver, empty, toward the camera in the first shot, and the performer three metres in front of it.
    pub fn planned_shot(&self) -> Id {
        let (stage, gun, shot) = (&self.stage, self.stage.revolver, self.shot());
        let person = stage.person(Part::Performer).unwrap();
        let first_ad = |intent| stage.accepted(Part::FirstAd, intent).unwrap();
        first_ad(Intent::PlanGun {
            gun,
            shot,
            holds: Holds::Empty,
            load: None,
            rounds: 0,
            toward: Toward::Camera,
            stand_off_millimetres: 2_500,
            barrier: true,
            copy_will_not_do: true,
        });
        first_ad(Intent::PlacePerson { person, shot, gun, distance_millimetres: 3_000 });
        shot
    }

    /// The armorer and the witness begin a line; the armorer has both guns in his hands, on the set.
    pub fn begin_line(&self) -> Id {
        let stage = &self.stage;
        let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap();
        for gun in [stage.revolver, stage.rubber] {
            armorer(Intent::TakeOut { gun });
        }
        armorer(Intent::MatchIdentity { gun: stage.rubber });
        armorer(Intent::CallToSet { gun: stage.revolver });
        armorer(Intent::BeginLine { witness: stage.person(Part::Witness).unwrap() }).intent
    }

    pub async fn raw(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.raw(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> Reply {
        self.send(request("GET", path, token, Body::empty())).await
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: impl Into<Body>) -> Reply {
        self.send(request("POST", path, token, body.into())).await
    }

    /// A JSON body from a machine that sends what it likes.
    pub async fn post_json(&self, path: &str, token: Option<&str>, body: &Value) -> Reply {
        self.post(path, token, body.to_string()).await
    }
}

pub fn request(method: &str, path: &str, token: Option<&str>, body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header(CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        request = request.header(COOKIE, format!("{COOKIE_NAME}={token}"));
    }
    request.body(body).unwrap()
}

/// The page as somebody with this part sees it.
pub async fn page(set: &Set, part: Part, path: &str) -> String {
    let reply = set.get(path, Some(&set.token(part))).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text());
    reply.text()
}

/// Does it offer this kind of intent?
pub fn has(html: &str, kind: &str) -> bool {
    html.contains(&format!("data-kind=\"{kind}\""))
}
