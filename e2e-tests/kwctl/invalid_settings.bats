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
    assert_failure 'Provided settings are not valid: mode must be strict or lenient, not "lenientt"; pullPolicies[0] must be Always, IfNotPresent or Never, not "always"; registries is missing: adjust pin and drift.check ask the registries that it lists, and no other'
}

@test "refuses a field that does not exist and lists those that do" {
    judge '{"modes": "lenient"}'
    assert_failure 'Provided settings are not valid: settings has no field "modes": it can have mode, environment, environments, tags, pullPolicies, alwaysPullImages, unchanged, owned, controllers, ephemeralContainers, exemptions, imageEnvVars, customResources, adjust, drift, registries'
}

@test "accepts settings in which everything is empty" {
    judge '{"mode": "", "environments": [], "tags": {}, "registries": null}'
    assert_success
    assert_accepted_in_silence
}

@test "refuses a manifest's settings" {
    edits=('s/mode: lenient/mode: relaxed/')
    judge_by policy.yaml
    assert_failure 'Provided settings are not valid: environments[0].mode must be strict or lenient, not "relaxed"'
}

@test "refuses the settings of a group's member" {
    edits=('s/settings: {}/settings: {mode: relaxed}/')
    judge_by examples/policies/group.yaml
    assert_failure 'Provided settings are not valid: mutable-tags-group/no_mutable_tags: settings not valid: Policy settings are invalid: mode must be strict or lenient, not "relaxed"'
}
