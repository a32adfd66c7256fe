package io.numclip.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Formats that are known by their first bytes and are not read. */
final class OtherFormats {

    private OtherFormats() {}

    /** The name of the format. */
    static Optional<String> name(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return Optional.of("WebP");
        }
        if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return Optional.of("TIFF");
        }
        if (head.startsWith("ftyp", 4)) {
            return head.startsWith("avi", 8) ? Optional.of("AVIF") : Optional.of("HEIC");
        }
        return Optional.empty();
    }
}
