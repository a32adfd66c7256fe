package io.numclip.image;

import io.numclip.data.RgbRows;
import io.numclip.image.container.TiffFile;
import io.numclip.image.container.WebpFile;
import io.numclip.storage.Limit;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Reads JPEG, PNG, GIF (the first frame), BMP, WebP (likewise) and TIFF (the first image) files into upright RGB images, with
 * the pixels that Pillow's {@code convert("RGB")} gives: alpha stays apart, gray values are kept, colour profiles are ignored,
 * EXIF orientation is applied; those of a lossy WebP are close to them. The first bytes determine the format, not the name.
 * Files may be untrusted: the size, and the memory that it needs, are checked before anything is decoded, and whatever a
 * decoder throws becomes an {@link IOException} that names the image. What it only warns of is {@link RgbRows#damage}.
 */
public final class ImageDecoder {

    private static final int HEAD_BYTES = 1 << 18; // what cameras and programs write before the pixels of a JPEG

    private ImageDecoder() {}

    /**
     * @throws IOException if the file is no image, is damaged, or exceeds the limits; the message says which and why
     */
    public static BufferedImage decode(Path file) throws IOException {
        return image(rows(file), file.toString());
    }

    /** @param name of the image, for messages */
    public static BufferedImage decode(byte[] bytes, String name) throws IOException {
        return image(rows(bytes, name), name);
    }

    private static BufferedImage image(RgbRows rows, String name) throws IOException {
        return named(name, () -> PixelMemory.with(rows.width(), rows.height(), Integer.BYTES, rows::toImage));
    }

    /**
     * As {@link #decode(Path)}, without a second copy of all pixels.
     *
     * @throws IOException as {@link #decode(Path)}; reading the rows afterwards cannot fail
     */
    public static RgbRows rows(Path file) throws IOException {
        return rows(bytes(file), file.toString());
    }

    private static byte[] bytes(Path file) throws IOException {
        return bytes(file, Limit.IMAGE_BYTES.intValue() + 1);
    }

    private static byte[] bytes(Path file, int most) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + ": not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + ": no permission to read it", e);
        }
    }

    /**
     * As {@link #decode(byte[], String)}, without a second copy of all pixels.
     *
     * @param name of the image, for messages
     */
    public static RgbRows rows(byte[] bytes, String name) throws IOException {
        if (bytes.length > Limit.IMAGE_BYTES.value()) {
            throw new IOException(name + ": " + Limit.IMAGE_BYTES.exceededBy("too many bytes"));
        }
        return named(name, () -> {
            List<String> warnings = new ArrayList<>();
            RgbRows rows = stored(bytes, warnings).upright();
            return warnings.isEmpty() ? rows : new DamagedRows(rows, String.join("; ", new LinkedHashSet<>(warnings)));
        });
    }

    private static <T> T named(String name, PixelMemory.Decoding<T> decoding) throws IOException {
        try {
            return decoding.run();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new IOException(name + ": damaged (decoder: " + e + ")", e);
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The size of the upright image, without its pixels; of a JPEG only the beginning is read.
     *
     * @throws IOException as {@link #rows(Path)}
     */
    public static Dimension size(Path file) throws IOException {
        byte[] head = bytes(file, HEAD_BYTES);
        if (JpegFile.isJpeg(head)) {
            try {
                return stored(JpegFile.parseHead(head), new ArrayList<>()).size();
            } catch (IOException | RuntimeException further) {
                // it goes on behind these bytes, or the whole file says what is wrong
            }
        }
        byte[] bytes = bytes(file);
        return named(file.toString(), () -> stored(bytes, new ArrayList<>()).size());
    }

    /** An image as it lies in its file. */
    private record Stored(int width, int height, ExifOrientation turn, PixelMemory.Decoding<RgbRows> pixels) {

        Dimension size() {
            return turn.swapsSides() ? new Dimension(height, width) : new Dimension(width, height);
        }

        RgbRows upright() throws IOException {
            return turn.upright(pixels.run());
        }
    }

    /** @param warnings gets what the decoder says of the pixels; of a JPEG it sees no other segments, and damage of a PNG shows in its sums */
    private static Stored stored(byte[] bytes, List<String> warnings) throws IOException {
        if (JpegFile.isJpeg(bytes)) {
            return stored(JpegFile.parse(bytes), warnings);
        }
        if (PngFile.isPng(bytes)) {
            PngFile png = PngFile.parse(bytes);
            ExifOrientation turn = ExifOrientation.read(png.exif());
            return new Stored(png.width(), png.height(), turn, () -> PngPixels.read(png, warnings));
        }
        if (GifFile.isGif(bytes)) {
            GifFile gif = GifFile.parse(bytes);
            return new Stored(gif.width(), gif.height(), ExifOrientation.NONE, () -> PalettePixels.read(gif, warnings));
        }
        if (BmpFile.isBmp(bytes)) {
            BmpFile bmp = BmpFile.parse(bytes);
            return new Stored(bmp.width(), bmp.height(), ExifOrientation.NONE, () -> PalettePixels.read(bmp, warnings));
        }
        if (WebpFile.isWebp(bytes)) {
            WebpFile webp = WebpFile.parse(bytes);
            ExifOrientation turn = ExifOrientation.read(webp.exif());
            return new Stored(webp.width(), webp.height(), turn, () -> ContainerPixels.read(webp));
        }
        if (TiffFile.isTiff(bytes)) {
            TiffFile tiff = TiffFile.parse(bytes);
            ExifOrientation turn = ExifOrientation.of(tiff.orientation());
            return new Stored(tiff.width(), tiff.height(), turn, () -> ContainerPixels.read(tiff, warnings));
        }
        throw new IOException(refusal(bytes));
    }

    private static Stored stored(JpegFile jpeg, List<String> warnings) {
        ExifOrientation turn = ExifOrientation.read(jpeg.exif());
        return new Stored(jpeg.width(), jpeg.height(), turn, () -> JpegPixels.read(jpeg, warnings));
    }

    private static String refusal(byte[] bytes) {
        if (bytes.length == 0) {
            return "an empty file";
        }
        return OtherFormats.refusal(bytes)
                .orElseGet(() -> "not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes " + head(bytes) + ")");
    }

    private static String head(byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 8));
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 127);
        return printable ? "'" + text + "'" : HexFormat.ofDelimiter(" ").formatHex(head);
    }
}
