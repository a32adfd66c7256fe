package io.numclip.host.export;

import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.tower.ClipFacts;
import io.numclip.data.Bin;
import io.numclip.data.LabelScale;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.export.ModelExport.Licences;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.run.Recalibration;
import io.numclip.model.ModelDirectory;
import io.numclip.uncertainty.ExactNumber;
import io.numclip.uncertainty.coverage.CutReport;
import io.numclip.uncertainty.coverage.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** {@code README.md} of a model that is handed on, with the front matter that the hub of Hugging Face reads. */
final class ModelCard {

    private static final List<String> COMPARED = List.of(Comparison.CONSTANT, Comparison.CONCEPT_WORDS);

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
        if (images.isConvolutional()) {
            return images.layers() + " convolutions, the last of width " + images.hiddenSize();
        }
        return images.hasNetwork()
                ? images.layers() + " layers of width " + images.hiddenSize()
                : "colours averaged over " + images.grid() + " x " + images.grid() + " squares";
    }

    private void results() throws IOException {
        if (model.adjustment().images() > 0) {
            line("Recalibrated on " + PlainText.counted(model.adjustment().images(), "image") + ": the number is "
                    + Recalibration.words(model.adjustment(), "that of the network", model.scale()) + ".");
            line("");
        }
        Optional<RunMetrics> metrics = RunMetrics.read(folder.resolve("metrics.json"));
        if (metrics.isPresent()) {
            results(metrics.get());
        }
    }

    private void results(RunMetrics metrics) {
        Comparison comparison = metrics.comparison();
        line("## Results");
        line("");
        line(
                "On " + PlainText.counted(comparison.count(), "image")
                        + " of the test split that training and the choice of settings did not see. Intervals of 95 % by bootstrap.");
        line("");
        line("| | MAE (" + model.scale().unit() + ") | accuracy |");
        line("|---|---|---|");
        result(comparison.trained());
        comparison.rows().stream().filter(row -> COMPARED.contains(row.model())).forEach(this::result);
        line("");
        List<String> remarks = new ArrayList<>(metrics.notes());
        metrics.coverage().ifPresent(coverage -> coverage.cuts().forEach(cut -> remarks.add(decision(cut))));
        remarks.forEach(remark -> line("- " + remark));
        if (!remarks.isEmpty()) {
            line("");
        }
    }

    /** Such as: what is treated as below 18 misses 2 of 248 images below 18, and takes 120 of 752 others. */
    private static String decision(CutReport report) {
        String name = report.cut().name();
        Share recall = report.chosen().recall();
        Share cost = report.chosen().cost();
        return "What is treated as " + name + " misses "
                + (recall == null
                        ? "none of 0 images"
                        : recall.images() - recall.count() + " of " + PlainText.counted(recall.images(), "image"))
                + " " + name + ", and takes "
                + (cost == null ? "none of 0 others" : cost.count() + " of " + cost.images() + " others") + " with it.";
    }

    private void result(Comparison.Row row) {
        line("| " + row.model() + " | " + figure(row, OrdinalMetric.MAE) + " | " + figure(row, OrdinalMetric.ACCURACY)
                + " |");
    }

    private static String figure(Comparison.Row row, OrdinalMetric metric) {
        Double figure = row.figures().get(metric);
        Interval interval = row.intervals().get(metric);
        String found = figure == null ? "undefined" : PlainText.measured(figure);
        return interval == null
                ? found
                : found + " [" + PlainText.measured(interval.low()) + ", " + PlainText.measured(interval.high()) + "]";
    }

    private void limits() {
        line("## Intended use and limits");
        line("");
        line(
                "For images like those of the training. On others the error is unknown; where the model is calibrated, each"
                        + " prediction has an interval, and an image unlike all known ones is marked. A number that the model gives"
                        + " is an estimate and no measurement: do not decide about a person by it alone. Groups of images may be"
                        + " served worse than the average says; measure it for yours (`numclip evaluate RUN`, with a column of the group in the list).");
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
