package io.numclip.host.handover;

import ai.djl.Device;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.model.NumClipPredictor;
import io.numclip.storage.RegularFile;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that was made to be handed on: {@code model/} and {@code config.yaml} as in a run, its CLIP in {@code clip/},
 * an image with what became of it, and a seal on everything.
 *
 * @param formatVersion of {@code handed-on.json}
 * @param madeWith the version of NumCLIP and, for each plugin that the model needs, its version and the SHA-256 of its code
 * @param parts what a user could have changed, in words, as {@link HandedOnParts} names it; models from before have none
 */
public record HandedOnModel(
        int formatVersion, Map<String, String> madeWith, Map<String, String> parts, SelfTest selfTest) {

    public static final String FILE = "handed-on.json";
    public static final String IMAGE = "self-test.png";
    public static final String CLIP = "clip";
    public static final int FORMAT_VERSION = 1;

    /** What the names of plugins in {@link #madeWith} begin with. */
    public static final String PLUGIN = "plugin ";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOGGER = LoggerFactory.getLogger(HandedOnModel.class);
    private static final String FIX = "Get the directory again from where it came from.";

    public HandedOnModel {
        madeWith = sorted(madeWith);
        parts = parts == null ? Map.of() : sorted(parts);
    }

    /** The same model gives the same bytes. */
    private static Map<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** The plugins that the model needs, such as {@code plugin fill-level 1.0.0, SHA-256 of its code}. */
    public List<String> plugins() {
        return madeWith.entrySet().stream()
                .filter(each -> each.getKey().startsWith(PLUGIN))
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }

    public static boolean isOne(Path directory) {
        return RegularFile.exists(directory.resolve(FILE));
    }

    /** @throws NumClipException naming every file that differs from the seals, what is other than it was, or an unknown format */
    public static HandedOnModel open(Path directory) throws IOException {
        List<String> differences = new ArrayList<>(Seal.differences(directory, ModelSource::digest));
        differences.addAll(Seal.differences(directory.resolve(CLIP), ModelSource::digest));
        HandedOnParts.changes(directory).forEach(change -> differences.add(directory + ": " + change));
        if (!differences.isEmpty()) {
            throw new NumClipException(
                    Kind.DATA, String.join("\n", differences) + "\nThe model was changed after it was written.", FIX);
        }
        Path file = directory.resolve(FILE);
        try {
            HandedOnModel model = JSON.readValue(RegularFile.read(file), HandedOnModel.class);
            if (model.formatVersion != FORMAT_VERSION) {
                throw new NumClipException(
                        Kind.DATA,
                        file + ": expected formatVersion " + FORMAT_VERSION + ", found " + model.formatVersion,
                        "Use the version of NumCLIP that wrote it.");
            }
            return model;
        } catch (JacksonException e) {
            throw new NumClipException(Kind.DATA, file + ": " + e.getOriginalMessage(), FIX, e);
        }
    }

    /** Writes {@code handed-on.json}; the rest of the directory is there. */
    public void write(Path directory) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(directory.resolve(FILE).toFile(), this);
    }

    /**
     * Sends the test image through the model.
     *
     * @param present the versions that are loaded, as {@link #madeWith}
     * @throws NumClipException if another number comes out; the message says at which step
     */
    public void check(Path directory, NumClipPredictor predictor, Map<String, String> present) throws IOException {
        Map<String, String> others = new TreeMap<>(madeWith);
        others.entrySet().removeIf(each -> each.getValue().equals(present.get(each.getKey())));
        others.forEach((name, version) -> LOGGER.warn(
                "{}: made with {} {}; found {}", directory, name, version, present.getOrDefault(name, "none")));
        double range =
                predictor.model().scale().maximum() - predictor.model().scale().minimum();
        String difference =
                selfTest.difference(test(directory, predictor), range).orElse("");
        if (!difference.isEmpty()) {
            throw new NumClipException(Kind.DATA, directory + ": " + difference, FIX);
        }
    }

    /** Sends the image of a directory through its model, with an image tower in float32. */
    public static SelfTest test(Path directory, NumClipPredictor predictor) throws IOException {
        Path image = directory.resolve(IMAGE);
        ImageTower tower = predictor.model().imageTower();
        if (tower.precision() == Precision.FP32) {
            return SelfTest.of(predictor, tower, image);
        }
        int side = predictor.preprocessor().height();
        Device device = tower.manager().getDevice();
        try (ImageTower exact = ImageTower.load(directory.resolve(CLIP), null, side, device, Precision.FP32)) {
            return SelfTest.of(predictor, exact.giving(tower.layout().choice()), image);
        }
    }
}
