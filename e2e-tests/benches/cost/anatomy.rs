//! Splits the size of a module by its sections, and by the crates that define its functions.

use std::collections::BTreeMap;

use wasmparser::{KnownCustom, Name, Parser, Payload};

type Outcome<T> = Result<T, wasmparser::BinaryReaderError>;

/// Names with their sizes in bytes, the largest first.
pub(crate) type Parts = Vec<(String, usize)>;

/// The size of each section.
pub(crate) fn sections(module: &[u8]) -> Outcome<Parts> {
    let mut parts = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section() {
            let name = match &payload {
                Payload::CustomSection(custom) => format!("custom {:?}", custom.name()),
                _ => SECTIONS
                    .get(usize::from(id))
                    .map_or_else(|| id.to_string(), |name| (*name).to_owned()),
            };
            *parts.entry(name).or_default() += range.len();
        }
    }
    Ok(ranked(parts))
}

/// Names of the sections by their ids, from the core specification's binary format.
const SECTIONS: [&str; 13] = [
    "custom",
    "type",
    "import",
    "function",
    "table",
    "memory",
    "global",
    "export",
    "start",
    "element",
    "code",
    "data",
    "data count",
];

/// The size of each crate's code. The module must have kept the names of its functions.
pub(crate) fn crates(module: &[u8]) -> Outcome<Parts> {
    let mut bodies = Vec::new();
    let mut imported = 0;
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => imported = imports.count(),
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(section) = custom.as_known() {
                    for name in section {
                        if let Name::Function(functions) = name? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, function.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut parts = BTreeMap::new();
    for (index, size) in (imported..).zip(bodies) {
        let name = names.get(&index).map_or("?", String::as_str);
        *parts.entry(crate_of(name)).or_default() += size;
    }
    Ok(ranked(parts))
}

/// The crate that defines a function. For `<A as B>::c` this is the crate of `A`, or of `B` if
/// `A` is a built-in type or a parameter.
fn crate_of(mangled: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    let Some((before, _)) = name.split_once("::") else {
        return "others".to_owned();
    };
    if before.contains(['>', ']']) {
        return "core".to_owned();
    }
    let last = before.rsplit(|each: char| !(each.is_alphanumeric() || each == '_'));
    last.into_iter().next().unwrap_or_default().to_owned()
}

fn ranked(parts: BTreeMap<String, usize>) -> Parts {
    let mut parts: Parts = parts.into_iter().collect();
    parts.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    parts
}
