package io.numclip.storage;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** What tells whether the bytes that are read of a file now are those that its SHA-256 was taken of. */
final class FileSums {

    /** Large enough that the sums are few, and so small that it costs little to read the rest of one. */
    static final int BLOCK = 1 << 15;

    private static final int SHA256_BYTES = 32;

    private final ByteBuffer record; // the SHA-256, and the CRC-32C of each block, the last one of which may be shorter

    FileSums(byte[] record) {
        this.record = ByteBuffer.wrap(record);
    }

    /** Reads the file. */
    static FileSums read(Path file) throws IOException {
        Fingerprint whole = new Fingerprint();
        ByteArrayOutputStream sums = new ByteArrayOutputStream();
        try (InputStream in = RegularFile.open(file);
                DataOutputStream numbers = new DataOutputStream(sums)) {
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                whole.add(block);
                numbers.writeInt(crc(ByteBuffer.wrap(block)));
            }
        }
        return new FileSums(ByteBuffer.allocate(SHA256_BYTES + sums.size())
                .put(whole.digest())
                .put(sums.toByteArray())
                .array());
    }

    /** Of the whole file, in hex. */
    String sha256() {
        return HexFormat.of().formatHex(record.array(), 0, SHA256_BYTES);
    }

    /** @param bytes of one block, all of it */
    boolean fits(int block, ByteBuffer bytes) {
        int at = SHA256_BYTES + Integer.BYTES * block;
        return at < record.limit() && crc(bytes) == record.getInt(at);
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    byte[] record() {
        return record.array();
    }
}
