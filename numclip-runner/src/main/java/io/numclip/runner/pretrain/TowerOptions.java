package io.numclip.runner.pretrain;

import io.numclip.pretraining.PretrainingConfig;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The sizes of a CLIP's towers; the defaults are those of the embedded model. */
final class TowerOptions {

    private static final int CONTEXT = 40;

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
            defaultValue = "1200")
    private int vocabulary;

    PretrainingConfig.Shape shape() {
        return new PretrainingConfig.Shape(
                imageSize, patchSize, imageWidth, imageLayers, textWidth, textLayers, CONTEXT, embedDim);
    }

    int vocabulary() {
        return vocabulary;
    }

    Map<String, String> settings() {
        return new TreeMap<>(Map.of("towers", shape().toString(), "--vocabulary", Integer.toString(vocabulary)));
    }
}
