package io.numclip.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Formats that are known by their first bytes and are not read. */
final class OtherFormats {

    private OtherFormats() {}

    /** What to say: the name of the format, and what converts it. */
    static Optional<String> refusal(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("II+\0") || head.startsWith("MM\0+")) {
            return Optional.of("BigTIFF is not read; save the image as PNG or TIFF");
        }
        if (head.startsWith("ftyp", 4)) {
            String format = head.startsWith("avi", 8) ? "AVIF" : "HEIC";
            String file = "IMAGE." + format.toLowerCase(Locale.ROOT);
            return Optional.of(format + " is not read; convert the image: heif-convert " + file
                    + " IMAGE.png (libheif), or on a Mac" + " sips -s format png " + file + " --out IMAGE.png");
        }
        return Optional.empty();
    }
}
