package io.numclip.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.Calibration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file {@code calibration.json} of a model directory. Its keys are the component names of {@link Calibration}. */
final class CalibrationFile {

    static final String NAME = "calibration.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CalibrationFile() {}

    /** Atomic: the file has either its old content or the new. */
    static void write(Path directory, Calibration calibration) throws IOException {
        AtomicFile.write(
                directory.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(calibration));
    }

    /** Empty where the model was never calibrated. */
    static Optional<Calibration> read(Path directory, int bins) throws IOException {
        Path file = directory.resolve(NAME);
        if (!RegularFile.exists(file)) {
            return Optional.empty();
        }
        try {
            Calibration calibration = JSON.readValue(RegularFile.read(file), Calibration.class);
            if (calibration == null || calibration.perBin().size() != bins) {
                throw damaged(file, "expected a calibration of " + bins + " bins", null);
            }
            return Optional.of(calibration);
        } catch (JsonProcessingException failure) {
            throw damaged(file, failure.getOriginalMessage(), failure);
        }
    }

    private static NumClipException damaged(Path file, String reason, @Nullable Throwable cause) {
        return new NumClipException(
                Kind.DATA, file + ": " + reason, "Restore the file, or delete it to predict without intervals.", cause);
    }
}
