package io.numclip.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Which known name a user may have meant: at most a third of the letters differ, upper and lower case are alike. */
final class NearestName {

    private NearestName() {}

    private static Optional<String> of(String name, Collection<String> known) {
        LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, name.length() / 3));
        ToIntFunction<String> from = other -> distance.apply(lower(name), lower(other));
        return known.stream().filter(other -> from.applyAsInt(other) >= 0).min(Comparator.comparingInt(from));
    }

    /** {@code ". Did you mean 'x'?"}, or the full stop alone: ends a sentence about an unknown name. */
    static String question(String name, Collection<String> known) {
        return of(name, known).map(other -> ". Did you mean '" + other + "'?").orElse(".");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
