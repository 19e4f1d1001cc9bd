package dev.signalwright.worker.settings;

import dev.signalwright.worker.settings.Settings.PortalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The settings that say what vouches for a Client Portal gateway. A class of its own: only that adapter loads it. */
final class PortalVariables {
    private static final String PIN = "IBKR_PORTAL_CERTIFICATE_SHA256";
    private static final String CA_FILE = "IBKR_PORTAL_CA_FILE";
    private static final String TLS = "IBKR_PORTAL_TLS";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private PortalVariables() {}

    /** @param host where the gateway is: without TLS it must be this machine */
    static PortalSettings read(Variables variables, String host) {
        Optional<String> pin = variables.text(PIN).flatMap(value -> digits(variables, value));
        Optional<Path> caFile = variables.path(CA_FILE);
        caFile.filter(file -> !Files.isReadable(file))
                .ifPresent(file -> variables.problem(
                        CA_FILE + " names " + file + ", which cannot be read. It holds certificates in PEM form."));
        if (pin.isPresent() && caFile.isPresent()) {
            variables.problem(
                    PIN + " and " + CA_FILE + " are both set. Keep the one that shall vouch for the gateway.");
        }
        boolean tls = variables.word(TLS, "on|off", "on").equals("on");
        if (!tls && !LOOPBACK.contains(host)) {
            variables.problem(TLS + " is off, but IBKR_HOST is not this machine. Without TLS anybody on the way could"
                    + " read and change orders; set it to on, or run the gateway here.");
        }
        return new PortalSettings(pin, caFile, tls);
    }

    /** With or without colons, in either case, as keytool and openssl print it. */
    private static Optional<String> digits(Variables variables, String value) {
        String digits = value.replace(":", "").toLowerCase(Locale.ROOT);
        if (digits.matches("[0-9a-f]{64}")) {
            return Optional.of(digits);
        }
        variables.problem(PIN + " is " + Variables.quoted(value)
                + "; it must be the 64 hexadecimal digits of the certificate's SHA-256, with or without colons.");
        return Optional.empty();
    }
}
