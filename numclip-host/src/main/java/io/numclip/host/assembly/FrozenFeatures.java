package io.numclip.host.assembly;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.kernel.Devices;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.LabeledImage;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.input.Budget;
import io.numclip.machine.MachineMemory;
import io.numclip.model.BaseModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images as an untrained CLIP sees them.
 *
 * @param images N that can be read
 * @param rows (N, D) of length 1
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record FrozenFeatures(List<LabeledImage> images, float[]... rows) {

    public FrozenFeatures {
        images = List.copyOf(images);
    }

    /**
     * From the cache, as far as they are in it.
     *
     * @param backbone as {@code backbone.model}
     */
    public static FrozenFeatures of(String backbone, List<LabeledImage> all, FeatureCache.Listener listener)
            throws IOException {
        ImageFeatures encoded = encoded(backbone, all, listener);
        List<LabeledImage> images = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        IntStream.range(0, all.size()).filter(encoded::isPresent).forEach(i -> {
            float[] row = new float[encoded.dimension()];
            encoded.copyTo(i, row, 0);
            images.add(all.get(i));
            rows.add(unit(row));
        });
        return new FrozenFeatures(images, rows.toArray(float[][]::new));
    }

    private static ImageFeatures encoded(String backbone, List<LabeledImage> all, FeatureCache.Listener listener)
            throws IOException {
        BaseModel base = new SharedModels().base(backbone);
        try (ImageTower tower = ImageTower.load(base.directory(), Devices.parse("auto"), Precision.AUTO)) {
            FeatureCache cache = FeatureCache.of(
                    base.giving(tower.layout()), tower.precision(), ClipDirectory.preprocessor(base.directory()));
            int batch = Budget.fittingBatch(ClipEmbeddings.USUAL_BATCH, tower.memory(), MachineMemory.read(), 1);
            return cache.features(tower, all, batch, listener);
        }
    }

    /** Of length 1. */
    public static float[] unit(float... row) {
        double squares = 0;
        for (float each : row) {
            squares += (double) each * each;
        }
        double length = Math.max(Math.sqrt(squares), Float.MIN_NORMAL);
        float[] unit = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            unit[i] = (float) (row[i] / length);
        }
        return unit;
    }

    /** (N, D), wide. */
    public double[][] wide() {
        return Arrays.stream(rows)
                .map(row ->
                        IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }
}
