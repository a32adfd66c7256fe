package io.numclip.pretraining;

import io.numclip.data.LabeledImage;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Drawn samples, then views of pictures, which are made only when they are asked for. */
final class Mixture extends AbstractList<LabeledImage> implements RandomAccess {

    private final List<LabeledImage> drawn;
    private final List<LabeledImage> views;

    Mixture(List<LabeledImage> drawn, List<LabeledImage> views) {
        this.drawn = drawn;
        this.views = views;
    }

    @Override
    public LabeledImage get(int index) {
        return index < drawn.size() ? drawn.get(index) : views.get(index - drawn.size());
    }

    @Override
    public int size() {
        return drawn.size() + views.size();
    }
}
