package io.numclip.host.run;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.message.PlainText;
import io.numclip.image.Transparency;
import java.util.List;
import java.util.Optional;

/** Says that training images have transparent pixels, and that nothing was set behind them. */
final class TransparentImages {

    private TransparentImages() {}

    /** Nothing if there are none, or if they have a background. */
    static Optional<String> sentence(Experiment experiment) {
        if (!experiment.preprocessor().background().isNone()) {
            return Optional.empty();
        }
        List<ImageSource> images = experiment.data().images(Split.TRAIN).stream()
                .map(LabeledImage::source)
                .toList();
        return sentence(Transparency.count(images));
    }

    static Optional<String> sentence(Transparency.Count count) {
        if (count.transparent() == 0) {
            return Optional.empty();
        }
        String examined = count.examined() < count.images() ? count.examined() + " examined of " : "";
        return Optional.of(count.transparent() + " of " + examined + PlainText.counted(count.images(), "training image")
                + " have transparent"
                + " pixels, and the colours stored under them are trained on, whatever they are; set"
                + " backbone.background=white, or the colour on which people see such images");
    }
}
