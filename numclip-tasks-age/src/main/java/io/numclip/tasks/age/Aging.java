package io.numclip.tasks.age;

import io.numclip.sample.SampleRandom;

/**
 * What the years do to a person, as shares from 0 to 1.
 *
 * @param growth from newborn to grown up; most of it happens before 20
 * @param wear wrinkles, sagging and thinning, from the twenties on
 * @param gray share of gray hair, rising between 45 and 75
 * @param years the age the person looks
 */
record Aging(double growth, double wear, double gray, double years) {

    /** People age at their own pace: they look a year or two older or younger than they are, children less so. */
    static Aging of(int age, SampleRandom random) {
        double years = Math.max(0, random.bell(age, Math.min(1.2, 0.3 + age * 0.03)));
        double growth = 1 - Math.exp(-Math.pow(years / 11, 1.3));
        double wear = share(years, 21, 95);
        double gray = smooth(share(random.bell(years, 3), 42, 78));
        return new Aging(growth, wear, gray, years);
    }

    /** A measure that a newborn has one way and a grown-up another. */
    double grown(double newborn, double adult) {
        return newborn + (adult - newborn) * growth;
    }

    /** How far the years have gone from {@code first} to {@code last}. */
    double share(double first, double last) {
        return share(years, first, last);
    }

    private static double share(double value, double first, double last) {
        return Math.max(0, Math.min(1, (value - first) / (last - first)));
    }

    private static double smooth(double share) {
        return share * share * (3 - 2 * share);
    }
}
