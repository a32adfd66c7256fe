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

    SampleImages(SampleWorld world, Split split, int size, long seed) {
        this.world = world;
        this.split = split;
        this.size = size;
        this.seed = seed;
    }

    @Override
    public LabeledImage get(int index) {
        return world.draw(split, Objects.checkIndex(index, size), seed);
    }

    @Override
    public int size() {
        return size;
    }
}
