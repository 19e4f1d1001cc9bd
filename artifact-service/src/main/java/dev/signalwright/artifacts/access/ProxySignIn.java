package dev.signalwright.artifacts.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Single sign-on by a reverse proxy that has authenticated the person: it names the person, and perhaps the groups, in
 * headers. They are believed from {@link TrustedProxies} only; from anywhere else the request is refused, because
 * either somebody pretends or somebody has configured the proxy wrongly. Immutable, safe for all threads.
 *
 * <p>The roles file has lines of a name and a role: {@code alice operator}, {@code @desk worker}, {@code * viewer}
 * (everyone whom the proxy lets in). Without it a group has the role of the same name. The highest role counts; a person
 * without one is known and may do nothing.
 */
@Singleton
final class ProxySignIn {
    private static final Pattern PERSON = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");
    private static final int MOST_GROUPS = 500;

    private final TrustedProxies proxies;
    private final Optional<String> userHeader;
    private final Optional<String> rolesHeader;
    private final Map<String, String> roles;

    ProxySignIn(AccessConfig config, TrustedProxies proxies) {
        this.proxies = proxies;
        this.userHeader = config.proxyUserHeader();
        this.rolesHeader = config.proxyRolesHeader();
        this.roles = config.proxyRolesFile().map(ProxySignIn::read).orElseGet(ProxySignIn::groupsNamedLikeRoles);
        if (userHeader.isPresent() && proxies.isEmpty()) {
            throw new ConfigurationException(
                    "The artifact service does not start: ARTIFACT_PROXY_USER_HEADER is set but"
                            + " ARTIFACT_TRUSTED_PROXIES names no proxy that may send it. Write the proxy's address there.");
        }
    }

    /** What the headers of a request say. */
    sealed interface Finding {
        /** Nothing: this is no matter of the proxy's. */
        record Nobody() implements Finding {}

        /** Something that is not believed, and why. */
        record Refused(String sentence) implements Finding {}

        /** A person; the role is empty when none was given. */
        record Person(String name, String role) implements Finding {}
    }

    Finding read(HttpServerRequest request) {
        List<String> users = userHeader.map(request.headers()::getAll).orElse(List.of());
        List<String> groups = rolesHeader.map(request.headers()::getAll).orElse(List.of());
        if (users.isEmpty() && groups.isEmpty()) {
            return new Finding.Nobody();
        }
        if (!proxies.sent(request)) {
            return new Finding.Refused("A header that only the sign-on proxy may send came from another address."
                    + " Go through the proxy, or add its address to ARTIFACT_TRUSTED_PROXIES.");
        }
        if (users.stream().allMatch(String::isBlank)) {
            return new Finding.Nobody();
        }
        if (users.size() > 1
                || groups.size() > 1
                || !PERSON.matcher(users.getFirst()).matches()) {
            return new Finding.Refused("The sign-on proxy sent a header twice, or a name of other characters than"
                    + " letters, digits and . _ @ + -. Let it replace the headers that come from outside.");
        }
        return new Finding.Person("sso:" + users.getFirst(), role(users.getFirst(), groups));
    }

    private String role(String person, List<String> sent) {
        List<String> names = new ArrayList<>(List.of("*", person));
        sent.stream()
                .flatMap(line -> List.of(line.split("[,;\\s]+", MOST_GROUPS)).stream())
                .forEach(group -> names.add("@" + group));
        return names.stream().map(name -> roles.getOrDefault(name, "")).reduce("", Roles::higher);
    }

    private static Map<String, String> groupsNamedLikeRoles() {
        Map<String, String> roles = new HashMap<>();
        Roles.LOWEST_FIRST.forEach(role -> roles.put("@" + role, role));
        return Map.copyOf(roles);
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> roles = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.split("#", 2)[0].strip();
                if (text.isEmpty()) {
                    continue;
                }
                String[] words = text.split("\\s+", -1);
                if (words.length != 2 || !Roles.LOWEST_FIRST.contains(words[1])) {
                    throw new ConfigurationException("The artifact service does not start: the line \"" + text
                            + "\" in " + file + " is not a name and a role, like: alice viewer, or: @desk operator.");
                }
                roles.merge(words[0], words[1], Roles::higher);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The artifact service does not start: ARTIFACT_PROXY_ROLES_FILE names " + file
                            + ", which cannot be read.",
                    e);
        }
        return Map.copyOf(roles);
    }
}
