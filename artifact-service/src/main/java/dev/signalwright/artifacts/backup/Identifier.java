package dev.signalwright.artifacts.backup;

import java.util.regex.Pattern;

/** Names of tables and columns go into SQL as they are, so only such as our migrations use may come from a file. */
final class Identifier {
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private Identifier() {}

    static String checked(String name) {
        if (!PLAIN.matcher(name).matches()) {
            throw new BackupException("The backup names a table or column in a way no version of ours does.");
        }
        return name;
    }
}
