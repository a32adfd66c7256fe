package io.numclip.host.compare;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.run.NamedImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Results of cells that nobody has trained. */
public final class TestingCells {

    private TestingCells() {}

    /** Four images with the labels 0 to 3, each predicted too high by this error. */
    public static CellResult result(String title, double error) {
        return result(title, 0, error, List.of("", "", "", ""));
    }

    /**
     * @param moved added to every label
     * @param groups of the images, one for each
     */
    public static CellResult result(String title, double moved, double error, List<String> groups) {
        List<Prediction.Concept> concepts = List.of(new Prediction.Concept("some", 1));
        List<LabeledImage> images = IntStream.range(0, groups.size())
                .mapToObj(i -> NamedImage.labeled("image-" + i, i + moved, groups.get(i)))
                .toList();
        List<Prediction> predictions = images.stream()
                .map(image -> new Prediction(image.label() + error, concepts))
                .toList();
        return trial(title, 0.5)
                .tested(
                        Map.of("mae", Math.abs(error)),
                        Map.of("mae", 1.0),
                        Map.of(),
                        new LabeledPredictions(images, predictions));
    }

    public static CellResult trial(String title, double validationMae) {
        return new CellResult(
                title,
                "somebody",
                "steps",
                Map.of(),
                Map.of(),
                Map.of(),
                1,
                validationMae,
                8,
                40,
                0.1,
                new LabeledPredictions(List.of(), List.of()));
    }
}
