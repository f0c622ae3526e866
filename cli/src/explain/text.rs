//! Explanations for people: the class of each image, and the reasons under it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mutable_tags_policy::image::Mutability;

use super::answer::{Answer, Answers};
use super::explanation::Explanation;
use super::words;
use crate::outcome::Verdict;
use crate::printable::Printable;
use crate::report::{Colour, Painted};
use crate::streams::Style;

/// The width of the text, where no word is longer.
const WIDTH: usize = 100;
/// The room for the longest label.
const INDENT: usize = 14;
const UNUSABLE: &str = "unusable";

pub(super) struct Text {
    style: Style,
    /// The number of images of each class.
    counts: BTreeMap<&'static str, usize>,
}

impl Text {
    pub(super) const fn new(style: Style) -> Self {
        Self {
            style,
            counts: BTreeMap::new(),
        }
    }

    pub(super) fn explained(&mut self, explanation: &Explanation) -> String {
        let mutability = explanation.decided_by.mutability();
        let colour = match mutability {
            Mutability::Mutable(_) => Colour::Yellow,
            Mutability::Immutable(_) | Mutability::Pinned => Colour::Green,
        };
        let mut text = self.headline(mutability.class(), colour, &explanation.image);
        let mut line = |label: &str, value: String| text.push_str(&wrapped(label, &value));
        if explanation.normalised != explanation.image {
            line("image", explanation.normalised.clone());
        }
        line("rule", words::rule(explanation));
        match &explanation.publisher {
            Some(known) => {
                if let Some(copy) = words::copy(known) {
                    line("copy of", copy);
                }
                line("publisher", words::practice(known));
                line("source", words::source(known.publisher.source()));
            }
            None => line("publisher", "not known".to_owned()),
        }
        for exemption in &explanation.exemptions {
            line("exempt", words::exemption(exemption));
        }
        text.push_str(&self.answers(explanation));
        text
    }

    /// The headline alone: the error, which follows, tells the rest.
    pub(super) fn unusable(&mut self, image: &str) -> String {
        self.headline(UNUSABLE, Colour::Magenta, image)
    }

    /// The number of images of each class, where there are several.
    pub(super) fn summary(&self) -> String {
        if self.counts.values().sum::<usize>() < 2 {
            return String::new();
        }
        let counts = self.counts.iter();
        let counts: Vec<_> = counts
            .map(|(class, count)| format!("{count} {class}"))
            .collect();
        format!("{}\n", counts.join(", "))
    }

    fn headline(&mut self, class: &'static str, colour: Colour, image: &str) -> String {
        *self.counts.entry(class).or_default() += 1;
        let class = self.style.paint(class, 9, colour);
        format!("{class} {}\n", Printable(image))
    }

    /// A table with a column for each pull policy.
    fn answers(&self, explanation: &Explanation) -> String {
        let cluster = match explanation.is_pulled_by_cluster {
            true => " by alwaysPullImages",
            false => "",
        };
        let title = format!("none set: {}{cluster}", explanation.default_pull_policy);
        let width = title.len();
        let mut text = wrapped("pull policy", &format!("Always    {title}"));
        let mut label = "answer";
        for answers in rows(&explanation.answers) {
            let (always, default) = (
                self.cell(answers.always, 8),
                self.cell(answers.default, width),
            );
            let place = Printable(&answers.place).to_string();
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "  {label:<12} {always}  {default}  {place}");
            label = "";
        }
        text
    }

    fn cell(&self, answer: Answer, width: usize) -> Painted<'static> {
        let colour = match answer {
            Answer::Judged(verdict) => verdict.into(),
            Answer::Adjusted => Verdict::Warned.into(),
        };
        self.style.paint(answer.word(), width, colour)
    }
}

/// A row of answers, and where they are given.
struct Row {
    always: Answer,
    default: Answer,
    place: String,
}

/// A row for each environment, or one for all where they agree.
fn rows(answers: &[Answers]) -> Vec<Row> {
    let verdicts = |own: &Answers| (own.always, own.default);
    match answers {
        [first, others @ ..]
            if !others.is_empty() && others.iter().all(|own| verdicts(own) == verdicts(first)) =>
        {
            vec![Row {
                always: first.always,
                default: first.default,
                place: "in every environment".to_owned(),
            }]
        }
        answers => {
            let rows = answers.iter().map(|own| Row {
                always: own.always,
                default: own.default,
                place: words::environment(own),
            });
            rows.collect()
        }
    }
}

/// A label and its value, which is wrapped and indented.
fn wrapped(label: &str, value: &str) -> String {
    let value = Printable(value).to_string();
    let mut text = format!("  {label:<12}");
    let mut column = INDENT;
    for word in value.split(' ') {
        let length = word.chars().count();
        if column > INDENT && column + 1 + length > WIDTH {
            text.push('\n');
            text.push_str(&" ".repeat(INDENT));
            column = INDENT;
        }
        text.push(' ');
        text.push_str(word);
        column += 1 + length;
    }
    text.push('\n');
    text
}
