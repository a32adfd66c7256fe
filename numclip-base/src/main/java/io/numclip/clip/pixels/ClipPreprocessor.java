package io.numclip.clip.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.pixels.PreprocessorConfig.Crop;
import io.numclip.clip.pixels.PreprocessorConfig.Resize;
import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.image.Background;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Converts an image to normalised pixels, as {@code preprocessor_config.json} says: puts it on a background if there is one,
 * resizes like Pillow, crops, subtracts the mean, divides by the standard deviation. Thread-safe.
 */
public final class ClipPreprocessor {

    private static final int CLIP_IMAGE_SIZE = 224;

    private final PreprocessorConfig config;
    private final Background background;
    private final double margin; // around regions, as a share of their size
    private final float[][] normalized; // (3, 256): what each 8-bit value of a channel becomes

    public ClipPreprocessor(PreprocessorConfig config) {
        this(config, Background.NONE, 0);
    }

    private ClipPreprocessor(PreprocessorConfig config, Background background, double margin) {
        this.config = config;
        this.background = background;
        this.margin = margin;
        this.normalized = normalized(config);
    }

    /** The same for images of another size. */
    public ClipPreprocessor at(@Nullable Integer imageSize) {
        return imageSize == null ? this : new ClipPreprocessor(config.at(imageSize), background, margin);
    }

    /** Reads what {@link #write} has written. */
    public static ClipPreprocessor stored(Path directory) throws IOException {
        Path file = directory.resolve(PreprocessorConfig.FILE);
        if (Files.exists(file)) {
            return of(file, JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES)));
        }
        return new ClipPreprocessor(PreprocessorConfig.read(directory, PreprocessorConfig.standard(CLIP_IMAGE_SIZE)));
    }

    /**
     * Reads what {@link #json} gives.
     *
     * @param file that has it, for messages
     */
    public static ClipPreprocessor of(String json, Path file) throws IOException {
        return of(file, JsonFile.object(file, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static ClipPreprocessor of(Path file, JsonNode root) {
        return new ClipPreprocessor(
                PreprocessorConfig.parse(file, root, PreprocessorConfig.standard(CLIP_IMAGE_SIZE)),
                StoredBackground.of(file, root),
                StoredMargin.of(file, root));
    }

    /** CLIP's own preprocessing for an image size: shortest edge and crop of {@code imageSize}, bicubic. */
    public static ClipPreprocessor standard(int imageSize) {
        return new ClipPreprocessor(PreprocessorConfig.standard(imageSize));
    }

    /** This preprocessor with another resizing and other statistics. */
    public ClipPreprocessor with(Resizing resizing, PixelStatistics statistics) {
        return new ClipPreprocessor(statistics.in(resizing.in(config)), background, margin);
    }

    /** This preprocessor for images that may have transparent pixels. */
    public ClipPreprocessor on(Background other) {
        return new ClipPreprocessor(config, other, margin);
    }

    /** @param other share of a region's size that is seen around it, on each side as far as the picture goes */
    public ClipPreprocessor around(double other) {
        if (!Region.isMargin(other)) {
            throw new IllegalArgumentException("a margin is a share from 0 to 10; found " + other);
        }
        return new ClipPreprocessor(config, background, other);
    }

    /** Writes a {@code preprocessor_config.json} that {@code transformers} can read. */
    public void write(Path directory) throws IOException {
        byte[] json = JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson());
        AtomicFile.write(directory.resolve(PreprocessorConfig.FILE), json);
    }

    /** What {@link #write} writes, on one line. */
    public String json() {
        return toJson().toString();
    }

    private JsonNode toJson() {
        return StoredBackground.add(background, StoredMargin.add(margin, config.toJson()));
    }

    /** @return 3·H·W values, channel by channel, row by row */
    public float[] pixels(BufferedImage image) {
        float[] pixels = new float[3 * height() * width()];
        write(RgbRows.of(image), FloatBuffer.wrap(pixels));
        return pixels;
    }

    /** The same with the centre of the resized image. */
    public void write(RgbRows image, FloatBuffer pixels) {
        write(image, CropPlace.CENTER, pixels);
    }

    /** What of an image is resized: a region with its margin, on the background. */
    public RgbRows seen(RgbRows image) {
        return background.under(image.widened(margin));
    }

    /** @param pixels the first 3·H·W values are overwritten, channel by channel, row by row */
    public void write(RgbRows given, CropPlace place, FloatBuffer pixels) {
        RgbRows image = seen(given);
        Crop resized = resizedSize(image.height(), image.width());
        Window rows = Window.of(start(place, place.down(), resized.height(), height()), resized.height(), height());
        Window columns = Window.of(start(place, place.across(), resized.width(), width()), resized.width(), width());
        PillowResize vertical = rows.axis(config.filter(), image.height(), resized.height());
        PillowResize horizontal = columns.axis(config.filter(), image.width(), resized.width());
        PillowResize.ColumnSums sums = resize(image, vertical, horizontal);
        for (int channel = 0; channel < 3; channel++) {
            write(sums, channel, rows, columns, pixels);
        }
    }

    public int height() {
        return config.crop().height();
    }

    public int width() {
        return config.crop().width();
    }

    public Background background() {
        return background;
    }

    /** What is seen around a region, as {@link #around}. */
    public double regionMargin() {
        return margin;
    }

    /** Text that changes when the pixels for an image would. */
    public String fingerprint() {
        return config
                + (config.mayPad() ? " centred" : "")
                + (background.isNone() ? "" : " on " + background)
                + (margin == 0 ? "" : " around regions " + margin);
    }

    /** The preprocessing in words. */
    public String describe() {
        return (margin == 0 ? "" : "regions with a margin of " + margin + ", ")
                + (background.isNone() ? "" : "on " + background + ", ")
                + config.describe();
    }

    private Crop resizedSize(int height, int width) {
        if (config.resize() instanceof Resize.Exact exact) {
            return new Crop(exact.height(), exact.width());
        }
        if (config.resize() instanceof Resize.ShortestEdge edge) {
            int longer = (int) ((double) edge.pixels() * Math.max(height, width) / Math.min(height, width));
            return height >= width ? new Crop(longer, edge.pixels()) : new Crop(edge.pixels(), longer);
        }
        return new Crop(height, width);
    }

    /** An image with fewer pixels is centred, the smaller half of the padding before it. */
    private int start(CropPlace place, double share, int resized, int cropped) {
        if (resized < cropped) {
            return (resized - cropped) / 2;
        }
        return config.isCentreRounded() && place.equals(CropPlace.CENTER)
                ? (int) Math.rint((resized - cropped) / 2.0)
                : CropPlace.start(share, resized, cropped);
    }

    /** Resizes and adds up row by row, so that only one row of the image is in memory. */
    private static PillowResize.ColumnSums resize(RgbRows image, PillowResize vertical, PillowResize horizontal) {
        int[] red = new int[image.width()];
        int[] green = new int[image.width()];
        int[] blue = new int[image.width()];
        int[] narrowed = new int[3 * horizontal.size()];
        PillowResize.ColumnSums sums = vertical.columns(narrowed.length);
        for (int y = vertical.inputStart(); y < vertical.inputEnd(); y++) {
            image.read(0, y, image.width(), red, green, blue);
            horizontal.alongRow(red, green, blue, narrowed);
            sums.add(y, narrowed);
        }
        return sums;
    }

    private void write(PillowResize.ColumnSums sums, int channel, Window rows, Window columns, FloatBuffer pixels) {
        float[] table = normalized[channel];
        float[] row = new float[width()];
        for (int y = 0; y < height(); y++) {
            Arrays.fill(row, table[0]);
            if (y >= rows.offset && y < rows.offset + rows.count) {
                for (int x = 0; x < columns.count; x++) {
                    row[columns.offset + x] = table[sums.value(y - rows.offset, channel * columns.count + x)];
                }
            }
            pixels.put((channel * height() + y) * width(), row);
        }
    }

    private static float[][] normalized(PreprocessorConfig config) {
        float[][] tables = new float[3][256];
        for (int channel = 0; channel < 3; channel++) {
            float mean = config.mean().get(channel).floatValue();
            float deviation = config.deviation().get(channel).floatValue();
            for (int value = 0; value < 256; value++) {
                tables[channel][value] = ((float) (value * config.rescale()) - mean) / deviation;
            }
        }
        return tables;
    }

    /**
     * The part of a resized axis that the crop keeps.
     *
     * @param start first pixel of the resized axis that is kept
     * @param count number of pixels that are kept
     * @param offset position of the first one in the result; what the image does not cover stays black
     */
    private record Window(int start, int count, int offset) {

        static Window of(int start, int resized, int cropped) {
            int first = Math.max(start, 0);
            int end = Math.min(start + cropped, resized);
            return new Window(first, end - first, first - start);
        }

        PillowResize axis(PillowResize.Filter filter, int inputSize, int resized) {
            return PillowResize.axis(filter, inputSize, resized, start, count);
        }
    }
}
