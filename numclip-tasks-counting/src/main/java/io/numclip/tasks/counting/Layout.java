package io.numclip.tasks.counting;

import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds places for things: scattered over the scene or gathered in a heap, apart or overlapping a little. A thing
 * covers those placed before it.
 */
final class Layout {

    /** Share of a thing that nothing may cover. */
    static final double LEAST_VISIBLE = 0.8;

    private static final int TRIES = 60;
    private static final double SHRINK = 0.92;
    private static final double MIDDLE = DrawnImage.SIZE / 2.0;

    private final SampleRandom random;
    private final double nearness;
    private final boolean heaped;
    private final List<Spot> spots = new ArrayList<>();
    private final List<Double> covered = new ArrayList<>();

    private Layout(SampleRandom random) {
        this.random = random;
        nearness = random.between(0.9, 1.25);
        heaped = random.chance(0.3);
    }

    /** @return {@code count} places, the lowest first */
    static List<Spot> of(int count, SampleRandom random) {
        Layout layout = new Layout(random);
        double radius = random.between(5.5, 8.5);
        if (count < 7 && random.chance(0.4)) {
            radius += random.between(0, 6);
        }
        for (int i = 0; i < count; i++) {
            layout.add(radius * random.between(0.85, 1.2));
        }
        return layout.spots;
    }

    /** A thing that finds no room is made smaller until it does. */
    private void add(double radius) {
        double size = radius;
        for (int tries = 1; ; tries++) {
            Spot spot = new Spot(place(size), place(size), size);
            if (fits(spot)) {
                cover(spot);
                return;
            }
            if (tries % TRIES == 0) {
                size *= SHRINK;
            }
        }
    }

    private double place(double radius) {
        double edge = radius + 1;
        double place = heaped ? random.bell(MIDDLE, 21) : random.between(edge, DrawnImage.SIZE - edge);
        return Math.max(edge, Math.min(DrawnImage.SIZE - edge, place));
    }

    private boolean fits(Spot spot) {
        for (int i = 0; i < spots.size(); i++) {
            Spot other = spots.get(i);
            boolean tooNear = spot.distance(other) < nearness * (spot.radius() + other.radius());
            if (tooNear || covered.get(i) + other.shareCoveredBy(spot) > 1 - LEAST_VISIBLE) {
                return false;
            }
        }
        return true;
    }

    private void cover(Spot spot) {
        for (int i = 0; i < spots.size(); i++) {
            covered.set(i, covered.get(i) + spots.get(i).shareCoveredBy(spot));
        }
        spots.add(spot);
        covered.add(0.0);
    }
}
