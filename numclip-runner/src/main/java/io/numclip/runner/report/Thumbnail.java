package io.numclip.runner.report;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture that is small enough to be part of a page. */
final class Thumbnail {

    private static final int SIDE = 256; // twice what is shown, for dense screens
    private static final int DRAWN = 96; // up to here the exact pixels are small anyway

    private Thumbnail() {}

    /** The content of {@code src}. */
    static String of(BufferedImage picture) {
        boolean exact = Math.max(picture.getWidth(), picture.getHeight()) <= DRAWN;
        String format = exact ? "png" : "jpg";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(small(picture), format, out);
        } catch (IOException failure) {
            throw new UncheckedIOException("a picture in memory could not be written", failure);
        }
        String type = exact ? "image/png" : "image/jpeg";
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
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
