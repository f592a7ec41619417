#!/bin/sh
# Prints where Prometheus finds the services: all of them on this host's loopback, at the ports that
# .env has. The same file does for a stack of "./kontor up", whose ports are the same.
#
#   deploy/observability/targets.sh >targets.yaml
set -eu

target() { # JOB INSTANCE PORT
    printf -- '- targets: ["127.0.0.1:%s"]\n  labels: { job: %s, instance: %s }\n' "$3" "$1" "$2"
}

target adapter-service game1 "${KONTOR_ADAPTER_GAME1_PORT:-8091}"
target adapter-service game2 "${KONTOR_ADAPTER_GAME2_PORT:-8092}"
target adapter-service game3 "${KONTOR_ADAPTER_GAME3_PORT:-8093}"
target adapter-service game4 "${KONTOR_ADAPTER_GAME4_PORT:-8094}"
target orchestrator-service orchestrator-service "${KONTOR_ORCHESTRATOR_PORT:-8081}"
target analysis-service analysis-service "${KONTOR_ANALYSIS_PORT:-8082}"
target ui-gateway ui-gateway "${KONTOR_GATEWAY_MANAGEMENT_PORT:-8084}"
# Only where it is a process of its own: else it would be a service that is down.
if [ -n "${KONTOR_JOURNAL_PORT:-}" ]; then
    target journal journal "$KONTOR_JOURNAL_PORT"
fi
