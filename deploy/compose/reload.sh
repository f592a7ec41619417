#!/usr/bin/env bash
# Replaces one service of the running compose stack by what the sources say now, while games play:
# builds it, asks the coordinator for a reload, puts the new container in the old one's place when the
# coordinator waits for it, and follows the reload to its end. Exit status 0 only if the new process
# works and nothing was lost.
#
#   deploy/compose/reload.sh [--no-build] [--freeze] orchestrator-service|analysis-service|ui-gateway|journal
#
# --no-build takes the image as it is, --freeze makes all games stand still meanwhile. Adapters hold
# their games' connections and are replaced between sessions. KONTOR_LAB_NAME is the lab, if not "default";
# KONTOR_TOKEN_FILE the file with the token, where the gateway asks for one.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=1 freeze=false service= before=
while (($#)); do
    case $1 in
        --no-build) build=0 ;;
        --freeze) freeze=true ;;
        orchestrator-service | analysis-service | ui-gateway | journal) service=$1 ;;
        *) service= && break ;;
    esac
    shift
done
if [[ -z $service ]]; then
    sed -n '7p' "$0" | sed 's/^# */usage: /' >&2
    exit 2
fi

# Of several addresses the one on loopback, if it is there.
published=$(docker compose port ui-gateway 8080 | sort | head -n 1)
if [[ -z $published ]]; then
    echo "the gateway is not running: docker compose up --detach" >&2
    exit 1
fi
gateway=http://$published

field() { # NAME: the first text of that name in the JSON on stdin, or nothing
    { grep -o "\"$1\":\"[^\"]*\"" || true; } | head -n 1 | cut -d '"' -f 4
}

# The gateway may be what is replaced: while it is away it is asked again.
answer() {
    ask --fail --max-time 10 "$gateway/api/reloads/$reload" || true
}

# The token is no argument: those are for everybody on this machine to see.
ask() {
    if [[ -n ${KONTOR_TOKEN_FILE:-} ]]; then
        curl --silent --header @<(printf 'authorization: Bearer %s' "$(<"$KONTOR_TOKEN_FILE")") "$@"
    else
        curl --silent "$@"
    fi
}

await() { # PHASE...: until the reload is in one of them
    local now=
    while ((SECONDS < deadline)); do
        now=$(answer | field phase)
        if [[ -n $now && $now != "$before" ]]; then
            echo "  $now"
            before=$now
        fi
        for wanted; do
            [[ $now != "$wanted" ]] || { phase=$now && return 0; }
        done
        sleep 0.1
    done
    echo "reload $reload is still ${now:-unanswered}" >&2
    return 1
}

if ((build)); then
    ./mvnw -q -B -ntp -Dquick -Dmaven.test.skip=true package -pl "$service" -am
    docker compose build "$service"
fi

deadline=$((SECONDS + 180))
accepted=$(ask --show-error --fail-with-body --header 'content-type: application/json' \
    --data "{\"lab\":\"${KONTOR_LAB_NAME:-default}\",\"service\":\"$service\",\"freeze\":$freeze}" \
    "$gateway/api/reloads") || { echo "the gateway refuses: $accepted" >&2; exit 1; }
reload=$(field id <<<"$accepted")

await restarting failed
if [[ $phase == restarting ]]; then
    docker compose up --detach --no-deps --no-build --force-recreate "$service"
    await completed failed
fi
answer
echo
[[ $phase == completed ]]
