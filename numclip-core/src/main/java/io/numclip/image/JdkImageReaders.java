package io.numclip.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The JDK's own image readers by format, whatever else is registered; they read from memory, without temporary files.
 */
final class JdkImageReaders {

    private static final String JDK_PACKAGE = "com.sun.imageio.plugins.";

    private JdkImageReaders() {}

    /** Reads from a reader whose input is set. */
    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    static BufferedImage readPng(InputStream png) throws IOException {
        return read("png", png, reader -> reader.read(0));
    }

    static BufferedImage readGif(InputStream gif) throws IOException {
        return read("gif", gif, reader -> reader.read(0));
    }

    static BufferedImage readBmp(InputStream bmp) throws IOException {
        return read("bmp", bmp, reader -> reader.read(0));
    }

    /** The samples of a JPEG as they are stored. */
    static Raster readJpegSamples(InputStream jpeg) throws IOException {
        return read("jpeg", jpeg, reader -> reader.readRaster(0, null));
    }

    /** Red, green and blue of a JPEG, computed by the native decoder. */
    static Raster readJpegRgb(InputStream jpeg, int width, int height) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(colors, raster, false, null);
        return read("jpeg", jpeg, reader -> {
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setDestination(image);
            return reader.read(0, parameters).getRaster();
        });
    }

    /** Rejects a stream that ends early; the reader alone would fill the rest with gray. */
    private static <T> T read(String format, InputStream bytes, Reading<T> reading) throws IOException {
        ImageReader reader = reader(format);
        StringBuilder early = new StringBuilder();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                early.append(warning);
            }
        });
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
            reader.setInput(in, true, true);
            T result = reading.from(reader);
            if (!early.isEmpty()) {
                throw new IOException("truncated (decoder: " + early + ")");
            }
            return result;
        } catch (IIOException e) {
            throw unwrapped(e);
        } finally {
            reader.dispose();
        }
    }

    /** The PNG reader hides every error, also that of the memory, behind words that say nothing. */
    static IOException unwrapped(IIOException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        boolean saysNothing = String.valueOf(failure.getMessage()).endsWith(": ");
        return saysNothing && failure.getCause() != null
                ? new IOException("damaged (decoder: " + failure.getCause() + ")", failure)
                : failure;
    }

    private static ImageReader reader(String format) throws IOException {
        Iterator<ImageReaderSpi> providers =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (providers.hasNext()) {
            ImageReaderSpi provider = providers.next();
            if (provider.getClass().getName().startsWith(JDK_PACKAGE)
                    && List.of(provider.getFormatNames()).contains(format)) {
                return provider.createReaderInstance();
            }
        }
        throw new IllegalStateException("this Java runtime has no reader for " + format + "; it needs java.desktop");
    }
}
