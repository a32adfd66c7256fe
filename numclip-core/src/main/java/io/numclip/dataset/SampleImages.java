package io.numclip.dataset;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.SampleWorld;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** Sample images of one split. Each is created on request, so the list takes no memory, however long it is. */
final class SampleImages extends AbstractList<LabeledImage> implements RandomAccess {

    private final SampleWorld world;
    private final Split split;
    private final int size;
    private final long seed;
    private final String code;

    /** @param code see {@link DrawingCode} */
    SampleImages(SampleWorld world, Split split, int size, long seed, String code) {
        this.world = world;
        this.split = split;
        this.size = size;
        this.seed = seed;
        this.code = code;
    }

    @Override
    public LabeledImage get(int index) {
        LabeledImage drawn = world.draw(split, Objects.checkIndex(index, size), seed);
        return new LabeledImage(drawn.name(), new DrawnSample(drawn.source(), code), drawn.label(), drawn.attributes());
    }

    @Override
    public int size() {
        return size;
    }
}
