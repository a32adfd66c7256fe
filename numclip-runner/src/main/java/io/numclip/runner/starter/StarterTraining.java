package io.numclip.runner.starter;

import io.numclip.host.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a first configuration trains.
 *
 * @param towerRate learning rate of the image tower; 0: it is frozen
 * @param layerDecay the rate of each layer of the tower, as a share of that of the next; 1: the same for all
 * @param otherRate that of adapter, concepts and fine head
 * @param warps whether training images are turned, enlarged and shifted a little at random
 * @param keepsLast whether the last epoch is kept, and not the best on the validation images
 * @param likeliest whether a linear classifier says the number of the likeliest concept, and not the mean of all
 */
record StarterTraining(
        Method method,
        int epochs,
        int batchSize,
        double towerRate,
        double layerDecay,
        double otherRate,
        boolean warps,
        boolean keepsLast,
        boolean likeliest) {

    /** NumCLIP, or something simpler that reads no words. */
    enum Method {
        NUMCLIP("numclip", false),
        PROBE_OF_FEATURES("linear-probe", false),
        PROBE_OF_PIXELS("linear-probe", true),
        NEIGHBOURS_OF_FEATURES("neighbours", false),
        NEIGHBOURS_OF_PIXELS("neighbours", true);

        private final String file;
        private final boolean pixels;

        Method(String file, boolean pixels) {
            this.file = file;
            this.pixels = pixels;
        }
    }

    static final double TOWER_RATE = 1e-3;

    /** Better for few images, unless they are learned fast. */
    static final double SLOW_TOWER_RATE = 3e-4;

    private static final int IMAGES_SEEN = 100_000;
    private static final int FEWEST_EPOCHS = 10;
    private static final int MOST_EPOCHS = 100;
    static final int FEW_IMAGES = 600;

    /** The first layers keep more of what the pretraining has seen. */
    private static final double DECAY = 0.7;

    /** Of fewer, the best epoch is an accident. */
    private static final int ENOUGH_TO_CHOOSE = 30;

    private static final double USUAL_RATE = 1e-3;

    /** That of CLIP's own linear probe here, as in {@code linear-probe.yaml}. */
    private static final double PROBE_RATE = 1e-2;

    /** The mean of a 4 and a 9 that look alike is no answer. */
    private static final String LIKELIEST = "{type: likeliest}";

    /** Of a whole training: the fewer images there are, the more often each is seen. */
    static int epochs(int images) {
        return Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.round((float) IMAGES_SEEN / images)));
    }

    /** For a number of training images, and of validation images. */
    static StarterTraining of(int images, int validated, double towerRate) {
        return new StarterTraining(
                Method.NUMCLIP,
                epochs(images),
                images < FEW_IMAGES ? 16 : 32,
                towerRate,
                1,
                USUAL_RATE,
                false,
                validated < ENOUGH_TO_CHOOSE,
                false);
    }

    /**
     * The same images, with a method that reads no words and leaves the image tower as it is.
     *
     * @param perNumber whether each number has a concept of its own: then the mean of two is often neither
     */
    StarterTraining with(Method simple, boolean perNumber) {
        boolean isProbe = simple == Method.PROBE_OF_FEATURES || simple == Method.PROBE_OF_PIXELS;
        return new StarterTraining(simple, epochs, batchSize, 0, 1, PROBE_RATE, false, keepsLast, isProbe && perNumber);
    }

    StarterTraining withOtherRate(double rate) {
        return new StarterTraining(method, epochs, batchSize, towerRate, layerDecay, rate, warps, keepsLast, likeliest);
    }

    StarterTraining withWarps(boolean warped) {
        return new StarterTraining(
                method, epochs, batchSize, towerRate, layerDecay, otherRate, warped, keepsLast, likeliest);
    }

    StarterTraining decayed() {
        return new StarterTraining(method, epochs, batchSize, towerRate, DECAY, otherRate, warps, keepsLast, likeliest);
    }

    boolean isTrained() {
        return method != Method.NEIGHBOURS_OF_FEATURES && method != Method.NEIGHBOURS_OF_PIXELS;
    }

    boolean isOfPixels() {
        return method.pixels;
    }

    boolean isFrozen() {
        return towerRate == 0;
    }

    /** Such as {@code image tower at 3e-4, layerDecay 0.7, images warped}. */
    String title() {
        return switch (method) {
            case NUMCLIP ->
                isFrozen()
                        ? "image tower frozen, the rest at " + text(otherRate)
                        : "image tower at " + text(towerRate) + (decays() ? ", layerDecay " + layerDecay : "")
                                + (warps ? ", images warped" : "");
            case PROBE_OF_FEATURES -> "no words: linear classifier of features";
            case PROBE_OF_PIXELS -> "no CLIP: linear classifier of pixels";
            case NEIGHBOURS_OF_FEATURES -> "no training: nearest neighbours of features";
            case NEIGHBOURS_OF_PIXELS -> "no CLIP: nearest neighbours of pixels";
        };
    }

    /** The same for another number of epochs, as settings above a file. */
    List<Setting> settings(int number) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("training.learningRates", rates()));
        settings.add(
                method == Method.NUMCLIP
                        ? new Setting("training.augment", augmentation())
                        : new Setting("method", method.file));
        if (isOfPixels()) {
            settings.add(new Setting("backbone.model", "pixels"));
        }
        if (likeliest) {
            settings.add(new Setting("fineHead", LIKELIEST));
        }
        if (isTrained()) {
            settings.add(new Setting("training.epochs", String.valueOf(number)));
            settings.add(new Setting("training.milestones", milestones(number)));
            settings.add(new Setting("training.patience", "0"));
        }
        return List.copyOf(settings);
    }

    private static String milestones(int epochs) {
        return "[" + Math.max(1, epochs * 2 / 3) + ", " + Math.max(2, epochs * 5 / 6) + "]";
    }

    private String augmentation() {
        return warps ? "{flip: false, turn: 10, zoom: 0.15, shift: 0.08}" : "{flip: false, turn: 0, zoom: 0, shift: 0}";
    }

    private String rates() {
        String others = text(otherRate);
        return switch (method) {
            case NUMCLIP ->
                "{imageEncoder: " + text(towerRate) + decay() + ", adapter: " + others + ", concepts: " + others
                        + ", fineHead: " + others + "}";
            case PROBE_OF_FEATURES, PROBE_OF_PIXELS ->
                "{imageEncoder: 0, adapter: 0, concepts: 0, coarseHead: " + others + ", fineHead: 0}";
            case NEIGHBOURS_OF_FEATURES, NEIGHBOURS_OF_PIXELS -> "{imageEncoder: 0}";
        };
    }

    private boolean decays() {
        return !isFrozen() && layerDecay < 1;
    }

    private String decay() {
        return decays() ? ", layerDecay: " + layerDecay : "";
    }

    private String aboutDecay() {
        return decays()
                ? "\n  # layerDecay: a layer of the image tower has this share of the rate of the next one."
                : "";
    }

    private static String text(double rate) {
        return rate == 0 ? "0" : String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-");
    }

    String text() {
        return switch (method) {
            case NUMCLIP -> textOfClip();
            case PROBE_OF_FEATURES, PROBE_OF_PIXELS -> textOfProbe();
            case NEIGHBOURS_OF_FEATURES, NEIGHBOURS_OF_PIXELS -> textOfNeighbours();
        };
    }

    private String textOfProbe() {
        return """
                # A linear classifier of %s. It reads no words. %s
                method: %s%s
                training:
                %s
                  learningRates: %s""".formatted(
                        isOfPixels() ? "pixels" : "features",
                        instead(),
                        method.file,
                        likeliest ? "\nfineHead: " + LIKELIEST : "",
                        course(),
                        rates());
    }

    private String textOfNeighbours() {
        return """
                # An image gets the number of the training images whose %s are most alike. It reads no words.
                # %s
                method: %s
                training: {learningRates: %s}""".formatted(isOfPixels() ? "pixels" : "features", instead(), method.file, rates());
    }

    private String instead() {
        return isOfPixels()
                ? "For a CLIP delete these lines and backbone.model, and let 'init' propose a training."
                : "For NumCLIP delete these lines, and get more images or a real CLIP.";
    }

    private String textOfClip() {
        return """
                # imageEncoder: 0 freezes the image tower: each image goes through it once, and a training takes seconds.
                # For a real CLIP set backbone: {model: DIR}, with imageEncoder: 1e-5, or 0. Other methods, as in
                # --method coral, may change these settings.
                training:
                %s
                  # Random changes to training images: mirrored, where left and right mean the same (flip: true); turned by
                  # up to so many degrees, enlarged or shrunk, and moved, by up to this share.
                  augment: %s%s
                  learningRates: %s""".formatted(course(), augmentation(), aboutDecay(), rates());
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
