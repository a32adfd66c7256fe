package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.runner.inputs.InputImage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Counts the images that are done, and remembers which they were in 32 bytes. */
final class Tally {

    /**
     * @param damaged how many have a number, though their decoder says that they are damaged
     * @param strange of each model, how many images look unlike those of its training
     * @param withoutSidecar how many have a number, and a sidecar was asked for and could not be written
     */
    record Count(
            long done, long failed, long damaged, List<Long> strange, String last, String digest, long withoutSidecar) {

        static Count none(int models) {
            return new Count(0, 0, 0, Collections.nCopies(models, 0L), "", "", 0);
        }
    }

    private long done;
    private long failed;
    private long damaged;
    private final List<Long> strange;
    private String last;
    private byte[] digest;
    private long withoutSidecar;

    Tally(Count before) {
        this.done = before.done();
        this.failed = before.failed();
        this.damaged = before.damaged();
        this.strange = new ArrayList<>(before.strange());
        this.last = before.last();
        this.digest = HexFormat.of().parseHex(before.digest());
        this.withoutSidecar = before.withoutSidecar();
    }

    void add(InputImage image, List<Prediction> predictions) {
        see(image);
        failed += predictions.get(0).isFailed() ? 1 : 0;
        damaged += predictions.get(0).isDamaged() ? 1 : 0;
        for (int i = 0; i < predictions.size(); i++) {
            strange.set(i, strange.get(i) + (predictions.get(i).isStrange() ? 1 : 0));
        }
    }

    /** Counts an image without looking at what was found in it. */
    void see(InputImage image) {
        done++;
        last = image.name();
        MessageDigest sha = sha256();
        sha.update(digest);
        digest = sha.digest(image.fingerprint().getBytes(StandardCharsets.UTF_8));
    }

    /** @return how many there are now */
    long addWithoutSidecar() {
        return ++withoutSidecar;
    }

    long done() {
        return done;
    }

    long failed() {
        return failed;
    }

    Count count() {
        return new Count(
                done,
                failed,
                damaged,
                List.copyOf(strange),
                last,
                HexFormat.of().formatHex(digest),
                withoutSidecar);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
