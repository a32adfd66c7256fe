package io.numclip.host.assembly;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.host.TestingCatalog;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("ci")
class RefittingTest {

    @TempDir
    private Path folder;

    private final Map<String, List<LabeledImage>> learned = new TreeMap<>();

    @BeforeEach
    void useOwnCache() {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
    }

    /**
     * In the second turn the images of the first fold are learned with other labels, which nothing but learning looks at: what is said
     * of them must be the same, and what is said of the other folds must not.
     */
    @Test
    void everyImageIsSeenOnceByAModelThatHasNotLearnedIt() throws IOException {
        HeldOut honest = heldOut(List.of());
        assertThat(all(honest).images()).hasSize(48).doesNotHaveDuplicates();
        assertThat(honest.calibrating().size()).isEqualTo(24);
        assertThat(learned).hasSize(5);
        learned.values().forEach(images -> assertThat(images).hasSizeBetween(38, 39));
        List<Map<String, String>> folds = folds(honest);
        List<Map<String, String>> planted = folds(heldOut(folds.get(0).keySet()));
        assertThat(planted.get(0)).isEqualTo(folds.get(0));
        for (int fold = 1; fold < 5; fold++) {
            assertThat(planted.get(fold).keySet()).isEqualTo(folds.get(fold).keySet());
            assertThat(planted.get(fold)).isNotEqualTo(folds.get(fold));
        }
    }

    @Test
    void allImagesAreLearnedInTheEnd() throws IOException {
        try (Experiment first = first(List.of());
                Experiment all = refitting(first).all()) {
            assertThat(names(all.data().images(Split.TRAIN))).hasSize(48).doesNotHaveDuplicates();
            assertThat(all.bins()).isEqualTo(first.bins());
        }
    }

    private HeldOut heldOut(Collection<String> planted) throws IOException {
        try (Experiment first = first(planted)) {
            return refitting(first).heldOut().orElseThrow();
        }
    }

    private Refitting refitting(Experiment first) {
        Refitting.Stores stores = (name, experiment) -> {
            learned.put(name, experiment.data().images(Split.TRAIN));
            return TrainingStore.memory();
        };
        return new Refitting(first, 2, new SharedModels(), stores, TrainingListener.NONE);
    }

    private Experiment first(Collection<String> planted) throws IOException {
        Experiment plain = ExperimentAssembler.assemble(TestingCatalog.config(folder, "backbone.model=" + CLIP));
        Map<Split, List<LabeledImage>> splits = new EnumMap<>(plain.data().splits());
        splits.replaceAll((split, images) -> images.stream()
                .map(image -> planted.contains(image.name()) ? relabeled(image) : image)
                .toList());
        return new Experiment(
                plain.config(),
                plain.scale(),
                new ExperimentData(splits, List.of(), 0),
                plain.bins(),
                plain.features(),
                plain.pixels(),
                plain.words(),
                plain.model(),
                plain.losses(),
                plain.description());
    }

    private static LabeledImage relabeled(LabeledImage image) {
        Map<String, String> attributes = new LinkedHashMap<>(image.attributes());
        attributes.put(LabeledImage.ALL_LABELS, String.valueOf(10 - image.label()));
        return new LabeledImage(image.name(), image.source(), image.label(), attributes);
    }

    private static LabeledPredictions all(HeldOut heldOut) {
        List<LabeledImage> images = new ArrayList<>(heldOut.choosing().images());
        images.addAll(heldOut.calibrating().images());
        List<Prediction> predictions = new ArrayList<>(heldOut.choosing().predictions());
        predictions.addAll(heldOut.calibrating().predictions());
        return new LabeledPredictions(images, predictions);
    }

    /** What is said of each fold, by the names of its images. */
    private List<Map<String, String>> folds(HeldOut heldOut) {
        LabeledPredictions all = all(heldOut);
        List<Map<String, String>> folds = new ArrayList<>();
        for (List<LabeledImage> images : learned.values()) {
            Map<String, String> fold = new TreeMap<>();
            for (int n = 0; n < all.size(); n++) {
                LabeledImage image = all.images().get(n);
                if (!names(images).contains(image.name())) {
                    fold.put(image.name(), all.predictions().get(n).toString());
                }
            }
            folds.add(fold);
        }
        return folds;
    }

    private static List<String> names(List<LabeledImage> images) {
        return images.stream().map(LabeledImage::name).toList();
    }
}
