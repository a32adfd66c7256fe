package io.numclip.runner.terminal;

/** The notice that images go through a network in smaller batches than usual. */
public final class FewerAtOnce {

    private FewerAtOnce() {}

    /** Says it if it is so. */
    public static void tell(Console console, int batch, int usual) {
        if (batch < usual) {
            console.err()
                    .println("memory is short: " + batch + (batch == 1 ? " image goes" : " images go")
                            + " through the model together, in place of " + usual + "; no number changes by it");
        }
    }
}
