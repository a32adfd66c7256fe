package io.numclip.reliability;

import io.numclip.reliability.LoggedFiles.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a disk may hold after the power was lost: what was forced is there; of the rest, what a pattern says. After
 * Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014): bytes and names reach the disk on their own.
 */
public final class LostPower {

    /** What becomes of that which was not forced. */
    public enum Pattern {
        /** All of it has reached the disk. */
        KEPT,
        /** None has: files have their old bytes, renames and deletions have not happened. */
        LOST,
        /** Names have, bytes have not: files end where they were forced. */
        NAMES_ONLY,
        /** Names have, and the first half of the bytes. */
        TORN
    }

    private sealed interface Node permits Content, Folder {}

    private static final class Content implements Node {
        private byte[] bytes;
        private byte[] forced;

        Content(byte[] bytes) {
            this.bytes = bytes;
            this.forced = bytes;
        }

        byte[] after(Pattern pattern) {
            return switch (pattern) {
                case KEPT -> bytes;
                case TORN -> Arrays.copyOf(bytes, Math.max(Math.min(forced.length, bytes.length), bytes.length / 2));
                case LOST, NAMES_ONLY -> forced;
            };
        }
    }

    private static final class Folder implements Node {
        private final Map<String, Node> names = new LinkedHashMap<>();
        private Map<String, Node> forced = Map.of();

        void force() {
            forced = Map.copyOf(names);
        }
    }

    private final Path root;
    private final Folder top;

    /** @param root as it was before the operations, wholly on the disk */
    public LostPower(Path root) throws IOException {
        this.root = root;
        this.top = read(root);
    }

    private static Folder read(Path folder) throws IOException {
        Folder node = new Folder();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                node.names.put(
                        entry.getFileName().toString(),
                        Files.isDirectory(entry) ? read(entry) : new Content(Files.readAllBytes(entry)));
            }
        }
        node.force();
        return node;
    }

    public void apply(Operation operation) {
        Path path = operation.path();
        switch (operation.kind()) {
            case CREATE -> put(path, new Content(new byte[0]));
            case FOLDER -> put(path, new Folder());
            case WRITE -> write((Content) node(path), operation);
            case TRUNCATE -> {
                Content content = (Content) node(path);
                content.bytes = Arrays.copyOf(content.bytes, (int) operation.position());
            }
            case FORCE -> force(node(path));
            case LINK -> put(operation.other(), node(path));
            case RENAME -> put(operation.other(), parent(path).names.remove(name(path)));
            case DELETE -> parent(path).names.remove(name(path));
        }
    }

    private static void write(Content content, Operation operation) {
        int start = (int) operation.position();
        byte[] bytes = Arrays.copyOf(content.bytes, Math.max(start + operation.bytes().length, content.bytes.length));
        System.arraycopy(operation.bytes(), 0, bytes, start, operation.bytes().length);
        content.bytes = bytes;
    }

    private static void force(Node node) {
        if (node instanceof Content content) {
            content.forced = content.bytes;
        } else if (node instanceof Folder folder) {
            folder.force();
        }
    }

    private void put(Path path, Node node) {
        parent(path).names.put(name(path), node);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private Folder parent(Path path) {
        return (Folder) node(path.getParent());
    }

    private Node node(Path path) {
        Node node = top;
        for (Path name : path.equals(root) ? List.<Path>of() : root.relativize(path)) {
            node = ((Folder) node).names.get(name.toString());
        }
        return node;
    }

    /** Writes what the disk holds to an empty folder. */
    public void write(Pattern pattern, Path target) throws IOException {
        write(pattern, top, Files.createDirectories(target));
    }

    private static void write(Pattern pattern, Folder folder, Path target) throws IOException {
        Map<String, Node> names = pattern == Pattern.LOST ? folder.forced : folder.names;
        for (Map.Entry<String, Node> entry : names.entrySet()) {
            Path path = target.resolve(entry.getKey());
            if (entry.getValue() instanceof Folder inner) {
                write(pattern, inner, Files.createDirectory(path));
            } else if (entry.getValue() instanceof Content content) {
                Files.write(path, content.after(pattern));
            }
        }
    }
}
