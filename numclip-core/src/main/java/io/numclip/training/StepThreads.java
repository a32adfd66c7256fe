package io.numclip.training;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import java.io.IOException;

/** How many threads an operation uses where images go through the network in a training. */
enum StepThreads {
    /** All operations are small: several threads would take longer, and much longer beside other programs. */
    ONE,
    /** The image tower has threads of its own, and the rest is small. */
    ONE_BESIDE_WORKERS,
    ALL;

    /** A text tower with more weights than that, 64 MB of them, is faster on several threads. */
    private static final long LARGE_TEXT_TOWER = 1 << 24;

    static StepThreads of(NumClipModel model, InputImages images) {
        if (images.isDivided()) {
            return ONE_BESIDE_WORKERS;
        }
        return images instanceof FeatureImages && textWeights(model) < LARGE_TEXT_TOWER ? ONE : ALL;
    }

    /** How many weights of the text tower each step goes through. */
    private static long textWeights(NumClipModel model) {
        return !model.isTextTrained()
                ? 0
                : model.parameters(Part.TEXT_ENCODER).values().stream()
                        .mapToLong(weights -> weights.getArray().size())
                        .sum();
    }

    /** On how many threads the sums of a step depend. */
    int count() {
        return this == ONE ? 1 : NativeThreads.count();
    }

    <T> T run(NativeThreads.Work<T> work) throws IOException {
        return this == ALL ? work.run() : NativeThreads.one(work);
    }
}
