package io.numclip.runner.starter;

import io.numclip.host.config.Setting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a first configuration trains.
 *
 * @param towerRate learning rate of the image tower; 0: it is frozen
 * @param otherRate that of adapter, concepts and fine head
 * @param warps whether training images are turned, enlarged and shifted a little at random
 * @param keepsLast whether the last epoch is kept, and not the best on the validation images
 */
record StarterTraining(
        Method method,
        int epochs,
        int batchSize,
        double towerRate,
        double otherRate,
        boolean warps,
        boolean keepsLast) {

    /** NumCLIP, or nearest neighbours of what is seen without a training. */
    enum Method {
        NUMCLIP,
        NEIGHBOURS_OF_FEATURES,
        NEIGHBOURS_OF_PIXELS
    }

    private static final int IMAGES_SEEN = 100_000;
    private static final int FEWEST_EPOCHS = 10;
    private static final int MOST_EPOCHS = 100;
    private static final int FEW_IMAGES = 600;

    /** Of fewer, the best epoch is an accident. */
    private static final int ENOUGH_TO_CHOOSE = 30;

    private static final double USUAL_RATE = 1e-3;
    private static final String NEIGHBOURS = "neighbours";

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
                USUAL_RATE,
                false,
                validated < ENOUGH_TO_CHOOSE);
    }

    /** Without a training. */
    static StarterTraining of(Method neighbours) {
        return new StarterTraining(neighbours, 0, 32, 0, USUAL_RATE, false, false);
    }

    StarterTraining withOtherRate(double rate) {
        return new StarterTraining(method, epochs, batchSize, towerRate, rate, warps, keepsLast);
    }

    StarterTraining warped() {
        return new StarterTraining(method, epochs, batchSize, towerRate, otherRate, true, keepsLast);
    }

    boolean isTrained() {
        return method == Method.NUMCLIP;
    }

    boolean isOfPixels() {
        return method == Method.NEIGHBOURS_OF_PIXELS;
    }

    boolean isFrozen() {
        return towerRate == 0;
    }

    /** Such as {@code image tower at 3e-4, images warped}. */
    String title() {
        return switch (method) {
            case NUMCLIP ->
                isFrozen()
                        ? "image tower frozen, the rest at " + text(otherRate)
                        : "image tower at " + text(towerRate) + (warps ? ", images warped" : "");
            case NEIGHBOURS_OF_FEATURES -> "no training: nearest neighbours of features";
            case NEIGHBOURS_OF_PIXELS -> "no CLIP: nearest neighbours of pixels";
        };
    }

    /** The same for another number of epochs, as settings above a file. */
    List<Setting> settings(int number) {
        if (!isTrained()) {
            return Stream.concat(
                            isOfPixels() ? Stream.of(new Setting("backbone.model", "pixels")) : Stream.empty(),
                            Stream.of(
                                    new Setting("method", NEIGHBOURS),
                                    new Setting("training.learningRates.imageEncoder", "0")))
                    .toList();
        }
        return List.of(
                new Setting("training.epochs", String.valueOf(number)),
                new Setting("training.milestones", milestones(number)),
                new Setting("training.patience", "0"),
                new Setting("training.augment", augmentation()),
                new Setting("training.learningRates", rates()));
    }

    private static String milestones(int epochs) {
        return "[" + Math.max(1, epochs * 2 / 3) + ", " + Math.max(2, epochs * 5 / 6) + "]";
    }

    private String augmentation() {
        return warps ? "{flip: false, turn: 10, zoom: 0.15, shift: 0.08}" : "{flip: false, turn: 0, zoom: 0, shift: 0}";
    }

    private String rates() {
        String others = text(otherRate);
        return "{imageEncoder: " + text(towerRate) + ", adapter: " + others + ", concepts: " + others + ", fineHead: "
                + others + "}";
    }

    private static String text(double rate) {
        return rate == 0 ? "0" : String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-");
    }

    String text() {
        return isTrained() ? textOfClip() : textOfNeighbours();
    }

    private String textOfNeighbours() {
        String others = isOfPixels() ? """
                # No network: an image gets the number of the training images whose pixels are most alike. It reads no words.
                # For a CLIP delete these lines and backbone.model, and let 'init' propose a training.""" : """
                # No training: an image gets the number of the training images whose features are most alike. It reads no
                # words. For NumCLIP delete these lines, and get more images or a real CLIP.""";
        return """
                %s
                method: %s
                training: {learningRates: {imageEncoder: 0}}""".formatted(others, NEIGHBOURS);
    }

    private String textOfClip() {
        return """
                # imageEncoder: 0 freezes the image tower: each image goes through it once, and a training takes seconds.
                # For a real CLIP set backbone: {model: DIR}, with imageEncoder: 1e-5, or 0. Other methods, as in
                # --method coral, may change these settings.
                training:
                  epochs: %d   # more if the validation MAE still falls at the end
                  batchSize: %d
                  milestones: %s   # epochs after which the learning rates shrink
                  gamma: 0.3   # to this fraction
                %s
                  # Random changes to training images: mirrored, where left and right mean the same (flip: true); turned by
                  # up to so many degrees, enlarged or shrunk, and moved, by up to this share.
                  augment: %s
                  learningRates: %s""".formatted(epochs, batchSize, milestones(epochs), end(), augmentation(), rates());
    }

    private String end() {
        return keepsLast
                ? "  keep: last   # the best of all epochs, by so few validation images, would be an accident"
                : "  patience: " + Math.max(3, epochs / 3)
                        + "   # stop after this many epochs without a better validation MAE";
    }
}
