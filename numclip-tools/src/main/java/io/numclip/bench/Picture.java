package io.numclip.bench;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import io.numclip.sample.photograph.Grain;
import io.numclip.sample.photograph.Photographs;
import io.numclip.sample.photograph.PixelImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A photograph that ships with the core, enlarged, with the noise of a camera: its JPEG has about 2 bits a pixel. */
record Picture(BufferedImage image) {

    private static final double NOISE = 0.06;

    /** @param size such as {@code 500x375}, width first */
    static Picture of(String size) {
        int cross = size.indexOf('x');
        return of(Integer.parseInt(size.substring(0, cross)), Integer.parseInt(size.substring(cross + 1)));
    }

    private static Picture of(int width, int height) {
        BufferedImage small = Photographs.load().of(Split.TRAIN).get(0).pixels().toBufferedImage();
        BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(small, 0, 0, width, height, null);
        graphics.dispose();
        PixelImage pixels = PixelImage.of(large);
        new Grain(NOISE, 1, true, new SampleKey("bench", Split.TRAIN, 0, 1).random("noise")).applyTo(pixels);
        return new Picture(pixels.toBufferedImage());
    }

    byte[] jpeg() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
