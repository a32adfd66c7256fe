package io.numclip.host.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.config.Protocol;
import io.numclip.host.config.Records;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.Findings;
import io.numclip.host.result.PartFigures;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.result.RunResult;
import io.numclip.host.result.Versions;
import io.numclip.protocol.Leak;
import io.numclip.storage.AtomicFile;
import io.numclip.uncertainty.coverage.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@code metrics.json}. A run is finished if its folder has this file; {@link RunMetrics} reads it. */
public final class MetricsFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private MetricsFile() {}

    /** The content of the file. */
    static byte[] content(RunResult result) throws JsonProcessingException {
        return JSON.writeValueAsBytes(metrics(result));
    }

    public static void writeWhole(Path file, Map<String, Object> content) throws IOException {
        AtomicFile.write(file, JSON.writeValueAsBytes(content));
    }

    public static Map<String, Object> models(Comparison comparison) {
        Map<String, Object> models = new LinkedHashMap<>();
        comparison.rows().forEach(row -> models.put(row.model(), figures(row)));
        return models;
    }

    private static Map<String, Object> metrics(RunResult result) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("task", result.config().taskName());
        metrics.put("method", Records.tree(result.config().method()));
        metrics.put("split", "test");
        metrics.put("protocol", protocol(result.config().protocol(), result.leaks()));
        metrics.put("images", result.comparison().count());
        metrics.put("unit", result.scale().unit());
        metrics.put("models", models(result.comparison()));
        metrics.put("intervals", intervals(result.comparison()));
        metrics.put("differences", differences(result.differences()));
        metrics.put("verdict", Findings.of(result).stream().map(Records::tree).toList());
        metrics.put("constants", byKey(result.comparison().constants()));
        metrics.put("tolerance", result.comparison().tolerance());
        result.ordinality().ifPresent(ordinality -> metrics.put("ordinality", ordinality));
        metrics.put("parts", parts(result));
        result.coverage().ifPresent(coverage -> metrics.put("uncertainty", Records.tree(coverage)));
        result.curve().ifPresent(curve -> metrics.put("learningCurve", Records.tree(curve)));
        metrics.put("bestEpoch", result.training().bestEpoch());
        metrics.put("bestValidationMae", result.training().bestValidationMae());
        metrics.put("skippedImages", result.training().skippedImages());
        metrics.put("seed", result.config().training().seed());
        metrics.put("seeds", Records.tree(result.config().seeds()));
        metrics.put("dataHash", result.dataHash());
        metrics.put("versions", Versions.all());
        return metrics;
    }

    public static Map<String, Object> protocol(Protocol protocol, List<Leak> leaks) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("notes", protocol.notes());
        node.put("settings", Records.tree(protocol));
        Map<String, Object> found = new LinkedHashMap<>();
        for (Leak leak : leaks) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("count", leak.count());
            details.put("examples", leak.examples());
            found.put(leak.kind().name().toLowerCase(Locale.ROOT), details);
        }
        node.put("leaks", found);
        return node;
    }

    private static Map<String, Object> parts(RunResult result) {
        Map<String, Object> all = new LinkedHashMap<>();
        result.parts().forEach(by -> {
            Map<String, Object> parts = new LinkedHashMap<>();
            by.parts().forEach((name, part) -> {
                Map<String, Object> node = new LinkedHashMap<>();
                node.put("images", part.count());
                node.put("models", models(part));
                node.put("intervals", intervals(part));
                addTrained(node, by.trained().get(name));
                parts.put(name, node);
            });
            all.put(by.name(), parts);
        });
        return all;
    }

    private static void addTrained(Map<String, Object> node, @Nullable PartFigures trained) {
        if (trained != null) {
            node.put("bias", trained.bias());
            Interval interval = trained.biasInterval();
            node.put("biasInterval", interval == null ? List.of() : List.of(interval.low(), interval.high()));
            Share coverage = trained.coverage();
            if (coverage != null) {
                node.put("coverage", Records.tree(coverage));
            }
        }
    }

    private static Map<String, Double> figures(Comparison.Row row) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            figures.put(metric.key(), row.figures().get(metric));
        }
        return figures;
    }

    private static Map<String, Object> intervals(Comparison comparison) {
        Map<String, Object> models = new LinkedHashMap<>();
        comparison.rows().forEach(row -> {
            Map<String, Object> intervals = new LinkedHashMap<>();
            row.intervals()
                    .forEach((metric, interval) ->
                            intervals.put(metric.key(), List.of(interval.low(), interval.high())));
            models.put(row.model(), intervals);
        });
        return models;
    }

    private static Map<String, Object> byKey(Map<OrdinalMetric, String> texts) {
        Map<String, Object> byKey = new LinkedHashMap<>();
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            if (texts.containsKey(metric)) {
                byKey.put(metric.key(), texts.get(metric));
            }
        }
        return byKey;
    }

    private static Map<String, Object> differences(Map<String, PairedComparison> differences) {
        Map<String, Object> tree = new LinkedHashMap<>();
        differences.forEach((model, difference) -> tree.put(model, Records.tree(difference)));
        return tree;
    }
}
