package io.numclip.runner.predict;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import io.numclip.training.store.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a file of rows was made with, and how far it is; a small file of JSON beside it.
 *
 * @param settings everything that changes the rows, by name; without options that are not given
 * @param bytes of the file that belong to the images counted
 */
record OutputState(int formatVersion, Map<String, String> settings, long bytes, Tally.Count count) {

    private static final int FORMAT_VERSION = 1;
    private static final String NOT_GIVEN = "null"; // how an option is written that has no value
    private static final ObjectMapper JSON = new ObjectMapper();

    OutputState {
        settings = given(settings);
    }

    OutputState(Map<String, String> settings, long bytes, Tally.Count count) {
        this(FORMAT_VERSION, settings, bytes, count);
    }

    private static Map<String, String> given(Map<String, String> settings) {
        Map<String, String> given = new TreeMap<>(settings);
        given.values().removeIf(NOT_GIVEN::equals);
        return given;
    }

    static Path file(Path out) {
        return out.resolveSibling(out.getFileName() + ".state");
    }

    /** The state; empty if there is none. */
    static Optional<OutputState> read(Path out) throws IOException {
        Path file = file(out);
        if (!RegularFile.exists(file)) {
            return Optional.empty();
        }
        try {
            OutputState state = JSON.readValue(RegularFile.read(file), OutputState.class);
            if (state.formatVersion == FORMAT_VERSION) {
                return Optional.of(state);
            }
            throw unreadable(file, "expected formatVersion " + FORMAT_VERSION + ", found " + state.formatVersion);
        } catch (JacksonException e) {
            throw unreadable(file, e.getOriginalMessage());
        }
    }

    private static NumClipException unreadable(Path file, String why) {
        return new NumClipException(Kind.DATA, file + ": " + why, "delete it, and run the command without --resume");
    }

    void write(Path out) throws IOException {
        AtomicFile.write(file(out), JSON.writeValueAsBytes(this));
    }

    /** What is not as it was, as where a training is resumed. */
    List<String> changesTo(Map<String, String> now) {
        return new Conditions(settings).changesTo(new Conditions(given(now)));
    }
}
