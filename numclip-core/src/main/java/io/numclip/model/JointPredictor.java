package io.numclip.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.Prediction;
import io.numclip.input.PixelBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The predictions of several models for the same images. Models that see an image through the same weights and the same
 * preprocessing share one pass through the image tower. The numbers are those of each model alone. Thread-safe; owns nothing.
 */
public final class JointPredictor {

    private final List<ImagePredictor> predictors;
    private final List<ClipPreprocessor> preprocessors;
    private final List<Pass> passes = new ArrayList<>();

    /**
     * What several models have in common.
     *
     * @param form of the pixels that go in: an index of the preprocessings
     * @param members indices of the models
     */
    private record Pass(ImagePredictor first, int form, List<Integer> members) {}

    /** @param predictors at least one */
    public JointPredictor(List<? extends ImagePredictor> predictors) {
        this.predictors = List.copyOf(predictors);
        Map<String, ClipPreprocessor> distinct = new LinkedHashMap<>();
        predictors.forEach(each -> distinct.putIfAbsent(fingerprint(each), each.preprocessor()));
        this.preprocessors = List.copyOf(distinct.values());
        List<String> forms = List.copyOf(distinct.keySet());
        for (int i = 0; i < predictors.size(); i++) {
            join(i, forms.indexOf(fingerprint(predictors.get(i))));
        }
    }

    private static String fingerprint(ImagePredictor predictor) {
        return predictor.preprocessor().fingerprint();
    }

    private void join(int model, int form) {
        ImagePredictor predictor = predictors.get(model);
        for (Pass pass : passes) {
            if (pass.form() == form && haveOneTower(pass.first(), predictor)) {
                pass.members().add(model);
                return;
            }
        }
        passes.add(new Pass(predictor, form, new ArrayList<>(List.of(model))));
    }

    private static boolean haveOneTower(ImagePredictor one, ImagePredictor other) {
        return one instanceof NumClipPredictor first
                && other instanceof NumClipPredictor second
                && first.model().imageTower().isSame(second.model().imageTower());
    }

    /** How many models there are. */
    public int size() {
        return predictors.size();
    }

    /** The forms in which the models need the pixels of an image, without repetition. */
    public List<ClipPreprocessor> preprocessors() {
        return preprocessors;
    }

    /** What the image towers need together; one that several passes share counts for each. */
    public TowerMemory memory() {
        return passes.stream()
                .map(pass -> pass.first().memory())
                .reduce(TowerMemory::beside)
                .orElseThrow();
    }

    /** The device of the image towers. */
    public Device device() {
        return passes.get(0).first().device();
    }

    /** As {@link ImagePredictor#nativeThreads}, of all models. */
    public int nativeThreads() {
        return passes.stream()
                .mapToInt(pass -> pass.first().nativeThreads())
                .max()
                .orElseThrow();
    }

    /** Indices of the models, together where they share a pass: an image goes through so many image towers. */
    public List<List<Integer>> passes() {
        return passes.stream().map(pass -> List.copyOf(pass.members())).toList();
    }

    /**
     * Models that are not asked, and towers that only they need, do nothing.
     *
     * @param batch in the forms of {@link #preprocessors}
     * @param models indices of those that are asked
     * @return for each image that could be read, the predictions of these models in this order
     */
    public List<List<Prediction>> predict(PixelBatch batch, List<Integer> models) {
        if (batch.indices().isEmpty()) {
            return List.of();
        }
        Map<Integer, List<Prediction>> byModel = new LinkedHashMap<>();
        for (Pass pass : passes) {
            List<Integer> wanted =
                    pass.members().stream().filter(models::contains).toList();
            if (!wanted.isEmpty()) {
                predict(pass, wanted, batch, byModel);
            }
        }
        return IntStream.range(0, batch.indices().size())
                .mapToObj(image -> models.stream()
                        .map(model -> byModel.get(model).get(image))
                        .toList())
                .toList();
    }

    private void predict(Pass pass, List<Integer> models, PixelBatch batch, Map<Integer, List<Prediction>> byModel) {
        if (!(pass.first() instanceof NumClipPredictor first)) {
            byModel.put(models.get(0), pass.first().predict(batch, pass.form()));
            return;
        }
        ImageTower tower = first.model().imageTower();
        try (NDManager scope = tower.manager().newSubManager()) {
            NDArray pixels = batch.toArray(scope, pass.form()); // (N, 3, H, W)
            NDArray features = tower.encode(pixels, false); // (N, D)
            for (int model : models) {
                NumClipPredictor predictor = (NumClipPredictor) predictors.get(model);
                byModel.put(model, batch.marked(predictor.predictFeatures(features)));
            }
        }
    }
}
