package io.numclip.runner.pull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.FolderLock;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A folder that a model is downloaded to. What has arrived of a file lies in {@code .pull} until it is verified. */
record PullFolder(Path path) {

    static final String RECORD = "pulled.json";
    private static final String WORK = ".pull";
    private static final String BEGUN = "begun.json"; // what 1.0.0 had of a download that has not ended
    private static final ObjectMapper JSON = new ObjectMapper()
            .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Where the files of the folder are from.
     *
     * @param model owner and name
     * @param revision as the user named it
     * @param files by name; none until all have come
     */
    record Pulled(
            @JsonProperty(required = true) String model,
            @JsonProperty(required = true) String revision,
            @JsonProperty(required = true) String commit,
            @JsonProperty(required = true) String endpoint,
            @JsonProperty(required = true) Map<String, Digests> files) {

        String shortCommit() {
            return commit.substring(0, Math.min(12, commit.length()));
        }
    }

    /** Takes the folder, which must be new, empty, or of an earlier download. */
    FolderLock take() throws IOException {
        if (record().isEmpty() && !AtomicFolder.isFree(path)) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    path + " holds something else",
                    "name a new folder, or an empty one; nothing is written over");
        }
        try {
            return FolderLock.take(path);
        } catch (IOException e) {
            throw new NumClipException(
                    Kind.OUTPUT, path + " cannot be written (" + e.getMessage() + ")", "name another folder", e);
        }
    }

    private Optional<Path> record() {
        return Optional.of(path.resolve(RECORD))
                .filter(RegularFile::exists)
                .or(() -> Optional.of(work(BEGUN)).filter(RegularFile::exists));
    }

    /** What a download has written down, whether it has ended or not. */
    Optional<Pulled> pulled() throws IOException {
        Optional<Path> file = record();
        return file.isEmpty() ? Optional.empty() : Optional.of(read(file.get()));
    }

    private static Pulled read(Path file) throws IOException {
        NumClipException notOurs = new NumClipException(
                Kind.DATA, file + ": not written by this command", "name another folder, or delete this one");
        try {
            Pulled pulled = JSON.readValue(RegularFile.read(file), Pulled.class);
            if (pulled.files.keySet().stream().allMatch(Listing::isPlain)) {
                return pulled;
            }
        } catch (JacksonException e) {
            throw notOurs;
        }
        throw notOurs;
    }

    /** Whether all files are here as they were. */
    boolean hasAll(Pulled pulled) throws IOException {
        for (Map.Entry<String, Digests> entry : pulled.files().entrySet()) {
            Path file = file(entry.getKey());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != entry.getValue().bytes()
                    || !Digests.of(file).sha256().equals(entry.getValue().sha256())) {
                return false;
            }
        }
        return !pulled.files().isEmpty();
    }

    void begin(Pulled pulled) throws IOException {
        Files.createDirectories(path.resolve(WORK));
        write(pulled);
    }

    void end(Pulled pulled) throws IOException {
        write(pulled);
        AtomicFolder.delete(path.resolve(WORK));
    }

    private void write(Pulled pulled) throws IOException {
        AtomicFile.write(
                path.resolve(RECORD), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(pulled) + "\n");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path part(String name) {
        return work(name + ".part");
    }

    /** The ETag that the part of a file is from. */
    Path etag(String name) {
        return work(name + ".etag");
    }

    private Path work(String name) {
        return path.resolve(WORK).resolve(name);
    }

    /** Gives a verified part its name. */
    void keep(String name) throws IOException {
        AtomicFile.rename(part(name), file(name));
        Files.deleteIfExists(etag(name));
    }

    void drop(String name) throws IOException {
        Files.deleteIfExists(part(name));
        Files.deleteIfExists(etag(name));
    }
}
