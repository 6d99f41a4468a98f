//! The board: what a whole crew reads at a glance.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Custody;
use maud::{Markup, html};
use service::WrapStamps;

use crate::auth::{Caller, cookie};
use crate::lot_words::ToldLot;
use crate::pages::Page;
use crate::pages::card::card_for;
use crate::pages::scene::open_words_of;
use crate::pages::shot::on_board;
use crate::pages::vendor::not_signed_for;
use crate::pages::witnesses::ago;
use crate::state::App;

/// How long a board's browser keeps its session.
const BOARD_LIFE_S: u32 = 14 * 60 * 60;

/// How much is shown of the name of an authority outside.
const LONGEST_NAME: usize = 64;

/// The board. A key in the address becomes a cookie, and the address is told without it.
pub async fn board(State(app): State<App>, caller: Caller, uri: Uri) -> Response {
    if let (Some(_), Some(token)) = (uri.query(), &caller.token) {
        let mut headers = HeaderMap::new();
        if let Ok(line) = HeaderValue::from_str(&cookie(token, BOARD_LIFE_S, app.options.secure_cookies)) {
            headers.insert(SET_COOKIE, line);
        }
        return (headers, Redirect::to("/board")).into_response();
    }
    let page = Page::new(&app, &caller, "Board", "board");
    let told = page.told();
    let state = &page.moment.view.state;
    let day = state.day.map_or_else(|| "no day open".to_owned(), |day| format!("day {}", day.0));
    let count = |is: fn(&Custody<record::Real>) -> bool| told.iter().filter(|(card, _)| is(&card.custody)).count();
    let back = count(|custody| matches!(custody, Custody::Returned { .. }));
    let out = count(|custody| !matches!(custody, Custody::In { .. } | Custody::Returned { .. }));
    let here = told.len().saturating_sub(back);
    let rounds_out = state.out.values().fold(0_u32, |sum, rounds| sum.saturating_add(*rounds));
    let enough = app.service.witnessed().enough;
    let countersigned = enough.map_or_else(|| "by nobody".to_owned(), |head| ago(page.moment.now_ms, head));
    let handovers = count(|custody| matches!(custody, Custody::Offered { .. }));
    let main = html! {
        div.top #shoots data-follow="" {
            h1 { (page.moment.title()) }
            p.dim { (day) @if state.wrapped.is_some() { ", WRAPPED" } }
            @for unit in state.units.all() {
                @if state.scene_of(unit).is_some() { p { (open_words_of(&page, unit)) } }
            }
            div.shots #shots { @for unit in state.units.all() { (on_board(&page, unit)) } }
        }
        @if let Some(doubt) = &page.moment.view.doubt { p.notice role="alert" { (doubt) } }
        div.cards #cards { @for (_, told) in &told { (card_for(told, page.me.is_some())) } }
        div.counts #counts data-follow="" {
            p { span.dim { "Guns out" } " " b { (out) " of " (here) } }
            @if back > 0 { p { span.dim { "Back at the rental house" } " " b { (back) } } }
            @let unsigned = not_signed_for(&page).len();
            @if unsigned > 0 { p { span.dim { "Not signed for by the house" } " " b { (unsigned) } } }
            p { span.dim { "In handover" } " " b { (handovers) } }
            p { span.dim { "Rounds out" } " " b { (rounds_out) } }
            p { span.dim { "Stops" } " " b { (state.stops.len()) } }
            @for lot in trouble(&page) {
                p.trouble { span.dim { (lot.name) } " " b { (lot.word) } }
            }
            p { span.dim { "Entries" } " " b { (page.moment.view.size) } }
            p { span.dim { "Countersigned" } " " b { (countersigned) } }
            @let heads = app.service.heads_not_kept().len();
            @if heads > 0 { p.trouble { span.dim { "Newest head" } " " b { "not kept in " (heads) " of its places" } } }
            @if let Some(stamps) = app.service.wrap_stamps() { (last_wrap(&page, &stamps)) }
            p { span.dim { "As of" } " " b { (page.moment.names().clock(record::Millis(page.moment.now_ms))) } }
        }
    };
    page.render(&main).into_response()
}

/// How the newest wrap stands with the authorities for time stamps.
fn last_wrap(page: &Page, stamps: &WrapStamps) -> Markup {
    let names = page.moment.names();
    let at = |ms: i64| names.minute(record::Millis(ms));
    let wrapped = at(stamps.wrapped_at_ms);
    html! {
        @for stamp in &stamps.stamps {
            p {
                span.dim { "Wrap of " (wrapped) } " "
                b { "stamped " (at(stamp.made_ms)) @if let Some(name) = &stamp.authority { " by " (plain(name)) } }
            }
        }
        @for asked in &stamps.waiting {
            p.trouble[asked.tried.is_some()] {
                span.dim { "Wrap of " (wrapped) } " "
                b {
                    "not stamped by " (plain(&asked.host))
                    @if let Some((tried_ms, code)) = asked.tried { ": asked " (at(tried_ms)) ", " (code) }
                }
            }
        }
        @if stamps.stamps.is_empty() && stamps.waiting.is_empty() {
            p { span.dim { "Wrap of " (wrapped) } " " b { "not stamped" } }
        }
    }
}

/// A name that somebody outside chose, on one line and not longer than a line.
fn plain(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).take(LONGEST_NAME).collect()
}

/// Lots of which something is wrong.
fn trouble(page: &Page) -> Vec<ToldLot> {
    let names = page.moment.names();
    let lots = page.moment.view.state.lots.iter().filter(|(id, lot)| names.is_in_trouble(**id, lot));
    lots.map(|(id, lot)| names.lot(*id, lot)).collect()
}
