#!/bin/sh
# How long the artifact service takes from its start to ready, its database being there, against a hello class in the same run.
# Usage: bench/service-start.sh [ROUNDS]     (after mvn package)
set -eu
exec "$(dirname "$0")/service-bench.sh" ServiceStart "$@"
