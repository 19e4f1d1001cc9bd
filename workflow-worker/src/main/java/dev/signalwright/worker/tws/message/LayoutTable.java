package dev.signalwright.worker.tws.message;

import dev.signalwright.worker.tws.wire.FieldType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code .layout} resource; its head comment describes the form. */
final class LayoutTable {
    private final Map<String, Layout> byName = new HashMap<>();
    private final Map<Integer, Layout> byId = new HashMap<>();

    static LayoutTable ofResource(String resource) {
        try (InputStream in = Objects.requireNonNull(LayoutTable.class.getResourceAsStream(resource), resource)) {
            return new LayoutTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The table " + resource + " cannot be read.", e);
        }
    }

    LayoutTable(String text) {
        String title = "";
        List<String> block = new ArrayList<>();
        for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
            if (!line.isBlank() && !line.startsWith(" ")) {
                add(title, block);
                title = line;
                block = new ArrayList<>();
            } else if (!line.isBlank()) {
                block.add(line.strip());
            }
        }
        add(title, block);
    }

    private void add(String title, List<String> block) {
        if (title.isEmpty()) {
            return;
        }
        String[] words = title.split(" ", 2);
        Deque<String> lines = new ArrayDeque<>(block);
        Layout layout = new Layout(words[0], Integer.parseInt(words[1]), items(lines));
        if (!lines.isEmpty()) {
            throw new IllegalArgumentException("The layout of " + words[0] + " has an 'end' too many.");
        }
        byName.put(layout.name(), layout);
        byId.put(layout.id(), layout);
    }

    private static List<Layout.Item> items(Deque<String> lines) {
        List<Layout.Item> items = new ArrayList<>();
        while (!lines.isEmpty()) {
            String line = lines.removeFirst();
            if (line.equals("end")) {
                return items;
            }
            items.add(item(line, lines));
        }
        return items;
    }

    private static Layout.Item item(String line, Deque<String> lines) {
        if (line.startsWith("if ")) {
            String[] words = line.split(" ", 4);
            Layout.Condition condition = new Layout.Condition(words[1], Set.of(words[3].split(",", -1)));
            return new Layout.Group(condition, items(lines));
        }
        if (line.startsWith("list ")) {
            return new Layout.Repeat(line.substring(5), items(lines));
        }
        return field(line);
    }

    private static Layout.Field field(String line) {
        int since = 0;
        int until = Integer.MAX_VALUE;
        String rest = line;
        for (int gate = lastGate(rest); gate > 0; gate = lastGate(rest)) {
            String word = rest.substring(gate + 1);
            if (word.startsWith(">=")) {
                since = Integer.parseInt(word.substring(2));
            } else {
                until = Integer.parseInt(word.substring(1));
            }
            rest = rest.substring(0, gate);
        }
        String[] words = rest.split(" ", 3);
        FieldType type = FieldType.ofWord(words[1]);
        String fallback = words.length > 2 ? words[2].substring(1) : type.absent();
        return new Layout.Field(words[0], type, fallback, since, until);
    }

    private static int lastGate(String line) {
        int space = line.lastIndexOf(' ');
        return line.startsWith(">=", space + 1) || line.startsWith("<", space + 1) ? space : -1;
    }

    Layout named(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "There is no layout for the message " + name + ".");
    }

    Optional<Layout> withId(int id) {
        return Optional.ofNullable(byId.get(id));
    }
}
