package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.runner.pull.Listing.ListedFile;
import io.numclip.storage.NamedFailure;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Downloads a file of a model: goes on where an earlier attempt ended, and keeps only what the hub's list says. */
final class FileDownload implements Hub.Question<Boolean> {

    private final PullFolder folder;
    private final ListedFile file;
    private final Path part;
    private final PullProgress progress;
    private long most; // that any attempt has had

    FileDownload(PullFolder folder, ListedFile file, PullProgress progress) {
        this.folder = folder;
        this.file = file;
        this.part = folder.part(file.name());
        this.progress = progress;
    }

    /** @return what has arrived and was found right */
    Digests run(Hub hub, ModelName model, String commit) throws IOException, InterruptedException {
        String wrong = "";
        for (int time = 0; time < 2; time++) {
            Digests found = complete(hub, commit);
            wrong = file.difference(part, found);
            if (wrong.isEmpty()) {
                folder.keep(file.name());
                return found;
            }
            if (time == 0) {
                progress.say(file.name() + ": " + wrong + "; it is fetched once more");
            }
            progress.arrived(file.name(), -Files.size(part));
            folder.drop(file.name());
            most = 0;
        }
        throw new NumClipException(
                Kind.DATA,
                file.name() + " of " + model + ": " + wrong + ", twice; it was removed",
                "try again later, or from another hub (HF_ENDPOINT); do not use a file that somebody may have changed");
    }

    private Digests complete(Hub hub, String commit) throws IOException, InterruptedException {
        if (!Files.exists(part)) {
            Files.createFile(part);
        }
        most = Files.size(part);
        if (most < file.bytes()) {
            hub.file(commit, file.name(), this);
        }
        return Digests.of(part);
    }

    @Override
    public Map<String, String> headers() throws IOException {
        long have = Files.size(part);
        if (have == 0) {
            return Map.of();
        }
        String range = "bytes=" + have + "-";
        Path etag = folder.etag(file.name());
        return Files.isRegularFile(etag)
                ? Map.of("Range", range, "If-Range", Files.readString(etag))
                : Map.of("Range", range);
    }

    @Override
    public Boolean read(HttpResponse<?> answer, AnswerBody body) throws IOException, InterruptedException {
        long have = Files.size(part);
        if (!isContinued(answer, have)) {
            beginAnew(answer, have);
        }
        remember(answer.headers().firstValue("ETag").orElse(""));
        append(body);
        if (Files.size(part) < file.bytes()) {
            throw new AnswerBody.CutException("the connection ended early", null);
        }
        return true;
    }

    @Override
    public boolean hasProgress() throws IOException {
        long have = Files.size(part);
        boolean further = have > most;
        most = Math.max(most, have);
        return further;
    }

    private boolean isContinued(HttpResponse<?> answer, long have) {
        if (answer.statusCode() == Hub.OK) {
            return have == 0;
        }
        String range = answer.headers().firstValue("Content-Range").orElse("");
        return answer.statusCode() == Hub.PARTIAL
                && range.matches("bytes " + have + "-\\d+/(" + file.bytes() + "|\\*)");
    }

    private void beginAnew(HttpResponse<?> answer, long have) throws IOException {
        String host = Endpoint.host(answer.uri());
        progress.arrived(file.name(), -have);
        folder.drop(file.name());
        Files.createFile(part);
        if (answer.statusCode() != Hub.OK) {
            throw new AnswerBody.CutException(host + " does not go on where it should; the file is begun anew", null);
        }
        progress.say(file.name() + ": " + host + " begins anew");
    }

    /** Weak tags do not promise the same bytes. */
    private void remember(String etag) throws IOException {
        if (etag.matches("\"[!#-~]{1,200}\"")) {
            Files.writeString(folder.etag(file.name()), etag);
        } else {
            Files.deleteIfExists(folder.etag(file.name()));
        }
    }

    private void append(AnswerBody body) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.APPEND)) {
            long have = channel.size();
            while (have <= file.bytes()) { // one piece too many shows that there are too many
                List<ByteBuffer> piece = body.next();
                if (piece.isEmpty()) {
                    return;
                }
                long written = NamedFailure.of(part, () -> write(channel, piece));
                have += written;
                progress.arrived(file.name(), written);
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
}
