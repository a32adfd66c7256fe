package io.numclip.runner.reproduce;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.ConfigNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A published protocol, as the file {@code numclip/protocols/NAME.yaml} in the plugin of its task describes it.
 *
 * @param title in one line
 * @param clip the CLIP of the publication, in words
 * @param runs one training each; empty: one for each fold of the data
 * @param images how many images the publication counts: one entry for all runs, or one for each; empty if it counts none
 * @param metrics to show, in order
 * @param differences what is known to differ from the publication, whatever the data
 * @param experiment what a file for {@code numclip train} would say
 */
record PublishedProtocol(
        String title,
        String clip,
        List<PublishedRun> runs,
        List<ImageCounts> images,
        List<OrdinalMetric> metrics,
        List<PublishedFigure> figures,
        List<String> differences,
        ConfigNode.Mapping experiment) {

    /** @param settings of this run alone, by dotted key */
    record PublishedRun(String name, Map<String, String> settings) {}

    /** How many images one run has. */
    record ImageCounts(int train, int validation, int test) {}

    /**
     * A published figure.
     *
     * @param run the run that it belongs to; null: the mean over all
     * @param value as it is published, accuracies as shares
     */
    record PublishedFigure(OrdinalMetric metric, @Nullable String run, String method, String value, String source) {}

    /** The figures of a metric for one run, or for the mean over all. */
    List<PublishedFigure> figures(OrdinalMetric metric, @Nullable String run) {
        return figures.stream()
                .filter(figure -> figure.metric() == metric && Objects.equals(figure.run(), run))
                .toList();
    }

    /** @param run its place among all runs, from 0; null if the publication counts no images */
    @Nullable
    ImageCounts images(int run) {
        if (images.isEmpty()) {
            return null;
        }
        return images.size() == 1 ? images.get(0) : images.get(Math.min(run, images.size() - 1));
    }
}
