package io.numclip.host.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.run.ImageClusters;
import io.numclip.host.run.NamedImage;
import io.numclip.host.run.Provenance;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file of a finished cell, {@code cells/<task>/<method>-<digest>-<digest>.json}. The first digest is of the whole
 * configuration, the second of its {@link Provenance}: when one of them changes the cell gets another file, and the old
 * one is kept in case they change back.
 */
final class CellFile {

    private static final String FORMAT = "numclip-cell-3";
    private static final int DIGITS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String configuration;
    private final Provenance provenance;
    private final Path file;

    CellFile(Path folder, Cell cell, Provenance provenance) {
        String digest =
                new Fingerprint().add(FORMAT).add(cell.config().toYaml()).hex().substring(0, DIGITS);
        this.folder = folder.resolve("cells").resolve(plain(cell.config().taskName()));
        this.configuration = plain(cell.method()) + (cell.trial() ? "-trial-" : "-") + digest;
        this.provenance = provenance;
        this.file = this.folder.resolve(configuration + "-" + digest(provenance) + ".json");
    }

    private static String digest(Provenance provenance) {
        return new Fingerprint()
                .add(provenance.data())
                .add(provenance.clip())
                .add(provenance.program())
                .hex()
                .substring(0, DIGITS);
    }

    /** Of the file, within those of all tasks. */
    String name() {
        return folder.getFileName() + "/" + file.getFileName();
    }

    /** What has changed since the same configuration was last trained; empty if it never was. */
    List<String> changes() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> earlier = files.filter(file -> String.valueOf(file.getFileName())
                            .matches(configuration + "-[0-9a-f]{" + DIGITS + "}\\.json"))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()))
                    .toList();
            Optional<Stored> last = earlier.isEmpty() ? Optional.empty() : stored(earlier.get(earlier.size() - 1));
            return last.map(stored -> provenance.changesSince(stored.provenance()))
                    .orElse(List.of());
        }
    }

    /** Whether there is a file, complete or not. */
    boolean exists() {
        return Files.isRegularFile(file);
    }

    /** Empty if there is no complete file. */
    Optional<CellResult> read() throws IOException {
        return stored(file).map(Stored::result);
    }

    private static Optional<Stored> stored(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Stored.class));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** Writes all or nothing. Nobody else may be writing it: what a killed process has left of it is cleared. */
    void write(CellResult result) throws IOException {
        Files.createDirectories(folder);
        Leftovers.clearOf(file);
        AtomicFile.write(file, JSON.writeValueAsBytes(Stored.of(provenance, result)));
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]+", "-");
    }

    /** What the file holds: its component names are the keys. */
    private record Stored(
            Provenance provenance,
            String title,
            String source,
            String unit,
            Map<String, Double> model,
            Map<String, Double> constant,
            Map<String, Double> parts,
            int bestEpoch,
            double validationMae,
            long trainedParameters,
            int steps,
            double seconds,
            List<String> concepts,
            List<Row> predictions) {

        /** A test image. */
        private record Row(String image, String group, double label, double value, List<Double> probabilities) {}

        static Stored of(Provenance provenance, CellResult result) {
            List<Row> rows = new ArrayList<>();
            LabeledPredictions predictions = result.predictions();
            for (int i = 0; i < predictions.size(); i++) {
                LabeledImage image = predictions.images().get(i);
                Prediction prediction = predictions.predictions().get(i);
                rows.add(new Row(
                        image.name(),
                        ImageClusters.group(image, NamedImage.GROUP),
                        image.label(),
                        prediction.value(),
                        rounded(prediction)));
            }
            List<String> concepts = predictions.predictions().stream()
                    .limit(1)
                    .flatMap(prediction -> prediction.concepts().stream())
                    .map(Prediction.Concept::concept)
                    .toList();
            return new Stored(
                    provenance,
                    result.title(),
                    result.source(),
                    result.unit(),
                    result.model(),
                    result.constant(),
                    result.parts(),
                    result.bestEpoch(),
                    result.validationMae(),
                    result.trainedParameters(),
                    result.steps(),
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
                    steps,
                    seconds,
                    new LabeledPredictions(
                            predictions.stream()
                                    .map(row -> NamedImage.labeled(row.image(), row.label(), row.group()))
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
