package io.numclip.runner.report;

import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunResult;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A few test images from the whole scale, with prediction and truth. */
public final class Pictures {

    private static final int COUNT = 6;
    private static final int CONCEPTS = 3;

    private Pictures() {}

    /** Indices of images whose labels are spread over the scale, lowest first. */
    static List<Integer> chosen(RunResult result) {
        List<Integer> byLabel = IntStream.range(0, result.predictions().images().size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        index -> result.predictions().images().get(index).label()))
                .toList();
        int count = Math.min(COUNT, byLabel.size());
        return IntStream.range(0, count)
                .mapToObj(i -> byLabel.get((2 * i + 1) * byLabel.size() / (2 * count)))
                .toList();
    }

    public static Table table(RunResult result) {
        List<List<String>> rows = chosen(result).stream()
                .map(index -> row(
                        result.predictions().images().get(index),
                        result.predictions().predictions().get(index)))
                .toList();
        return new Table(List.of("image", "truth", "NumCLIP", "likeliest concepts"), rows);
    }

    public static String html(RunResult result) {
        StringBuilder html = new StringBuilder("<div class=\"pictures\">\n");
        for (int index : chosen(result)) {
            LabeledImage image = result.predictions().images().get(index);
            Prediction prediction = result.predictions().predictions().get(index);
            html.append("<figure>")
                    .append(picture(image))
                    .append("<figcaption><b>")
                    .append(Html.escape(PlainText.number(prediction.value())))
                    .append("</b> (truth ")
                    .append(Html.escape(PlainText.number(image.label())))
                    .append(")")
                    .append(conceptLines(prediction))
                    .append("</figcaption></figure>\n");
        }
        return html.append("</div>\n").toString();
    }

    private static String conceptLines(Prediction prediction) {
        return likeliest(prediction)
                .map(concept -> "<span class=\"concept\">" + Html.escape(concept) + "</span>")
                .collect(Collectors.joining());
    }

    private static String picture(LabeledImage image) {
        try {
            return Html.picture(image.source().read(), image.name());
        } catch (IOException failure) {
            return Html.paragraph(image.name() + " can no longer be read");
        }
    }

    private static List<String> row(LabeledImage image, Prediction prediction) {
        return List.of(
                image.name(),
                PlainText.number(image.label()),
                PlainText.number(prediction.value()),
                concepts(prediction));
    }

    /** Such as {@code teenager 71 %, child 25 %}. */
    public static String concepts(Prediction prediction) {
        return likeliest(prediction).collect(Collectors.joining(", "));
    }

    private static Stream<String> likeliest(Prediction prediction) {
        return prediction.likeliest(CONCEPTS).stream()
                .map(concept ->
                        String.format(Locale.ROOT, "%s %.0f %%", concept.concept(), 100 * concept.probability()));
    }
}
