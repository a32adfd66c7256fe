package io.numclip.data;

/** How the program was called, for the commands that messages tell the reader to give. */
public final class Invocation {

    /** What stands before a command: {@code ./numclip} in the source tree, {@code numclip} or a path elsewhere. */
    public static final String NAME = System.getProperty("numclip.command", "./numclip");

    private Invocation() {}
}
