package io.numclip.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.result.Versions;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.runtime.FileForm;
import io.numclip.uncertainty.Calibration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a program must know besides the graph, by the key in the file; JSON, apart from the version. */
final class Metadata {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Metadata() {}

    static Map<String, String> of(TrainedModel model) {
        NumClipPredictor predictor = model.predictor();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("numclip.version", Versions.NUMCLIP);
        metadata.put(FileForm.PREPROCESSING, predictor.preprocessor().json());
        metadata.put(FileForm.SCALE, json(predictor.model().scale()));
        metadata.put(FileForm.CONCEPTS, json(predictor.model().concepts().list()));
        if (predictor.adjustment().images() > 0) { // of the value, which has it already
            metadata.put("numclip.adjustment", json(predictor.adjustment()));
        }
        predictor.familiar().ifPresent(known -> metadata.put(FileForm.FAMILIAR, json(known.heldOut())));
        Optional<Calibration> calibration = predictor.calibration();
        calibration.ifPresent(known -> metadata.put(FileForm.CALIBRATION, json(known)));
        model.regions().get().ifPresent(settings -> metadata.put(FileForm.REGIONS, settings));
        return metadata;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and texts", e);
        }
    }
}
