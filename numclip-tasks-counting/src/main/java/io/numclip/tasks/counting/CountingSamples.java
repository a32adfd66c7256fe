package io.numclip.tasks.counting;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleLabels;
import io.numclip.sample.SampleWorld;
import io.numclip.sample.Unseen;
import java.util.List;
import java.util.Map;

/**
 * Drawn scenes with 0 to 20 things. Kind, colour, size, overlap, arrangement, background and light vary and do not tell
 * the count. At least six tenths of each thing stay visible. One test image in four shows kinds of things and a backdrop
 * that occur in no other image ({@link Unseen}).
 */
public final class CountingSamples implements SampleWorld {

    /** Words of our own, as in the recipe; anchors are midpoints of the counts. */
    static final Bins CONCEPTS = new Bins(List.of(
            new Bin("no things", 0, 1, 0),
            new Bin("hardly any things", 1, 3, 1.5),
            new Bin("a few things", 3, 6, 4),
            new Bin("several things", 6, 11, 8),
            new Bin("many things", 11, 20, 15.5)));

    @Override
    public LabeledImage draw(Split split, int index, long seed) {
        SampleKey key = new SampleKey("counting-3", split, index, seed);
        int count = SampleLabels.whole(key, CONCEPTS);
        boolean unseen = Unseen.isShownBy(key);
        Scene scene = unseen ? Scene.unseen(count, key.random("scene")) : Scene.with(count, key.random("scene"));
        String concept = CONCEPTS.get(CONCEPTS.indexOf(count)).concept();
        String caption = CountingCaptions.caption(concept, scene, key.random("caption"));
        return new LabeledImage(
                key.name(),
                new DrawnImage(key, () -> scene.draw(key.random("paint"))),
                count,
                Map.of(LabeledImage.CAPTION, caption, Unseen.ATTRIBUTE, Unseen.word(unseen)));
    }
}
