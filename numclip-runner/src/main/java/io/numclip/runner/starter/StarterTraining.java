package io.numclip.runner.starter;

import java.util.Locale;

/** How to train on a given number of images: the fewer there are, the more often each is seen. */
record StarterTraining(int epochs, int batchSize) {

    private static final int IMAGES_SEEN = 28_000;
    private static final int FEW_IMAGES = 600;

    static StarterTraining of(int images) {
        int epochs = Math.max(4, Math.min(30, Math.round((float) IMAGES_SEEN / images)));
        return new StarterTraining(epochs, images < FEW_IMAGES ? 16 : 32);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                """
                # The embedded CLIP is small and trains fast. For a real one set backbone: {model: DIR}, with
                # imageEncoder: 1e-5, or 0 to freeze it. Other methods, as in --method coral, may change these settings.
                training:
                  epochs: %d   # more if the validation MAE still falls at the end
                  batchSize: %d
                  milestones: [%d, %d]   # epochs after which the learning rates shrink
                  gamma: 0.3   # to this fraction
                  patience: %d   # stop after this many epochs without a better validation MAE
                  augment: {flip: false}   # true: mirror images at random, where left and right mean the same
                  learningRates: {imageEncoder: 3e-4, adapter: 1e-3, concepts: 1e-3, fineHead: 1e-3}""",
                epochs,
                batchSize,
                Math.max(1, epochs * 2 / 3),
                Math.max(2, epochs * 5 / 6),
                Math.max(3, epochs / 3));
    }
}
