package io.numclip.host.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.ClipConfig;
import io.numclip.clip.ClipFacts;
import io.numclip.data.Bin;
import io.numclip.data.LabelScale;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.export.ModelExport.Licences;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunMetrics;
import io.numclip.model.ModelDirectory;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.ExactNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** {@code README.md} of a model that is handed on, with the front matter that the hub of Hugging Face reads. */
final class ModelCard {

    private static final String OWN = "NumCLIP";
    private static final List<String> COMPARED = List.of("constant", "zero-shot, concept words");

    private final Path folder;
    private final ExperimentConfig config;
    private final ModelDirectory model;
    private final Licences licences;
    private final StringBuilder text = new StringBuilder();

    private ModelCard(Path folder, ExperimentConfig config, ModelDirectory model, Licences licences) {
        this.folder = folder;
        this.config = config;
        this.model = model;
        this.licences = licences;
    }

    /** @param folder the directory, which has everything else */
    static String of(
            Path folder, ExperimentConfig config, ModelDirectory model, Map<String, String> madeWith, Licences licences)
            throws IOException {
        ModelCard card = new ModelCard(folder, config, model, licences);
        card.frontMatter();
        card.introduction();
        card.results();
        card.limits();
        card.licences();
        card.versions(madeWith);
        return card.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void frontMatter() {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (!licences.weights().isEmpty()) {
            facts.put("license", licences.weights());
        }
        facts.put("library_name", "numclip");
        facts.put("pipeline_tag", "image-feature-extraction");
        facts.put("tags", List.of("numclip", "ordinal-regression", "image-regression", config.taskName()));
        line("---");
        text.append(new Dump(DumpSettings.builder().setSplitLines(false).build()).dumpToString(facts));
        line("---");
        line("");
    }

    private void introduction() throws IOException {
        LabelScale scale = model.scale();
        ClipFacts clip = ClipFacts.of(folder.resolve(HandedOnModel.CLIP));
        line("# " + config.taskName() + " from an image");
        line("");
        line("The model reads an image and answers with a " + (scale.wholeNumbers() ? "whole " : "") + "number of "
                + scale.unit() + " from "
                + ExactNumber.text(scale.minimum()) + " to " + ExactNumber.text(scale.maximum()) + ". Method: "
                + config.method().title()
                + ". The image is first matched to one of these concepts, then the number inside"
                + " them is predicted:");
        line("");
        for (Bin bin : model.concepts()) {
            line("- " + bin.concept() + " (" + PlainText.number(bin.lower(), scale) + " to "
                    + PlainText.number(bin.upper(), scale) + ")");
        }
        line("");
        line("Image tower: " + clip.family() + ", " + size(clip.config().vision()) + ".");
        line("");
        line("```");
        line("numclip predict THIS_DIRECTORY photo.jpg");
        line("```");
        line("");
    }

    private static String size(ClipConfig.Vision images) {
        return images.hasNetwork()
                ? images.layers() + " layers of width " + images.hiddenSize()
                : "colours averaged over " + images.grid() + " x " + images.grid() + " squares";
    }

    private void results() throws IOException {
        Path file = folder.resolve("metrics.json");
        if (RunMetrics.read(file).isEmpty()) {
            return;
        }
        JsonNode metrics = new ObjectMapper().readTree(RegularFile.read(file));
        line("## Results");
        line("");
        line("On " + metrics.path("images").asInt() + " images of the "
                + metrics.path("split").asText()
                + " split that training and the choice of settings did not see. Intervals of 95 % by bootstrap.");
        line("");
        line("| | MAE (" + model.scale().unit() + ") | accuracy |");
        line("|---|---|---|");
        List<String> shown = new ArrayList<>(List.of(OWN));
        shown.addAll(COMPARED);
        shown.forEach(name -> result(name, metrics));
        line("");
        metrics.path("protocol").path("notes").forEach(note -> line("- " + note.asText()));
        metrics.path("uncertainty").path("cuts").forEach(this::decision);
    }

    /** Such as: what is treated as below 18 misses 2 of 248 images below 18, and takes 120 of 752 others. */
    private void decision(JsonNode cut) {
        JsonNode recall = cut.path("chosen").path("recall");
        JsonNode cost = cut.path("chosen").path("cost");
        String name = cut.at("/cut/side").asText() + " "
                + ExactNumber.text(cut.at("/cut/edge").asDouble());
        line("- What is treated as " + name + " misses "
                + (recall.path("images").asInt() - recall.path("count").asInt()) + " of "
                + recall.path("images").asInt() + " images " + name + ", and takes "
                + cost.path("count").asInt() + " of " + cost.path("images").asInt() + " others with it.");
    }

    private void result(String name, JsonNode metrics) {
        JsonNode figures = metrics.path("models").path(name);
        if (figures.isObject()) {
            JsonNode bounds = metrics.path("intervals").path(name);
            line("| " + name + " | " + figure(figures, bounds, "mae") + " | " + figure(figures, bounds, "accuracy")
                    + " |");
        }
    }

    private static String figure(JsonNode figures, JsonNode bounds, String key) {
        JsonNode interval = bounds.path(key);
        String found = PlainText.measured(figures.path(key).asDouble());
        return interval.size() == 2
                ? found
                        + " [" + PlainText.measured(interval.get(0).asDouble()) + ", "
                        + PlainText.measured(interval.get(1).asDouble()) + "]"
                : found;
    }

    private void limits() {
        line("## Intended use and limits");
        line("");
        line(
                "For images like those of the training. On others the error is unknown; where the model is calibrated, each"
                        + " prediction has an interval, and an image unlike all known ones is marked. A number that the model gives"
                        + " is an estimate and no measurement: do not decide about a person by it alone. Groups of images may be"
                        + " served worse than the average says; measure it for yours (`numclip evaluate RUN --by COLUMN`).");
        line("");
    }

    private void licences() {
        line("## Licences");
        line("");
        line("- Weights: "
                + (licences.weights().isEmpty()
                        ? "not stated; that of the CLIP holds for its part, see clip/"
                        : PlainText.printable(licences.weights())));
        line("- Data: "
                + (licences.data().isEmpty()
                        ? "not stated by who wrote this directory"
                        : PlainText.printable(licences.data())));
        line("");
    }

    private void versions(Map<String, String> madeWith) {
        line("## Made with");
        line("");
        madeWith.forEach((name, version) -> line("- " + name + " " + version));
        line("");
        line(
                "`config.yaml` has every setting of the training; folders of the machine were left out. The directory opens only"
                        + " if every file has its recorded SHA-256 and `self-test.png` gives the recorded number.");
    }
}
