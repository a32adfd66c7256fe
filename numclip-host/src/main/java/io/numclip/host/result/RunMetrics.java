package io.numclip.host.result;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.numclip.data.NumClipException;
import io.numclip.evaluation.Figures;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.protocol.Leak;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.coverage.Share;
import io.numclip.uncertainty.temperature.Likelihood;
import io.numclip.yardstick.LearningCurve;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What {@code metrics.json} of a finished run says. What a file of an earlier version does not have is empty.
 *
 * @param differences of absolute errors, the trained model's minus another's, by the name of the other
 * @param notes about the protocol
 * @param leaks images and groups that are in more than one split
 * @param bestEpoch the epoch whose model was kept, counted from 1; 0 if nothing was trained
 * @param skippedImages names of images that could not be read
 */
public record RunMetrics(
        String task,
        String unit,
        Comparison comparison,
        Map<String, PairedComparison> differences,
        List<Finding> verdict,
        List<Parts> parts,
        OptionalDouble ordinality,
        Optional<CoverageReport> coverage,
        Optional<LearningCurve> curve,
        List<String> notes,
        List<Leak> leaks,
        int bestEpoch,
        List<String> skippedImages,
        long seed,
        String dataHash,
        Map<String, String> versions) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(CoverageReport.class, NamesOfBefore.class)
            .build();

    /** What files of before chances were of a distribution call them. */
    interface NamesOfBefore {

        @JsonAlias("raw")
        Likelihood words();

        @JsonAlias("tempered")
        Likelihood chances();
    }

    /**
     * Empty if the file is missing or ends too early: the run is not finished.
     *
     * @throws NumClipException if it is no JSON, or something in it is of another kind than it should be
     */
    public static Optional<RunMetrics> read(Path file) throws IOException {
        if (!RegularFile.exists(file)) {
            return Optional.empty();
        }
        try {
            return parsed(RegularFile.read(file));
        } catch (JsonEOFException torn) {
            return Optional.empty();
        } catch (JsonProcessingException | CharConversionException | IllegalArgumentException wrong) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    file + ": " + reason(wrong),
                    "put the file back from a copy of the run, or train again",
                    wrong);
        }
    }

    /** That of the record that refuses a value, without the words of the parser around it. */
    private static String reason(Exception wrong) {
        Throwable cause = wrong.getCause() instanceof IllegalArgumentException refusal ? refusal : wrong;
        return cause instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : NumClipException.firstLine(cause);
    }

    /** The figures; empty if the file has none. */
    public static Optional<RunMetrics> parsed(byte[] content) throws IOException {
        JsonNode tree = JSON.readTree(content);
        if (!tree.isObject() && !tree.isMissingNode()) {
            throw new IllegalArgumentException("expected a JSON object, found " + tree.getNodeType());
        }
        return tree.path("models").isEmpty() ? Optional.empty() : Optional.of(metrics(tree));
    }

    private static RunMetrics metrics(JsonNode tree) throws JsonProcessingException {
        if (!tree.path("models").has(Comparison.CONSTANT)) {
            throw new IllegalArgumentException("models has no " + Comparison.CONSTANT);
        }
        return new RunMetrics(
                tree.path("task").asText(),
                tree.path("unit").asText(),
                comparison(tree, tree),
                map(tree.path("differences"), PairedComparison.class),
                list(tree.path("verdict"), Finding.class),
                parts(tree),
                tree.path("ordinality").isNumber()
                        ? OptionalDouble.of(tree.path("ordinality").asDouble())
                        : OptionalDouble.empty(),
                tree.has("uncertainty")
                        ? Optional.of(JSON.treeToValue(tree.path("uncertainty"), CoverageReport.class))
                        : Optional.empty(),
                tree.has("learningCurve")
                        ? Optional.of(JSON.treeToValue(tree.path("learningCurve"), LearningCurve.class))
                        : Optional.empty(),
                list(tree.path("protocol").path("notes"), String.class),
                leaks(tree.path("protocol").path("leaks")),
                tree.path("bestEpoch").asInt(),
                list(tree.path("skippedImages"), String.class),
                tree.path("seed").asLong(),
                tree.path("dataHash").asText(),
                map(tree.path("versions"), String.class));
    }

    /** @param whole has what all parts share */
    private static Comparison comparison(JsonNode node, JsonNode whole) {
        List<Comparison.Row> rows = new ArrayList<>();
        node.path("models").properties().forEach(model -> {
            JsonNode bounds = node.path("intervals").path(model.getKey());
            rows.add(row(model.getKey(), model.getValue(), bounds));
        });
        return new Comparison(
                node.path("images").asInt(),
                whole.path("tolerance").asDouble(),
                rows,
                constants(whole.path("constants")));
    }

    private static Comparison.Row row(String model, JsonNode node, JsonNode bounds) {
        Map<OrdinalMetric, Double> figures = new EnumMap<>(OrdinalMetric.class);
        Map<OrdinalMetric, Interval> intervals = new EnumMap<>(OrdinalMetric.class);
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            Interval interval = interval(bounds.path(metric.key()));
            if (node.path(metric.key()).isNumber()) {
                figures.put(metric, node.path(metric.key()).asDouble());
            }
            if (interval != null) {
                intervals.put(metric, interval);
            }
        }
        if (!figures.containsKey(OrdinalMetric.MAE)) {
            throw new IllegalArgumentException("models." + model + ".mae must be a number");
        }
        return new Comparison.Row(model, new Figures(figures, intervals));
    }

    private static Map<OrdinalMetric, String> constants(JsonNode node) {
        Map<OrdinalMetric, String> constants = new EnumMap<>(OrdinalMetric.class);
        for (OrdinalMetric metric : OrdinalMetric.values()) {
            if (node.path(metric.key()).isTextual()) {
                constants.put(metric, node.path(metric.key()).asText());
            }
        }
        return constants;
    }

    private static List<Parts> parts(JsonNode tree) throws JsonProcessingException {
        List<Parts> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> by : tree.path("parts").properties()) {
            Map<String, Comparison> parts = new LinkedHashMap<>();
            Map<String, PartFigures> trained = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> part : by.getValue().properties()) {
                parts.put(part.getKey(), comparison(part.getValue(), tree));
                if (part.getValue().path("bias").isNumber()) {
                    trained.put(part.getKey(), figures(part.getValue()));
                }
            }
            all.add(new Parts(by.getKey(), parts, trained));
        }
        return all;
    }

    private static PartFigures figures(JsonNode part) throws JsonProcessingException {
        return new PartFigures(
                part.path("bias").asDouble(),
                interval(part.path("biasInterval")),
                part.has("coverage") ? JSON.treeToValue(part.path("coverage"), Share.class) : null);
    }

    private static @Nullable Interval interval(JsonNode ends) {
        return ends.size() == 2
                ? new Interval(ends.get(0).asDouble(), ends.get(1).asDouble())
                : null;
    }

    private static List<Leak> leaks(JsonNode node) throws JsonProcessingException {
        List<Leak> leaks = new ArrayList<>();
        for (Map.Entry<String, JsonNode> leak : node.properties()) {
            leaks.add(new Leak(
                    Leak.Kind.valueOf(leak.getKey().toUpperCase(Locale.ROOT)),
                    leak.getValue().path("count").asInt(),
                    list(leak.getValue().path("examples"), String.class)));
        }
        return leaks;
    }

    private static <T> List<T> list(JsonNode node, Class<T> type) throws JsonProcessingException {
        List<T> list = new ArrayList<>();
        for (JsonNode each : node) {
            list.add(JSON.treeToValue(each, type));
        }
        return list;
    }

    private static <T> Map<String, T> map(JsonNode node, Class<T> type) throws JsonProcessingException {
        Map<String, T> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            map.put(each.getKey(), JSON.treeToValue(each.getValue(), type));
        }
        return map;
    }
}
