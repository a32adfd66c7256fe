package io.numclip.loss;

import io.numclip.spi.InvalidSettingException;

/** Checks that the settings of losses share. */
final class Range {

    private Range() {}

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidSettingException(name, "must be a positive number; found " + value);
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidSettingException(name, "must be 0 or a positive number; found " + value);
        }
    }

    static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidSettingException(name, "must be between 0 and 1; found " + value);
        }
    }
}
