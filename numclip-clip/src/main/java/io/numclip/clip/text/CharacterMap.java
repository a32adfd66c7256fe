package io.numclip.clip.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Checks a {@code precompiled_charsmap} of SentencePiece: a double array of units, then the strings that characters become.
 * Native code follows it without looking where it leads.
 */
final class CharacterMap {

    private CharacterMap() {}

    /** @return null, or what is wrong */
    static @Nullable String fault(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return "it is not base64";
        }
        ByteBuffer map = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < Integer.BYTES) {
            return "it ends early";
        }
        int size = map.getInt();
        if (size <= 0 || size % Integer.BYTES != 0 || size > map.remaining()) {
            return "its table has " + size + " bytes, and " + map.remaining() + " follow";
        }
        int strings = map.remaining() - size;
        return fault(
                map.slice(map.position(), size).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer(), strings, bytes);
    }

    /** Every step from a unit must stay in the table, and every leaf in the strings, which end with a zero. */
    private static @Nullable String fault(IntBuffer units, int strings, byte[] bytes) {
        if (strings > 0 && bytes[bytes.length - 1] != 0) {
            return "its strings do not end";
        }
        for (int at = 0; at < units.limit(); at++) {
            int unit = units.get(at);
            boolean isLeaf = unit < 0;
            if (isLeaf && (unit & 0x7fffffff) >= strings) {
                return "unit " + at + " leads out of its strings";
            }
            int next = at ^ ((unit >>> 10) << ((unit & (1 << 9)) >>> 6));
            if (!isLeaf && (next | 0xff) >= units.limit()) {
                return "unit " + at + " leads out of its table";
            }
        }
        return null;
    }
}
