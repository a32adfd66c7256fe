package io.numclip.host.result;

import java.util.Arrays;
import java.util.Optional;

/** A simple method on features or pixels, beside which a trained model is measured. */
public enum YardstickKind {
    NEIGHBOURS_OF_FEATURES("nearest neighbours, features"),
    REGRESSION_ON_FEATURES("logistic regression, features"),
    NEIGHBOURS_OF_PIXELS("nearest neighbours, pixels"),
    REGRESSION_ON_PIXELS("logistic regression, pixels");

    private final String title;

    YardstickKind(String title) {
        this.title = title;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    /** The yardstick with this title; empty if the title is that of a method. */
    public static Optional<YardstickKind> of(String title) {
        return Arrays.stream(values()).filter(kind -> kind.title.equals(title)).findFirst();
    }

    public boolean seesPixels() {
        return this == NEIGHBOURS_OF_PIXELS || this == REGRESSION_ON_PIXELS;
    }

    public boolean isNeighbours() {
        return this == NEIGHBOURS_OF_FEATURES || this == NEIGHBOURS_OF_PIXELS;
    }
}
