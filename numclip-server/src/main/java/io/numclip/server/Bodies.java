package io.numclip.server;

import io.numclip.server.request.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Reads bodies: not too many bytes, and not too slowly. */
final class Bodies {

    private static final int PIECE = 64 << 10;

    private Bodies() {}

    /**
     * @param announced length; -1: unknown
     * @param most bytes that are accepted
     * @param patience how long all of it may take
     * @throws RefusedException 408 or 413; 400 if the client has left before the end
     */
    static byte[] read(InputStream in, long announced, int most, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.max(PIECE, Math.min(announced, most)));
        byte[] piece = new byte[PIECE];
        try {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                body.write(piece, 0, read);
                if (body.size() > most) {
                    throw tooLarge(most);
                }
                if (System.nanoTime() > until) {
                    throw tooSlow();
                }
            }
        } catch (IOException e) {
            throw isTimeout(e) ? tooSlow() : incomplete();
        }
        return body.toByteArray();
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    static RefusedException tooLarge(long most) {
        return new RefusedException(
                413,
                "too_large",
                "the body has more than " + most + " bytes, the limit http.bodyBytes",
                "send smaller images, or fewer at once");
    }

    private static RefusedException tooSlow() {
        return new RefusedException(408, "too_slow", "the body did not arrive in time", "send it again, faster");
    }

    private static RefusedException incomplete() {
        return new RefusedException(400, "incomplete", "the body has ended too early", "send it again, whole");
    }
}
