package io.numclip.host.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ClipCopy;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.YamlWriter;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.handover.HandedOnParts;
import io.numclip.host.handover.SelfTest;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.Finding;
import io.numclip.host.result.RunFolder;
import io.numclip.host.run.ProgramDigest;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.BaseModel;
import io.numclip.model.ModelDirectory;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.RegularFile;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Writes the model of a run as a directory that needs nothing else: trained towers in its CLIP, words, prototypes, heads,
 * calibration, a model card, an image with what became of it, and SHA-256 of every file.
 */
public final class ModelExport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PluginCatalog catalog;
    private final Licences licences;

    /**
     * What whoever hands the model on says of its licences.
     *
     * @param weights an SPDX identifier, or empty
     * @param data of the images and labels that it was trained on; empty if unknown
     */
    public record Licences(String weights, String data) {}

    public ModelExport(PluginCatalog catalog, Licences licences) {
        this.catalog = catalog;
        this.licences = licences;
    }

    /**
     * @param target a directory that does not exist or is empty
     * @throws NumClipException if it holds something, the run has no model, or its CLIP is another one now
     */
    public void write(RunFolder run, Path target) throws IOException {
        AtomicFolder.requireFree(target);
        if (HandedOnModel.isOne(run.path())) {
            HandedOnModel.open(run.path()); // as it was handed on
        }
        ModelDirectory model = ModelDirectory.open(run.model());
        ExperimentReader.Heads heads = TrainedModel.heads(catalog, run.model(), model, List.of());
        ExperimentConfig config =
                new ExperimentReader(catalog).read(run.config().toString(), List.of());
        BaseModel base = TrainedModel.base(run.path(), model, null);
        int imageSize = ClipPreprocessor.stored(run.model()).height();
        AtomicFolder.create(target, folder -> {
            writeModel(model, base, imageSize, folder);
            writeText(folder.resolve("config.yaml"), YamlWriter.write(withoutPlaces(config)));
            if (RegularFile.exists(run.metrics())) {
                writeFigures(run, config.protocol().group(), folder.resolve("metrics.json"));
            }
            ImageIO.write(
                    SelfTestPicture.draw(),
                    "png",
                    folder.resolve(HandedOnModel.IMAGE).toFile());
            Map<String, String> madeWith = new ProgramDigest().versions(heads);
            new HandedOnModel(HandedOnModel.FORMAT_VERSION, madeWith, HandedOnParts.of(folder), selfTest(folder))
                    .write(folder);
            writeText(folder.resolve("README.md"), ModelCard.of(folder, config, model, madeWith, licences));
            Seal.put(folder);
        });
    }

    /** The CLIP with the trained weights in it, and the model that belongs to it. */
    private static void writeModel(ModelDirectory model, BaseModel base, int imageSize, Path folder)
            throws IOException {
        Path clip = folder.resolve(HandedOnModel.CLIP);
        AtomicFolder.write(clip, copy -> {
            ClipCopy.write(base.directory(), model.weights(), imageSize, copy);
            Seal.put(copy);
        });
        model.writeFor(
                new BaseModel(HandedOnModel.CLIP, StoredWeights.fingerprint(clip), clip), folder.resolve("model"));
    }

    private static void writeText(Path file, String text) throws IOException {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the figures of the run without the names of images and subjects, which may be of people. */
    private static void writeFigures(RunFolder run, String group, Path file) throws IOException {
        JsonNode figures = JSON.readTree(run.metrics().toFile());
        if (figures.path("parts") instanceof ObjectNode parts) {
            parts.remove(List.of(LabeledImage.SUBJECT, group));
        }
        for (JsonNode leak : figures.at("/protocol/leaks")) {
            ((ObjectNode) leak).putArray("examples");
        }
        ((ObjectNode) figures).remove("skippedImages");
        Iterator<JsonNode> verdict = figures.path("verdict").elements();
        while (verdict.hasNext()) {
            if (verdict.next().path("topic").asText().equalsIgnoreCase(Finding.Topic.DOUBTS.name())) {
                verdict.remove();
            }
        }
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(figures));
    }

    /** Through the directory itself, in float32 on the CPU. */
    private SelfTest selfTest(Path folder) throws IOException {
        TrainedModel.Options options = new TrainedModel.Options(
                "cpu", Precision.FP32, folder.resolve(HandedOnModel.CLIP).toString());
        try (TrainedModel trained = TrainedModel.open(folder.resolve("model"), catalog, options)) {
            return HandedOnModel.test(folder, trained.predictor());
        }
    }

    /** The configuration with its own CLIP, and without folders of this machine. */
    private static Map<String, Object> withoutPlaces(ExperimentConfig config) {
        Map<String, Object> tree = config.toTree();
        tree.remove("follow");
        put(tree, List.of("backbone", "model"), HandedOnModel.CLIP);
        for (List<String> key : List.of(
                List.of("task", "data", "root"), List.of("task", "data", "file"), List.of("protocol", "manifest"))) {
            put(tree, key, "");
        }
        if (config.regions() != null) {
            tree.put("regions", RegionSearch.portable(config.regions()));
        }
        return tree;
    }

    @SuppressWarnings("unchecked") // a tree of maps, made by Records
    private static void put(Map<String, Object> tree, List<String> key, String value) {
        Map<String, Object> node = tree;
        for (String part : key.subList(0, key.size() - 1)) {
            if (!(node.get(part) instanceof Map<?, ?> child)) {
                return;
            }
            node = (Map<String, Object>) child;
        }
        node.computeIfPresent(key.get(key.size() - 1), (name, old) -> value);
    }
}
