#!/usr/bin/env bats
# Settings that are not valid are refused before anything is judged, all problems at once.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

setup() { request deployment "$(image ghcr.io/acme/shop:1.4.2)"; }

@test "accepts settings that are valid" {
    judge '{"mode": "lenient", "adjust": "pin", "registries": ["ghcr.io"]}'
    assert_success
    assert_accepted_in_silence
}

@test "refuses all that is wrong at once" {
    judge '{"mode": "lenientt", "adjust": "pin", "pullPolicies": ["always"]}'
    assert_settings_refused mode 'pullPolicies[0]' registries
}

@test "refuses a field that does not exist" {
    judge '{"modes": "lenient"}'
    assert_settings_refused settings
    assert_names "$(cat "$BATS_TEST_TMPDIR/errors")" '"modes"'
}

@test "accepts settings in which everything is empty" {
    judge '{"mode": "", "environments": [], "tags": {}, "registries": null}'
    assert_success
    assert_accepted_in_silence
}

@test "refuses a manifest's settings" {
    edits=('s/mode: lenient/mode: relaxed/')
    judge_by policy.yaml
    assert_settings_refused 'environments[0].mode'
}

@test "refuses the settings of a group's member" {
    edits=('s/settings: {}/settings: {mode: relaxed}/')
    judge_by examples/policies/group.yaml
    assert_settings_refused mode
    assert_names "$(cat "$BATS_TEST_TMPDIR/errors")" mutable-tags-group/no_mutable_tags
}
