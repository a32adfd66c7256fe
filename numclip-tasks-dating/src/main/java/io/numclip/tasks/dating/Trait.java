package io.numclip.tasks.dating;

/** One trait of old prints, as it was in 1930, 1940, 1950, 1960, 1970 and 1980; in between it changes evenly. */
enum Trait {
    /** Share of the scene's colour: none, then coloured by hand, then colour film. */
    COLOUR(0, 0, 0.2, 0.9, 1.25, 0.7),
    /** Brown of old silver prints. */
    SEPIA(1, 0.5, 0.05, 0, 0, 0),
    /** Blue-green cast of early colour film. */
    CYAN(0, 0, 0.5, 0.7, 0, 0),
    /** Orange and magenta of dyes that faded. */
    FADE(0, 0, 0, 0, 0.3, 1),
    CONTRAST(0.6, 0.85, 1.05, 1, 0.95, 0.65),
    /** Brightness of what should be black. */
    LIGHT_BLACK(0.06, 0.02, 0, 0.04, 0.1, 0.2),
    GRAIN(0.17, 0.12, 0.07, 0.04, 0.04, 0.06),
    VIGNETTE(0.95, 0.55, 0.3, 0.1, 0.05, 0.15),
    /** Deviation of the blur in pixels. */
    SOFTNESS(0.8, 0.45, 0.3, 0.3, 0.5, 1.0),
    SCRATCHES(6, 3, 1, 0, 0, 0),
    /** Width of the border in pixels. */
    BORDER(9, 7, 5, 7, 6, 0),
    /** The yellow of the paper. */
    CREAM(1, 0.5, 0.15, 0.1, 0.25, 0.4),
    /** Depth of the ragged edge in pixels. */
    DECKLE(2.4, 1.5, 0.6, 0, 0, 0),
    /** Radius of the rounded corners in pixels. */
    ROUNDED(0, 0, 0, 6, 13, 8);

    private static final int FIRST_YEAR = 1930;
    private static final int STEP = 10;

    @SuppressWarnings("ImmutableEnumChecker") // written once by the constructor, never handed out
    private final double[] byDecade;

    Trait(double... byDecade) {
        this.byDecade = byDecade;
    }

    /** The strength in a year; before 1930 as in 1930, after 1980 as in 1980. */
    double in(double year) {
        double place = Math.max(0, Math.min(byDecade.length - 1, (year - FIRST_YEAR) / STEP));
        int before = (int) Math.min(place, byDecade.length - 2);
        double share = place - before;
        return byDecade[before] * (1 - share) + byDecade[before + 1] * share;
    }
}
