package io.numclip.runner.report;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.host.NumClip;
import io.numclip.host.explain.OcclusionMap;
import io.numclip.host.result.RunFolder;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** The pictures behind the names of test images, as far as they are still there, as the model sees them before it resizes them. */
public final class TestImages {

    private static final int SIDE = 256; // twice what is shown, for dense screens
    private static final int DRAWN = 96; // up to here the exact pixels are small anyway

    private final Map<String, ImageSource> sources = new HashMap<>();

    private final ClipPreprocessor preprocessor;
    private final @Nullable UnaryOperator<BufferedImage> maps;

    private TestImages(ClipPreprocessor preprocessor, @Nullable UnaryOperator<BufferedImage> maps) {
        this.preprocessor = preprocessor;
        this.maps = maps;
    }

    /** Pictures of a run that has been trained. */
    public static TestImages of(List<LabeledImage> images, RunFolder run) throws IOException {
        return of(images, ClipPreprocessor.stored(run.model()));
    }

    /** Pictures as they are prepared. */
    public static TestImages of(List<LabeledImage> images, ClipPreprocessor preprocessor) {
        TestImages known = new TestImages(preprocessor, null);
        images.forEach(image -> known.sources.put(image.name(), image.source()));
        return known;
    }

    /** No pictures, where only the names of images are known. */
    public static TestImages none() {
        return new TestImages(ClipPreprocessor.standard(SIDE), null);
    }

    /** The same pictures, dark where the number does not come from. */
    public TestImages mapped(NumClip model) {
        TestImages mapped = new TestImages(
                preprocessor, picture -> OcclusionMap.of(model, picture).over(picture));
        mapped.sources.putAll(sources);
        return mapped;
    }

    boolean areMaps() {
        return maps != null;
    }

    /** Small enough to be part of a page, as the content of {@code src}; empty if it is not known or can no longer be read. */
    public Optional<String> picture(String name) {
        ImageSource source = sources.get(name);
        try {
            if (source == null) {
                return Optional.empty();
            }
            BufferedImage seen = preprocessor.seen(source.rows()).toImage();
            return Optional.of(inPage(maps == null ? seen : maps.apply(seen)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String inPage(BufferedImage picture) throws IOException {
        boolean exact = Math.max(picture.getWidth(), picture.getHeight()) <= DRAWN;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(small(picture), exact ? "png" : "jpg", out);
        }
        return "data:image/" + (exact ? "png" : "jpeg") + ";base64,"
                + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static BufferedImage small(BufferedImage picture) {
        double scale = Math.min(1, (double) SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) Math.round(scale * picture.getWidth()));
        int height = Math.max(1, (int) Math.round(scale * picture.getHeight()));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        Image scaled = scale < 1 ? picture.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING) : picture;
        graphics.drawImage(scaled, 0, 0, null);
        graphics.dispose();
        return small;
    }
}
