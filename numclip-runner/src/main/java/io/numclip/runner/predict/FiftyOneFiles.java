package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.files.PredictionRow;
import io.numclip.runner.inputs.InputImage;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder that FiftyOne imports as {@code fiftyone.types.FiftyOneDataset}: {@code samples.json}, with a {@code Regression}
 * and plain fields for each model, and {@code metadata.json}, which names the models. Without a version in the latter, FiftyOne
 * finds the types of the fields itself.
 *
 * @see <a href="https://docs.voxel51.com/user_guide/import_datasets.html">Importing datasets</a>
 */
record FiftyOneFiles(List<LabelledModel> models) implements LabellingFiles {

    @Override
    public void write(Path folder, SortedRows rows) throws IOException {
        AtomicFile.write(folder.resolve("metadata.json"), JSON.writeValueAsBytes(metadata()));
        AtomicFile.writeText(folder.resolve("samples.json"), out -> {
            out.write("{\"samples\":");
            LabellingFiles.writeList(out, rows, this::sample);
            out.write("}");
        });
    }

    private Map<String, Object> metadata() {
        Map<String, Object> known = new LinkedHashMap<>();
        for (LabelledModel each : models) {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("model", each.model().name());
            model.put("digest", each.model().digest());
            model.put("unit", each.model().unit());
            known.put(each.prefix() + "value", model);
        }
        return Map.of("info", Map.of("numclip", known));
    }

    private Map<String, Object> sample(InputImage image, List<Prediction> predictions) {
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("filepath", image.file().toAbsolutePath().normalize().toString());
        sample.put("_media_type", "image"); // else the name would decide
        sample.put("tags", predictions.get(0).isDamaged() ? List.of(PredictionRow.DAMAGED) : List.of());
        for (int i = 0; i < models.size(); i++) {
            add(sample, models.get(i), predictions.get(i));
        }
        return sample;
    }

    private static void add(Map<String, Object> sample, LabelledModel model, Prediction prediction) {
        Map<String, Object> regression = new LinkedHashMap<>();
        regression.put("_cls", "Regression");
        regression.put("value", prediction.value());
        regression.put("confidence", model.confidence(prediction));
        sample.put(model.prefix() + "value", regression);
        Uncertainty.Interval interval = prediction.interval().orElse(null);
        if (interval != null) {
            sample.put(model.prefix() + "lower", interval.lower());
            sample.put(model.prefix() + "upper", interval.upper());
        }
        sample.put(model.prefix() + "concept", prediction.concept().concept());
    }
}
