package io.numclip.host.run;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.model.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Two runs, compared on the test images that both have.
 *
 * @param unit of the label scale
 * @param images how many test images both have
 * @param left how many test images only one of them has
 * @param absoluteError lower is better
 * @param hits 1 for an image whose likeliest concept contains the label, else 0; each run with its own bins
 * @param sameBins whether both runs have equal bins, so that their hits mean the same
 */
public record RunPair(
        Path first,
        Path second,
        String unit,
        int images,
        int left,
        PairedComparison absoluteError,
        PairedComparison hits,
        boolean sameBins) {

    private static final int FEWEST_IMAGES = 2;

    /** @throws NumClipException if the runs have too few test images in common, or different labels for one image */
    public static RunPair of(Path first, Path second, EvaluationConfig config) throws IOException {
        TestedRun one = TestedRun.read(first);
        TestedRun other = TestedRun.read(second);
        List<String> common =
                one.names().stream().filter(other.names()::contains).toList();
        if (common.size() < FEWEST_IMAGES) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    first + " and " + second + " have " + common.size() + " test images in common",
                    "compare runs that were tested on the same images");
        }
        refuseOtherLabels(common, one, other);
        Clusters clusters = one.clusters(common);
        if (clusters.count() < 2) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    first + " and " + second + " have test images of one group only, by protocol.group",
                    "compare runs that were tested on images of at least two groups");
        }
        int[] oneRun = new int[common.size()];
        Resampling resampling = new Resampling(Math.max(1, config.resamples()), config.seed());
        return new RunPair(
                first,
                second,
                one.unit(),
                common.size(),
                one.names().size() + other.names().size() - 2 * common.size(),
                PairedComparison.of(one.errors(common), other.errors(common), clusters, oneRun, resampling),
                PairedComparison.of(one.hits(common), other.hits(common), clusters, oneRun, resampling),
                edges(one.bins()).equals(edges(other.bins())));
    }

    private static List<Double> edges(Bins bins) {
        return bins.list().stream().map(Bin::lower).toList();
    }

    private static void refuseOtherLabels(List<String> images, TestedRun one, TestedRun other) {
        double[] ones = one.labels(images);
        double[] others = other.labels(images);
        for (int i = 0; i < ones.length; i++) {
            if (ones[i] != others[i]) {
                throw new NumClipException(
                        NumClipException.Kind.DATA,
                        images.get(i) + " has the label " + ones[i] + " in one run and " + others[i] + " in "
                                + other.path(),
                        "compare runs that were tested on the same images with the same labels");
            }
        }
    }

    /**
     * A finished run with its predictions for the test images.
     *
     * @param unit of its label scale
     * @param places indices of the images in the predictions, by name
     */
    private record TestedRun(
            Path path, Bins bins, String unit, LabeledPredictions predictions, Map<String, Integer> places) {

        /** @throws NumClipException if the folder is not a run, is not finished, or its file cannot be read */
        static TestedRun read(Path path) throws IOException {
            RunFolder folder = RunFolder.open(path);
            if (!Files.isRegularFile(folder.predictions())) {
                throw new NumClipException(
                        NumClipException.Kind.MISSING,
                        folder.predictions() + ": no such file; the run is not finished",
                        "finish it with './numclip train --resume " + path + "'");
            }
            ModelDirectory model = ModelDirectory.open(folder.model());
            LabeledPredictions predictions = PredictionsFile.read(folder.predictions(), model.concepts());
            Map<String, Integer> places = new LinkedHashMap<>();
            for (int i = 0; i < predictions.size(); i++) {
                places.put(predictions.images().get(i).name(), i);
            }
            return new TestedRun(path, model.concepts(), model.scale().unit(), predictions, places);
        }

        Set<String> names() {
            return places.keySet();
        }

        /** By the groups that the run has stored; a run from before has stored none. */
        Clusters clusters(List<String> images) {
            List<LabeledImage> some = images.stream()
                    .map(image -> predictions.images().get(Objects.requireNonNull(places.get(image))))
                    .toList();
            return ImageClusters.of(some, NamedImage.GROUP);
        }

        double[] labels(List<String> images) {
            return pick(images, predictions.labels());
        }

        double[] errors(List<String> images) {
            return pick(images, predictions.errors());
        }

        /** 1 where the likeliest concept contains the label, else 0. */
        double[] hits(List<String> images) {
            double[] hits = new double[predictions.size()];
            for (int i = 0; i < hits.length; i++) {
                int likeliest = Prediction.indexOfLargest(
                        predictions.predictions().get(i).probabilities());
                hits[i] = likeliest == bins.indexOf(predictions.images().get(i).label()) ? 1 : 0;
            }
            return pick(images, hits);
        }

        private double[] pick(List<String> images, double[] figures) {
            return images.stream()
                    .mapToDouble(image -> figures[Objects.requireNonNull(places.get(image))])
                    .toArray();
        }
    }
}
