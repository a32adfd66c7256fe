package io.numclip.bench;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import java.awt.image.BufferedImage;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Images of noise with the ages 0, 1, 2 and so on. A list makes each image when it is read. */
final class NoiseImages {

    private NoiseImages() {}

    /** @param side width and height in pixels */
    static List<LabeledImage> of(int count, int side) {
        return new AbstractList<>() {
            @Override
            public LabeledImage get(int index) {
                return image(index, side);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    private static LabeledImage image(int index, int side) {
        SampleKey key = new SampleKey("noise", Split.TRAIN, index, 1);
        return new LabeledImage(key.name(), new DrawnImage(key, () -> noise(index, side)), index % 101, Map.of());
    }

    private static BufferedImage noise(int seed, int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new Random(seed).ints((long) side * side).toArray();
        image.setRGB(0, 0, side, side, pixels, 0, side);
        return image;
    }
}
