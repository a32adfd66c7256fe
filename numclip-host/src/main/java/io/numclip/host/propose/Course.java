package io.numclip.host.propose;

/**
 * How long something is trained, and on what.
 *
 * @param epochs of a whole training; 0: it is computed at once
 * @param warps whether training images are turned, enlarged and shifted a little at random
 * @param keepsLast whether the last epoch is kept, and not the best on the validation images
 * @param falls whether rates fall with every epoch, and not in steps
 */
record Course(int epochs, int batchSize, boolean warps, boolean keepsLast, boolean falls) {

    /** At once, from all images. */
    static final Course NONE = new Course(0, 32, false, false, false);

    /** From here on there are enough images: changed ones stand in for none. */
    static final int MANY_IMAGES = 5000;

    /** From here on a batch has 32 images, and a tower is tried without changes, too. */
    static final int SOME_IMAGES = 600;

    private static final int IMAGES_SEEN = 100_000;

    /** How many images a network that knows nothing learns from at least, one counted as often as it is seen. */
    static final int IMAGES_FROM_SCRATCH = 45_000;

    /** How often it sees an image at least, up to {@value #MOST_IMAGES_FROM_SCRATCH} images in all. */
    static final int EPOCHS_FROM_SCRATCH = 60;

    private static final int MOST_IMAGES_FROM_SCRATCH = 200_000;

    private static final int FEWEST_EPOCHS = 10;
    private static final int MOST_EPOCHS = 100;
    private static final int MOST_FROM_SCRATCH = 400;

    private static final String CHANGES = "{flip: false, turn: 10, zoom: 0.15, shift: 0.08}";
    private static final String NO_CHANGES = "{flip: false, turn: 0, zoom: 0, shift: 0}";

    private static final String LAST = """

            keep: last   # the best of all epochs, by so few validation images or groups, would be an accident
            # refit: all   # learns the validation images, too, and finds intervals; six trainings in place of one""";

    /** The fewer images there are, the more often each is seen. */
    static Course of(int images, boolean keepsLast) {
        return new Course(epochs(images), batchSize(images), false, keepsLast, false);
    }

    /** Of a network that knows nothing yet: its best epoch by few images is an accident, so it learns up to the last one. */
    static Course fromScratch(int images) {
        int seen = Math.max(IMAGES_FROM_SCRATCH, Math.min(MOST_IMAGES_FROM_SCRATCH, EPOCHS_FROM_SCRATCH * images));
        int epochs = Math.max(FEWEST_EPOCHS, Math.min(MOST_FROM_SCRATCH, Math.round((float) seen / images)));
        return new Course(epochs, batchSize(images), true, true, true);
    }

    private static int batchSize(int images) {
        return images < SOME_IMAGES ? 16 : 32;
    }

    /** The epochs of a whole training. */
    static int epochs(int images) {
        return Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.round((float) IMAGES_SEEN / images)));
    }

    Course warped() {
        return new Course(epochs, batchSize, true, keepsLast, falls);
    }

    /** Of another length; its rates fall as early. */
    Course lasting(int other) {
        return new Course(other, batchSize, warps, keepsLast, falls);
    }

    /** Lines of {@code training}. It goes to its end: what stops before the rates fall has not learned yet. */
    String text() {
        return """
                epochs: %d   # more if the validation MAE still falls at the end
                batchSize: %d
                %s%s
                augment: %s""".formatted(epochs, batchSize, rates(), keepsLast ? LAST : "", warps ? CHANGES : NO_CHANGES);
    }

    private String rates() {
        return falls
                ? "schedule: cosine   # the learning rates shrink with every epoch"
                : """
                milestones: [%d, %d]   # epochs after which the learning rates shrink
                gamma: 0.3   # to this fraction""".formatted(Math.max(1, epochs * 2 / 3), Math.max(2, epochs * 5 / 6));
    }
}
