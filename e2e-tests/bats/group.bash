# The answers of examples/policies/group.yaml, of which a group keeps the message, and
# among the causes those of the members that rejected.

# Compares the answer with a rejection: by the member that wants digests, and by another,
# which says this of an image.
#
#   assert_group_rejected IMAGE MEMBER MESSAGE
assert_group_rejected() {
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "message": "pin every image, or use registry.example alone and no tag that can move",
    "details": {
      "causes": [
        {"field": "spec.policies.$2", "message": "$3"},
        {
          "field": "spec.policies.pinned",
          "message": "mutable-tags (strict mode): $(named "$1" "$unpinned"): pin its digest (@sha256:…)"
        }
      ]
    }
  }
}
EOF
}

# What the policy says of an image of the request.
named() { printf '%s' "$place (container \\\"shop\\\"): \\\"$1\\\" $2"; }

moving=ghcr.io/acme/shop:main
pinned=$moving@sha256:9a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddeef
