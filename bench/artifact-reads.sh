#!/bin/sh
# How fast the packaged service reads with 10,000 and with 1,000,000 artifacts. Takes about ten minutes and 8 GB of disk.
# Usage: bench/artifact-reads.sh [ARTIFACTS]       (after mvn package)
exec "$(dirname "$0")/service-bench.sh" ReadSide reads "$@"
