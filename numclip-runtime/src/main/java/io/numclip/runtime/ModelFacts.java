package io.numclip.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.HeldOutDistances;
import io.numclip.uncertainty.file.CalibrationFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a file says of its model besides the graph. */
record ModelFacts(
        ClipPreprocessor preprocessor,
        LabelScale scale,
        Bins bins,
        Optional<Calibration> calibration,
        Optional<HeldOutDistances> heldOut,
        Optional<String> regions) {

    private static final String REMEDY = "Export it again, with './numclip export RUN --to onnx FILE'.";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    /** @throws NumClipException if the file is not of {@code numclip export}, or what it says is damaged */
    static ModelFacts of(Map<String, String> metadata, Path file) throws IOException {
        ClipPreprocessor preprocessor = ClipPreprocessor.of(text(metadata, FileForm.PREPROCESSING, file), file);
        LabelScale scale = read(text(metadata, FileForm.SCALE, file), new TypeReference<>() {}, file);
        Bins bins = bins(read(text(metadata, FileForm.CONCEPTS, file), new TypeReference<>() {}, file), file);
        String calibration = metadata.get(FileForm.CALIBRATION);
        String heldOut = metadata.get(FileForm.FAMILIAR);
        return new ModelFacts(
                preprocessor,
                scale,
                bins,
                calibration == null
                        ? Optional.empty()
                        : Optional.of(CalibrationFile.parse(
                                calibration.getBytes(StandardCharsets.UTF_8), bins.size(), file, REMEDY)),
                heldOut == null
                        ? Optional.empty()
                        : Optional.of(read(heldOut, new TypeReference<HeldOutDistances>() {}, file)),
                Optional.ofNullable(metadata.get(FileForm.REGIONS)));
    }

    private static Bins bins(List<Bin> concepts, Path file) {
        try {
            return new Bins(concepts);
        } catch (IllegalArgumentException refusal) {
            throw damaged(file, refusal);
        }
    }

    private static String text(Map<String, String> metadata, String key, Path file) {
        String text = metadata.get(key);
        if (text == null) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ": no model of NumCLIP: its metadata lack " + key,
                    "Give a file that './numclip export RUN --to onnx FILE' has written.");
        }
        return text;
    }

    private static <T> T read(String json, TypeReference<T> type, Path file) {
        try {
            T value = JSON.readValue(json, type);
            if (value == null) {
                throw damaged(file, new IllegalArgumentException("expected a value; found null"));
            }
            return value;
        } catch (JsonProcessingException failure) {
            throw damaged(file, failure);
        }
    }

    private static NumClipException damaged(Path file, Exception failure) {
        return new NumClipException(
                Kind.DATA, file + ": damaged: " + NumClipException.firstLine(failure), REMEDY, failure);
    }
}
