#!/bin/sh
# Writes what compose.yaml needs and no repository may hold: a password, and the file .env that says
# where it lies. What is there already is kept, so it may be run as often as you like.
#
#   deploy/compose/init-env.sh [ENV-FILE [SECRETS-DIRECTORY]]
set -eu
umask 077

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
env_file=${1:-$here/../../.env}
secrets=${2:-$here/secrets}

mkdir -p "$secrets"
secrets=$(CDPATH='' cd -- "$secrets" && pwd -P)
password=$secrets/postgres-password
if [ ! -s "$password" ]; then
    # Whole or not at all.
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$password.new"
    # Containers read it under numbers of their own; the directory keeps other users of this machine out.
    chmod 444 "$password.new"
    mv "$password.new" "$password"
    echo "written: $password"
fi

if [ ! -e "$env_file" ]; then
    cat >"$env_file" <<END
# Read by docker compose. Written once by deploy/compose/init-env.sh; yours from then on.
COMPOSE_PROJECT_NAME=kontor
KONTOR_SECRETS=$secrets

# All of these have defaults, which stand in compose.yaml.
#KONTOR_LAB=./launcher/labs/loopback.yaml
#KONTOR_GATEWAY_PORT=8080
#KONTOR_KAFKA_UI_PORT=8088
#KONTOR_KAFKA_PORT=9092
#KONTOR_POSTGRES_PORT=15432
#KONTOR_ORCHESTRATOR_PORT=8081
#KONTOR_ANALYSIS_PORT=8082
#KONTOR_ADAPTER_GAME1_PORT=8091
#KONTOR_ADAPTER_GAME2_PORT=8092
#KONTOR_ADAPTER_GAME3_PORT=8093
#KONTOR_ADAPTER_GAME4_PORT=8094
#KONTOR_TOPIC_PARTITIONS=1
#KONTOR_TOPIC_REPLICAS=1
#KONTOR_TOPIC_RETENTION=
#KONTOR_JARS=source

# Where compose.observability.yaml is added to COMPOSE_FILE.
#KONTOR_GATEWAY_MANAGEMENT_PORT=8084
#KONTOR_PROMETHEUS_PORT=9090
#KONTOR_GRAFANA_PORT=3000
END
    echo "written: $env_file"
fi
