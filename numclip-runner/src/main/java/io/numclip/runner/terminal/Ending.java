package io.numclip.runner.terminal;

/** What Ctrl-C and SIGTERM mean for a command: most are broken off by it; a server ends in no other way. */
public final class Ending {

    private static final int PATIENCE_SECONDS = 20;

    private volatile int seconds = PATIENCE_SECONDS;
    private volatile boolean usual;

    /**
     * From now on a signal is how the command ends, with its own exit code.
     *
     * @param atMost seconds that it may take
     */
    public void isUsualWithin(int atMost) {
        seconds = atMost;
        usual = true;
    }

    public boolean isUsual() {
        return usual;
    }

    /** How long the present step may take after a signal. */
    public int seconds() {
        return seconds;
    }
}
