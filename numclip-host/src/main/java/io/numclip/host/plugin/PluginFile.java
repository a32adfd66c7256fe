package io.numclip.host.plugin;

import io.numclip.storage.Fingerprint;
import io.numclip.storage.Limit;
import io.numclip.storage.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A jar or zip, read once. The hash is of exactly the bytes that are loaded later, so swapping the file in between
 * has no effect.
 */
final class PluginFile {

    private final Path path;
    private final byte[] content;
    private final String sha256;

    private PluginFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
        this.sha256 = new Fingerprint().add(content).hex();
    }

    static PluginFile read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new PluginRefusedException("is not a regular file", "put the jar or zip itself into the folder");
        }
        String name = String.valueOf(path.getFileName());
        if (!OneLine.is(name) || name.chars().anyMatch(Character::isISOControl)) {
            throw new PluginRefusedException(
                    "has a line break or another control character in its name", "rename the file");
        }
        try (InputStream stream = Files.newInputStream(path)) {
            byte[] content = stream.readNBytes(Limit.PLUGIN_BYTES.intValue() + 1);
            ArchiveBudget.checkPacked(content.length);
            return new PluginFile(path, content);
        }
    }

    Path path() {
        return path;
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    String sha256() {
        return sha256;
    }

    boolean isZip() {
        return PluginFolder.hasEnding(path, ".zip");
    }

    byte[] content() {
        return content;
    }
}
