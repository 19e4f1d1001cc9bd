#!/bin/sh
# Started by the benches of the artifact service: CLASS and its arguments.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java
service=$(cd "$here/../artifact-service/target/quarkus-app" && pwd)
driver=$(find "$service/lib" -name 'org.postgresql.postgresql-*.jar' | head -1)
class=$1
shift
exec "$java" -Xmx1g -cp "$driver" "$here/$class.java" "$java" "$service" "$@"
