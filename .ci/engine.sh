# Sourced by .ci/run: a Docker engine for the tests that need one, where it can be had. Uses its
# without_servers.
#
#   engine_up      0: an engine answers, runs containers as compose.yaml wants them, and has or can get
#                  the images. 1: engine_missing says what is missing. Changes nothing that outlives
#                  engine_down but the packages and images that were missing.
#   engine_down    Removes what the tests left, and ends the engine if engine_up started it.

engine_missing=
engine_pid=
engine_files=
engine_project=kontor-e2e

engine_up() {
    engine_files=$(mktemp -d)
    engine_packages && engine_start && engine_images && engine_runs_containers
}

engine_packages() {
    local missing=()
    command -v dockerd >/dev/null || missing+=(docker.io)
    docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null || missing+=(docker-compose)
    if docker info >/dev/null 2>&1 || ((${#missing[@]} == 0)); then
        return 0
    fi
    if [[ $(id -u) != 0 ]]; then
        engine_missing="no engine answers, and only root could install ${missing[*]}"
        return 1
    fi
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq || true
    without_servers apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >"$engine_files/apt.log" 2>&1 \
        || engine_missing="${missing[*]} could not be installed"
    [[ -z $engine_missing ]]
}

engine_start() {
    docker info >/dev/null 2>&1 && return 0
    if [[ $(id -u) != 0 ]]; then
        engine_missing="no engine answers, and only root could start one"
        return 1
    fi
    dockerd >"$engine_files/dockerd.log" 2>&1 </dev/null &
    engine_pid=$!
    local tries
    for ((tries = 0; tries < 120; tries++)); do
        docker info >/dev/null 2>&1 && return 0
        kill -0 "$engine_pid" 2>/dev/null || break
        sleep 0.5
    done
    engine_missing="dockerd does not come up: $(grep -v level=info "$engine_files/dockerd.log" | tail -n 1)"
    return 1
}

# Where the images cannot be pulled, stand-ins of them are built.
engine_images() {
    local recipes=../shared/offline-images
    if [[ $(docker info --format '{{.Driver}}') == vfs ]]; then
        engine_missing="the engine can only copy whole images here (vfs): too slow, too large"
        return 1
    fi
    if [[ ! -x $recipes/build.sh ]]; then
        return 0
    fi
    # A copy: it may be on a file system that cannot be written to, and keeps its modes when copied.
    cp -r "$recipes" "$engine_files/images"
    chmod -R u+w "$engine_files/images"
    recipes=$engine_files/images
    if ! timeout 1200 "$recipes/build.sh" debian temurin maven postgres kafka kafka-ui 9>&- \
        || ! "$recipes/build.sh" --scan compose.yaml deploy/Dockerfile >"$engine_files/scan.log" 2>&1; then
        engine_missing="the stand-in images could not be built"
        return 1
    fi
    eval "$("$recipes/build.sh" --env)"
}

# As compose.yaml wants them: built from a Dockerfile, bounded, without capabilities, in a network
# of their own with a published port, and in the host's.
engine_runs_containers() {
    local image=eclipse-temurin:25-jre bounds=(--rm --memory 256m --cap-drop ALL --read-only
        --security-opt no-new-privileges --tmpfs /tmp:exec,mode=1777,size=64m)
    if ! printf 'FROM %s\nRUN java -version\n' "$image" \
        | DOCKER_BUILDKIT=1 timeout 600 docker build -q -t kontor/probe:e2e - >"$engine_files/probe.log" 2>&1 \
        || ! timeout 120 docker run "${bounds[@]}" -p 127.0.0.1::8080 kontor/probe:e2e java -version \
            >>"$engine_files/probe.log" 2>&1 \
        || ! timeout 120 docker run "${bounds[@]}" --network host kontor/probe:e2e java -version \
            >>"$engine_files/probe.log" 2>&1; then
        engine_missing="the engine does not build and run a container: $(tail -n 1 "$engine_files/probe.log")"
        return 1
    fi
    docker image rm -f kontor/probe:e2e >/dev/null 2>&1 || true
    if ! docker compose version >/dev/null 2>&1; then
        engine_missing="there is no docker compose"
        return 1
    fi
}

engine_down() {
    [[ -n $engine_files ]] || return 0
    if docker info >/dev/null 2>&1; then
        engine_remove_leftovers
    fi
    if [[ -n $engine_pid ]]; then
        kill "$engine_pid" 2>/dev/null || true
        wait "$engine_pid" 2>/dev/null || true
    fi
    rm -rf "$engine_files"
}

engine_remove_leftovers() {
    local what label=com.docker.compose.project=$engine_project
    what=$(docker ps -aq --filter "label=$label")
    [[ -z $what ]] || docker rm -f -v $what >/dev/null
    what=$(docker volume ls -q --filter "label=$label")
    [[ -z $what ]] || docker volume rm -f $what >/dev/null
    what=$(docker network ls -q --filter "label=$label")
    [[ -z $what ]] || docker network rm $what >/dev/null
    # Containers of single tests whose JVM was killed.
    what=$(docker ps -aq --filter label=kontor.test)
    [[ -z $what ]] || docker rm -f -v $what >/dev/null
}
