package io.numclip.testing;

import io.numclip.data.Split;
import io.numclip.sample.SampleWorld;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** One number for the pixels of many samples, to show that a world is the same on another machine or Java version. */
public final class SampleChecksum {

    private SampleChecksum() {}

    /** CRC-32 over the first {@code count} test images of seed 1, as 32-bit pixels row by row. */
    public static long of(SampleWorld world, int count) throws IOException {
        CRC32 checksum = new CRC32();
        for (int index = 0; index < count; index++) {
            BufferedImage image = world.draw(Split.TEST, index, 1).source().read();
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Integer.BYTES);
            bytes.asIntBuffer().put(pixels);
            checksum.update(bytes.array());
        }
        return checksum.getValue();
    }
}
