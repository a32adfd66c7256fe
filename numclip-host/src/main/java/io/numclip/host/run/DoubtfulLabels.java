package io.numclip.host.run;

import io.numclip.data.Invocation;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.features.FeatureCache;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.check.ListCheck;
import io.numclip.host.check.Suspect;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Finding;
import io.numclip.image.ImageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The quick form of {@link ListCheck} for a training on files: on features at hand, and only what is said by the labels. */
final class DoubtfulLabels {

    private static final int MOST_IMAGES = 3000; // of more, all pairs take their time
    private static final int SHOWN = 3;
    private static final double SURE = 0.9;

    private DoubtfulLabels() {}

    /**
     * @param experiment not trained yet
     * @return one finding, or none where nothing is doubted or nothing was looked at
     */
    static List<Finding> of(Experiment experiment, FeatureCache.Listener listener) throws IOException {
        int images = experiment.data().splits().values().stream()
                .mapToInt(List::size)
                .sum();
        if (!Yardsticks.hasFeatures(experiment) || images > MOST_IMAGES || !isOfFiles(experiment)) {
            return List.of();
        }
        try {
            List<Suspect> doubts = ListCheck.of(experiment, 0, listener).suspects().stream()
                    .filter(DoubtfulLabels::isSure)
                    .toList();
            return doubts.isEmpty() ? List.of() : List.of(finding(doubts, images));
        } catch (NumClipException tooFew) {
            if (tooFew.kind() != NumClipException.Kind.DATA) {
                throw tooFew;
            }
            return List.of();
        }
    }

    private static boolean isSure(Suspect suspect) {
        return switch (suspect.kind()) {
            case TWIN, SPLIT -> true;
            case LABEL -> suspect.score() >= SURE;
            case UNREADABLE, STRANGE -> false;
        };
    }

    private static boolean isOfFiles(Experiment experiment) {
        return experiment.data().learned().stream().map(LabeledImage::source).allMatch(ImageFile.class::isInstance);
    }

    private static Finding finding(List<Suspect> doubts, int images) {
        List<String> reasons = new ArrayList<>();
        doubts.stream().limit(SHOWN).forEach(each -> reasons.add(each.image().name() + " (" + each.reason() + ")"));
        return new Finding(
                Finding.Topic.DOUBTS,
                Finding.Judgement.OPEN,
                PlainText.counted(doubts.size(), "label") + " of " + images + " images "
                        + (doubts.size() == 1 ? "is" : "are") + " worth a look: " + String.join("; ", reasons)
                        + (doubts.size() > SHOWN ? " …" : "") + ". '" + Invocation.NAME
                        + " check RUN/config.yaml' shows them, and a page to mend them on.");
    }
}
