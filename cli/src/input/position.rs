//! Finds the position of a value in its document.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use mutable_tags_policy::document::FieldPath;
use saphyr_parser::{Event, Parser, Span};

use super::path_map::PathMap;
use crate::place::Position;

/// A document as it was written.
#[derive(Debug)]
pub(crate) struct Text {
    text: String,
    /// The place in the file where the text begins.
    start: Position,
    positions: OnceLock<Positions>,
    words: OnceLock<Words>,
}

/// The words of a text that could be references, each with its position; `None` for one that
/// stands there more than once.
type Words = HashMap<String, Option<Position>>;

impl Default for Text {
    fn default() -> Self {
        Self::new("", Position::default())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.start) == (&other.text, other.start)
    }
}

/// The positions of the values in a document.
#[derive(Debug, Default)]
struct Positions {
    by_path: BTreeMap<String, Position>,
    /// Whether the whole document was parsed. The parser of positions is stricter than the parser of
    /// documents and than kubectl's: it knows no positions after text that it refuses.
    are_complete: bool,
}

impl Text {
    pub(crate) fn new(text: &str, start: Position) -> Self {
        Self {
            text: text.to_owned(),
            start,
            positions: OnceLock::new(),
            words: OnceLock::new(),
        }
    }

    fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| {
            let mut finder = Finder::new(self.start);
            for event in Parser::new_from_str(&self.text) {
                match event {
                    Ok((event, span)) => finder.event(&event, span),
                    Err(_) => return finder.positions,
                }
            }
            finder.positions.are_complete = true;
            finder.positions
        })
    }

    /// The position of the value at a path, such as `spec.containers[0].image`. A value that comes
    /// by an alias stands where it is written.
    pub(crate) fn position(&self, path: &str) -> Option<Position> {
        self.positions().by_path.get(path).copied()
    }

    /// The position of an image's reference that stands in the text exactly once.
    fn only_occurrence(&self, reference: &str) -> Option<Position> {
        let words = self.words.get_or_init(|| self.read_words());
        words.get(reference).copied().flatten()
    }

    fn read_words(&self) -> Words {
        let is_outside =
            |character: char| !(character.is_alphanumeric() || "._/:@-".contains(character));
        let mut words = Words::new();
        for (index, line) in self.text.lines().enumerate() {
            let mut column = 0;
            for word in line.split_inclusive(is_outside) {
                let reference = word.trim_end_matches(is_outside);
                if !reference.is_empty() {
                    let position = self.start.after(index, column);
                    let seen = words.entry(reference.to_owned());
                    seen.and_modify(|seen| *seen = None)
                        .or_insert(Some(position));
                }
                column += word.chars().count();
            }
        }
        words
    }
}

/// A value in a document, such as an object in a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SourceValue {
    text: Arc<Text>,
    path: FieldPath<'static>,
    paths: PathMap,
}

impl SourceValue {
    pub(crate) fn new(text: Arc<Text>) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// The same value, with parts at other paths than in the judged object.
    pub(crate) fn with_paths(self, paths: PathMap) -> Self {
        Self { paths, ..self }
    }

    /// A field of the value.
    pub(crate) fn field(&self, name: &str) -> Self {
        Self {
            text: Arc::clone(&self.text),
            path: self.path.with_field(name.to_owned()),
            paths: PathMap::default(),
        }
    }

    /// An item of the value.
    pub(crate) fn item(&self, index: usize) -> Self {
        Self {
            text: Arc::clone(&self.text),
            path: self.path.with_item(index),
            paths: PathMap::default(),
        }
    }

    /// The text of the whole document.
    pub(crate) fn text(&self) -> &str {
        &self.text.text
    }

    /// The position of the value itself.
    pub(crate) fn start(&self) -> Option<Position> {
        self.text.position(&self.path.to_string())
    }

    /// The position of the value at a path below this one, or else of the nearest value around it. The
    /// text of the value, if it is known, helps to find it.
    pub(crate) fn position(&self, below: &str, value: Option<&str>) -> Option<Position> {
        let below = self.paths.in_document(below);
        let position = below.and_then(|below| self.position_in_document(&below, value));
        position.or_else(|| self.start())
    }

    fn position_in_document(&self, below: &str, value: Option<&str>) -> Option<Position> {
        let outer = match self.path == FieldPath::default() {
            true => String::new(),
            false => self.path.to_string(),
        };
        let path = match below.starts_with('[') || outer.is_empty() {
            true => format!("{outer}{below}"),
            false => format!("{outer}.{below}"),
        };
        let exact = self.text.position(&path);
        if exact.is_some() {
            return exact;
        }
        if !self.text.positions().are_complete
            && let Some(found) = value.and_then(|value| self.text.only_occurrence(value))
        {
            return Some(found);
        }
        let ends = path.match_indices(['.', '[']).map(|(end, _)| end).rev();
        ends.take_while(|&end| end > outer.len())
            .find_map(|end| self.text.position(path.get(..end)?))
    }
}

/// Follows the events of a parser, and notes the position of each value.
struct Finder {
    start: Position,
    positions: Positions,
    open: Vec<Open>,
}

/// A mapping or a sequence that is being read.
struct Open {
    path: FieldPath<'static>,
    inside: Inside,
}

enum Inside {
    /// A mapping, with the key of which the value comes next.
    Mapping(Option<String>),
    /// A sequence, with the index of the next item.
    Sequence(usize),
}

impl Finder {
    fn new(start: Position) -> Self {
        Self {
            start,
            positions: Positions::default(),
            open: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, ..) => {
                if let Some(Open {
                    inside: Inside::Mapping(key @ None),
                    ..
                }) = self.open.last_mut()
                {
                    *key = Some(text.to_string());
                } else {
                    self.value(span);
                }
            }
            Event::Alias(_) => {
                self.value(span);
            }
            Event::MappingStart(..) => {
                let path = self.value(span);
                let inside = Inside::Mapping(None);
                self.open.push(Open { path, inside });
            }
            Event::SequenceStart(..) => {
                let path = self.value(span);
                let inside = Inside::Sequence(0);
                self.open.push(Open { path, inside });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
            }
            _ => {}
        }
    }

    /// Notes a value, and returns its path. The last of two equal keys counts.
    fn value(&mut self, span: Span) -> FieldPath<'static> {
        let path = match self.open.last_mut() {
            None => FieldPath::default(),
            Some(open) => match &mut open.inside {
                Inside::Mapping(key) => open.path.with_field(key.take().unwrap_or_default()),
                Inside::Sequence(index) => {
                    let path = open.path.with_item(*index);
                    *index += 1;
                    path
                }
            },
        };
        let position = self.start.after(span.start.line() - 1, span.start.col());
        self.positions.note(path.to_string(), position);
        path
    }
}

impl Positions {
    /// Notes the position of a value, and forgets the values in an earlier one at the same path.
    fn note(&mut self, path: String, position: Position) {
        if self.by_path.contains_key(&path) {
            let from_path = self.by_path.range(path.clone()..).map(|(other, _)| other);
            let with_path = from_path.take_while(|other| other.starts_with(&path));
            let is_inside = |other: &&String| {
                let rest = other.strip_prefix(&path);
                rest.is_some_and(|rest| rest.starts_with(['.', '[']))
            };
            let shadowed: Vec<_> = with_path.filter(is_inside).cloned().collect();
            for path in shadowed {
                self.by_path.remove(&path);
            }
        }
        self.by_path.insert(path, position);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# a comment
apiVersion: v1
spec:
  containers:
    - name: a
      image: acme/a
    - {name: b, \"image\": 'acme/b'}
  annotations: {example.com/a: b}
";

    #[test]
    fn tells_the_line_and_the_column_of_a_value() {
        let text = Text::new(TEXT, Position::new(11, 1));
        for (path, line, column) in [
            ("apiVersion", 12, 13),
            ("spec.containers", 15, 5),
            ("spec.containers[0]", 15, 7),
            ("spec.containers[0].image", 16, 14),
            ("spec.containers[1].image", 17, 26),
            ("spec.annotations[example.com/a]", 18, 32),
        ] {
            let found = text.position(path);
            assert_eq!(found, Some(Position::new(line, column)), "{path}");
        }
        assert_eq!(text.position("spec.containers[2]"), None);
    }

    #[test]
    fn finds_values_of_json_too() {
        let text = Text::new(
            "{\"spec\": {\n  \"image\": \"acme/a\"\n}}",
            Position::default(),
        );
        let found = text.position("spec.image");
        assert_eq!(found, Some(Position::new(2, 12)));
    }

    #[test]
    fn takes_the_last_of_two_equal_keys() {
        let text = Text::new("image: a\nimage: b\n", Position::default());
        assert_eq!(text.position("image"), Some(Position::new(2, 8)));
    }

    #[test]
    fn a_repeated_key_has_only_its_last_values() {
        let written = SourceValue::new(Arc::new(Text::new(
            "a: {b: {c: 1}, d: 2}\na:\n  d: 3\nab: 4\n",
            Position::default(),
        )));
        for (path, line) in [("a.b.c", 3), ("a.d", 3), ("ab", 4)] {
            let found = written.position(path, None).map(|position| position.line());
            assert_eq!(found, Some(line), "{path}");
        }
    }

    #[test]
    fn falls_back_to_a_value_around_what_the_stricter_parser_refuses() {
        // A bracket in the column of its key, which kubectl reads.
        let text = "a: &x\n- name: b\n  args: [\n  ]\n  image: c\n- image: d\n";
        let written = SourceValue::new(Arc::new(Text::new(text, Position::default())));
        for (path, line) in [
            ("a[0].name", 2),
            ("a[0].image", 2),
            ("a[1].image", 2),
            ("b", 1),
        ] {
            let found = written.position(path, None).map(|position| position.line());
            assert_eq!(found, Some(line), "{path}");
        }
    }

    #[test]
    fn finds_an_image_that_stands_only_once_by_its_text() {
        let text = "a: [\n]\nb: acme/c\nd: \"é acme/c:1\"\ne: acme/f\nf: [acme/f]\n";
        let written = SourceValue::new(Arc::new(Text::new(text, Position::default())));
        for (image, line, column) in [
            ("acme/c", 3, 4),
            ("acme/c:1", 4, 7),
            ("acme/f", 1, 1),
            ("acme/g", 1, 1),
        ] {
            let found = written.position("b", Some(image));
            assert_eq!(found, Some(Position::new(line, column)), "{image}");
        }
    }
}
