#!/bin/sh
# Nothing lost, nothing doubled, while service and database are killed. Takes about three minutes.
# Usage: bench/kill-proof.sh [ARTIFACTS] [KILLS] [POSTGRES-KILLS]     (after mvn package; usually 10000 20 5)
exec "$(dirname "$0")/service-bench.sh" KillProof "$@"
