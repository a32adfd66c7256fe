package io.numclip.uncertainty.file;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Difficulty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file {@code calibration.json} of a model directory. Its keys are the component names of {@link Calibration}. */
public final class CalibrationFile {

    public static final String NAME = "calibration.json";
    private static final String REMEDY = "Restore the file, or delete it to predict without intervals.";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(Calibration.class, FieldsOfBefore.class)
            .build();

    /** What the files of 1.0 have besides: the score up to which a bin belongs to a set. */
    @JsonIgnoreProperties("set")
    private interface FieldsOfBefore {}

    private CalibrationFile() {}

    /** Atomic: the file has either its old content or the new. */
    public static void write(Path directory, Calibration calibration) throws IOException {
        AtomicFile.write(
                directory.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(calibration));
    }

    /** Empty where the model was never calibrated. */
    public static Optional<Calibration> read(Path directory, int bins) throws IOException {
        Path file = directory.resolve(NAME);
        if (!RegularFile.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(parse(RegularFile.read(file), bins, file, REMEDY));
    }

    /**
     * @param bins how many the model has
     * @param file that has the text, for messages
     * @param remedy what to do about a damaged one
     * @throws NumClipException if it is damaged, or belongs to another model
     */
    public static Calibration parse(byte[] json, int bins, Path file, String remedy) throws IOException {
        try {
            Calibration calibration = JSON.readValue(json, Calibration.class);
            if (calibration == null || !fits(calibration, bins)) {
                throw damaged(file, "expected a calibration of " + bins + " bins", remedy, null);
            }
            if (calibration.interval() == null || !calibration.forms().contains(calibration.interval())) {
                throw damaged(file, "/interval: expected one of " + calibration.forms(), remedy, null);
            }
            return calibration;
        } catch (JsonProcessingException failure) {
            String reason = failure.getCause() instanceof IllegalArgumentException refusal
                    ? NumClipException.firstLine(refusal)
                    : failure.getOriginalMessage();
            throw damaged(file, reason, remedy, failure);
        }
    }

    private static boolean fits(Calibration calibration, int bins) {
        Difficulty difficulty = calibration.difficulty();
        return calibration.perBin().size() == bins
                && calibration.binGroups().size() == bins
                && difficulty != null
                && difficulty.slopes().size() == bins + 1
                && difficulty.centres().size() == bins + 1;
    }

    private static NumClipException damaged(Path file, String reason, String remedy, @Nullable Throwable cause) {
        return new NumClipException(Kind.DATA, file + ": " + reason, remedy, cause);
    }
}
