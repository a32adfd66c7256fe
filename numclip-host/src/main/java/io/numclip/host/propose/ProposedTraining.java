package io.numclip.host.propose;

import io.numclip.host.config.Setting;
import io.numclip.host.result.YardstickKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a first configuration trains.
 *
 * @param simple what takes the place of NumCLIP; it reads no words and leaves the image tower as it is
 * @param towerRate learning rate of the image tower
 * @param warps whether training images are turned, enlarged and shifted a little at random
 * @param keepsLast whether the last epoch is kept, and not the best on the validation images
 * @param likeliest whether a linear classifier says the number of the likeliest concept, and not the mean of all
 */
record ProposedTraining(
        Optional<YardstickKind> simple,
        int epochs,
        int batchSize,
        double towerRate,
        boolean warps,
        boolean keepsLast,
        boolean likeliest) {

    /** Fewer images are learned best at the high rate, with changes, up to the last epoch. */
    static final int FEW_IMAGES = 100;

    /** Up to here the low rate is better, unless the images are learned fast. */
    static final int SOME_IMAGES = 600;

    /** From here on there are enough images: changed ones stand in for none. */
    static final int MANY_IMAGES = 5000;

    private static final double RATE = 1e-3;
    private static final double LOW_RATE = 3e-4;

    private static final int IMAGES_SEEN = 100_000;
    private static final int FEWEST_EPOCHS = 10;
    private static final int MOST_EPOCHS = 100;

    /** Of fewer validation images, the best epoch is an accident. */
    private static final int ENOUGH_TO_CHOOSE = 30;

    /** The mean of a 4 and a 9 that look alike is no answer. */
    private static final String LIKELIEST = "{type: likeliest}";

    /** The rates of CLIP's own linear probe here, as in {@code linear-probe.yaml}. */
    private static final String PROBE_RATES =
            "{imageEncoder: 0, adapter: 0, concepts: 0, coarseHead: 1e-2, fineHead: 0}";

    private static final String CHANGES = "{flip: false, turn: 10, zoom: 0.15, shift: 0.08}";
    private static final String NO_CHANGES = "{flip: false, turn: 0, zoom: 0, shift: 0}";

    /** What the numbers of training and of validation images say, before anything is tried. */
    static ProposedTraining byNumber(int images, int validated) {
        ProposedTraining fast = fast(images, validated);
        boolean few = images < FEW_IMAGES || images >= SOME_IMAGES;
        return few ? fast.withWarps(images < MANY_IMAGES) : fast.atLowRate();
    }

    /** A training at the high rate, with changed images. */
    static ProposedTraining fast(int images, int validated) {
        return new ProposedTraining(
                Optional.empty(),
                epochs(images),
                images < SOME_IMAGES ? 16 : 32,
                RATE,
                true,
                validated < ENOUGH_TO_CHOOSE,
                false);
    }

    /** The epochs of a whole training: the fewer images there are, the more often each is seen. */
    static int epochs(int images) {
        return Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.round((float) IMAGES_SEEN / images)));
    }

    ProposedTraining atLowRate() {
        return new ProposedTraining(simple, epochs, batchSize, LOW_RATE, warps, keepsLast, likeliest);
    }

    ProposedTraining withWarps(boolean warped) {
        return new ProposedTraining(simple, epochs, batchSize, towerRate, warped, keepsLast, likeliest);
    }

    /**
     * The model that does what a yardstick does.
     *
     * @param perNumber whether each number has a concept of its own: then the mean of two is often neither
     */
    ProposedTraining with(YardstickKind kind, boolean perNumber) {
        return new ProposedTraining(
                Optional.of(kind), epochs, batchSize, 0, false, keepsLast, isRegression(kind) && perNumber);
    }

    private static boolean isRegression(YardstickKind kind) {
        return kind == YardstickKind.REGRESSION_ON_FEATURES || kind == YardstickKind.REGRESSION_ON_PIXELS;
    }

    /** Whether there are epochs. */
    boolean isTrained() {
        return simple.isEmpty() || isRegression(simple.get());
    }

    boolean isOfPixels() {
        return simple.filter(kind ->
                        kind == YardstickKind.NEIGHBOURS_OF_PIXELS || kind == YardstickKind.REGRESSION_ON_PIXELS)
                .isPresent();
    }

    /** Such as {@code image tower at 3e-4, images warped}. */
    String title() {
        return simple.map(kind -> switch (kind) {
                    case REGRESSION_ON_FEATURES -> "no words: linear classifier of features";
                    case REGRESSION_ON_PIXELS -> "no CLIP: linear classifier of pixels";
                    case NEIGHBOURS_OF_FEATURES -> "no training: nearest neighbours of features";
                    case NEIGHBOURS_OF_PIXELS -> "no CLIP: nearest neighbours of pixels";
                })
                .orElseGet(() -> "image tower at " + text(towerRate) + (warps ? ", images warped" : ""));
    }

    /** A tower that is trained for another number of epochs, as settings above a file. */
    List<Setting> settings(int number) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("training.learningRates", rates()));
        settings.add(new Setting("training.augment", warps ? CHANGES : NO_CHANGES));
        settings.add(new Setting("training.epochs", String.valueOf(number)));
        settings.add(new Setting("training.milestones", milestones(number)));
        settings.add(new Setting("training.patience", "0"));
        return List.copyOf(settings);
    }

    private static String milestones(int epochs) {
        return "[" + Math.max(1, epochs * 2 / 3) + ", " + Math.max(2, epochs * 5 / 6) + "]";
    }

    private String rates() {
        return "{imageEncoder: " + text(towerRate) + ", adapter: 1e-3, concepts: 1e-3, fineHead: 1e-3}";
    }

    private static String text(double rate) {
        return String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-");
    }

    /** Its part of the file. */
    String text() {
        if (simple.isEmpty()) {
            return textOfTower();
        }
        return isTrained() ? textOfProbe() : textOfNeighbours();
    }

    private String textOfProbe() {
        return """
                # A linear classifier of %s. It reads no words. %s
                method: linear-probe%s
                training:
                %s
                  learningRates: %s""".formatted(
                        isOfPixels() ? "pixels" : "features",
                        instead(),
                        likeliest ? "\nfineHead: " + LIKELIEST : "",
                        course(),
                        PROBE_RATES);
    }

    private String textOfNeighbours() {
        return """
                # An image gets the number of the training images whose %s are most alike. It reads no words.
                # %s
                method: neighbours
                training: {learningRates: {imageEncoder: 0}}""".formatted(isOfPixels() ? "pixels" : "features", instead());
    }

    private String instead() {
        return isOfPixels()
                ? "For a CLIP delete these lines and backbone.model, and let 'init' propose a training."
                : "For NumCLIP delete these lines, and get more images or a real CLIP.";
    }

    private String textOfTower() {
        return """
                # imageEncoder: 0 freezes the image tower: each image goes through it once, and a training takes seconds.
                # For a real CLIP set backbone: {model: DIR}, with imageEncoder: 1e-5, or 0. Other methods, as in
                # --method coral, may change these settings.
                training:
                %s
                  # Random changes to training images: mirrored, where left and right mean the same (flip: true); turned by
                  # up to so many degrees, enlarged or shrunk, and moved, by up to this share.
                  augment: %s
                  learningRates: %s""".formatted(course(), warps ? CHANGES : NO_CHANGES, rates());
    }

    private String course() {
        return """
                epochs: %d   # more if the validation MAE still falls at the end
                batchSize: %d
                milestones: %s   # epochs after which the learning rates shrink
                gamma: 0.3   # to this fraction
                %s""".formatted(epochs, batchSize, milestones(epochs), end())
                .indent(2)
                .stripTrailing();
    }

    private String end() {
        return keepsLast
                ? "keep: last   # the best of all epochs, by so few validation images, would be an accident"
                : "patience: " + Math.max(3, epochs / 3)
                        + "   # stop after this many epochs without a better validation MAE";
    }
}
