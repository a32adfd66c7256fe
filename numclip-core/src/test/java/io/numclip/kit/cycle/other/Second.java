package io.numclip.kit.cycle.other;

import io.numclip.kit.cycle.one.First;

/** The other half of a planted cycle. */
public record Second(First first) {}
