package io.numclip.server;

import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.server.request.InferRequest;
import io.numclip.server.request.RefusedException;
import io.numclip.uncertainty.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of one model in the form of the Open Inference Protocol. Numbers have 64 bits, so that they are the same as
 * everywhere else.
 */
final class InferAnswer {

    private static final String NUMBERS = "FP64";
    private static final int ANY = -1;

    /** Stands between what is wrong with an image and what helps, where the reason says that itself. */
    private static final Pattern REMEDY = Pattern.compile("; (?=save |allow |give )");

    /**
     * One output.
     *
     * @param width numbers for each image; 1: there is no second side
     */
    private record Output(String name, String datatype, int width, Function<Prediction, ?> of) {

        Map<String, Object> json(int images) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("datatype", datatype);
            json.put("shape", width == 1 ? List.of(images) : List.of(images, width));
            return json;
        }

        Map<String, Object> json(List<Prediction> predictions) {
            Map<String, Object> json = json(predictions.size());
            List<Object> data = new ArrayList<>();
            for (Prediction prediction : predictions) {
                Object value = of.apply(prediction);
                data.addAll(value instanceof List<?> several ? several : List.of(value));
            }
            json.put("data", data);
            return json;
        }
    }

    private InferAnswer() {}

    /** Names and types of what a model gives, for any number of images. */
    static List<Map<String, Object>> outputs(ServedModel model) {
        return all(model).stream().map(output -> output.json(ANY)).toList();
    }

    /** What the protocol calls the metadata of a model. */
    static Map<String, Object> metadata(ServedModel model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model.name());
        json.put("versions", List.of(model.version()));
        json.put("platform", "numclip");
        json.put("inputs", List.of(Map.of("name", "image", "datatype", "BYTES", "shape", List.of(ANY))));
        json.put("outputs", outputs(model));
        json.put(
                "parameters",
                Map.of(
                        "unit", model.rows().unit(),
                        "concepts", model.rows().concepts(),
                        "digest", model.rows().digest()));
        return json;
    }

    /**
     * @param predictions one for each image
     * @throws RefusedException 422 if an image could not be read: the protocol has no place for the error of one image; 400
     *     if an output is asked for that is not there
     */
    static Map<String, Object> of(ServedModel model, InferRequest request, List<Prediction> predictions) {
        for (int i = 0; i < predictions.size(); i++) {
            String problem = predictions.get(i).problem();
            if (problem != null) {
                throw unreadable("/inputs/0/data/" + i, problem);
            }
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model_name", model.name());
        json.put("model_version", model.version());
        if (request.id() != null) {
            json.put("id", request.id());
        }
        json.put(
                "outputs",
                asked(model, request).stream()
                        .map(output -> output.json(predictions))
                        .toList());
        return json;
    }

    /** @param problem of the image; what it says is to be done about it is the fix */
    static RefusedException unreadable(String place, String problem) {
        String[] parts = REMEDY.split(problem, 2);
        String fix = parts.length > 1 ? parts[1] : "send a JPEG, PNG, GIF, BMP, WebP or TIFF that is whole";
        return new RefusedException(422, "unreadable_image", place + ": " + parts[0], fix);
    }

    private static List<Output> asked(ServedModel model, InferRequest request) {
        List<Output> all = all(model);
        if (request.outputs().isEmpty()) {
            return all;
        }
        List<String> names = all.stream().map(Output::name).toList();
        List<Output> asked = new ArrayList<>();
        for (int i = 0; i < request.outputs().size(); i++) {
            int place = names.indexOf(request.outputs().get(i));
            if (place < 0) {
                throw new RefusedException(
                        400,
                        "bad_request",
                        "/outputs/" + i + "/name: there is no such output",
                        "ask for " + String.join(", ", names));
            }
            asked.add(all.get(place));
        }
        return asked;
    }

    private static List<Output> all(ServedModel model) {
        List<Output> outputs = new ArrayList<>();
        outputs.add(new Output("value", NUMBERS, 1, Prediction::value));
        outputs.add(new Output("concept", "BYTES", 1, each -> each.concept().concept()));
        outputs.add(new Output(
                "probabilities",
                NUMBERS,
                model.rows().concepts().size(),
                each -> each.concepts().stream()
                        .map(Prediction.Concept::probability)
                        .toList()));
        if (model.isCalibrated()) {
            outputs.add(new Output("lower", NUMBERS, 1, each -> interval(each).lower()));
            outputs.add(new Output("upper", NUMBERS, 1, each -> interval(each).upper()));
        }
        List<Cut> cuts = model.rows().cuts();
        for (int i = 0; i < cuts.size(); i++) {
            int place = i;
            outputs.add(new Output(
                    cuts.get(i).name(),
                    "BOOL",
                    1,
                    each -> each.decisions().get(place).called()));
        }
        if (model.familiarity()) {
            outputs.add(new Output("strange", "BOOL", 1, Prediction::isStrange));
        }
        return outputs;
    }

    private static Uncertainty.Interval interval(Prediction prediction) {
        Optional<Uncertainty.Interval> interval = prediction.interval();
        return interval.orElseThrow(() -> new IllegalStateException("a calibrated model gives intervals"));
    }
}
