package io.numclip.host.result;

import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.data.Invocation;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Finding.Judgement;
import io.numclip.host.result.Finding.Topic;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingResult;
import io.numclip.training.progress.EpochResult;
import io.numclip.yardstick.LearningCurve;
import java.util.ArrayList;
import java.util.List;

/** The verdict on a run, in sentences: what it is worth, how surely, and what would make it better. */
public final class Findings {

    private static final double STILL_FALLING = 0.02;
    private static final double WORTH_IT = 0.05; // of the error, for twice as many labels

    private final RunResult result;
    private final List<Finding> found;

    private Findings(RunResult result) {
        this.result = result;
        this.found = new ArrayList<>(result.tested());
    }

    /** The findings in the order of their weight; at least one. */
    public static List<Finding> of(RunResult result) {
        Findings findings = new Findings(result);
        findings.epochs();
        result.curve().ifPresent(findings::labels);
        findings.backbone();
        return List.copyOf(findings.found);
    }

    private void epochs() {
        TrainingResult training = result.training();
        int last = training.epochs().size();
        if (last == 0) {
            return;
        }
        String kept = "epoch " + training.bestEpoch() + " of " + last + " is kept";
        if (last < result.config().training().epochs()) {
            add(Topic.EPOCHS, Judgement.OPEN, endedEarly(last, kept));
        } else if (wasFalling(training)) {
            add(
                    Topic.EPOCHS,
                    Judgement.OPEN,
                    "The validation error was still falling in the last of " + last + " epochs"
                            + ": more of them (training.epochs) may help.");
        } else if (training.bestEpoch() <= last / 2) {
            add(
                    Topic.EPOCHS,
                    Judgement.OPEN,
                    "More epochs would not help: " + kept + ", and what came after was not better on the validation"
                            + " images. Lower learning rates or fewer epochs may.");
        }
    }

    private String endedEarly(int last, String kept) {
        TrainingConfig asked = result.config().training();
        return "The training ended after " + last + " of " + asked.epochs()
                + " epochs, because the validation error had not fallen for " + asked.patience()
                + " (training.patience); " + kept + ".";
    }

    /** Whether the last quarter of the epochs is clearly better than all before; false where there is none before. */
    private static boolean wasFalling(TrainingResult training) {
        List<EpochResult> epochs = training.epochs();
        int before = epochs.size() - Math.max(1, epochs.size() / 4);
        double reached = epochs.stream()
                .limit(before)
                .mapToDouble(EpochResult::validationMae)
                .min()
                .orElse(0);
        return training.bestEpoch() > before && training.bestValidationMae() < (1 - STILL_FALLING) * reached;
    }

    private void labels(LearningCurve curve) {
        LearningCurve.Point saved = curve.saved();
        double now = curve.twice().mae() + saved.mae();
        String would = saved.interval().low() > WORTH_IT * now
                ? "More labels would help: "
                : saved.interval().high() < WORTH_IT * now
                        ? "Twice as many labels would hardly help: "
                        : "More labels may help: ";
        add(
                Topic.LABELS,
                Judgement.OPEN,
                would + "with " + curve.twice().images() + " training images kernel ridge on features that are not"
                        + " trained would be off by about "
                        + PlainText.figure(curve.twice().mae()) + " "
                        + result.scale().unit()
                        + ", by a smooth line through the errors "
                        + PlainText.figure(saved.mae()) + " less than now (95 % interval: "
                        + PlainText.figure(saved.interval().low()) + " to "
                        + PlainText.figure(saved.interval().high()) + ").");
    }

    private void backbone() {
        String model = result.config().backbone().model();
        if (model.equals(ShippedModel.PIXELS)) {
            add(
                    Topic.BACKBONE,
                    Judgement.OPEN,
                    "The model sees plain pixels, without a network. That does for images that show the same thing at the"
                            + " same place and of the same size, and for no others; there a CLIP (--set backbone.model="
                            + ShippedModel.EMBEDDED + ", or a real one) sees more.");
        } else if (model.equals(ShippedModel.SMALL_NETWORK)) {
            add(
                    Topic.BACKBONE,
                    Judgement.OPEN,
                    "The network began with random weights, and knows nothing but the training images. Pictures of another"
                            + " style can mislead it; a CLIP (--set backbone.model=DIR) has seen more.");
        } else if (ModelSource.isEmbedded(model)) {
            add(
                    Topic.BACKBONE,
                    Judgement.OPEN,
                    "The embedded CLIP is for learning and testing: it is small, and has seen pictograms, clip art and"
                            + " letters, but hardly a photograph. With a real"
                            + " one photographs are understood far better: '" + Invocation.NAME
                            + " pull' lists some, and the"
                            + " command that fetches one; then --set backbone.model=DIR.");
        }
    }

    private void add(Topic topic, Judgement judgement, String sentence) {
        found.add(new Finding(topic, judgement, sentence));
    }
}
