package io.numclip.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
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
        return read("png", png, new ArrayList<>(), reader -> reader.read(0));
    }

    /** Rejects one whose data ends early: the reader says nothing, and leaves the other pixels as they were. */
    static BufferedImage readGif(byte[] gif, List<String> warnings) throws IOException {
        BufferedImage image = readGif(gif, 0, warnings);
        Raster again = readGif(gif, 0xff, new ArrayList<>()).getRaster();
        for (int y = 0; y < image.getHeight(); y++) {
            int[] row = image.getRaster().getPixels(0, y, image.getWidth(), 1, (int[]) null);
            if (!Arrays.equals(row, again.getPixels(0, y, image.getWidth(), 1, (int[]) null))) {
                throw new IOException("truncated (no data of row " + y + ")");
            }
        }
        return image;
    }

    private static BufferedImage readGif(byte[] gif, int before, List<String> warnings) throws IOException {
        return read("gif", new ByteArrayInputStream(gif), warnings, reader -> {
            BufferedImage image =
                    reader.getImageTypes(0).next().createBufferedImage(reader.getWidth(0), reader.getHeight(0));
            Arrays.fill(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) before);
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setDestination(image);
            return reader.read(0, parameters);
        });
    }

    static BufferedImage readBmp(InputStream bmp, List<String> warnings) throws IOException {
        return read("bmp", bmp, warnings, reader -> reader.read(0));
    }

    /** The samples of a JPEG as they are stored. */
    static Raster readJpegSamples(InputStream jpeg, List<String> warnings) throws IOException {
        return read("jpeg", jpeg, warnings, reader -> reader.readRaster(0, null));
    }

    /** Red, green and blue of a JPEG, computed by the native decoder. */
    static Raster readJpegRgb(InputStream jpeg, int width, int height, List<String> warnings) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(colors, raster, false, null);
        return read("jpeg", jpeg, warnings, reader -> {
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setDestination(image);
            return reader.read(0, parameters).getRaster();
        });
    }

    /**
     * Rejects a stream that ends early; the reader alone would fill the rest with gray.
     *
     * @param warnings gets every other one
     */
    private static <T> T read(String format, InputStream bytes, List<String> warnings, Reading<T> reading)
            throws IOException {
        ImageReader reader = reader(format);
        List<String> early = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) ->
                (warning.toLowerCase(Locale.ROOT).contains("premature end") ? early : warnings).add(warning));
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
            reader.setInput(in, true, true);
            T result = reading.from(reader);
            if (!early.isEmpty()) {
                throw new IOException("truncated (decoder: " + early.get(0) + ")");
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
