#!/bin/sh
# How late events arrive at many listeners of the packaged service, and what it costs. Takes about two minutes.
# Usage: bench/event-listeners.sh [LISTENERS]...   (after mvn package; usually 200 500 1000)
exec "$(dirname "$0")/service-bench.sh" ReadSide events "$@"
