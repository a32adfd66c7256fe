package io.numclip.host;

import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.pixels.CarefulReading;
import io.numclip.data.NumClipException;
import io.numclip.host.run.TrainedModel;
import io.numclip.storage.FileState;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What differs on disk from a model that was opened, a sentence for each file. */
final class ModelChanges {

    private static final String ANOTHER = ": another model than the one that was opened";

    private ModelChanges() {}

    static List<String> ofRun(Path run, String digest) {
        try {
            Path directory = TrainedModel.directory(run);
            List<String> differences =
                    Seal.isOn(directory) ? Seal.differences(directory, ModelSource::digest) : List.of();
            return differences.isEmpty()
                            && !Seal.identity(directory, ModelSource::digest).equals(digest)
                    ? List.of(directory + ANOTHER)
                    : differences;
        } catch (IOException | NumClipException e) {
            return List.of(run + ": " + CarefulReading.describe(e));
        }
    }

    /** By the file's attributes, from now on. */
    static Supplier<List<String>> ofFile(Path file) {
        FileState opened = state(file);
        return () -> {
            try {
                return state(file).equals(opened) ? List.of() : List.of(file + ANOTHER);
            } catch (UncheckedIOException e) {
                return List.of(file + ": " + CarefulReading.describe(e.getCause()));
            }
        };
    }

    private static FileState state(Path file) {
        try {
            return FileState.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
