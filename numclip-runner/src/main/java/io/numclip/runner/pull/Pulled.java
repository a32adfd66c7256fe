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
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the files of a directory are from.
 *
 * @param model owner and name
 * @param revision as the user named it
 * @param files by name
 */
record Pulled(
        @JsonProperty(required = true) String model,
        @JsonProperty(required = true) String revision,
        @JsonProperty(required = true) String commit,
        @JsonProperty(required = true) String endpoint,
        @JsonProperty(required = true) Map<String, Content> files) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** What a file must be. */
    record Content(
            long bytes, @JsonProperty(required = true) String sha256) {}

    Pulled {
        files = new TreeMap<>(files);
    }

    static Pulled read(Path file) throws IOException {
        try {
            Pulled pulled = JSON.readValue(RegularFile.read(file), Pulled.class);
            if (pulled.files.keySet().stream().allMatch(ListedFile::isPlain)) {
                return pulled;
            }
        } catch (JacksonException e) {
            throw notOurs(file);
        }
        throw notOurs(file);
    }

    private static NumClipException notOurs(Path file) {
        return new NumClipException(
                Kind.DATA, file + ": not written by this command", "name another folder, or delete this one");
    }

    void write(Path file) throws IOException {
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    Pulled with(Map<String, Content> written) {
        return new Pulled(model, revision, commit, endpoint, written);
    }

    /** Whether a folder has all of the files as they were. */
    boolean isWhole(Path folder) throws IOException {
        for (Map.Entry<String, Content> entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            boolean same = Files.isRegularFile(file)
                    && Files.size(file) == entry.getValue().bytes()
                    && Digests.of(file).sha256().equals(entry.getValue().sha256());
            if (!same) {
                return false;
            }
        }
        return !files.isEmpty();
    }

    String shortCommit() {
        return commit.substring(0, Math.min(12, commit.length()));
    }
}
