//! The two ways in which certificates and time stamps write a moment, in milliseconds since 1970.

use super::der::{Element, GENERALIZED_TIME, Malformed, UTC_TIME};

/// Days before 1970-01-01 since 0001-01-01.
const DAYS_TO_1970: i64 = 719_162;

/// The moment that an element says, in milliseconds since 1970. Both forms end in `Z`; the longer one may have digits behind
/// a full stop, the last of which is no zero, and of which three count.
pub(super) fn moment(element: &Element<'_>) -> Result<i64, Malformed> {
    let text = element.body.strip_suffix(b"Z").ok_or(Malformed)?;
    match element.tag {
        UTC_TIME if text.len() == 12 => {
            let century: &[u8] = if number(text.get(..2))? < 50 { b"20" } else { b"19" };
            whole(&[century, text].concat())
        }
        GENERALIZED_TIME => {
            let (whole_seconds, behind) = text.split_at_checked(14).ok_or(Malformed)?;
            Ok(whole(whole_seconds)?.saturating_add(fraction(behind)?))
        }
        _ => Err(Malformed),
    }
}

/// `YYYYMMDDhhmmss`.
fn whole(text: &[u8]) -> Result<i64, Malformed> {
    if text.len() != 14 {
        return Err(Malformed);
    }
    let (year, month, day) = (number(text.get(..4))?, number(text.get(4..6))?, number(text.get(6..8))?);
    let (hour, minute, second) = (number(text.get(8..10))?, number(text.get(10..12))?, number(text.get(12..14))?);
    // A leap second is said as the one before.
    if year == 0 || !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 60 {
        return Err(Malformed);
    }
    let of_month = days_of(year, month);
    if !(1..=of_month).contains(&day) {
        return Err(Malformed);
    }
    let before = year.saturating_sub(1);
    let leap_days = (before / 4).saturating_sub(before / 100).saturating_add(before / 400);
    let months: i64 = (1..month).map(|it| days_of(year, it)).sum();
    let days = before.saturating_mul(365).saturating_add(leap_days).saturating_add(months).saturating_add(day);
    let days = days.saturating_sub(1).saturating_sub(DAYS_TO_1970);
    let hours = days.saturating_mul(24).saturating_add(hour);
    let seconds = hours.saturating_mul(60).saturating_add(minute).saturating_mul(60).saturating_add(second.min(59));
    Ok(seconds.saturating_mul(1_000))
}

const fn days_of(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

fn fraction(text: &[u8]) -> Result<i64, Malformed> {
    let Some((point, digits)) = text.split_first() else { return Ok(0) };
    if *point != b'.' || !digits.iter().all(u8::is_ascii_digit) || digits.last().is_none_or(|last| *last == b'0') {
        return Err(Malformed);
    }
    let three = digits.iter().copied().chain(*b"000").take(3);
    Ok(three.fold(0i64, |millis, digit| millis.saturating_mul(10).saturating_add(i64::from(digit & 0x0f))))
}

fn number(digits: Option<&[u8]>) -> Result<i64, Malformed> {
    let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_digit)).ok_or(Malformed)?;
    str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).ok_or(Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(tag: u8, text: &str) -> Option<i64> {
        moment(&Element { tag, body: text.as_bytes(), whole: &[] }).ok()
    }

    #[test]
    fn moments_are_those_of_the_calendar() {
        for (text, millis) in [
            ("19700101000000Z", Some(0)),
            ("19691231235959Z", Some(-1_000)),
            ("20240229120000Z", Some(1_709_208_000_000)),
            ("20260704123456.789Z", Some(1_783_168_496_789)),
            ("20260704123456.5Z", Some(1_783_168_496_500)),
            ("20260704123456.1234567Z", Some(1_783_168_496_123)),
            ("20230229120000Z", None),
            ("20260704123456.50Z", None),
            ("20260704123456.Z", None),
            ("20260704123456", None),
            ("20260704123456+0100", None),
            ("20261304123456Z", None),
            ("2026070412345Z", None),
        ] {
            assert_eq!(said(GENERALIZED_TIME, text), millis, "{text}");
        }
        assert_eq!(said(UTC_TIME, "700101000000Z"), Some(0));
        assert_eq!(said(UTC_TIME, "490101000000Z"), said(GENERALIZED_TIME, "20490101000000Z"));
        assert_eq!(said(UTC_TIME, "7001010000Z"), None);
    }
}
