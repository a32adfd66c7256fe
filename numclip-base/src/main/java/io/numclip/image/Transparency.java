package io.numclip.image;

import io.numclip.data.ImageSource;
import io.numclip.data.RgbRows;
import io.numclip.image.container.TiffFile;
import io.numclip.image.container.WebpFile;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Which image files have pixels that are not opaque. What is stored under such pixels is arbitrary, and without a
 * {@link Background} a network sees it. The header of most files says that there are none; the others are decoded.
 */
public final class Transparency {

    private static final long MOST_PIXELS = 20_000_000; // that are decoded to count: about two seconds
    private static final int PNG_HEADER = 33; // signature and first chunk
    private static final int PNG_COLOR = 25; // kind of colour; in the first chunk
    private static final int HAS_ALPHA = 4;

    private Transparency() {}

    /**
     * What was found in some images.
     *
     * @param transparent images with a pixel that is not opaque
     * @param examined images that were examined
     * @param images all, also those that were not examined
     */
    public record Count(int transparent, int examined, int images) {}

    /**
     * Counts images with a pixel that is not opaque. Where headers leave it open for many or large images, it decodes only some,
     * always the same, and counts among those. An image that cannot be read is not examined; one that is drawn is opaque.
     */
    public static Count count(List<ImageSource> images) {
        return count(images, MOST_PIXELS);
    }

    static Count count(List<ImageSource> images, long mostPixels) {
        List<ImageSource> open = new ArrayList<>(images.stream()
                .filter(image -> image instanceof ImageFile file && isPossible(file.path()))
                .toList());
        Collections.shuffle(open, new Random(1));
        long pixels = 0;
        int transparent = 0;
        int unknown = open.size();
        for (int i = 0; i < open.size() && pixels < mostPixels; i++) {
            RgbRows rows = readable(open.get(i));
            if (rows != null) {
                pixels += (long) rows.width() * rows.height();
                transparent += isIn(rows) ? 1 : 0;
                unknown--;
            }
        }
        return new Count(transparent, images.size() - unknown, images.size());
    }

    /** Null if it is not; whoever needs the pixels says why. */
    private static @Nullable RgbRows readable(ImageSource image) {
        try {
            return image.rows();
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Whether a pixel of an image file is not opaque. */
    public static boolean isIn(Path file) throws IOException {
        return isPossible(file) && isIn(ImageDecoder.rows(file));
    }

    private static boolean isIn(RgbRows rows) {
        int[] alpha = new int[rows.width()];
        for (int y = 0; y < rows.height(); y++) {
            if (!rows.readAlpha(0, y, alpha.length, alpha)) {
                return false;
            }
            for (int each : alpha) {
                if (each < 255) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the header says: a PNG with alpha or a transparent colour, a GIF, a WebP or a TIFF. */
    private static boolean isPossible(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            byte[] head = in.readNBytes(PNG_HEADER);
            if (head.length < PNG_HEADER || !PngFile.isPng(head)) {
                return GifFile.isGif(head) || WebpFile.isWebp(head) || TiffFile.isTiff(head);
            }
            return (head[PNG_COLOR] & HAS_ALPHA) != 0 || namesTransparentColor(in);
        } catch (IOException unreadable) {
            return true; // to be read, and reported, by the decoder
        }
    }

    private static boolean namesTransparentColor(DataInputStream in) throws IOException {
        try {
            while (true) {
                int length = in.readInt();
                String type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
                if (length < 0 || type.equals("IDAT")) {
                    return false;
                }
                if (type.equals("tRNS")) {
                    return true;
                }
                in.skipNBytes(length + 4L);
            }
        } catch (EOFException damaged) {
            return true; // likewise
        }
    }
}
