# What the policy says of requests/deployment.json, as it stands in JSON: its only
# container has a tag that can move and is always pulled.
# shellcheck disable=SC2034 # read by the tests

place='spec.template.spec.containers[0].image'
moves='has a tag that names a channel, not a build'
why="$moves, and imagePullPolicy Always pulls it at every start"
again="$moves, and this update restarts the Pods and pulls it again"
finding="$place (container \\\"shop\\\"): \\\"ghcr.io/acme/shop:main\\\" $why"
rolled_out_again="$place (container \\\"shop\\\"): \\\"ghcr.io/acme/shop:main\\\" $again"
unpinned='has no digest (tags.consider is any), and imagePullPolicy Always pulls it at every start'
remedy='pin its digest (@sha256:…), use a tag that names one build (a full version, a commit), or set imagePullPolicy to IfNotPresent where a stale image will do'
warning="\\\"ghcr.io/acme/shop:main\\\" ($place) $why"
annotation="{\"path\": \"$place\", \"image\": \"ghcr.io/acme/shop:main\", \"reason\": \"channel\", \"pullPolicy\": \"Always\"}"
