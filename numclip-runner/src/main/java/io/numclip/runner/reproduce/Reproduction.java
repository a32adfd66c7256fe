package io.numclip.runner.reproduce;

import io.numclip.clip.directory.ModelSource;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A published protocol on the user's data.
 *
 * @param name of the protocol
 * @param allRuns names of all runs of the protocol, in order
 * @param runs those that are trained, by name
 * @param images of each of them
 * @param changes settings that the user has changed
 */
record Reproduction(
        String name,
        PublishedProtocol protocol,
        List<String> allRuns,
        Map<String, ExperimentConfig> runs,
        Map<String, PublishedProtocol.ImageCounts> images,
        List<Setting> changes) {

    ExperimentConfig anyRun() {
        return runs.values().iterator().next();
    }

    boolean isEmbedded() {
        return ModelSource.isEmbedded(anyRun().backbone().model());
    }

    /** Whether the epoch is chosen on the test images, so that the last epoch is known there too. */
    boolean isChosenOnTest() {
        return anyRun().protocol().isReference();
    }

    /** What differs from the publication here, a sentence for each. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        differences.add(clip());
        if (runs.size() < allRuns.size()) {
            differences.add(
                    "Runs: " + runs.size() + " of " + allRuns.size() + " (" + String.join(", ", runs.keySet()) + ").");
        }
        long others = images.keySet().stream().filter(this::hasOtherImages).count();
        if (others > 0) {
            differences.add("Images: other numbers than the published ones in " + others + " of " + images.size()
                    + " runs; the table above has both.");
        }
        changes.stream()
                .filter(change -> !change.key().equals("backbone.model")) // said already
                .forEach(change -> differences.add("Changed: " + change.key() + "=" + change.value() + "."));
        differences.addAll(protocol.differences());
        return differences;
    }

    private String clip() {
        return isEmbedded()
                ? "CLIP: the tiny embedded one, pretrained on pictograms and drawings, so these figures say nothing about the"
                        + " publication. Name a real CLIP with --set backbone.model=DIR; published: " + protocol.clip()
                        + "."
                : "CLIP: " + anyRun().backbone().model() + "; published: " + protocol.clip()
                        + ". Whether the two are the same is for you to check ('numclip report CLIP' describes yours).";
    }

    private boolean hasOtherImages(String run) {
        PublishedProtocol.ImageCounts published = protocol.images(allRuns.indexOf(run));
        return published != null && !published.equals(images.get(run));
    }
}
