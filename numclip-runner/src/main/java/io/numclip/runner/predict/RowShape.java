package io.numclip.runner.predict;

import io.numclip.host.result.PredictedModel;
import java.util.List;

/**
 * What all rows have in common.
 *
 * @param kept columns of the user's lists
 * @param explained whether predictions say how they came about
 */
record RowShape(List<PredictedModel> models, List<String> kept, boolean explained) {

    RowShape {
        models = List.copyOf(models);
        kept = List.copyOf(kept);
    }

    /** The fields of several models are told apart by their names. */
    boolean isOneModel() {
        return models.size() == 1;
    }
}
