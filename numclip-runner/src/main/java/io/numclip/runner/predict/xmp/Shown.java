package io.numclip.runner.predict.xmp;

import io.numclip.data.LabelScale;
import io.numclip.runner.predict.xmp.Packet.Property;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A property that photo libraries show, filter and sort by. */
public record Shown(Property property, String text) {

    static final Property RATING = new Property("http://ns.adobe.com/xap/1.0/", "xmp", "Rating");

    /** When the picture was made, of which a year alone may be known; {@code xmp:CreateDate} is when it became a file. */
    static final Property DATE = new Property("http://ns.adobe.com/photoshop/1.0/", "photoshop", "DateCreated");

    private static final int MOST_STARS = 5;
    private static final String NO_STARS = "0"; // how programs write that nobody has rated the image
    private static final Set<String> RATINGS = Set.of("grades", "marks", "points", "ratings", "scores", "stars");
    private static final LabelScale CALENDAR = new LabelScale(1000, 9999, "years");

    /** By the unit; years from 1000 on are dates, and others are how old somebody is. */
    public static Optional<Shown> of(LabelScale scale, double value) {
        String unit = scale.unit().toLowerCase(Locale.ROOT);
        if (RATINGS.contains(unit)) {
            return Optional.of(new Shown(RATING, String.valueOf(stars(scale, value))));
        }
        boolean isDate = unit.equals(CALENDAR.unit())
                && CALENDAR.contains(scale.minimum())
                && CALENDAR.contains(scale.maximum());
        return isDate ? Optional.of(new Shown(DATE, String.valueOf(Math.round(value)))) : Optional.empty();
    }

    private static long stars(LabelScale scale, double value) {
        boolean counts = scale.minimum() >= 0 && scale.maximum() <= MOST_STARS;
        double share = (value - scale.minimum()) / (scale.maximum() - scale.minimum());
        return Math.max(1, Math.round(counts ? value : 1 + (MOST_STARS - 1) * share));
    }

    /** Writes it, unless there is one that somebody else has written. */
    public void writeTo(Packet packet) {
        Property last = Property.own(property.prefix() + property.name());
        String there = packet.get(property).orElse(NO_STARS);
        if (there.equals(NO_STARS) || there.equals(packet.get(last).orElse(""))) {
            packet.set(property, text);
            packet.set(last, text);
        }
    }
}
