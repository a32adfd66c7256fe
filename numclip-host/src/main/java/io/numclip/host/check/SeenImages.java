package io.numclip.host.check;

import io.numclip.clip.tower.ImageTower;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.host.assembly.Experiment;
import io.numclip.protocol.Splitter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The images of all splits, as the untrained image tower sees them.
 *
 * @param all in the order of the splits
 * @param read N of them
 * @param features (N, D)
 * @param unreadable why each of the others cannot be read, by its name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SeenImages(
        List<ListCheck.Placed> all, List<ListCheck.Placed> read, float[][] features, Map<String, String> unreadable) {

    private static final int BATCH = 32;
    private static final int PARTS = 5;

    static SeenImages of(Experiment experiment, FeatureCache.Listener listener) throws IOException {
        List<ListCheck.Placed> all = new ArrayList<>();
        for (Split split : Split.values()) {
            experiment.data().images(split).forEach(image -> all.add(new ListCheck.Placed(image, split)));
        }
        List<LabeledImage> images = all.stream().map(ListCheck.Placed::image).toList();
        Map<String, String> unreadable = new HashMap<>();
        ImageTower tower = experiment.model().imageTower();
        ImageFeatures features = experiment.features().features(tower, images, BATCH, noting(unreadable, listener));
        int[] present =
                IntStream.range(0, all.size()).filter(features::isPresent).toArray();
        return new SeenImages(
                List.copyOf(all),
                IntStream.of(present).mapToObj(all::get).toList(),
                IntStream.of(present)
                        .mapToObj(index -> row(features, index, tower.layout().headStart()))
                        .toArray(float[][]::new),
                unreadable);
    }

    private static FeatureCache.Listener noting(Map<String, String> unreadable, FeatureCache.Listener listener) {
        return new FeatureCache.Listener() {
            @Override
            public void imageSkipped(String name, String reason) {
                unreadable.put(name, reason);
            }

            @Override
            public void imagesEncoded(int done, int total) {
                listener.imagesEncoded(done, total);
            }
        };
    }

    private static float[] row(ImageFeatures features, int index, int first) {
        float[] row = new float[features.dimension()];
        features.copyTo(index, row, 0);
        return Arrays.copyOfRange(row, first, row.length);
    }

    double[] labels() {
        return read.stream().mapToDouble(each -> each.image().label()).toArray();
    }

    /**
     * Which of five parts each image is in, or of fewer where there are few groups. Equal images, and those of a group, are in one.
     *
     * @param group attribute that names it
     * @return (N)
     */
    int[] parts(String group) {
        Map<LabeledImage, Integer> parts = new HashMap<>();
        List<List<LabeledImage>> folds =
                folds(read.stream().map(ListCheck.Placed::image).toList(), group, PARTS);
        for (int part = 0; part < folds.size(); part++) {
            for (LabeledImage image : folds.get(part)) {
                parts.put(image, part);
            }
        }
        return read.stream().mapToInt(each -> parts.get(each.image())).toArray();
    }

    private static List<List<LabeledImage>> folds(List<LabeledImage> images, String group, int count) {
        try {
            return new Splitter(Splitter.Rule.GROUPED, group, 1).folds(images, count);
        } catch (NumClipException tooFew) {
            if (count == 2) {
                throw tooFew;
            }
            return folds(images, group, count - 1);
        }
    }
}
