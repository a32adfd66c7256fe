package io.numclip.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Finds the known name that a mistyped one stands for. */
public final class NearestName {

    private NearestName() {}

    /**
     * The known name with the fewest slips: a wrong, missing or extra letter, or two letters swapped; at most a third
     * of the letters. Case is ignored; among equally near names, the first in the alphabet is taken.
     */
    public static Optional<String> of(String mistyped, Collection<String> known) {
        DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(Math.max(1, mistyped.length() / 3));
        ToIntFunction<String> slips = name -> distance.apply(lower(mistyped), lower(name));
        return known.stream()
                .filter(name -> slips.applyAsInt(name) >= 0)
                .min(Comparator.comparingInt(slips).thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ". Did you mean 'x'?"}, or the full stop alone: ends a sentence about an unknown name. */
    public static String question(String mistyped, Collection<String> known) {
        return of(mistyped, known).map(name -> ". Did you mean '" + name + "'?").orElse(".");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
