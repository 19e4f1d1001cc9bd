import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What the benches of writes send: the bytes of requests. */
interface Requests {
    int BODY_BYTES = 4_096;

    /** Artifacts of one run, as a run of three symbols has them. */
    int PER_RUN = 30;

    byte[] next();

    /** What is the same in every request is bytes already: the bench's own work is the service's loss on the same cores. */
    static byte[] request(String path, String type, byte[]... body) {
        int length = Arrays.stream(body).mapToInt(part -> part.length).sum();
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + Service.TOKEN
                        + "worker\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + length);
        int end = head.length;
        for (byte[] part : body) {
            System.arraycopy(part, 0, all, end, part.length);
            end += part.length;
        }
        return all;
    }

    /** Artifacts of 4 KB, thirty a run. */
    class Single implements Requests {
        static final byte[] DATA = ("\"data\":" + data(BODY_BYTES - 420) + "}").getBytes(StandardCharsets.UTF_8);

        private final String worker;
        private int sent;

        Single(String worker) {
            this.worker = worker;
        }

        /** Numbers, as portfolios and indicators have them. */
        static String data(int bytes) {
            Random random = new Random(5);
            StringBuilder json = new StringBuilder("{\"rows\":[0");
            while (json.length() < bytes) {
                json.append(',').append(random.nextInt(1_000_000) / 1_000.0);
            }
            return json.append("]}").toString();
        }

        /** All but {@link #DATA}. */
        byte[] json(String more) {
            String run = worker + "-" + sent / PER_RUN;
            String name = "portfolio-" + sent++;
            return ("{\"key\":\"bench/" + run + "/task/-1/1/portfolio/" + name + "/AAPL\",\"name\":\"" + name
                    + "\",\"type\":\"portfolio\",\"symbol\":\"AAPL\",\"dag_id\":\"bench\",\"execution_id\":\"" + run
                    + "\",\"task_id\":\"task\",\"map_index\":-1,\"try_number\":1,\"as_of\":\"2012-09-20T13:00:00Z\","
                    + "\"origin\":\"unknown\",\"metadata\":{}" + more + ",").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] next() {
            return request("/api/artifacts", "application/json", json(""), DATA);
        }
    }

    /** The whole way of a write but its last step: the hash that the client claims is not the content's. */
    final class Refused extends Single {
        Refused(String worker) {
            super(worker);
        }

        @Override
        public byte[] next() {
            return request(
                    "/api/artifacts",
                    "application/json",
                    json(",\"content_sha256\":\"" + "0".repeat(64) + "\""),
                    DATA);
        }
    }

    final class Batch extends Single {
        private final int size;

        Batch(String worker, int size) {
            super(worker);
            this.size = size;
        }

        @Override
        public byte[] next() {
            List<byte[]> parts = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                parts.add((i == 0 ? "{\"artifacts\":[" : ",").getBytes(StandardCharsets.UTF_8));
                parts.add(json(""));
                parts.add(DATA);
            }
            parts.add("]}".getBytes(StandardCharsets.UTF_8));
            return request("/api/artifacts/batch", "application/json", parts.toArray(byte[][]::new));
        }
    }

    /** Charts with different pictures: a PNG's head and noise, because the service reads no more of it. */
    final class Picture implements Requests {
        private static final byte[] HEAD = HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000780000005780802000000ce9e57cc");

        private final String worker;
        private final byte[] picture = new byte[200 * 1024];
        private int sent;

        Picture(String worker) {
            this.worker = worker;
            new Random(worker.hashCode()).nextBytes(picture);
            System.arraycopy(HEAD, 0, picture, 0, HEAD.length);
        }

        @Override
        public byte[] next() {
            String run = worker + "-" + sent / PER_RUN;
            String name = "chart-" + sent++;
            byte[] number = Integer.toString(sent).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(number, 0, picture, 100, number.length);
            byte[] before = ("--x\r\nContent-Disposition: form-data; name=\"artifact\"\r\nContent-Type: application/json\r\n\r\n"
                            + "{\"key\":\"bench/" + run + "/task/-1/1/chart/" + name + "/AAPL\",\"name\":\"" + name
                            + "\",\"type\":\"chart\",\"chart_type\":\"daily\",\"symbol\":\"AAPL\",\"dag_id\":\"bench\",\"execution_id\":\""
                            + run + "\",\"task_id\":\"task\",\"map_index\":-1,\"try_number\":1,\"chart_data\":{}}\r\n--x\r\n"
                            + "Content-Disposition: form-data; name=\"content\"; filename=\"chart.png\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] after = "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8);
            return request("/api/artifacts", "multipart/form-data; boundary=x", before, picture, after);
        }
    }
}
