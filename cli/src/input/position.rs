//! Tells where in a document a value was written.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use mutable_tags_policy::document::FieldPath;
use saphyr_parser::{Event, Parser, Span};

use super::moves::Moves;

/// A line and a column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A document as it was written.
#[derive(Debug, Default)]
pub(crate) struct Text {
    text: String,
    /// The line of the file on which the text begins.
    first_line: usize,
    positions: OnceLock<BTreeMap<String, Position>>,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.first_line) == (&other.text, other.first_line)
    }
}

impl Text {
    pub(crate) fn new(text: &str, first_line: usize) -> Self {
        Self {
            text: text.to_owned(),
            first_line,
            positions: OnceLock::new(),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The position of the value at a path, such as `spec.containers[0].image`. A value that comes
    /// by an alias stands where it is written.
    pub(crate) fn position(&self, path: &str) -> Option<Position> {
        let positions = self.positions.get_or_init(|| {
            let mut finder = Finder::new(self.first_line);
            // The document was read before, so that it can be parsed.
            let events = Parser::new_from_str(&self.text).map_while(Result::ok);
            events.for_each(|(event, span)| finder.event(&event, span));
            finder.positions
        });
        positions.get(path).copied()
    }
}

/// A value in a document, such as an object in a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Written {
    text: Arc<Text>,
    path: FieldPath<'static>,
    moves: Moves,
}

impl Written {
    pub(crate) fn new(text: Arc<Text>) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// The value, of which parts stand elsewhere than in the object that is judged.
    pub(crate) fn moved(self, moves: Moves) -> Self {
        Self { moves, ..self }
    }

    /// A field of the value.
    pub(crate) fn field(&self, name: &str) -> Self {
        Self {
            text: Arc::clone(&self.text),
            path: self.path.with_field(name.to_owned()),
            moves: Moves::default(),
        }
    }

    /// An item of the value.
    pub(crate) fn item(&self, index: usize) -> Self {
        Self {
            text: Arc::clone(&self.text),
            path: self.path.with_item(index),
            moves: Moves::default(),
        }
    }

    /// The position of the value itself.
    pub(crate) fn start(&self) -> Option<Position> {
        self.text.position(&self.path.to_string())
    }

    /// The position of the value at a path below this one; where nothing stands there, of what
    /// stands around it.
    pub(crate) fn position(&self, below: &str) -> Option<Position> {
        let below = self.moves.in_document(below)?;
        let outer = match self.path == FieldPath::default() {
            true => String::new(),
            false => self.path.to_string(),
        };
        let mut path = match below.starts_with('[') || outer.is_empty() {
            true => format!("{outer}{below}"),
            false => format!("{outer}.{below}"),
        };
        loop {
            if let Some(position) = self.text.position(&path) {
                return Some(position);
            }
            let end = path.rfind(['.', '['])?;
            path.truncate(end);
        }
    }
}

/// Follows the events of a parser, and notes the position of each value.
struct Finder {
    first_line: usize,
    positions: BTreeMap<String, Position>,
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
    fn new(first_line: usize) -> Self {
        Self {
            first_line,
            positions: BTreeMap::new(),
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
        let position = Position {
            line: self.first_line + span.start.line() - 1,
            column: span.start.col() + 1,
        };
        self.positions.insert(path.to_string(), position);
        path
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
        let text = Text::new(TEXT, 11);
        for (path, line, column) in [
            ("apiVersion", 12, 13),
            ("spec.containers", 15, 5),
            ("spec.containers[0]", 15, 7),
            ("spec.containers[0].image", 16, 14),
            ("spec.containers[1].image", 17, 26),
            ("spec.annotations[example.com/a]", 18, 32),
        ] {
            let found = text.position(path);
            assert_eq!(found, Some(Position { line, column }), "{path}");
        }
        assert_eq!(text.position("spec.containers[2]"), None);
    }

    #[test]
    fn finds_values_of_json_too() {
        let text = Text::new("{\"spec\": {\n  \"image\": \"acme/a\"\n}}", 1);
        let found = text.position("spec.image");
        assert_eq!(
            found,
            Some(Position {
                line: 2,
                column: 12
            })
        );
    }

    #[test]
    fn takes_the_last_of_two_equal_keys() {
        let text = Text::new("image: a\nimage: b\n", 1);
        assert_eq!(
            text.position("image"),
            Some(Position { line: 2, column: 8 })
        );
    }
}
