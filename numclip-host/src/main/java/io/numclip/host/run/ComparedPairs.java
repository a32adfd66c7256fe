package io.numclip.host.run;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.evaluation.Interval;
import io.numclip.features.FeatureCache;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.Predictions;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Finding;
import io.numclip.host.scale.ScaledList;
import io.numclip.yardstick.Agreement;
import io.numclip.yardstick.Compared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the numbers of a model agree with what people said of pairs of images, one of which at least is a test image. */
final class ComparedPairs {

    private static final double CHANCE = 0.5;

    private final Map<String, Integer> places = new HashMap<>();
    private final List<Double> numbers = new ArrayList<>();

    private ComparedPairs() {}

    /** @return one finding, or none where nobody compared such a pair */
    static List<Finding> of(Experiment experiment, LabeledPredictions tested, FeatureCache.Listener listener)
            throws IOException {
        Set<String> names = tested.images().stream().map(LabeledImage::name).collect(Collectors.toSet());
        List<LabeledImage> learned = experiment.data().learned();
        Map<String, LabeledImage> partners = partners(learned, tested.images(), names);
        if (partners.isEmpty() && tested.images().stream().noneMatch(ComparedPairs::isCompared)) {
            return List.of();
        }
        ComparedPairs pairs = new ComparedPairs();
        pairs.add(tested);
        pairs.add(Predictions.ofTrained(
                experiment, Predictions.predictor(experiment), List.copyOf(partners.values()), listener));
        List<Compared> compared = new ArrayList<>();
        tested.images().forEach(image -> pairs.said(image, pairs.places.keySet(), compared));
        partners.values().forEach(image -> pairs.said(image, names, compared));
        return compared.stream().allMatch(Compared::isEqual)
                ? List.of()
                : List.of(finding(Agreement.of(compared, pairs.numbers::get), tested.images()));
    }

    private static boolean isCompared(LabeledImage image) {
        return !image.names(LabeledImage.MORE_THAN).isEmpty();
    }

    /** The images that are not of the test and were compared with one that is, by name. */
    private static Map<String, LabeledImage> partners(
            List<LabeledImage> learned, List<LabeledImage> tested, Set<String> names) {
        Set<String> named =
                tested.stream().flatMap(image -> others(image).stream()).collect(Collectors.toSet());
        Map<String, LabeledImage> partners = new LinkedHashMap<>();
        learned.stream()
                .filter(image ->
                        named.contains(image.name()) || others(image).stream().anyMatch(names::contains))
                .forEach(image -> partners.put(image.name(), image));
        return partners;
    }

    private static List<String> others(LabeledImage image) {
        List<String> others = new ArrayList<>(image.names(LabeledImage.MORE_THAN));
        others.addAll(image.names(LabeledImage.EQUAL_TO));
        return others;
    }

    private void add(LabeledPredictions predictions) {
        for (int i = 0; i < predictions.size(); i++) {
            places.put(predictions.images().get(i).name(), numbers.size());
            numbers.add(predictions.predictions().get(i).value());
        }
    }

    private void said(LabeledImage image, Set<String> others, List<Compared> compared) {
        add(image, LabeledImage.MORE_THAN, 1, others, compared);
        add(image, LabeledImage.EQUAL_TO, Compared.EQUAL, others, compared);
    }

    private void add(LabeledImage image, String attribute, double share, Set<String> others, List<Compared> compared) {
        Integer place = places.get(image.name());
        for (String name : image.names(attribute)) {
            Integer other = places.get(name);
            if (place != null && other != null && others.contains(name)) {
                compared.add(new Compared(place, other, share));
            }
        }
    }

    private static Finding finding(Agreement found, List<LabeledImage> tested) {
        Interval interval = found.interval();
        Finding.Judgement judgement = interval == null || interval.contains(CHANCE)
                ? Finding.Judgement.OPEN
                : found.share() > CHANCE ? Finding.Judgement.GOOD : Finding.Judgement.BAD;
        long estimated = tested.stream()
                .filter(image -> image.attribute(ScaledList.FROM).equals(ScaledList.COMPARISONS))
                .count();
        return new Finding(
                Finding.Topic.COMPARISONS,
                judgement,
                "Of " + PlainText.counted(found.count(), "comparison") + " with a test image its numbers agree with "
                        + PlainText.percent(found.share()) + figures(found)
                        + (estimated == 0
                                ? "."
                                : "; the numbers of " + estimated + " of " + tested.size()
                                        + " test images follow from comparisons, and errors beside them are no more exact"
                                        + " than these."));
    }

    private static String figures(Agreement found) {
        Interval interval = found.interval();
        List<String> figures = new ArrayList<>();
        if (interval != null) {
            figures.add("95 % interval: " + PlainText.percents(interval.low(), interval.high()));
        }
        found.tau().ifPresent(tau -> figures.add("Kendall's tau-b: " + PlainText.rounded(tau, 2)));
        return figures.isEmpty() ? "" : " (" + String.join("; ", figures) + ")";
    }
}
