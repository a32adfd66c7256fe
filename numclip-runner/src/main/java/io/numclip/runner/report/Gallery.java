package io.numclip.runner.report;

import io.numclip.data.Invocation;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.message.PlainText;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Some test images with what the model says, and what is true. */
public final class Gallery {

    private static final String MAPS =
            "The pictures are bright where the number comes from: where it changes most when a part is"
                    + " blurred away. That says what the model looks at, not that it is right to.";

    private final LabelScale scale;
    private final LabeledPredictions predictions;
    private final TestImages images;

    public Gallery(LabelScale scale, LabeledPredictions predictions, TestImages images) {
        this.scale = scale;
        this.predictions = predictions;
        this.images = images;
    }

    /** Images of the whole scale, the best, the worst and the least sure. */
    List<Tag> all() {
        String least =
                Pictures.hasWidths(predictions) ? "The widest intervals." : "The most evenly spread probabilities.";
        List<Tag> all = new ArrayList<>(key());
        if (images.areMaps()) {
            all.add(Tag.styled("p", "quiet", MAPS));
        }
        add(all, "Across the scale", "Spread over the labels, whatever the error.", Pictures.across(predictions));
        add(all, "The best", "The smallest errors.", Pictures.best(predictions));
        add(
                all,
                "The worst",
                "The largest errors. A wrong label would be here, too; '" + Invocation.NAME
                        + " check' looks for them in all images.",
                Pictures.worst(predictions));
        if (!Pictures.areAlike(predictions)) {
            add(all, "The least sure", least, Pictures.leastSure(predictions));
        }
        return all;
    }

    /** Images of the whole scale. */
    public List<Tag> across() {
        List<Tag> across = new ArrayList<>(key());
        across.add(list(Pictures.across(predictions)));
        return across;
    }

    private void add(List<Tag> all, String title, String about, List<Integer> chosen) {
        all.addAll(List.of(Tag.styled("h3", "group", title), Tag.styled("p", "quiet", about), list(chosen)));
    }

    private List<Tag> key() {
        List<Tag> keys = new ArrayList<>(List.of(Figure.entry("", "prediction"), Figure.entry("stroke", "label")));
        if (predictions.predictions().stream().anyMatch(each -> each.interval().isPresent())) {
            keys.add(Figure.entry("box", "interval"));
        }
        return Figure.keys(keys);
    }

    private Tag list(List<Integer> chosen) {
        Tag list = Tag.styled("ul", "pictures");
        chosen.forEach(n -> list.add(Tag.of(
                "li",
                figure(predictions.images().get(n), predictions.predictions().get(n)))));
        return list;
    }

    private Tag figure(LabeledImage image, Prediction prediction) {
        Tag caption = Tag.of(
                "figcaption",
                Tag.of("b", PlainText.number(prediction.value(), scale)),
                Tag.of("span", ", label " + PlainText.number(image.label(), scale)));
        prediction
                .interval()
                .ifPresent(interval -> caption.add(
                        Tag.of("small", "interval " + PlainText.between(interval.lower(), interval.upper(), scale))));
        caption.add(Tag.of("small", concepts(prediction)), Tag.of("small", image.name()));
        return Tag.of("figure", picture(image), strip(image, prediction), caption);
    }

    /** The two likeliest, without those of less than 1 %. */
    private static String concepts(Prediction prediction) {
        return prediction.likeliest(2).stream()
                .filter(concept -> concept.probability() >= 0.01)
                .map(concept -> concept.concept() + " " + PlainText.percent(concept.probability()))
                .collect(Collectors.joining(", "));
    }

    private Tag picture(LabeledImage image) {
        String label = PlainText.quantity(PlainText.number(image.label(), scale), scale.unit());
        return images.picture(image.name())
                .map(picture -> Tag.of("img").set("src", picture).set("alt", "Test image with the label " + label))
                .orElseGet(() -> Tag.styled("div", "missing", "The picture is not there any more."));
    }

    /** The prediction on its scale: the interval, the number, and a stroke where the label is. */
    private Tag strip(LabeledImage image, Prediction prediction) {
        Axis axis = Axis.exact("", scale.minimum(), scale.maximum());
        Tag strip = Tag.styled("svg", "strip", Chart.line("grid", "0", "50%", "100%", "50%"))
                .set("aria-hidden", "true");
        prediction
                .interval()
                .ifPresent(between -> strip.add(Chart.line(
                        "whisker", axis.across(between.lower()), "50%", axis.across(between.upper()), "50%")));
        String label = axis.across(image.label());
        return strip.add(
                Chart.dot("dot", axis.across(prediction.value()), "50%", 4),
                Chart.line("truth", label, "0", label, "100%"));
    }
}
