package io.numclip.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What is remembered, each record in a small file with a checksum over its name and content: one that is damaged, or was
 * written for something else, is none. It is no protection from who may write the folder.
 *
 * @param folder programs may share it; if it is not writable, nothing is remembered
 */
public record SealedRecords(Path folder) {

    public Optional<byte[]> recall(String name) {
        try {
            byte[] record = Files.readAllBytes(folder.resolve(name));
            byte[] content = Arrays.copyOf(record, Math.max(0, record.length - Integer.BYTES));
            return Optional.of(content).filter(found -> Arrays.equals(record, sealed(name, found)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What cannot be written is not remembered. */
    public void remember(String name, byte[] content) {
        try {
            Files.createDirectories(folder);
            AtomicFile.write(folder.resolve(name), sealed(name, content));
        } catch (IOException e) {
            // a cache that cannot be written only costs time
        }
    }

    static byte[] sealed(String name, byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        sum.update(content);
        return ByteBuffer.allocate(content.length + Integer.BYTES)
                .put(content)
                .putInt((int) sum.getValue())
                .array();
    }
}
