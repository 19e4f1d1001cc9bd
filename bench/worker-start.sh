#!/bin/sh
# How long a worker process takes, against a hello class of the same Java in the same run.
# Usage: bench/worker-start.sh [TASK] [ROUNDS]     (after mvn package; TASK must be one that needs no gateway)
set -eu
task=${1:-log_to_mlflow}
rounds=${2:-10}
java=${WORKFLOW_JAVA:-${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java}
worker=$(cd "$(dirname "$0")/../workflow-worker/target/quarkus-app" && pwd)
exec "$java" "$(cd "$(dirname "$0")" && pwd)/WorkerStart.java" "$java" "$worker" "$task" "$rounds"
