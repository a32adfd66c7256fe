package io.numclip.bench;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.storage.AtomicFolder;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Seconds from a list of images to 1000 random rows of their features: looking up all images, then reading. A minimal
 * tower writes the file first.
 */
@Command(
        name = "CacheOpening",
        description = "Prints the seconds that a cache of features takes to open and to return 1000 random rows.")
public final class CacheOpening implements Callable<String> {

    private static final int READS = 1000;
    private static final int BATCH = 1024;

    @Parameters(index = "0", paramLabel = "ROWS", description = "images in the cache")
    private int rows;

    @Parameters(index = "1", paramLabel = "DIM", description = "numbers for each image, 1 to 8192")
    private int dimension;

    public static void main(String[] arguments) {
        System.exit(Program.run(new CacheOpening(), arguments));
    }

    @Override
    public String call() throws IOException {
        if (rows < 1 || dimension < 1 || dimension > 8192) {
            throw new NumClipException(
                    Kind.USAGE,
                    "ROWS must be at least 1 and DIM 1 to 8192; found " + rows + " and " + dimension,
                    "give two numbers, such as 100000 512");
        }
        Path folder = Files.createTempDirectory("numclip-tools");
        try (ClipBackbone backbone = tower()) {
            List<LabeledImage> images = List.copyOf(NoiseImages.of(rows, 1));
            features(folder, backbone, images);
            long start = System.nanoTime();
            read(features(folder, backbone, images));
            return Program.line("seconds", (System.nanoTime() - start) / 1e9);
        } finally {
            AtomicFolder.delete(folder);
        }
    }

    private static ImageFeatures features(Path folder, ClipBackbone backbone, List<LabeledImage> images)
            throws IOException {
        FeatureCache cache = new FeatureCache(folder, "random", ClipPreprocessor.standard(1));
        return cache.features(backbone.imageTower(), images, BATCH, TrainingListener.NONE);
    }

    private static void read(ImageFeatures features) {
        float[] row = new float[features.dimension()];
        new Random(1).ints(READS, 0, features.size()).forEach(index -> features.copyTo(index, row, 0));
    }

    private ClipBackbone tower() {
        ClipConfig config = new ClipConfig(
                new ClipConfig.Text(2, 2, 1, 1, 1, 1, Activation.QUICK_GELU, 1e-5, 1),
                new ClipConfig.Vision(1, 1, 1, 1, 1, 1, Activation.QUICK_GELU, 1e-5),
                dimension,
                0);
        return ClipBackbone.random(config, 1, Device.cpu(), Precision.FP32);
    }
}
