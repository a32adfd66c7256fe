package io.numclip.runner.experiment;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two runs on the test images that both have.
 *
 * @param unit of the label scale
 * @param images how many test images both have
 * @param left how many test images only one of them has
 * @param absoluteError lower is better
 * @param hits 1 for an image whose likeliest concept holds the label, else 0; each run by its own bins
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
        KeptAnswers one = KeptAnswers.read(first);
        KeptAnswers other = KeptAnswers.read(second);
        List<String> common = one.answers().keySet().stream()
                .filter(other.answers()::containsKey)
                .toList();
        if (common.size() < FEWEST_IMAGES) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    first + " and " + second + " have " + common.size() + " test images in common",
                    "compare runs that were tested on the same images");
        }
        Resampling resampling = new Resampling(Math.max(1, config.resamples()), config.seed());
        List<KeptAnswers.Answer> ones = answers(one, common);
        List<KeptAnswers.Answer> others = answers(other, common);
        refuseOtherLabels(common, ones, others, second);
        return new RunPair(
                first,
                second,
                one.unit(),
                common.size(),
                one.answers().size() + other.answers().size() - 2 * common.size(),
                paired(ones, others, KeptAnswers.Answer::absoluteError, resampling),
                paired(ones, others, answer -> answer.hit() ? 1 : 0, resampling),
                edges(one.bins()).equals(edges(other.bins())));
    }

    private static List<Double> edges(Bins bins) {
        return bins.list().stream().map(Bin::lower).toList();
    }

    private static List<KeptAnswers.Answer> answers(KeptAnswers run, List<String> images) {
        List<KeptAnswers.Answer> answers = new ArrayList<>();
        for (String image : images) {
            KeptAnswers.Answer answer = run.answers().get(image);
            if (answer != null) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private static void refuseOtherLabels(
            List<String> images, List<KeptAnswers.Answer> ones, List<KeptAnswers.Answer> others, Path second) {
        for (int i = 0; i < images.size(); i++) {
            if (ones.get(i).label() != others.get(i).label()) {
                throw new NumClipException(
                        NumClipException.Kind.DATA,
                        images.get(i) + " has the label " + ones.get(i).label() + " in one run and "
                                + others.get(i).label() + " in " + second,
                        "compare runs that were tested on the same images with the same labels");
            }
        }
    }

    private static PairedComparison paired(
            List<KeptAnswers.Answer> ones,
            List<KeptAnswers.Answer> others,
            ToDoubleFunction<KeptAnswers.Answer> score,
            Resampling resampling) {
        return PairedComparison.of(
                ones.stream().mapToDouble(score).toArray(),
                others.stream().mapToDouble(score).toArray(),
                resampling);
    }
}
