package io.numclip.host.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.pixels.CarefulReading;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Records;
import io.numclip.host.config.YamlReader;
import io.numclip.host.plugin.ClosedClassException;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.RunFolder;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.RegionFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds regions in pictures with a finder of a plugin.
 *
 * <pre>{@code
 * try (RegionSearch search = RegionSearch.open("{type: yunet, model: yunet.onnx}", catalog)) {
 *     for (RegionFinder.Found face : search.find(picture)) {
 *         System.out.println(face.confidence() + ": " + model.predict(picture, face.region()).value());
 *     }
 * }
 * }</pre>
 */
public final class RegionSearch implements AutoCloseable {

    private final Configured<RegionFinder.Factory<?>> chosen;
    private final RegionFinder finder;
    private final CarefulReading reading = new CarefulReading();

    RegionSearch(Configured<RegionFinder.Factory<?>> chosen) {
        this.chosen = chosen;
        this.finder = Components.regionFinder(chosen);
    }

    /**
     * @param chosen the name of a finder, or name and settings as {@code {type: NAME, SETTING: VALUE}}; a path is relative to
     *     the working directory
     * @throws io.numclip.data.NumClipException if there is no such finder, or it refuses its settings
     */
    public static RegionSearch open(String chosen, PluginCatalog catalog) {
        return open("--regions", chosen, catalog);
    }

    /**
     * The finder that an exported model was trained with.
     *
     * @param model the file, to whose folder a path in the settings is relative
     * @param settings as {@link #portableSettings} gives them
     * @throws io.numclip.data.NumClipException as {@link #open(String, PluginCatalog)}
     */
    public static RegionSearch open(Path model, String settings, PluginCatalog catalog) {
        return open(model.toString(), settings, catalog);
    }

    private static RegionSearch open(String source, String chosen, PluginCatalog catalog) {
        String section = chosen.strip().startsWith("{") ? chosen : "{type: " + chosen + "}";
        return new RegionSearch(new ExperimentReader(catalog).regions(source, YamlReader.parse(source, section)));
    }

    /**
     * The finder that a model was trained with.
     *
     * @param model the folder of a run, or the model directory in it
     * @return empty if it was trained with none, or this is something else than a run
     */
    public static Optional<RegionSearch> ofRun(Path model, PluginCatalog catalog) {
        return chosen(model, catalog).map(RegionSearch::new);
    }

    /** The settings of that finder in JSON, for a model that leaves this machine. */
    public static Optional<String> portableSettings(Path model, PluginCatalog catalog) {
        return chosen(model, catalog).map(chosen -> {
            try {
                return new ObjectMapper().writeValueAsString(portable(chosen));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of settings", e);
            }
        });
    }

    /** As a configuration has them, but for the folder of the file that they name: it is looked for beside the model. */
    public static Map<String, Object> portable(Configured<RegionFinder.Factory<?>> chosen) {
        Map<String, Object> settings = Records.tree(chosen);
        settings.computeIfPresent(
                "model",
                (key, file) -> file instanceof String path
                        ? String.valueOf(Path.of(path).getFileName())
                        : file);
        return settings;
    }

    private static Optional<Configured<RegionFinder.Factory<?>>> chosen(Path model, PluginCatalog catalog) {
        boolean isWithin = !RunFolder.isRun(model) && Files.isDirectory(model);
        Path run = isWithin ? model.toAbsolutePath().normalize().resolveSibling("") : model;
        if (!RunFolder.isRun(run)) {
            return Optional.empty();
        }
        Path file = new RunFolder(run).config();
        ConfigNode section = YamlReader.read(file).get("regions");
        return section == null
                ? Optional.empty()
                : Optional.of(new ExperimentReader(catalog).regions(file.toString(), section));
    }

    /** The name and the settings of the finder, as a configuration has them. */
    public String settings() {
        return Records.tree(chosen).toString();
    }

    public String type() {
        return chosen.type();
    }

    /**
     * @param image in one of the forms of {@link ImagePixels}
     * @return the most confident first; empty if there is none
     * @throws IOException if the image cannot be read; the message says why
     */
    public synchronized List<RegionFinder.Found> find(Object image) throws IOException {
        ImagePixels.requireForm(image);
        RgbRows picture = rows(image);
        try {
            List<RegionFinder.Found> found = finder.find(picture);
            if (found == null || found.stream().anyMatch(Objects::isNull)) {
                throw new BrokenContractException(finder, "finds null, expected are regions, or none");
            }
            for (RegionFinder.Found each : found) {
                each.region().requireIn(picture.width(), picture.height());
            }
            return List.copyOf(found);
        } catch (Region.OutsideException outside) {
            throw new BrokenContractException(finder, "finds a region that is none: " + outside.getMessage());
        } catch (LinkageError failure) {
            throw ClosedClassException.within(failure).orElseThrow(() -> failure);
        }
    }

    private RgbRows rows(Object image) throws IOException {
        AtomicReference<RgbRows> rows = new AtomicReference<>();
        Throwable failure = reading.failure(() -> rows.set(ImagePixels.rows(image)));
        if (failure != null) {
            throw failure instanceof IOException said
                    ? said
                    : new IOException(CarefulReading.describe(failure), failure);
        }
        return Objects.requireNonNull(rows.get());
    }

    @Override
    public void close() {
        finder.close();
    }
}
