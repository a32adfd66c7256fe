package io.numclip.tasks.aesthetics;

/** What can go wrong with a photograph. */
enum Flaw {
    BLUR,
    NOISE,
    TOO_DARK,
    TOO_BRIGHT,
    TILT,
    CLUTTER,
    COLOUR_CAST,
    BLOCKS
}
