import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Usage: {@code SbomCheck BILL FOLDER}. Fails the build when a jar of the packaged folder's {@code lib} is not in the bill of
 * materials under its own SHA-256: what is shipped is what is listed.
 */
final class SbomCheck {
    private SbomCheck() {}

    public static void main(String[] words) throws IOException, NoSuchAlgorithmException {
        String bill = Files.readString(Path.of(words[0]));
        List<Path> jars;
        try (Stream<Path> files = Files.walk(Path.of(words[1]).resolve("lib"))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        List<String> missing = new ArrayList<>();
        for (Path jar : jars) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            if (!bill.contains('"' + HexFormat.of().formatHex(hash) + '"')) {
                missing.add(jar.getFileName().toString());
            }
        }
        if (jars.isEmpty() || !missing.isEmpty()) {
            System.err.println(words[0] + " does not list, under its hash, of " + jars.size() + " jars: " + missing);
            System.exit(1);
        }
        System.out.println(words[0] + " lists all " + jars.size() + " jars of the package");
    }
}
