package dev.signalwright.artifacts.access;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every resource method of the service, read from its classes. */
final class Endpoints {
    static final String ANY_ID = "00000000-0000-0000-0000-000000000000";

    record Endpoint(String method, String target, String consumes, Set<String> roles, boolean isForEverybody) {}

    private static final List<Endpoint> ALL = find();

    private Endpoints() {}

    static List<Endpoint> all() {
        return ALL;
    }

    private static List<Endpoint> find() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (JavaClass room : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.signalwright.artifacts")) {
            if (room.isAnnotatedWith(Path.class)) {
                Class<?> type = load(room.getName());
                for (Method method : type.getDeclaredMethods()) {
                    verb(method).ifPresent(verb -> endpoints.add(endpoint(type, method, verb)));
                }
            }
        }
        return List.copyOf(endpoints);
    }

    /** Without running its static parts: templates only exist inside the application. */
    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Endpoints.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(kind -> kind.isAnnotationPresent(HttpMethod.class))
                .map(kind -> kind.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private static Endpoint endpoint(Class<?> type, Method method, String verb) {
        Path below = method.getAnnotation(Path.class);
        String path = "/" + type.getAnnotation(Path.class).value() + "/" + (below == null ? "" : below.value());
        String target =
                path.replaceAll("\\{[^}]*}", ANY_ID).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        Consumes consumes = method.getAnnotation(Consumes.class);
        RolesAllowed allowed = method.isAnnotationPresent(RolesAllowed.class)
                ? method.getAnnotation(RolesAllowed.class)
                : type.getAnnotation(RolesAllowed.class);
        return new Endpoint(
                verb,
                target,
                consumes == null ? "application/json" : consumes.value()[0],
                allowed == null ? Set.of() : Set.of(allowed.value()),
                method.isAnnotationPresent(PermitAll.class));
    }
}
