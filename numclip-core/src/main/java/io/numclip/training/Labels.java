package io.numclip.training;

import ai.djl.ndarray.NDManager;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.spi.Targets;
import java.util.List;

/** The numbers of a list of images, and the bins that hold them. */
final class Labels {

    private final float[] values;
    private final long[] bins;

    Labels(List<LabeledImage> images, Bins bins) {
        this.values = new float[images.size()];
        this.bins = new long[images.size()];
        for (int i = 0; i < images.size(); i++) {
            double label = images.get(i).label();
            values[i] = (float) label;
            this.bins[i] = bins.indexOf(label);
        }
    }

    int size() {
        return values.length;
    }

    float value(int index) {
        return values[index];
    }

    Targets targets(List<Integer> indices, NDManager scope) {
        float[] batchValues = new float[indices.size()];
        long[] batchBins = new long[indices.size()];
        for (int i = 0; i < indices.size(); i++) {
            batchValues[i] = values[indices.get(i)];
            batchBins[i] = bins[indices.get(i)];
        }
        return new Targets(scope.create(batchValues), scope.create(batchBins)); // (N), (N)
    }
}
