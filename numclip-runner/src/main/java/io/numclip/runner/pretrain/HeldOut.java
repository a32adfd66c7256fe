package io.numclip.runner.pretrain;

import io.numclip.data.LabeledImage;
import io.numclip.storage.SeededHash;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Labels and kinds of a drawn world that pretraining does not see, so that zero-shot is. Numbers and names are held out, each
 * with the same probability.
 *
 * @param share of the labels, and of the kinds, 0 to 1
 * @param seed another one holds out others
 */
record HeldOut(double share, long seed) {

    /** Attributes that say what an image is made of, where a world says so. */
    private static final Set<String> KINDS = Set.of("photograph");

    /** Why an image is held out, such as {@code age,label,17}; nothing if it is not. */
    List<String> of(String task, LabeledImage image) {
        Stream<String> kinds = KINDS.stream()
                .filter(image.attributes()::containsKey)
                .map(kind -> task + "," + kind + "," + image.attributes().get(kind));
        return Stream.concat(Stream.of(task + ",label," + image.label()), kinds)
                .filter(this::isHeld)
                .toList();
    }

    private boolean isHeld(String name) {
        return (new SeededHash(seed).of(name) >>> 11) * 0x1p-53 < share;
    }
}
