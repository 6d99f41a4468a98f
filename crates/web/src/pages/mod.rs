//! The pages: rendered by the server from one view of the record, dark, with the state largest and
//! the acts in the lower part of the screen.

pub mod acts;
pub mod card;

mod board;
mod check;
mod count;
mod day;
mod door;
mod entries;
pub mod erasure;
mod exhibit;
mod firing;
mod gun;
mod handover;
mod home;
mod house;
mod labels;
mod line;
mod loading;
mod lots;
mod packs;
mod people;
mod places;
mod plan;
mod range;
mod register;
mod requests;
mod rules;
mod scene;
mod shot;
mod stop;
mod training;
mod units;
mod vendor;
mod waits;
mod witnesses;
mod wrap;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::{Roles, Unit};
use maud::{DOCTYPE, Markup, html};
use record::Id;

use crate::auth::{Caller, Me};
use crate::problem::Problem;
use crate::state::{App, Moment};
use crate::words::{self, Told};

use self::card::{shape, sprite};

/// Every page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/board", get(board::board))
        .route("/give", get(home::give))
        .route("/take-back", get(home::take_back))
        .route("/check", get(home::check))
        .route("/guns", get(home::guns))
        .route("/guns/{gun}", get(gun::gun))
        .route("/guns/{gun}/check", get(check::check))
        .route("/guns/{gun}/offer", get(handover::offer))
        .route("/guns/{gun}/handover", get(handover::handover))
        .route("/guns/{gun}/put-away", get(handover::put_away))
        .route("/guns/{gun}/bore", get(loading::bore))
        .route("/guns/{gun}/load", get(loading::load))
        .route("/guns/{gun}/unload", get(loading::unload))
        .route("/guns/{gun}/empty", get(firing::empty))
        .route("/guns/{gun}/fired", get(firing::fired))
        .route("/guns/{gun}/line", get(firing::line))
        .route("/guns/{gun}/test", get(firing::test))
        .route("/guns/{gun}/plan", get(plan::plan))
        .route("/count", get(count::mode))
        .route("/day", get(day::day))
        .route("/house", get(house::receive))
        .route("/house/return", get(house::give_back))
        .route("/line", get(line::lines))
        .route("/line/{line}", get(line::line))
        .route("/line/{line}/guns/{gun}", get(line::gun))
        .route("/line/{line}/guns/{gun}/to/{person}", get(line::read))
        .route("/line/{line}/muster", get(line::muster))
        .route("/lots", get(lots::lots))
        .route("/lots/{lot}", get(lots::lot))
        .route("/lots/{lot}/count", get(count::count))
        .route("/meeting", get(scene::meeting))
        .route("/places", get(places::places))
        .route("/places/{place}", get(places::place))
        .route("/scene", get(scene::scene))
        .route("/shots", get(shot::shots))
        .route("/shots/{shot}", get(shot::shot))
        .route("/units", get(units::units))
        .route("/witnesses", get(witnesses::witnesses))
        .route("/wrap/{day}", get(wrap::certificate))
        .route("/people", get(people::people))
        .route("/people/{person}", get(people::person))
        .route("/invitations/{intent}", get(people::invitation))
        .route("/labels", get(labels::labels))
        .route("/record", get(entries::record))
        .route("/register", get(register::register))
        .route("/report", get(home::report))
        .route("/rules", get(rules::rules))
        .route("/rules/adopt", get(packs::adopt))
        .route("/stop", get(stop::stop))
        .route("/stops", get(stop::stops))
        .route("/log-in", get(door::log_in))
        .route("/enrol", get(door::enrol))
}

/// What a page stands on.
#[derive(Debug)]
pub struct Page {
    /// The record at this moment.
    pub moment: Moment,
    /// Who looks; nobody where nobody is logged in.
    pub me: Option<Id>,
    /// Whether a session is there at all, so that the stream of cards is open to it.
    pub session: bool,
    /// The title, also of the browser's tab.
    pub title: String,
    /// A word for the page's style.
    pub class: &'static str,
}

impl Page {
    /// A page for whoever asks.
    #[must_use]
    pub fn new(app: &App, caller: &Caller, title: &str, class: &'static str) -> Page {
        Page {
            moment: app.now(),
            me: caller.person(),
            session: caller.session.is_some(),
            title: title.to_owned(),
            class,
        }
    }

    /// A page for a person.
    #[must_use]
    pub fn mine(app: &App, me: &Me, title: &str, class: &'static str) -> Page {
        Page { moment: app.now(), me: Some(me.person), session: true, title: title.to_owned(), class }
    }

    /// Every gun in words, by name.
    #[must_use]
    pub fn told(&self) -> Vec<(kernel::Card<record::Real>, Told)> {
        let names = self.moment.names();
        let cards = self.moment.view.cards(self.moment.now_ms);
        let mut told: Vec<_> = cards.into_iter().map(|card| (card, names.told(&card))).collect();
        told.sort_by_cached_key(|(_, told)| words::in_order(&told.name));
        told
    }

    /// One gun in words.
    ///
    /// # Errors
    /// Where it is not on the register.
    pub fn gun(&self, gun: Id) -> Result<(kernel::Card<record::Real>, Told), PageProblem> {
        let found = self.moment.view.cards(self.moment.now_ms).into_iter().find(|card| card.gun == gun);
        let card = found.ok_or_else(|| PageProblem(Problem::unknown("gun")))?;
        Ok((card, self.moment.names().told(&card)))
    }

    /// The roles of the one who looks.
    #[must_use]
    pub fn roles(&self) -> Roles {
        self.me.map_or(Roles::NONE, |me| self.moment.view.state.roles(me))
    }

    /// The unit of the one who looks, today.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.me.map_or(Unit::FIRST, |me| self.moment.view.state.units.of_person(me))
    }

    /// The whole document around `main`.
    #[must_use]
    pub fn render(&self, main: &Markup) -> Markup {
        let view = &self.moment.view;
        let me = self.me.map(|me| me.to_string());
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="dark";
                    meta name="theme-color" content="#05070a";
                    title { (self.title) " · Showclear" }
                    link rel="icon" href="/assets/icon.svg";
                    link rel="stylesheet" href="/assets/css/showclear.css";
                }
                body class=(self.class) data-origin=(self.moment.origin) data-production=(self.moment.production)
                    data-person=(me.unwrap_or_default()) data-size=(view.size) data-root=(view.root)
                    data-live=[self.session.then_some("yes")] data-range=[view.state.is_range().then_some("yes")] {
                    a.skip href="#main" { "To the content" }
                    (sprite())
                    (self.bar())
                    (self.band())
                    main #main { (main) }
                    footer.foot {
                        button.button.stop type="button" data-stop="called" data-hold="" {
                            (shape("held")) "HOLD TO STOP"
                        }
                    }
                    p #say .unseen role="status" aria-live="polite" {}
                    script type="module" src="/assets/js/main.js" {}
                }
            }
        }
    }

    fn bar(&self) -> Markup {
        let day = self.moment.view.state.day.map(|day| format!("Day {}", day.0));
        html! {
            header.bar {
                nav aria-label="Pages" {
                    // A screen by a key has no home: nobody is logged in on it.
                    @if self.me.is_some() || !self.session { a href="/" { "Home" } }
                    @if self.session { a href="/board" { "Board" } }
                    @if self.me.is_some() {
                        a href="/day" { "Day" }
                        a href="/guns" { "Guns" }
                        a href="/lots" { "Lots" }
                        a href="/people" { "People" }
                        a.wide href="/register" { "Register" }
                    }
                }
                p.who {
                    @if let Some(me) = self.me {
                        a href={ "/people/" (me) } { (self.moment.view.name(me)) } @if let Some(day) = day { " · " (day) }
                    }
                }
                p #signal role="status" hidden {}
            }
        }
    }

    /// While everything is held, or a unit of several, every page says so before anything else.
    fn band(&self) -> Markup {
        let Some((_, stop)) = self.moment.view.state.held_first().filter(|_| self.session) else {
            return html! { div #band data-follow="" { @if self.session { (range::banner(self)) } } };
        };
        let unit = self.moment.view.state.holds_one_unit(&stop);
        let what = unit.map_or_else(|| "Everything".to_owned(), |unit| format!("The {}", words::unit(unit)));
        html! {
            div #band data-follow="" {
                (range::banner(self))
                section.band aria-label={ (what) " is held" } { (shape("held")) strong { (what.to_uppercase()) " IS HELD" }
                    span { (words::stop_cause(stop.cause)) ", " (self.moment.names().clock(stop.since)) }
                    a href="/stop" { "What to do" }
                }
            }
        }
    }
}

/// A problem, shown as a page.
#[derive(Debug)]
pub struct PageProblem(pub Problem);

impl From<Problem> for PageProblem {
    fn from(problem: Problem) -> PageProblem {
        PageProblem(problem)
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        let Problem { status, code, sentence, remedy } = self.0;
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (code) " · Showclear" }
                    link rel="icon" href="/assets/icon.svg";
                    link rel="stylesheet" href="/assets/css/showclear.css";
                }
                body {
                    main #main {
                        div.information {
                            h1.big { (sentence) }
                            p { (remedy) }
                            p.cite { (code) }
                        }
                        div.acts { a.button href="/" { "Home" } a.button.stop href="/stop" { "STOP" } }
                    }
                }
            }
        };
        (status, page).into_response()
    }
}

/// Reads a gun's id out of an address.
///
/// # Errors
/// Where it is no id.
pub fn gun_id(text: &str) -> Result<Id, PageProblem> {
    crate::api::id(text, "gun").map_err(PageProblem)
}

/// An address where nothing is.
pub async fn nowhere(uri: Uri, _: HeaderMap) -> Response {
    let problem = Problem::unknown("page");
    if uri.path().starts_with("/api/") { problem.into_response() } else { PageProblem(problem).into_response() }
}
