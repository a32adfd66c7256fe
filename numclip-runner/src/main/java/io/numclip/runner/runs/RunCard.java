package io.numclip.runner.runs;

import io.numclip.clip.lora.Lora;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.data.Bin;
import io.numclip.data.LabelScale;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.run.Recalibration;
import io.numclip.model.ModelDirectory;
import io.numclip.uncertainty.ExactNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Describes a run folder. */
final class RunCard {

    private RunCard() {}

    static Map<String, String> of(RunFolder folder) throws IOException {
        ModelDirectory model = ModelDirectory.open(folder.model());
        Map<String, String> card = new LinkedHashMap<>();
        card.put("run", folder.path().toString());
        model.method().ifPresent(method -> card.put("method", method));
        card.put("base CLIP", model.baseReference() + ", " + model.embedDim() + " dimensions");
        Optional<Lora> lora = model.lora();
        if (lora.isPresent()) {
            card.put("low-rank changes", describe(lora.get(), model.weights()));
        }
        card.put(
                "scale",
                ExactNumber.text(model.scale().minimum()) + " to "
                        + ExactNumber.text(model.scale().maximum()) + " "
                        + model.scale().unit()
                        + (model.scale().wholeNumbers() ? ", whole numbers" : ""));
        card.put(
                "bins",
                StreamSupport.stream(model.concepts().spliterator(), false)
                        .map(bin -> describe(bin, model.scale()))
                        .collect(Collectors.joining(", ")));
        card.put("fine head", model.fineHead().toString());
        if (model.adjustment().images() > 0) {
            card.put("recalibrated", Recalibration.words(model.adjustment(), "the network's number", model.scale()));
        }
        RunMetrics.read(folder.metrics()).ifPresent(metrics -> addFigures(metrics, card));
        return card;
    }

    private static String and(String note, String further) {
        return note + "; " + further;
    }

    private static String describe(Lora lora, Path weights) throws IOException {
        try (Safetensors tensors = Safetensors.open(weights)) {
            long numbers = tensors.entries().values().stream()
                    .filter(tensor -> tensor.name().contains(".lora_"))
                    .mapToLong(tensor -> tensor.shape().size())
                    .sum();
            return String.format(
                    Locale.ROOT,
                    "rank %d, alpha %s over %s, layers %s, targets %s, towers %s; %,d numbers, %.2f MB",
                    lora.rank(),
                    ExactNumber.text(lora.alpha()),
                    lora.scaling() == Lora.Scaling.SQRT ? "the root of the rank" : "the rank",
                    lora.layers(),
                    words(lora.targets()),
                    words(lora.towers()),
                    numbers,
                    numbers * Float.BYTES / 1e6);
        }
    }

    private static String words(List<? extends Enum<?>> values) {
        return values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    private static String describe(Bin bin, LabelScale scale) {
        return bin.concept() + " (" + PlainText.number(bin.lower(), scale) + " to "
                + PlainText.number(bin.upper(), scale) + ", stands for " + PlainText.number(bin.anchor(), scale) + ")";
    }

    private static void addFigures(RunMetrics metrics, Map<String, String> card) {
        metrics.notes().forEach(note -> card.merge("protocol", note, RunCard::and));
        metrics.comparison()
                .rows()
                .forEach(row -> card.put(
                        "test, " + row.model(),
                        "MAE " + figure(row, OrdinalMetric.MAE) + ", accuracy " + figure(row, OrdinalMetric.ACCURACY)));
    }

    private static String figure(Comparison.Row row, OrdinalMetric metric) {
        Double known = row.figures().get(metric);
        return known == null ? "undefined" : PlainText.measured(known);
    }
}
