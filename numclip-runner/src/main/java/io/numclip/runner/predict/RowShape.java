package io.numclip.runner.predict;

import io.numclip.host.result.PredictedModel;
import java.util.Collections;
import java.util.List;

/**
 * What all rows have in common.
 *
 * @param kept columns of the user's lists
 * @param explained whether predictions say how they came about
 * @param margins what each model sees around a region, as a share of its size
 */
record RowShape(List<PredictedModel> models, List<String> kept, boolean explained, List<Double> margins) {

    RowShape {
        models = List.copyOf(models);
        kept = List.copyOf(kept);
        margins = List.copyOf(margins);
    }

    /** For models that see nothing around a region. */
    RowShape(List<PredictedModel> models, List<String> kept, boolean explained) {
        this(models, kept, explained, Collections.nCopies(models.size(), 0.0));
    }

    /** The fields of several models are told apart by their names. */
    boolean isOneModel() {
        return models.size() == 1;
    }
}
