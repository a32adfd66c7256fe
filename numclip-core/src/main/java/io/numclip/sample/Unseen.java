package io.numclip.sample;

import io.numclip.data.Split;

/**
 * Which sample images show what the embedded CLIP did not see in its pretraining, so that errors can be told apart by it:
 * {@code evaluate}. Pretraining draws images of the training split alone.
 */
public final class Unseen {

    /** Name of the attribute of a sample image; its value is {@link #word}. */
    public static final String ATTRIBUTE = "unseen";

    private static final int EVERY = 4;

    private Unseen() {}

    /** Whether a drawn world shows something unseen in this image: one test image in four. */
    public static boolean isShownBy(SampleKey key) {
        return key.split() == Split.TEST && key.index() % EVERY == EVERY - 1;
    }

    /** {@code yes} or {@code no}. */
    public static String word(boolean unseen) {
        return unseen ? "yes" : "no";
    }
}
