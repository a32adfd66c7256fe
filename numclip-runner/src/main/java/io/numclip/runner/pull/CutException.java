package io.numclip.runner.pull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The network has failed in the middle of an answer; not the disk. */
final class CutException extends IOException {

    private static final long serialVersionUID = 1L;

    CutException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
