package io.numclip.tasks.age;

import io.numclip.sample.SampleRandom;

/**
 * Everything that is drawn of a person and the picture around them.
 *
 * @param masculine shape of jaw and neck, and whether hair line and beard change with age
 * @param beard 0 for none, up to 1 for a full one
 * @param smile from -0.3 (earnest) to 1 (laughing)
 */
record Person(
        Aging aging,
        boolean masculine,
        Skin skin,
        Hair hair,
        double beard,
        boolean glasses,
        double smile,
        Circumstances setting) {

    private static final double BEARD_FROM = 17;

    static Person aged(int age, SampleRandom random) {
        Aging aging = Aging.of(age, random);
        boolean masculine = random.chance(0.5);
        Skin skin = Skin.of(aging, random);
        Hair hair = Hair.of(aging, masculine, random);
        boolean bearded = masculine && random.chance(0.4);
        double beard = bearded ? random.between(0.4, 1) * aging.share(BEARD_FROM, BEARD_FROM + 8) : 0;
        boolean glasses = random.chance(0.04 + 0.5 * aging.share(5, 80));
        return new Person(
                aging, masculine, skin, hair, beard, glasses, random.between(-0.3, 1), Circumstances.any(random));
    }

    /** The same person with a hair style and a background that {@link #aged} gives nobody. */
    Person unseen() {
        return new Person(aging, masculine, skin, hair.inBraids(), beard, glasses, smile, setting.inFrontOfBricks());
    }

    boolean isBearded() {
        return beard > 0.3;
    }

    boolean isSmiling() {
        return smile > 0.45;
    }
}
