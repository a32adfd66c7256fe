package io.numclip.runner.predict;

import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.runner.inputs.InputImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps all rows in memory, to write them in order of the first model's predictions; images without one come last. */
final class SortedRows implements RowWriter {

    /** What rows are ordered by. */
    enum Key {
        /** Largest number first. */
        VALUE {
            @Override
            double of(Prediction prediction) {
                return prediction.value();
            }
        },
        /** Least sure first; without intervals the one whose likeliest concept is least likely. */
        WIDTH {
            @Override
            double of(Prediction prediction) {
                return prediction
                        .interval()
                        .map(Uncertainty.Interval::width)
                        .orElseGet(() -> 1 - prediction.likeliest(1).get(0).probability());
            }
        };

        abstract double of(Prediction prediction);
    }

    private record Row(InputImage image, List<Prediction> predictions) {

        double by(Key key) {
            Prediction first = predictions.get(0);
            return first.isFailed() ? Double.NEGATIVE_INFINITY : key.of(first);
        }
    }

    private final Key key;
    private final List<Row> rows = new ArrayList<>();

    SortedRows(Key key) {
        this.key = key;
    }

    @Override
    public void write(InputImage image, List<Prediction> predictions) {
        rows.add(new Row(image, predictions));
    }

    /** Rows that are equal stay in the order in which they came. */
    void writeTo(RowWriter out) throws IOException {
        rows.sort(Comparator.comparingDouble((Row row) -> row.by(key)).reversed());
        for (Row row : rows) {
            out.write(row.image(), row.predictions());
        }
    }
}
