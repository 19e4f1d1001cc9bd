package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.postgres.CommandDatabase;
import dev.signalwright.artifacts.postgres.PostgresException;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code backup FILE}, {@code restore FILE}, {@code verify-backup FILE}: a process of its own beside the service. The
 * database is that of the environment: {@code ARTIFACT_DB_URL}, else the embedded one in {@code SIGNALWRIGHT_HOME}, which
 * is started for the time when no service runs. Prints what was done; exit status 0, else 1 with a sentence, 2 for usage.
 */
public final class BackupCommand {
    private BackupCommand() {}

    public static void main(String[] words) {
        System.exit(run(words, System.getenv()));
    }

    static int run(String[] words, Map<String, String> environment) {
        if (words.length != 2) {
            System.err.println("usage: backup FILE | restore FILE | verify-backup FILE");
            return 2;
        }
        Path file = Path.of(words[1]);
        try {
            System.out.println(
                    switch (words[0]) {
                        case "backup" -> backup(file, environment);
                        case "restore" -> restore(file, environment);
                        case "verify-backup" -> verify(file);
                        default -> throw new BackupException("There is no command " + words[0] + ".");
                    });
            return 0;
        } catch (BackupException | PostgresException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static String backup(Path file, Map<String, String> environment) {
        try (CommandDatabase database = CommandDatabase.running(environment)) {
            Manifest manifest = new Backup(database.source(), version()).write(file);
            return told(manifest) + outside(manifest);
        }
    }

    private static String restore(Path file, Map<String, String> environment) {
        try (BackupFile backup = new BackupFile(file)) {
            backup.verified(); // before a database is made for it
        }
        try (CommandDatabase database = CommandDatabase.alone(environment)) {
            Manifest manifest = new Restore(database.source()).from(file);
            return told(manifest) + " Everything arrived." + outside(manifest);
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
        long artifacts = manifest.tables().stream()
                .filter(table -> table.name().equals("artifact"))
                .mapToLong(Manifest.TablePart::rows)
                .sum();
        return "Snapshot of " + manifest.madeAt() + ": " + artifacts + " artifacts, " + rows + " rows in "
                + manifest.tables().size() + " tables, schema " + manifest.schemaVersion() + ".";
    }

    private static String outside(Manifest manifest) {
        return manifest.blobsOutside() == 0
                ? ""
                : " " + manifest.blobsOutside() + " blobs lie outside of the database and are not in this file: copy"
                        + " their folder or bucket too (ARTIFACT_BLOB_STORE).";
    }

    private static String version() {
        String version = BackupCommand.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
