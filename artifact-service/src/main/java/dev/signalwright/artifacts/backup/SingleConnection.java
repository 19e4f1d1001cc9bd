package dev.signalwright.artifacts.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source whose every connection is the same one, inside its open transaction: Flyway wants a source and commits each of
 * its steps, but whoever opened the transaction decides alone whether the schema is there afterwards. One thread.
 */
final class SingleConnection {
    /** What would end the transaction or the connection. A failed step is told by its exception, and undone by the owner. */
    private static final Set<String> LEFT_TO_THE_OWNER = Set.of("commit", "rollback", "setAutoCommit", "close");

    private SingleConnection() {}

    /** @param connection within a transaction */
    static DataSource of(Connection connection) {
        Connection kept = proxy(Connection.class, (method, arguments) -> {
            boolean ends = LEFT_TO_THE_OWNER.contains(method.getName())
                    && !(method.getName().equals("rollback") && arguments != null);
            return ends ? null : method.invoke(connection, arguments);
        });
        return proxy(DataSource.class, (method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(connection, arguments);
            }
            if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
            }
            return kept;
        });
    }

    /** Answers a call. */
    private interface Call {
        @Nullable
        Object to(Method method, Object @Nullable [] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                SingleConnection.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.to(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
