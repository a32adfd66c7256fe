package io.numclip.model;

import io.numclip.data.Prediction;
import io.numclip.input.ImageWork;
import java.util.Collections;
import java.util.List;

/** Finds for each image the predictions of the models that it was read for, in their order. */
public interface PredictionWork extends ImageWork<List<Prediction>> {

    @Override
    default List<Prediction> failed(String problem, List<Integer> models) {
        return Collections.nCopies(models.size(), Prediction.failed(problem));
    }
}
