package io.numclip.runner.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Finds the known name that a mistyped one stands for. */
public final class DidYouMean {

    private DidYouMean() {}

    /** The known name with the fewest slips: a letter wrong, missing or too much, or two swapped; at most a third of the letters. */
    public static Optional<String> nearest(String mistyped, Collection<String> known) {
        DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(Math.max(1, mistyped.length() / 3));
        return known.stream()
                .filter(name -> distance.apply(mistyped, name) >= 0)
                .min(Comparator.comparing((String name) -> distance.apply(mistyped, name))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
