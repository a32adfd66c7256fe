package io.numclip.server;

import io.numclip.server.work.Pipeline;

/** Whether the server still works, and whether it takes requests. */
final class Health {

    private final Admission admission;
    private final Pipeline pipeline;

    Health(Admission admission, Pipeline pipeline) {
        this.admission = admission;
        this.pipeline = pipeline;
    }

    /** Whether anything can still be predicted; if not, only a restart helps. */
    boolean isLive() {
        return pipeline.isAlive();
    }

    /** Whether requests are taken; no longer once the server was told to stop. */
    boolean isReady() {
        return isLive() && !admission.isClosed();
    }
}
