package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.NamedFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Downloads a file of a model: goes on where an earlier attempt ended, and keeps only what the hub's list says. */
final class FileDownload {

    private final Hub hub;
    private final ModelName model;
    private final String commit;
    private final PullFolder folder;
    private final ListedFile file;
    private final Path part;
    private final Consumer<String> notice;
    private final LongConsumer arrived;
    private long most; // that any attempt has had

    /**
     * @param notice is told of what goes wrong and is tried again
     * @param arrived is told of bytes; of fewer than none if they are thrown away
     */
    FileDownload(
            Hub hub,
            ModelName model,
            String commit,
            PullFolder folder,
            ListedFile file,
            Consumer<String> notice,
            LongConsumer arrived) {
        this.hub = hub;
        this.model = model;
        this.commit = commit;
        this.folder = folder;
        this.file = file;
        this.part = folder.part(file.name());
        this.notice = notice;
        this.arrived = arrived;
    }

    /** @return what has arrived and was found right */
    Digests run() throws IOException, InterruptedException {
        String wrong = complete();
        if (!wrong.isEmpty()) {
            notice.accept(file.name() + ": " + wrong + "; it is fetched once more");
            forget();
            wrong = complete();
        }
        if (!wrong.isEmpty()) {
            forget();
            throw new NumClipException(
                    Kind.DATA,
                    file.name() + " of " + model + ": " + wrong + ", twice; it was removed",
                    "try again later, or from another hub (HF_ENDPOINT); do not use a file that somebody may have changed");
        }
        Digests digests = Digests.of(part);
        folder.keep(file.name());
        return digests;
    }

    /** @return what is wrong with the file, now that it is here; or else empty */
    private String complete() throws IOException, InterruptedException {
        Retries retries = hub.retries();
        if (!Files.exists(part)) {
            Files.createFile(part);
        }
        for (long have = Files.size(part); have < file.bytes(); have = Files.size(part)) {
            most = Math.max(most, have);
            String cut = attempt(have, retries);
            if (Files.size(part) > most) {
                retries.progress();
            }
            if (!cut.isEmpty()) {
                String reason = file.name() + ": " + cut;
                retries.afterFailure(reason, () -> hub.cut(model, commit, file.name(), new IOException(cut)));
            }
        }
        return Digests.of(part).difference(file);
    }

    private void forget() throws IOException {
        arrived.accept(-Files.size(part));
        folder.drop(file.name());
        most = 0;
    }

    /** @return why not all of it came; or else empty */
    private String attempt(long have, Retries retries) throws IOException, InterruptedException {
        try (Answer answer = hub.file(model, commit, file.name(), headers(have), retries)) {
            requireAgreement(answer);
            if (!isContinued(answer, have)) {
                arrived.accept(-have);
                folder.drop(file.name());
                Files.createFile(part);
                if (answer.status() != Answer.OK) {
                    return answer.host() + " does not go on where it should; the file is begun anew";
                }
                if (have > 0) {
                    notice.accept(file.name() + ": " + answer.host() + " begins anew");
                }
            }
            remember(answer);
            append(answer.body());
            return Files.size(part) < file.bytes() ? "the connection ended early" : "";
        } catch (CutException cut) {
            return NumClipException.firstLine(cut);
        }
    }

    private Map<String, String> headers(long have) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (have > 0) {
            headers.put("Range", "bytes=" + have + "-");
            Path etag = folder.etag(file.name());
            if (Files.isRegularFile(etag)) {
                headers.put("If-Range", Files.readString(etag));
            }
        }
        return headers;
    }

    private boolean isContinued(Answer answer, long have) {
        if (answer.status() == Answer.OK) {
            return have == 0;
        }
        String expected = "bytes " + have + "-\\d+/(" + file.bytes() + "|\\*)";
        return answer.status() == Answer.PARTIAL
                && answer.header("Content-Range").matches(expected);
    }

    /** Weak tags do not promise the same bytes. */
    private void remember(Answer answer) throws IOException {
        String etag = answer.header("ETag");
        if (etag.matches("\"[!#-~]{1,200}\"")) {
            Files.writeString(folder.etag(file.name()), etag);
        } else {
            Files.deleteIfExists(folder.etag(file.name()));
        }
    }

    private void append(Body body) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.APPEND)) {
            long have = channel.size();
            while (have <= file.bytes()) { // one piece too many shows that there are too many
                List<ByteBuffer> piece = body.next();
                if (piece.isEmpty()) {
                    return;
                }
                long before = have;
                have += NamedFailure.of(part, () -> write(channel, piece));
                arrived.accept(have - before);
            }
        }
    }

    private static long write(FileChannel channel, List<ByteBuffer> piece) throws IOException {
        long written = 0;
        for (ByteBuffer bytes : piece) {
            while (bytes.hasRemaining()) {
                written += channel.write(bytes);
            }
        }
        return written;
    }

    /** What the hub says of the file must be what it has listed, before gigabytes are downloaded in vain. */
    private void requireAgreement(Answer answer) {
        requireSame(answer, "X-Repo-Commit", commit);
        requireSame(answer, "X-Linked-Size", String.valueOf(file.bytes()));
        if (file.sha256() != null) {
            requireSame(answer, "X-Linked-Etag", file.sha256());
        }
    }

    private void requireSame(Answer answer, String header, String expected) {
        String found = answer.ofHub(header).orElse(expected);
        if (!found.equals(expected)) {
            throw new NumClipException(
                    Kind.DATA,
                    file.name() + " of " + model + ": the hub contradicts its own list: " + header + " is "
                            + found.substring(0, Math.min(80, found.length())) + ", expected " + expected,
                    "try again later, or from another hub (HF_ENDPOINT)");
        }
    }
}
