package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.spi.Targets;
import java.util.List;

/** The numbers of a list of images, the bins that hold them, and what was said of pairs of them. */
record Labels(List<LabeledImage> images, Bins bins, Comparisons comparisons) {

    /** That nobody has compared. */
    Labels(List<LabeledImage> images, Bins bins) {
        this(images, bins, Comparisons.NONE);
    }

    int size() {
        return images.size();
    }

    float value(int index) {
        return (float) images.get(index).label();
    }

    Targets targets(List<Integer> indices, NDManager scope) {
        float[] batchValues = new float[indices.size()];
        long[] batchBins = new long[indices.size()];
        for (int i = 0; i < indices.size(); i++) {
            double label = images.get(indices.get(i)).label();
            batchValues[i] = (float) label;
            batchBins[i] = bins.indexOf(label);
        }
        NDArray values = scope.create(batchValues); // (N)
        NDArray bin = scope.create(batchBins); // (N)
        return comparisons.isEmpty()
                ? new Targets(values, bin)
                : new Targets(values, bin, comparisons.of(indices, scope));
    }
}
