package io.numclip.kit.cycle.one;

import io.numclip.kit.cycle.other.Second;

/** Half of a planted cycle. */
public record First(Second second) {}
