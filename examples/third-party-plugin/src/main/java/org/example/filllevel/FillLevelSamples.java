package org.example.filllevel;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.sample.DrawnImage;
import io.numclip.data.LabeledImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleLabels;
import io.numclip.sample.SampleWorld;
import io.numclip.data.Split;
import java.util.List;
import java.util.Map;

/** Glasses of many shapes with many drinks. Only the height of the drink shows the label. */
final class FillLevelSamples implements SampleWorld {

    /** The words of the recipe. */
    static final Bins CONCEPTS = new Bins(List.of(
            new Bin("an empty glass", 0, 6, 1),
            new Bin("a nearly empty glass", 6, 30, 18),
            new Bin("a half full glass", 30, 65, 48),
            new Bin("a nearly full glass", 65, 94, 80),
            new Bin("a full glass", 94, 100, 98)));

    @Override
    public LabeledImage draw(Split split, int index, long seed) {
        SampleKey key = new SampleKey("fill-level-1", split, index, seed);
        int percent = SampleLabels.whole(key, CONCEPTS);
        DrawnImage image = new DrawnImage(key, () -> Glass.with(key.random("glass")).draw(percent));
        return new LabeledImage(key.name(), image, percent, Map.of());
    }
}
