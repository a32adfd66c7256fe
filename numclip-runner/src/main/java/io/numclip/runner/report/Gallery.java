package io.numclip.runner.report;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Strip;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Some test images with what the model says, and what is true. */
public final class Gallery {

    private static final int CONCEPTS = 2;
    private static final double LEAST = 0.01;

    private final LabelScale scale;
    private final LabeledPredictions predictions;
    private final TestImages images;

    public Gallery(LabelScale scale, LabeledPredictions predictions, TestImages images) {
        this.scale = scale;
        this.predictions = predictions;
        this.images = images;
    }

    /** Images of the whole scale, the best, the worst and the least sure. */
    List<Markup> all() {
        List<Markup> all = new ArrayList<>();
        all.add(key());
        add(all, "Across the scale", "Spread over the labels, whatever the error.", Pictures.across(predictions));
        add(all, "The best", "The smallest errors.", Pictures.best(predictions));
        add(all, "The worst", "The largest errors. A wrong label would be here, too.", Pictures.worst(predictions));
        String least =
                Pictures.hasWidths(predictions) ? "The widest intervals." : "The most evenly spread probabilities.";
        add(all, "The least sure", least, Pictures.leastSure(predictions));
        return all;
    }

    /** Images of the whole scale. */
    public List<Markup> across() {
        return List.of(key(), list(Pictures.across(predictions)));
    }

    private void add(List<Markup> all, String title, String about, List<Integer> chosen) {
        all.add(Tag.styled("h3", "group").add(title));
        all.add(Tag.styled("p", "quiet").add(about));
        all.add(list(chosen));
    }

    private Tag key() {
        boolean intervals = predictions.predictions().stream()
                .anyMatch(each -> each.interval().isPresent());
        Tag key = Keys.of(Keys.entry("", "prediction"), Keys.entry("stroke", "label"));
        return intervals ? key.add(Keys.entry("box", "interval")) : key;
    }

    private Tag list(List<Integer> chosen) {
        Tag list = Tag.styled("ul", "pictures");
        chosen.forEach(n -> list.add(Tag.of("li")
                .add(figure(
                        predictions.images().get(n), predictions.predictions().get(n)))));
        return list;
    }

    private Tag figure(LabeledImage image, Prediction prediction) {
        Tag caption = Tag.of("figcaption")
                .add(
                        Tag.of("b", PlainText.number(prediction.value(), scale)),
                        Tag.of("span", ", label " + PlainText.number(image.label(), scale)));
        prediction.interval().ifPresent(interval -> caption.add(Tag.of("small", interval(interval))));
        caption.add(Tag.of("small", concepts(prediction)));
        caption.add(Tag.of("small", image.name()));
        return Tag.of("figure").add(picture(image), strip(image, prediction), caption);
    }

    /** Such as {@code teenager 71 %, child 25 %}. */
    private static String concepts(Prediction prediction) {
        return prediction.likeliest(CONCEPTS).stream()
                .filter(concept -> concept.probability() >= LEAST)
                .map(concept -> concept.concept() + " " + Math.round(100 * concept.probability()) + " %")
                .collect(Collectors.joining(", "));
    }

    private String interval(Uncertainty.Interval interval) {
        return "between " + PlainText.number(interval.lower(), scale) + " and "
                + PlainText.number(interval.upper(), scale);
    }

    private Tag picture(LabeledImage image) {
        return images.picture(image.name())
                .map(picture -> Tag.of("img")
                        .set("src", Thumbnail.of(picture))
                        .set(
                                "alt",
                                "Test image with the label " + PlainText.number(image.label(), scale) + " "
                                        + scale.unit()))
                .orElseGet(() -> Tag.styled("div", "missing").add("The picture is not there any more."));
    }

    private Tag strip(LabeledImage image, Prediction prediction) {
        Axis axis = Axis.exact("", scale.minimum(), scale.maximum());
        double[] interval = prediction
                .interval()
                .map(between -> new double[] {between.lower(), between.upper()})
                .orElse(null);
        return Strip.of(axis, image.label(), prediction.value(), interval);
    }
}
