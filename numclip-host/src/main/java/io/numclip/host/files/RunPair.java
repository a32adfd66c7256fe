package io.numclip.host.files;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.ImageClusters;
import io.numclip.host.result.NamedImage;
import io.numclip.host.result.PredictionsByName;
import java.nio.file.Path;
import java.util.List;

/**
 * Two runs, compared on the test images that both have.
 *
 * @param unit of the label scale
 * @param images how many test images both have
 * @param left how many test images only one of them has
 * @param absoluteError lower is better
 * @param hits 1 for an image whose concept contains the label, else 0; each run with its own bins
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
    public static RunPair of(FinishedRun first, FinishedRun second) {
        return of(TestedRun.of(first), TestedRun.of(second));
    }

    private static RunPair of(TestedRun one, TestedRun other) {
        Path first = one.path();
        Path second = other.path();
        List<String> common = one.byName().in(other.byName());
        if (common.size() < FEWEST_IMAGES) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    first + " and " + second + " have " + PlainText.counted(common.size(), "test image") + " in common",
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
        Resampling resampling = Resampling.defaults();
        return new RunPair(
                first,
                second,
                one.unit(),
                common.size(),
                one.size() + other.size() - 2 * common.size(),
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
     */
    private record TestedRun(Path path, Bins bins, String unit, PredictionsByName byName) {

        static TestedRun of(FinishedRun run) {
            return new TestedRun(
                    run.folder().path(),
                    run.model().concepts(),
                    run.model().scale().unit(),
                    PredictionsByName.of(run.predictions()));
        }

        int size() {
            return byName.places().size();
        }

        /** Clusters by the groups that the run has stored; a run from before has stored none. */
        Clusters clusters(List<String> images) {
            return ImageClusters.of(byName.images(images), NamedImage.GROUP);
        }

        double[] labels(List<String> images) {
            return byName.pick(images, byName.predictions().labels());
        }

        double[] errors(List<String> images) {
            return byName.pick(images, byName.predictions().errors());
        }

        /** 1 where the concept that is shown contains the label, else 0. */
        double[] hits(List<String> images) {
            LabeledPredictions predictions = byName.predictions();
            double[] hits = new double[predictions.size()];
            for (int i = 0; i < hits.length; i++) {
                int shown = predictions.predictions().get(i).conceptIndex();
                hits[i] = shown == bins.indexOf(predictions.images().get(i).label()) ? 1 : 0;
            }
            return byName.pick(images, hits);
        }
    }
}
