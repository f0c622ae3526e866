//! The fuzz targets. Each makes an input of the fuzzer's bytes, and checks a property of
//! `tests/properties` on it.

// Only the tests use the rest.
#[allow(dead_code)]
#[path = "../../tests/properties/held/mod.rs"]
mod held;

use std::fmt::Display;

use held::draw::Draw;
use held::order::ORDERS;
use held::payload::SPELLINGS;
use held::{Held, Subject, adjusted, answer, payload, planted, reference, settings, typed};

const POLICY: &Subject = &Subject::POLICY;

/// Checks a text that may be a reference.
pub fn references(input: &[u8]) {
    let text = reference::draw(&mut Draw::new(input));
    expect(reference::parses_as_it_displays(POLICY, &text), &text);
    expect(reference::is_quoted_as_json(POLICY, &text), &text);
}

/// Checks the settings of a case, with edits. The first byte chooses the property, and an order
/// of keys. (The tests try every order.)
pub fn settings(input: &[u8]) {
    let mut draw = Draw::new(input);
    let choice = draw.below(3 * ORDERS.len());
    let settings = settings::draw(&mut draw);
    let held = match choice % 3 {
        0 => settings::are_answered(POLICY, settings.to_string().as_bytes()),
        1 => {
            let order = choice / 3;
            settings::have_no_order(POLICY, &settings, &ORDERS[order..=order])
        }
        _ => settings::report_every_error(POLICY, &settings),
    };
    expect(held, &settings);
}

/// Checks the payload of a case, with edits. The first byte chooses the property, and the next
/// three choose how the payload is prepared for it.
pub fn payloads(input: &[u8]) {
    let mut draw = Draw::new(input);
    let property = draw.below(5);
    let choices = [draw.byte(), draw.byte(), draw.byte()];
    let choices = &mut Draw::new(&choices);
    let mut payload = payload::draw(&mut draw);
    match property {
        3 => payload = planted::plant(payload, choices),
        4 => payload = adjusted::adjusting(payload, choices),
        _ => {}
    }
    let held = match property {
        0 => answer::is_whole_and_the_same_again(POLICY, payload.to_string().as_bytes()),
        1 => payload::has_no_order(POLICY, &payload, [choices.below(SPELLINGS)]),
        2 => typed::finds_the_images_of_the_types(POLICY, &payload),
        3 => planted::is_rejected(POLICY, &payload),
        _ => adjusted::is_idempotent(POLICY, &payload),
    };
    expect(held, &payload);
}

/// Checks the text of a case, edited regardless of its meaning, or the bytes themselves, both
/// as a payload and as settings.
pub fn bytes(input: &[u8]) {
    let text = payload::draw_text(&mut Draw::new(input));
    let input = String::from_utf8_lossy(&text);
    expect(answer::is_whole_and_the_same_again(POLICY, &text), &input);
    expect(settings::are_answered(POLICY, &text), &input);
}

fn expect(held: Held, input: &dyn Display) {
    if let Err(wrong) = held {
        panic!("{wrong}\nof: {input}");
    }
}
