package io.numclip.host.assembly;

import io.numclip.data.NumClipException;
import io.numclip.host.config.ExperimentConfig;
import java.io.IOException;
import java.util.List;

/** Which methods can be used with a model that has an image tower only. */
final class MethodsWithoutWords {

    /** Those of the program, the most common first. */
    static final List<String> BUILT_IN = List.of(
            "linear-probe",
            "ridge",
            "neighbours",
            "regression",
            "cross-entropy",
            "coral",
            "corn",
            "cumulative-link",
            "sord",
            "dldl",
            "dldl-v2",
            "emd",
            "mean-variance",
            "weighted-kappa",
            "binomial",
            "poisson",
            "triangular",
            "beta",
            "exponential",
            "pairwise-ranking",
            "rank-n-contrast",
            "mlp-regression",
            "mlp-cross-entropy",
            "mlp-dldl-v2");

    private MethodsWithoutWords() {}

    /**
     * Reads the configuration of the model, and no weights.
     *
     * @throws NumClipException if the method needs words and the model cannot read them
     */
    static void require(ExperimentConfig config, SharedModels models) throws IOException {
        String reader = config.readerOfWords();
        if (reader.isEmpty()) {
            return;
        }
        String model = config.backbone().model();
        if (!models.clip(model).hasText()) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    "backbone.model: %s has an image tower only, and reads no words; the method %s needs them for %s"
                            .formatted(model, config.method().name(), reader),
                    "Use a model with both towers, or one of the methods without words: " + String.join(", ", BUILT_IN)
                            + ".");
        }
    }
}
