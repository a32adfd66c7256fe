package io.numclip.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's own image readers by format, whatever else is registered; they read from memory and leave no files. */
final class JdkImageReaders {

    private static final String JDK_PACKAGE = "com.sun.imageio.plugins.";

    private JdkImageReaders() {}

    static BufferedImage read(String format, byte[] bytes) throws IOException {
        ImageReader reader = reader(format);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Samples as they are stored; a stream that ends early is refused, which the reader alone would fill with gray. */
    static Raster readRaster(String format, byte[] bytes) throws IOException {
        ImageReader reader = reader(format);
        StringBuilder early = new StringBuilder();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                early.append(warning);
            }
        });
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            Raster raster = reader.readRaster(0, null);
            if (!early.isEmpty()) {
                throw new IOException("truncated (decoder: " + early + ")");
            }
            return raster;
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith(JDK_PACKAGE)) {
                return reader;
            }
        }
        throw new IllegalStateException("this Java runtime has no reader for " + format + "; it needs java.desktop");
    }
}
