package io.numclip.pretraining;

import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.data.NumClipException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A CLIP to go on from, or the sizes of new towers; the defaults are those of the embedded model. */
final class TowerOptions {

    private static final int CONTEXT = 40;
    private static final String FROM = "--from";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = FROM,
            paramLabel = "CLIP",
            description = "Go on from this CLIP, with its sizes and its vocabulary: a directory in the layout of"
                    + " transformers, or embedded. Most often with a lower --learning-rate.")
    private @Nullable String from;

    @Option(
            names = "--image-size",
            description = "Side of the images in pixels (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int imageSize;

    @Option(
            names = "--patch-size",
            description = "Side of a patch in pixels (default: ${DEFAULT-VALUE}).",
            defaultValue = "8")
    private int patchSize;

    @Option(
            names = "--image-width",
            description = "Width of the image tower (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int imageWidth;

    @Option(
            names = "--image-layers",
            description = "Layers of the image tower (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int imageLayers;

    @Option(
            names = "--text-width",
            description = "Width of the text tower (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int textWidth;

    @Option(
            names = "--text-layers",
            description = "Layers of the text tower (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int textLayers;

    @Option(
            names = "--embed-dim",
            description = "Width of the joint space (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int embedDim;

    @Option(
            names = "--vocabulary",
            description = "Tokens of the byte-pair vocabulary, at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "4000")
    private int vocabulary;

    /** @throws NumClipException if sizes do not fit together, or are given beside a CLIP that has its own */
    Beginning beginning() throws IOException {
        if (from == null) {
            return new Beginning.Anew(shape(), vocabulary);
        }
        requireNoSizes();
        return Beginning.With.of(ModelSource.parse(from).directory());
    }

    private TowerShape shape() {
        return new TowerShape(imageSize, patchSize, imageWidth, imageLayers, textWidth, textLayers, CONTEXT, embedDim);
    }

    private void requireNoSizes() {
        List<String> given = Objects.requireNonNull(command).commandLine().getParseResult().matchedOptions().stream()
                .filter(option ->
                        option.userObject() instanceof Field field && field.getDeclaringClass() == TowerOptions.class)
                .map(OptionSpec::longestName)
                .filter(name -> !name.equals(FROM))
                .toList();
        if (!given.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    String.join(", ", given) + ": the CLIP of --from has its own sizes",
                    "Leave these options out, or --from.");
        }
    }

    /** What the result depends on, by the name of the option. */
    Map<String, String> settings() throws IOException {
        return new TreeMap<>(
                from == null
                        ? Map.of("towers", shape().toString(), "--vocabulary", Integer.toString(vocabulary))
                        : Map.of(
                                "content of --from",
                                StoredWeights.fingerprint(
                                        ModelSource.parse(from).directory())));
    }
}
