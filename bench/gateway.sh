#!/bin/sh
# What the TWS client costs: decoding bars, connecting, twenty symbols at the shared limits. Takes about two minutes.
# Each against a reference of the same run.
# Usage: bench/gateway.sh     (after mvn package)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java=${WORKFLOW_JAVA:-${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java}
app=$here/../workflow-worker/target/quarkus-app
exec "$java" -cp "$app/app/*:$app/lib/main/*:$app/lib/boot/*" "$here/Gateway.java"
