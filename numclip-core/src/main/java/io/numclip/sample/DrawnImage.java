package io.numclip.sample;

import io.numclip.data.ImageSource;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A sample image that is drawn when it is read.
 *
 * @param key identifies the image; the same key always gives the same pixels
 * @param drawing gives an RGB image; may be called from several threads at once
 */
public record DrawnImage(SampleKey key, Supplier<BufferedImage> drawing) implements ImageSource {

    /** Width and height of sample images, in pixels. */
    public static final int SIZE = 96;

    /**
     * Draws with smooth edges on a new black image of {@link #SIZE}. Drawing code uses no text: fonts differ between
     * machines.
     */
    public static BufferedImage canvas(Consumer<Graphics2D> drawing) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            drawing.accept(graphics);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /** Images with equal keys are equal, whatever draws them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DrawnImage image && image.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public BufferedImage read() {
        return drawing.get();
    }

    @Override
    public String fingerprint() {
        return key.fingerprint();
    }
}
