package io.numclip.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What tells whether the bytes that are read of a file now are those that its SHA-256 was taken of: the CRC-32C of each {@link
 * #BLOCK} bytes, and of what is left at the end.
 */
final class FileSums {

    /** Large enough that the sums are few, and so small that it costs little to read the rest of one. */
    static final int BLOCK = 1 << 15;

    private static final int SHA256_BYTES = 32;

    private final String sha256;
    private final int[] blocks;

    private FileSums(String sha256, int[] blocks) {
        this.sha256 = sha256;
        this.blocks = blocks;
    }

    /** Reads the file. */
    static FileSums read(Path file) throws IOException {
        Fingerprint whole = new Fingerprint();
        int[] blocks = new int[16];
        int count = 0;
        try (InputStream in = RegularFile.open(file)) {
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                whole.add(block);
                blocks = count < blocks.length ? blocks : Arrays.copyOf(blocks, 2 * count);
                blocks[count++] = crc(ByteBuffer.wrap(block));
            }
        }
        return new FileSums(whole.hex(), Arrays.copyOf(blocks, count));
    }

    /** Of the whole file, in hex. */
    String sha256() {
        return sha256;
    }

    /** @param bytes of one block, all of it */
    boolean fits(int block, ByteBuffer bytes) {
        return block < blocks.length && crc(bytes) == blocks[block];
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    static FileSums of(byte[] record) {
        ByteBuffer sums = ByteBuffer.wrap(record);
        byte[] sha256 = new byte[SHA256_BYTES];
        sums.get(sha256);
        int[] blocks = new int[sums.remaining() / Integer.BYTES];
        sums.asIntBuffer().get(blocks);
        return new FileSums(HexFormat.of().formatHex(sha256), blocks);
    }

    byte[] record() {
        ByteBuffer record = ByteBuffer.allocate(SHA256_BYTES + Integer.BYTES * blocks.length);
        record.put(HexFormat.of().parseHex(sha256)).asIntBuffer().put(blocks);
        return record.array();
    }
}
