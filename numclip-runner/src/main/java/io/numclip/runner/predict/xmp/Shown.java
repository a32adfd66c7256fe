package io.numclip.runner.predict.xmp;

import io.numclip.data.LabelScale;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A property that photo libraries show, filter and sort by. */
enum Shown {
    /** Stars, 1 to 5. */
    RATING {
        @Override
        Property property() {
            return Property.RATING;
        }

        @Override
        String text(double value, LabelScale scale) {
            boolean stars = scale.minimum() >= 0 && scale.maximum() <= MOST_STARS;
            double share = (value - scale.minimum()) / (scale.maximum() - scale.minimum());
            long rating = Math.round(stars ? value : 1 + (MOST_STARS - 1) * share);
            return String.valueOf(Math.max(1, Math.min(MOST_STARS, rating)));
        }
    },
    /** A year. */
    DATE {
        @Override
        Property property() {
            return Property.DATE;
        }

        @Override
        String text(double value, LabelScale scale) {
            return String.valueOf(Math.round(value));
        }
    };

    private static final int MOST_STARS = 5;
    private static final String NO_STARS = "0"; // how programs write that nobody has rated the image
    private static final Set<String> RATINGS = Set.of("grades", "marks", "points", "ratings", "scores", "stars");
    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 9999;

    /** By the unit; years from 1000 on are dates, and others are how old somebody is. */
    static Optional<Shown> of(LabelScale scale) {
        String unit = scale.unit().toLowerCase(Locale.ROOT);
        if (RATINGS.contains(unit)) {
            return Optional.of(RATING);
        }
        boolean calendar = scale.minimum() >= FIRST_YEAR && scale.maximum() <= LAST_YEAR;
        return unit.equals("years") && calendar ? Optional.of(DATE) : Optional.empty();
    }

    abstract Property property();

    abstract String text(double value, LabelScale scale);

    /** Writes it, unless there is one that somebody else has written. */
    void show(String text, Packet packet) {
        Property property = property();
        Property last = Property.own(property.prefix() + property.name());
        String there = packet.get(property).orElse(NO_STARS);
        if (there.equals(NO_STARS) || there.equals(packet.get(last).orElse(""))) {
            packet.set(property, text);
            packet.set(last, text);
        }
    }
}
