package io.numclip.dataset;

import io.numclip.data.ImageSource;
import io.numclip.data.RgbRows;
import io.numclip.storage.Fingerprint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An image of a world, together with the code that draws it.
 *
 * @param code see {@link DrawingCode}
 */
record DrawnSample(ImageSource drawing, String code) implements ImageSource {

    @Override
    public BufferedImage read() throws IOException {
        return drawing.read();
    }

    @Override
    public RgbRows rows() throws IOException {
        return drawing.rows();
    }

    @Override
    public String fingerprint() throws IOException {
        return Fingerprints.of(drawing) + "|" + code;
    }

    /** SHA-256 of the pixels, which other code may draw too. */
    @Override
    public String contentHash() throws IOException {
        BufferedImage image = rows().toImage();
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Integer.BYTES);
        bytes.asIntBuffer().put(pixels);
        return new Fingerprint()
                .add(image.getWidth() + "x" + image.getHeight())
                .add(bytes.array())
                .hex();
    }
}
