package io.numclip.host;

/** Keeps DJL off the network. It reads these properties before anything else, so this goes before its first class. */
public final class Offline {

    private Offline() {}

    /** Forbids downloads; what the application has set itself stays. */
    public static void ensure() {
        setUnlessThere("OPT_OUT_TRACKING");
        setUnlessThere("ai.djl.offline");
    }

    private static void setUnlessThere(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }
}
