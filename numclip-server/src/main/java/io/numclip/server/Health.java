package io.numclip.server;

/** Whether the server still works, and whether it takes requests. */
final class Health {

    private final Admission admission;
    private final Answering answering;

    Health(Admission admission, Answering answering) {
        this.admission = admission;
        this.answering = answering;
    }

    /** Whether anything can still be predicted; if not, only a restart helps. */
    boolean isLive() {
        return answering.isAlive();
    }

    /** Whether requests are taken; no longer once the server was told to stop. */
    boolean isReady() {
        return isLive() && !admission.isClosed();
    }
}
