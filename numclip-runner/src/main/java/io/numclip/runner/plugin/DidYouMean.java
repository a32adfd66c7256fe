package io.numclip.runner.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that a mistyped one stands for. */
public final class DidYouMean {

    private DidYouMean() {}

    /** The known name with the fewest differing letters, if at most a third of the letters differ. */
    public static Optional<String> nearest(String mistyped, Collection<String> known) {
        LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, mistyped.length() / 3));
        return known.stream()
                .filter(name -> distance.apply(mistyped, name) >= 0)
                .min(Comparator.comparing((String name) -> distance.apply(mistyped, name))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
