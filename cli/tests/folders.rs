//! Folders as they are: what is judged, what is skipped, and what is told.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use program::{Folder, POD, Run, check, program};

#[test]
fn tells_the_file_and_the_line_of_each_image() {
    let folder = Folder::new("places");
    folder.write("deploy/pod.yaml", &format!("# a comment\n---\n{POD}"));
    let run = check(&folder, &[]);
    assert_eq!(run.status, 1);
    assert!(
        run.output
            .contains("rejected Pod default/a (deploy/pod.yaml:3)"),
        "{run:?}"
    );
    assert!(
        run.output
            .contains("- deploy/pod.yaml:9:14: \"acme/web:main\""),
        "{run:?}"
    );
    assert!(run.output.ends_with("1 rejected\n"), "{run:?}");
}

#[test]
fn skips_and_counts_what_is_no_object() {
    let folder = Folder::new("no-objects");
    folder.write("pod.yaml", POD);
    folder.write(
        "values.yaml",
        "image: {repository: acme/web, tag: latest}\n",
    );
    folder.write("package.json", r#"{"name": "web"}"#);
    folder.write("mkdocs.yaml", "hooks: !!python/name:hook\n");
    folder.write("list.yaml", "- a\n---\n- b\n");
    let run = check(&folder, &[]);
    assert_eq!(run.status, 1);
    let skipped = "skipped 5 documents without a Kubernetes object: list.yaml, mkdocs.yaml, package.json, values.yaml\n";
    assert!(run.output.ends_with(skipped), "{run:?}");
    assert_eq!(run.errors, "");
}

#[test]
fn refuses_a_named_file_that_is_no_object() {
    let folder = Folder::new("named");
    folder.write("values.yaml", "image: acme/web\n");
    let run = folder.run(&["check", "values.yaml"]);
    assert_eq!(run.status, 2);
    assert!(
        run.errors.contains("this is not a Kubernetes object"),
        "{run:?}"
    );
}

#[test]
fn reads_hidden_folders_but_not_that_of_git() {
    let folder = Folder::new("hidden");
    folder.write(".argo/pod.yaml", POD);
    folder.write(".git/pod.yaml", POD);
    let run = check(&folder, &[]);
    assert!(run.output.contains("(.argo/pod.yaml:1)"), "{run:?}");
    assert!(run.output.ends_with("1 rejected\n"), "{run:?}");
}

#[test]
fn tells_how_to_render_a_chart() {
    let folder = Folder::new("chart");
    folder.write("pod.yaml", POD);
    folder.write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\n");
    folder.write(
        "charts/web/templates/pod.yaml",
        "kind: {{ .Values.kind }}\n",
    );
    folder.write("charts/web/templates/tests/pod.yaml", POD);
    let run = check(&folder, &[]);
    assert_eq!(run.status, 1);
    let told = "skipped 2 files of the chart charts/web (render first: helm template charts/web | mutable-tags check -)";
    assert!(run.output.contains(told), "{run:?}");
}

#[test]
fn recognises_a_chart_from_inside_it() {
    let folder = Folder::new("inside");
    folder.write("web/Chart.yaml", "apiVersion: v2\nname: web\n");
    folder.write("web/templates/pod.yaml", POD);
    for inside in ["web", "web/templates"] {
        let run = folder.run_in(inside, &["check", "."]);
        assert_eq!(run.status, 2, "{run:?}");
        let told = "skipped 1 file of the chart ";
        assert!(run.output.contains(told), "{run:?}");
    }
}

#[test]
fn tells_how_to_build_a_kustomization_and_skips_its_patches() {
    let folder = Folder::new("kustomization");
    folder.write("base/pod.yaml", POD);
    folder.write(
        "overlay/kustomization.yaml",
        "resources: [../base]\npatches:\n  - path: replicas.yaml\n  - patch: '[]'\n",
    );
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 3}\n";
    folder.write("overlay/replicas.yaml", patch);
    let run = check(&folder, &[]);
    assert!(
        run.output
            .starts_with("rejected Pod default/a (base/pod.yaml:1)"),
        "{run:?}"
    );
    let told = "skipped 2 files of the kustomization overlay (build first: kubectl kustomize overlay | mutable-tags check -)";
    assert!(run.output.contains(told), "{run:?}");
    // The third name that kustomize knows.
    let kustomization = folder.read("overlay/kustomization.yaml");
    std::fs::remove_file(folder.path().join("overlay/kustomization.yaml")).unwrap();
    folder.write("overlay/Kustomization", &kustomization);
    assert!(check(&folder, &[]).output.contains(told));
    // The same patch by itself is an object that cannot be judged.
    let run = folder.run(&["check", "overlay/replicas.yaml"]);
    assert_eq!(run.status, 1);
}

#[test]
fn skips_the_patches_of_a_kustomization_around_the_folder() {
    let folder = Folder::new("kustomization-around");
    folder.write("web/Kustomization", "patches: [{path: files/patch.yaml}]\n");
    folder.write("web/files/patch.yaml", POD);
    folder.write("web/files/pod.yaml", POD);
    // A folder that is not below the current one is named by its absolute path.
    let absolute = folder.path().canonicalize().unwrap().join("web");
    let absolute = absolute.to_str().unwrap();
    for (current, argument, kustomization) in [
        (".", "web/files", "web"),
        (".", "./web/../web/files", "web"),
        ("web", ".", "."),
        ("web", "files", "."),
        ("web/files", ".", absolute),
    ] {
        let run = folder.run_in(current, &["check", argument]);
        assert_eq!(run.status, 1, "{current} {argument}");
        assert_eq!(run.verdicts().len(), 1, "{run:?}");
        assert!(run.output.contains("pod.yaml:1)"), "{run:?}");
        let told = format!(
            " of the kustomization {kustomization} (build first: kubectl kustomize {kustomization} | mutable-tags check -)\n"
        );
        assert!(run.output.ends_with(&told), "{run:?}");
    }
}

#[test]
fn judges_the_others_beside_a_broken_document() {
    let folder = Folder::new("broken");
    folder.write(
        "all.yaml",
        &format!("apiVersion: v1\nkind: Pod\nspec: [\n---\n{POD}"),
    );
    let run = check(&folder, &[]);
    assert_eq!(run.status, 2);
    assert!(run.output.contains("rejected Pod default/a"), "{run:?}");
    assert!(
        run.errors.starts_with("error: all.yaml, document 1: "),
        "{run:?}"
    );
}

#[test]
fn skips_a_template_that_is_not_rendered() {
    let folder = Folder::new("template");
    folder.write("pod.yaml", POD);
    folder.write("web.yaml", &POD.replace("name: a}", "name: {{ .Name }}}"));
    folder.write("job.yaml", &POD.replace("main", "{{ .Tag }}\n  {{- end }}"));
    let run = check(&folder, &[]);
    assert_eq!(run.status, 1);
    let told = "skipped 2 templates (render first): job.yaml, web.yaml\n";
    assert!(run.output.ends_with(told), "{run:?}");
    // Braces between quotes are no template: the document is broken.
    folder.write(
        "rule.yaml",
        &POD.replace("main", "main\n  alert: \"{{ .Tag }}\"\n  open: ["),
    );
    let run = check(&folder, &[]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.errors.starts_with("error: rule.yaml: "), "{run:?}");
}

#[test]
fn skips_a_broken_file_that_looks_like_no_object() {
    let folder = Folder::new("broken-other");
    folder.write("pod.yaml", POD);
    folder.write("workflow.yaml", "a: [\n");
    let run = check(&folder, &[]);
    assert_eq!(run.status, 1);
    let told = "skipped 1 unreadable document without \"apiVersion\" and \"kind\": workflow.yaml\n";
    assert!(run.output.ends_with(told), "{run:?}");
    assert_eq!(run.errors, "");
}

#[test]
fn does_not_skip_a_broken_object() {
    for (name, text) in [
        (
            "line.json",
            r#"{"apiVersion": "v1", "kind": "Pod", "spec": {}"#,
        ),
        ("flow.yaml", "{apiVersion: v1, kind: Pod, spec: [}\n"),
        ("quoted.yaml", "'apiVersion': v1\n'kind': Pod\nspec: [\n"),
        ("type.yaml", "apiVersion: v1\nkind: 5\n"),
    ] {
        let folder = Folder::new(&format!("broken-{name}"));
        folder.write("pod.yaml", POD);
        folder.write(name, text);
        let run = check(&folder, &[]);
        assert_eq!(run.status, 2, "{run:?}");
        let told = format!("error: {name}: ");
        assert!(run.errors.starts_with(&told), "{run:?}");
    }
}

#[cfg(unix)]
#[test]
fn leaves_out_what_is_no_file() {
    let folder = Folder::new("socket");
    folder.write("pod.yaml", POD);
    let path = folder.path().join("a.yaml");
    let _socket = std::os::unix::net::UnixListener::bind(path).unwrap();
    let run = check(&folder, &[]);
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
}

#[test]
fn tells_what_is_skipped_beside_a_report_for_programs() {
    let folder = Folder::new("summary");
    folder.write("pod.yaml", POD);
    folder.write("values.yaml", "a: 1\n");
    let told = "1 rejected\nskipped 1 document without a Kubernetes object: values.yaml\n";
    for form in ["json", "sarif=report.sarif"] {
        let run = check(&folder, &["-o", form]);
        assert_eq!(run.errors, told, "{form}");
        let run = check(&folder, &["-o", form, "--quiet"]);
        assert_eq!(run.errors, "", "{form}");
    }
}

#[test]
fn takes_the_last_of_two_keys_and_warns() {
    let folder = Folder::new("repeated");
    folder.write("pod.yaml", &format!("{POD}      image: acme/web:1.2.3\n"));
    let run = check(&folder, &[]);
    assert_eq!(run.status, 0);
    assert_eq!(
        run.errors,
        "warning: pod.yaml: spec.containers[0].image is given more than once: the last value counts\n"
    );
}

#[test]
fn leaves_out_and_counts_what_exclude_matches() {
    let folder = Folder::new("exclude");
    folder.write("deploy/pod.yaml", POD);
    folder.write("deploy/ci.yaml", POD);
    folder.write("test/pod.yaml", POD);
    let exclude = ["--exclude", "test", "--exclude", "deploy/ci.yaml"];
    let run = check(&folder, &exclude);
    assert!(run.output.contains("(deploy/pod.yaml:1)"), "{run:?}");
    let summary = "\n1 rejected\nexcluded 1 file and 1 folder\n";
    assert!(run.output.ends_with(summary), "{run:?}");
    assert_eq!(run.errors, "");
    // A path from the current folder matches too, however the folder is named.
    let deploy = folder.path().join("deploy");
    let deploy = deploy.to_str().unwrap();
    let run = folder.run(&["check", deploy, "--exclude", "deploy/ci.yaml"]);
    assert!(run.output.ends_with("\nexcluded 1 file\n"), "{run:?}");
}

#[test]
fn tells_of_a_glob_that_matches_nothing() {
    let folder = Folder::new("exclude-nothing");
    folder.write("deploy/test/pod.yaml", POD);
    let run = check(&folder, &["--exclude", "test/**", "--exclude", "**/x"]);
    assert_eq!(run.status, 1);
    let notes =
        "note: --exclude \"test/**\" matches nothing\nnote: --exclude \"**/x\" matches nothing\n";
    assert_eq!(run.errors, notes);
    let run = check(&folder, &["--exclude", "test/**", "--quiet"]);
    assert_eq!(run.errors, "");
    // A file that is named is never left out.
    let named = ["check", "deploy/test/pod.yaml", "--exclude", "**/test/**"];
    let run = folder.run(&named);
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
}

#[test]
fn refuses_what_is_no_glob() {
    let folder = Folder::new("no-glob");
    folder.write("pod.yaml", POD);
    let run = check(&folder, &["--exclude", "["]);
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    let error = "error: --exclude: \"[\" is not a glob: unclosed character class; missing ']'\n";
    assert_eq!(run.errors, error);
}

#[test]
fn warns_of_ten_repeated_keys_and_counts_the_others() {
    let folder = Folder::new("many-repeated");
    let keys: String = (0..12)
        .map(|key| format!("    k{key}: a\n    k{key}: b\n"))
        .collect();
    let pod = format!("apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n{keys}");
    folder.write("pod.yaml", &pod);
    folder.write("values.yaml", "a: 1\na: 2\n");
    let run = check(&folder, &[]);
    let lines: Vec<_> = run.errors.lines().collect();
    assert_eq!(lines.len(), 11, "{run:?}");
    assert_eq!(
        lines.last(),
        Some(&"warning: pod.yaml: 2 more keys are given more than once")
    );
}

#[test]
fn a_hook_judges_only_the_objects_among_its_files() {
    let folder = Folder::new("hook");
    folder.write("pod.yaml", POD);
    folder.write("values.yaml", "image: acme/web\n");
    folder.write("README.md", POD);
    folder.write("chart/Chart.yaml", "apiVersion: v2\nname: web\n");
    folder.write("chart/templates/pod.yaml", POD);
    folder.write(
        "web/kustomization.yaml",
        "patches: [{path: patches/pod.yaml}]\n",
    );
    folder.write("web/patches/pod.yaml", POD);
    folder.write("test/unit/pod.yaml", POD);
    folder.write(".mutable-tags.yaml", "exclude: [test]\n");
    let files = [
        "values.yaml",
        "README.md",
        "chart/Chart.yaml",
        "chart/templates/pod.yaml",
        "web/kustomization.yaml",
        "web/patches/pod.yaml",
        "test/unit/pod.yaml",
    ];
    let check = ["check", "--quiet", "--hook"];
    let run = folder.run(&[&check, &files[..]].concat());
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");
    let run = folder.run(&[&check[..], &["pod.yaml"], &files[..]].concat());
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
    let verdicts = run
        .output
        .lines()
        .filter(|line| line.starts_with("rejected "));
    assert_eq!(
        verdicts.collect::<Vec<_>>(),
        ["rejected Pod default/a (pod.yaml:1)"]
    );
}

#[test]
fn a_hook_tells_of_a_broken_object() {
    let folder = Folder::new("hook-broken");
    folder.write("pod.yaml", "apiVersion: v1\nkind: Pod\nspec: [\n");
    let run = folder.run(&["check", "--hook", "pod.yaml"]);
    assert_eq!(run.status, 2);
    assert!(run.errors.starts_with("error: pod.yaml"), "{run:?}");
    let run = folder.run(&["check", "--hook", "gone.yaml"]);
    assert_eq!(run.status, 2, "{run:?}");
}

#[test]
fn says_that_there_is_nothing_to_check() {
    let folder = Folder::new("nothing");
    folder.write("values.yaml", "a: 1\n");
    let run = check(&folder, &[]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.errors,
        "error: no object to check: the input has no Kubernetes object\n"
    );
    let run = check(&Folder::new("empty"), &[]);
    assert_eq!(run.status, 2);
    let told = "error: no object to check: name a file, ";
    assert!(run.errors.starts_with(told), "{run:?}");
}

#[test]
fn ends_with_a_status_of_its_own_for_warnings() {
    let folder = Folder::new("warn-exit-code");
    folder.write("pod.yaml", POD);
    let lenient = ["--settings-json", r#"{"mode":"lenient"}"#];
    assert_eq!(check(&folder, &lenient).status, 0);
    let strict = ["--warn-exit-code", "3"];
    assert_eq!(
        check(&folder, &[&lenient[..], &strict[..]].concat()).status,
        3
    );
    assert_eq!(check(&folder, &strict).status, 1);
}

#[test]
fn judges_a_request_beside_objects() {
    let folder = Folder::new("request");
    folder.write(
        "review.json",
        r#"{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "1", "operation": "CREATE",
          "kind": {"group": "", "version": "v1", "kind": "Pod"}, "object": {"metadata": {"name": "b"}, "spec": {"containers": [
            {"name": "a", "image": "acme/b:main", "imagePullPolicy": "Always"}]}}}}"#,
    );
    folder.write("pod.yaml", POD);
    let run = check(&folder, &[]);
    assert!(
        run.output.contains("- review.json:3:36: \"acme/b:main\""),
        "{run:?}"
    );
    assert!(run.output.ends_with("2 rejected\n"), "{run:?}");
}

#[test]
fn leaves_accepted_objects_out_where_it_is_quiet() {
    let folder = Folder::new("quiet");
    folder.write("pod.yaml", &POD.replace("main", "1.2.3"));
    for (form, output) in [("text", "1 accepted\n"), ("json", "")] {
        let run = check(&folder, &["--quiet", "-o", form]);
        assert_eq!((run.status, run.output.as_str()), (0, output), "{form}");
    }
    // An answer to every request, and a case for every object.
    for (form, what) in [("kwctl", "\"allowed\":true"), ("junit", "Pod default/a")] {
        let run = check(&folder, &["--quiet", "-o", form]);
        assert!(run.output.contains(what), "{form}: {run:?}");
    }
}

#[test]
fn names_files_from_the_workspace_on_github() {
    let folder = Folder::new("workspace");
    folder.write("deploy/pod.yaml", POD);
    let check = |workspace: &str, path: &str, form: &str| {
        let mut program = program(&["check", path, "-o", form]);
        program.env("GITHUB_WORKSPACE", folder.path().join(workspace));
        Run::of(program.current_dir(folder.path().join("deploy"))).output
    };
    for path in ["pod.yaml", ".", "../deploy"] {
        let github = check("", path, "github");
        assert!(
            github.starts_with("::error file=deploy/pod.yaml,line=7,"),
            "{github}"
        );
        let sarif = check("", path, "sarif");
        assert!(sarif.contains("\"uri\": \"deploy/pod.yaml\""), "{sarif}");
        let junit = check("", path, "junit");
        assert!(junit.contains("name=\"deploy/pod.yaml\""), "{junit}");
    }
    // Elsewhere they are named from the current folder.
    for workspace in ["nowhere", ".git"] {
        let github = check(workspace, "pod.yaml", "github");
        assert!(
            github.starts_with("::error file=pod.yaml,line=7,"),
            "{github}"
        );
    }
}

#[cfg(unix)]
#[test]
fn leaves_links_out_by_their_own_names() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("exclude-links");
    folder.write("deploy/own.yaml", POD);
    folder.write("test/own.yaml", POD);
    symlink("../test/own.yaml", folder.path().join("deploy/link.yaml")).unwrap();
    symlink("../deploy/own.yaml", folder.path().join("test/link.yaml")).unwrap();
    let run = folder.run(&["check", ".", "--exclude", "test/*", "--output", "json"]);
    assert_eq!(run.output.lines().count(), 2, "{run:?}");
    assert!(run.output.contains("deploy/link.yaml"), "{run:?}");
    assert!(run.output.contains("deploy/own.yaml"), "{run:?}");
}

#[test]
fn a_hook_compares_globs_with_paths_below_the_current_folder() {
    let folder = Folder::new("test-hook");
    folder.write("test/repository/pod.yaml", POD);
    let pod = folder.path().join("test/repository/pod.yaml");
    let pod = pod.canonicalize().unwrap();
    let pod = pod.to_str().unwrap();
    for (glob, status) in [("**/test/**", 1), ("test/**", 1), ("*.yaml", 0)] {
        let arguments = ["check", "--hook", "--quiet", "--exclude", glob, pod];
        let run = folder.run_in("test/repository", &arguments);
        assert_eq!(run.status, status, "{glob}: {run:?}");
    }
}

#[test]
fn globs_leave_out_nothing_of_what_runs() {
    let folder = Folder::new("exclude-old");
    folder.write("pod.yaml", POD);
    folder.write("live/pod.yaml", POD);
    let exclude = ["check", "pod.yaml", "--exclude", "live/**"];
    let run = folder.run(&[&exclude[..], &["--old", "live"]].concat());
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(folder.run(&exclude).status, 1);
}

#[test]
fn skips_a_file_in_another_encoding_unless_it_looks_like_an_object() {
    let utf_16 = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect::<Vec<_>>()
    };
    let folder = Folder::new("encodings");
    folder.write("pod.yaml", POD);
    std::fs::write(folder.path().join("a.json"), utf_16(r#"{"name": "a"}"#)).unwrap();
    std::fs::write(folder.path().join("b.yaml"), b"name: caf\xe9\n").unwrap();
    let run = check(&folder, &[]);
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
    let summary =
        "skipped 2 unreadable documents without \"apiVersion\" and \"kind\": a.json, b.yaml\n";
    assert!(run.output.ends_with(summary), "{run:?}");
    std::fs::write(folder.path().join("c.yaml"), utf_16(POD)).unwrap();
    let run = check(&folder, &[]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.errors,
        "error: c.yaml: is UTF-16 or UTF-32: save it as UTF-8\n"
    );
}

#[test]
fn reads_an_integer_of_more_than_64_bits() {
    let folder = Folder::new("long-integer");
    let limit = "spec:\n  limit: 100000000000000000000\n";
    folder.write("pod.yaml", &POD.replace("spec:\n", limit));
    let run = check(&folder, &[]);
    assert_eq!((run.status, run.errors.as_str()), (1, ""), "{run:?}");
}
