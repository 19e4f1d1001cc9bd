package dev.signalwright.artifacts.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;

/**
 * The reverse proxies in front of this service, by address or network ({@code 10.0.0.5}, {@code 10.1.0.0/16},
 * {@code fd00::/8}). What anyone else writes into forwarding headers is not read. Immutable.
 */
@Singleton
final class TrustedProxies {
    private final List<Network> networks;

    TrustedProxies(AccessConfig config) {
        this.networks = config.trustedProxies().orElse(List.of()).stream()
                .map(Network::of)
                .toList();
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Whether the other end of this very connection is one of them. */
    boolean sent(HttpServerRequest request) {
        return !networks.isEmpty() && contains(peer(request));
    }

    private boolean contains(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return networks.stream().anyMatch(network -> network.contains(bytes));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** The last address in X-Forwarded-For that is not a proxy of ours: what stands before it, anybody may have written. */
    String addressOf(HttpServerRequest request) {
        if (!sent(request)) {
            return peer(request);
        }
        String[] path =
                String.join(",", request.headers().getAll("X-Forwarded-For")).split(",", -1);
        for (int i = path.length - 1; i >= 0; i--) {
            String address = path[i].strip();
            if (!address.isEmpty() && !contains(address)) {
                return address.length() > 64 ? peer(request) : address;
            }
        }
        return peer(request);
    }

    boolean isSecure(HttpServerRequest request) {
        return request.isSSL() || (sent(request) && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")));
    }

    private static String peer(HttpServerRequest request) {
        String address =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        if (address == null) {
            return "";
        }
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Network(byte[] address, int bits) {
        static Network of(String text) {
            String[] parts = text.strip().split("/", 2);
            try {
                byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
                int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.length * 8;
                if (bits >= 0 && bits <= address.length * 8) {
                    return new Network(address, bits);
                }
            } catch (IllegalArgumentException garbled) {
                // Said below.
            }
            throw new ConfigurationException("The artifact service does not start: " + text
                    + " in ARTIFACT_TRUSTED_PROXIES is no address or network. Write it like 10.0.0.5 or 10.1.0.0/16.");
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
