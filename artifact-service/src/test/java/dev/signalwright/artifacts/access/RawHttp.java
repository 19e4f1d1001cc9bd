package dev.signalwright.artifacts.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** HTTP as it stands on the wire: clients tidy up the very requests that matter here. */
record RawHttp(URI service, String from) {
    record Answer(int status, String head, String body) {
        /** The value of a header; empty when it is absent. */
        String header(String name) {
            for (String line : head.split("\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    RawHttp(URI service) {
        this(service, "127.0.0.1");
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort(), InetAddress.ofLiteral(from), 0);
        socket.setSoTimeout(20_000);
        return socket;
    }

    Answer ask(String method, String target, String... headers) throws IOException {
        return send(method, target, "", headers);
    }

    Answer send(String method, String target, String body, String... headers) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write((head(method, target, headers) + body).getBytes(StandardCharsets.UTF_8));
            return read(socket);
        }
    }

    String head(String method, String target, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: localhost:").append(service.getPort()).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    /** Everything until the other side closes; status 0 when it closed without a word. */
    static Answer read(Socket socket) throws IOException {
        String all;
        try {
            all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (SocketTimeoutException e) {
            throw new IOException("no end of the answer", e);
        } catch (IOException reset) {
            return new Answer(0, "", "");
        }
        int end = all.indexOf("\n\n");
        return end < 0
                ? new Answer(0, "", all)
                : new Answer(Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end));
    }
}
