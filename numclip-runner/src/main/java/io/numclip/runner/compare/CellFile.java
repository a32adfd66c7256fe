package io.numclip.runner.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.run.NamedImage;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of a finished cell, {@code cells/<task>/<method>-<digest>.json}. The digest is of the whole configuration: a
 * cell whose settings change gets another file, and the old one is kept in case the settings change back.
 */
public final class CellFile {

    private static final String FORMAT = "numclip-cell-2";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public CellFile(Path folder, Cell cell) {
        String digest =
                new Fingerprint().add(FORMAT).add(cell.config().toYaml()).hex();
        this.file = folder.resolve("cells")
                .resolve(plain(cell.config().task().type()))
                .resolve(plain(cell.method()) + "-" + digest.substring(0, 16) + ".json");
    }

    /** Empty if there is no complete file. */
    public Optional<CellResult> read() throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Stored.class).result());
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** Writes all or nothing. */
    public void write(CellResult result) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        AtomicFile.write(file, JSON.writeValueAsBytes(Stored.of(result)));
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]+", "-");
    }

    /** What the file holds: its component names are the keys. */
    private record Stored(
            String title,
            String source,
            String unit,
            Map<String, Double> model,
            Map<String, Double> constant,
            Map<String, Double> parts,
            int bestEpoch,
            double validationMae,
            long trainedParameters,
            double seconds,
            List<String> concepts,
            List<Row> predictions) {

        /** A test image. */
        private record Row(String image, double label, double value, List<Double> probabilities) {}

        static Stored of(CellResult result) {
            List<Row> rows = new ArrayList<>();
            LabeledPredictions predictions = result.predictions();
            for (int i = 0; i < predictions.size(); i++) {
                LabeledImage image = predictions.images().get(i);
                Prediction prediction = predictions.predictions().get(i);
                rows.add(new Row(image.name(), image.label(), prediction.value(), rounded(prediction)));
            }
            List<String> concepts = predictions.predictions().get(0).concepts().stream()
                    .map(Prediction.Concept::concept)
                    .toList();
            return new Stored(
                    result.title(),
                    result.source(),
                    result.unit(),
                    result.model(),
                    result.constant(),
                    result.parts(),
                    result.bestEpoch(),
                    result.validationMae(),
                    result.trainedParameters(),
                    result.seconds(),
                    concepts,
                    rows);
        }

        /** To four digits, which keeps the file small. */
        private static List<Double> rounded(Prediction prediction) {
            return prediction.concepts().stream()
                    .map(concept -> Math.round(concept.probability() * 1e4) / 1e4)
                    .toList();
        }

        CellResult result() {
            return new CellResult(
                    title,
                    source,
                    unit,
                    model,
                    constant,
                    parts,
                    bestEpoch,
                    validationMae,
                    trainedParameters,
                    seconds,
                    new LabeledPredictions(
                            predictions.stream()
                                    .map(row -> NamedImage.labeled(row.image(), row.label()))
                                    .toList(),
                            predictions.stream().map(this::prediction).toList()));
        }

        private Prediction prediction(Row row) {
            List<Prediction.Concept> all = new ArrayList<>();
            for (int k = 0; k < concepts.size(); k++) {
                all.add(new Prediction.Concept(
                        concepts.get(k), row.probabilities().get(k)));
            }
            return new Prediction(row.value(), all);
        }
    }
}
