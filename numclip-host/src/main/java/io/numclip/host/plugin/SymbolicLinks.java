package io.numclip.host.plugin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Looks for symbolic links in a zip. {@link java.util.zip.ZipFile} does not distinguish them from files; the zip's
 * central directory does, in the Unix mode of each entry (APPNOTE.TXT, sections 4.3.12 and 4.3.16).
 */
final class SymbolicLinks {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int FILE_TYPE_MASK = 0xF000;
    private static final int LINK_TYPE = 0xA000;

    private SymbolicLinks() {}

    /** The first entry that is a link. A file without a readable central directory has none; it is not a zip. */
    static Optional<String> first(byte[] zip) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = end(buffer);
        if (end < 0) {
            return Optional.empty();
        }
        int entry = end - buffer.getInt(end + 12);
        while (entry >= 0 && entry <= end - ENTRY_SIZE && buffer.getInt(entry) == ENTRY_SIGNATURE) {
            int nameLength = Short.toUnsignedInt(buffer.getShort(entry + 28));
            int mode = buffer.getInt(entry + 38) >>> 16;
            if ((mode & FILE_TYPE_MASK) == LINK_TYPE) {
                int length = Math.min(nameLength, end - entry - ENTRY_SIZE);
                return Optional.of(new String(zip, entry + ENTRY_SIZE, length, StandardCharsets.UTF_8));
            }
            int extraLength = Short.toUnsignedInt(buffer.getShort(entry + 30));
            int commentLength = Short.toUnsignedInt(buffer.getShort(entry + 32));
            entry += ENTRY_SIZE + nameLength + extraLength + commentLength;
        }
        return Optional.empty();
    }

    private static int end(ByteBuffer zip) {
        int end = zip.limit() - END_SIZE;
        int lowest = Math.max(0, end - 0xFFFF);
        while (end >= lowest && zip.getInt(end) != END_SIGNATURE) {
            end--;
        }
        return end >= lowest ? end : -1;
    }
}
