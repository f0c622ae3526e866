//! Tests the input of the program, and its exit status.

use crate::folder::{Folder, Run};
use crate::{BAD_POD, POD};

const POD_JSON: &str = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"json"}}"#;

#[test]
fn exits_with_0_if_accepted_and_1_if_rejected() {
    let folder = Folder::new("verdicts")
        .with("good.yaml", POD)
        .with("bad.yaml", BAD_POD);
    assert_eq!(
        folder.run(&["--manifest", "good.yaml"]),
        Run::new(0, "accepted Pod default/good (good.yaml)\n1 accepted\n", "")
    );
    assert_eq!(
        folder.run(&["-f", "good.yaml", "-f", "bad.yaml", "-n", "shop"]),
        Run::new(
            1,
            "accepted Pod shop/good (good.yaml)\n\
             rejected Pod shop/bad (bad.yaml)\n  guest:\n  - \"^\" is there\n  - it has to go\n\
             1 accepted, 1 rejected\n",
            ""
        )
    );
}

#[test]
fn an_unusable_document_outweighs_a_rejection_and_hides_nothing() {
    let folder =
        Folder::new("unusable").with("all.yaml", &format!("{BAD_POD}---\na: [\n---\n{POD}"));
    assert_eq!(
        folder.run(&["--manifest", "all.yaml"]),
        Run::new(
            2,
            "rejected Pod default/bad (all.yaml, document 1 at line 1)\n  guest:\n  - \"^\" is there\n  - it has to go\n\
             unusable all.yaml, document 2\n\
             accepted Pod default/good (all.yaml, document 3 at line 7)\n\
             1 accepted, 1 rejected, 1 unusable\n",
            "error: all.yaml, document 2: did not find expected node content at line 6 column 1, while parsing a flow node\n"
        )
    );
}

#[test]
fn reads_the_manifests_of_a_folder_in_order() {
    let folder = Folder::new("folder")
        .with("m/b.yml", POD)
        .with("m/a/z.json", POD_JSON)
        .with("m/c.yaml", POD)
        .with("m/.hidden.yaml", BAD_POD)
        .with("m/.git/x.yaml", BAD_POD)
        .with("m/notes.txt", "a: [")
        .with("empty/notes.txt", "");
    assert_eq!(
        folder.run(&["--manifest", "m"]),
        Run::new(
            0,
            "accepted Pod default/json (m/a/z.json)\n\
             accepted Pod default/good (m/b.yml)\n\
             accepted Pod default/good (m/c.yaml)\n\
             3 accepted\n",
            ""
        )
    );
    let nothing = "error: no object to judge: give --manifest or --request-path a file, or a folder with *.yaml, *.yml or *.json\n";
    assert_eq!(
        folder.run(&["--manifest", "empty"]),
        Run::new(2, "", nothing)
    );
    assert_eq!(
        folder.run_with(&["--manifest", "-"], "# nothing\n"),
        Run::new(2, "", nothing)
    );
}

#[test]
fn reads_yaml_or_json_from_standard_input_once() {
    let folder = Folder::new("stdin");
    for (input, name) in [(POD, "good"), (POD_JSON, "json")] {
        assert_eq!(
            folder.run_with(&["--manifest", "-"], input),
            Run::new(
                0,
                &format!("accepted Pod default/{name} (standard input)\n1 accepted\n"),
                ""
            )
        );
    }
    let twice = folder.run_with(&["--manifest", "-", "--old", "-"], POD);
    assert_eq!(
        twice,
        Run::new(
            2,
            "unusable standard input\n1 unusable\n",
            "error: standard input: was read already: \"-\" can be given only once\n"
        )
    );
}

#[test]
fn an_old_object_makes_an_update() {
    let folder = Folder::new("old")
        .with("new.yaml", POD)
        .with("old.yaml", &format!("{BAD_POD}---\n{POD}"));
    let clean = folder.run(&["--manifest", "new.yaml", "--old", "old.yaml"]);
    assert_eq!(clean.status, 0, "{clean:?}");
    // The guest sees the caret in `oldObject`.
    let folder = folder.with("old.yaml", &BAD_POD.replace("bad", "good"));
    let update = folder.run(&["--manifest", "new.yaml", "--old", "old.yaml"]);
    assert_eq!(update.status, 1, "{update:?}");
    let folder = folder.with("old.yaml", &format!("{POD}---\n{POD}"));
    assert_eq!(
        folder.run(&["--manifest", "new.yaml", "--old", "old.yaml"]),
        Run::new(
            2,
            "",
            "error: old.yaml, document 2 at line 5: Pod default/good was in --old before: leave one of them out\n"
        )
    );
}
