#!/bin/sh
# What the packaged service writes, against pgbench inserting the same row in the same run. Takes about six minutes.
# Usage: bench/artifact-writes.sh [single] [costs] [batches] [pictures]    (after mvn package; all without a name)
exec "$(dirname "$0")/service-bench.sh" WriteSide "$@"
