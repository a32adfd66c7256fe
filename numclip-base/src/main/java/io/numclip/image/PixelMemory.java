package io.numclip.image;

import io.numclip.storage.Limit;
import java.io.IOException;
import java.util.Locale;

/**
 * The memory that the pixels of an image need. It is known from the header of the file and compared with what the heap
 * can still give, before anything is decoded.
 */
final class PixelMemory {

    /** Of the heap. Smaller images are decoded without a look at it: one on each processor takes at most half of it. */
    private static final int LARGE_PART = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());

    private static final int PART_LEFT_FREE = 8; // of the heap, for the rest of the program

    private PixelMemory() {}

    /** Needs the memory. */
    interface Decoding<T> {
        T run() throws IOException;
    }

    /** @throws TooLittleMemoryException if the pixels do not fit into memory, as their size says or as it turns out */
    static <T> T with(int width, int height, int bytesPerPixel, Decoding<T> decoding) throws IOException {
        long bytes = (long) width * height * bytesPerPixel;
        if (bytes <= Runtime.getRuntime().maxMemory() / LARGE_PART) {
            return decoded(width, height, bytes, decoding);
        }
        synchronized (PixelMemory.class) { // one that is being decoded has not yet taken what it needs
            if (!fits(bytes)) {
                throw tooLittle(width, height, bytes);
            }
            return decoded(width, height, bytes, decoding);
        }
    }

    private static <T> T decoded(int width, int height, long bytes, Decoding<T> decoding) throws IOException {
        try {
            return decoding.run();
        } catch (OutOfMemoryError e) { // the heap has the memory, but not in one piece, or not any more
            throw tooLittle(width, height, bytes);
        }
    }

    private static boolean fits(long bytes) {
        if (bytes <= free()) {
            return true;
        }
        System.gc(); // what counts as used may be garbage
        return bytes <= free();
    }

    private static long free() {
        Runtime java = Runtime.getRuntime();
        long used = java.totalMemory() - java.freeMemory();
        return java.maxMemory() - used - java.maxMemory() / PART_LEFT_FREE;
    }

    private static IOException tooLittle(int width, int height, long bytes) {
        return new TooLittleMemoryException(String.format(
                Locale.ROOT,
                "%d x %d pixels need %.0f MB of memory, too much for a heap of %.0f MB; allow Java more with -Xmx, or make"
                        + " the image smaller",
                width,
                height,
                bytes / 1e6,
                Runtime.getRuntime().maxMemory() / 1e6));
    }

    /** Fails if an image of this size exceeds the limits. */
    static void checkSize(long width, long height) throws IOException {
        if (width < 1 || height < 1) {
            throw new IOException("an image without pixels (" + width + " x " + height + ")");
        }
        long side = Limit.IMAGE_SIDE.value();
        if (width > side || height > side) {
            throw new IOException(Limit.IMAGE_SIDE.exceededBy(width + " x " + height + " pixels"));
        }
        if (width * height > Limit.IMAGE_PIXELS.value()) {
            throw new IOException(Limit.IMAGE_PIXELS.exceededBy(
                    String.format(Locale.ROOT, "%d x %d = %,d pixels", width, height, width * height)));
        }
    }
}
