package io.numclip.tasks.aesthetics;

import io.numclip.sample.SampleRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How strong each flaw of a shot is: 0 for absent, 1 for as bad as it gets. */
record Flaws(Map<Flaw, Double> strengths) {

    private static final double WORST_SUM = 2.6;

    Flaws {
        strengths = Map.copyOf(strengths);
    }

    /**
     * Three to five flaws; the quality sets the sum of their strengths.
     *
     * @param quality 0 for the worst shot, 1 for a flawless one
     */
    static Flaws forQuality(double quality, SampleRandom random) {
        List<Flaw> flaws = pick(random.whole(3, 5), random);
        double[] shares = new double[flaws.size()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = random.between(0.5, 1);
            sum += shares[i];
        }
        Map<Flaw, Double> strengths = new EnumMap<>(Flaw.class);
        for (int i = 0; i < shares.length; i++) {
            strengths.put(flaws.get(i), Math.min(1, shares[i] / sum * WORST_SUM * (1 - quality)));
        }
        return new Flaws(strengths);
    }

    double of(Flaw flaw) {
        return strengths.getOrDefault(flaw, 0.0);
    }

    /** No shot is too dark and too bright. */
    private static List<Flaw> pick(int count, SampleRandom random) {
        List<Flaw> left = new ArrayList<>(List.of(Flaw.values()));
        left.remove(random.chance(0.5) ? Flaw.TOO_DARK : Flaw.TOO_BRIGHT);
        List<Flaw> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Flaw flaw = random.pick(left);
            left.remove(flaw);
            picked.add(flaw);
        }
        return picked;
    }
}
