#!/bin/sh
# Started by artifact-reads.sh and event-listeners.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java
service=$(cd "$here/../artifact-service/target/quarkus-app" && pwd)
driver=$(find "$service/lib" -name 'org.postgresql.postgresql-*.jar' | head -1)
exec "$java" -Xmx1g -cp "$driver" "$here/ReadSide.java" "$java" "$service" "$@"
