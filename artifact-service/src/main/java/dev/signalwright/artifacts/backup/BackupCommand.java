package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.blob.BlobPlace;
import dev.signalwright.artifacts.blob.BlobStoreException;
import dev.signalwright.artifacts.postgres.CommandDatabase;
import dev.signalwright.artifacts.postgres.PostgresException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code backup FILE [--despite-losses]}, {@code restore FILE}, {@code verify-backup FILE}: a process of its own beside the
 * service. Database and place of the blobs are those of the environment: {@code ARTIFACT_DB_URL}, else the embedded one in
 * {@code SIGNALWRIGHT_HOME}, which is started for the time when no service runs; {@code ARTIFACT_BLOB_STORE}. Prints what was
 * done; exit status 0, else 1 with a sentence, 2 for usage.
 */
public final class BackupCommand {
    private static final String DESPITE_LOSSES = "--despite-losses";

    private BackupCommand() {}

    public static void main(String[] words) {
        // Before anything logs: the service that looks at a restored store wants its own.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        int status = run(words, System.getenv());
        boolean restored = status == 0 && words[0].equals("restore");
        System.exit(restored ? StoreLook.atRestoredStore() : status);
    }

    /** Everything but the look at the restored store. */
    static int run(String[] words, Map<String, String> environment) {
        boolean despiteLosses = words.length == 3 && List.of(words).equals(List.of("backup", words[1], DESPITE_LOSSES));
        if (words.length != 2 && !despiteLosses) {
            System.err.println("usage: backup FILE [" + DESPITE_LOSSES + "] | restore FILE | verify-backup FILE");
            return 2;
        }
        Path file = Path.of(words[1]);
        try {
            System.out.println(
                    switch (words[0]) {
                        case "backup" -> backup(file, environment, despiteLosses);
                        case "restore" -> restore(file, environment);
                        case "verify-backup" -> verify(file);
                        default -> throw new BackupException("There is no command " + words[0] + ".");
                    });
            return 0;
        } catch (BackupException | PostgresException | BlobStoreException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static String backup(Path file, Map<String, String> environment, boolean despiteLosses) {
        BlobPlace place = BlobPlace.of(environment);
        try (CommandDatabase database = CommandDatabase.running(environment)) {
            return told(new Backup(database.source(), place, version()).write(file, despiteLosses));
        }
    }

    private static String restore(Path file, Map<String, String> environment) {
        try (BackupFile backup = new BackupFile(file)) {
            backup.verified(); // before a database is made for it
        }
        BlobPlace place = BlobPlace.of(environment);
        try (CommandDatabase database = CommandDatabase.alone(environment)) {
            return told(new Restore(database.source(), place).from(file)) + " Everything in it was loaded.";
        }
    }

    private static String verify(Path file) {
        try (BackupFile backup = new BackupFile(file)) {
            return told(backup.verified()) + " Every member is as it was written.";
        }
    }

    private static String told(Manifest manifest) {
        long rows =
                manifest.tables().stream().mapToLong(Manifest.TablePart::rows).sum();
        return "Snapshot of " + manifest.madeAt() + ": " + rows(manifest, "artifact") + " artifacts, "
                + rows(manifest, "blob") + " blobs, " + rows + " rows in "
                + manifest.tables().size() + " tables, schema " + manifest.schemaVersion() + "." + lost(manifest);
    }

    private static long rows(Manifest manifest, String table) {
        return manifest.tables().stream()
                .filter(part -> part.name().equals(table))
                .mapToLong(Manifest.TablePart::rows)
                .sum();
    }

    private static String lost(Manifest manifest) {
        if (manifest.lost().isEmpty()) {
            return "";
        }
        Manifest.Lost first = manifest.lost().getFirst();
        return " NOT WHOLE: " + manifest.lost().size() + " were lost before it was made and are named in its manifest."
                + " The first: the " + first.what() + " " + first.name() + " " + first.fate() + ".";
    }

    private static String version() {
        String version = BackupCommand.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
