package io.numclip.runner.terminal;

import io.numclip.host.message.Console;

/** The notice that fewer images than usual go through a network at once. */
public final class FewerAtOnce {

    private FewerAtOnce() {}

    /** Says it if it is so. */
    public static void tell(Console console, int batch, int usual) {
        if (batch < usual) {
            console.err()
                    .println("memory is short: images go through the model "
                            + (batch == 1 ? "one at a time" : batch + " at a time") + ", not " + usual
                            + "; no number changes by it");
        }
    }
}
