package io.numclip.spark;

import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.NumClip;
import io.numclip.host.Pixels;
import io.numclip.input.CarefulReading;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A trained model: numbers of images. */
record ScoringModel(NumClip model) implements ImageModel {

    static final String ERROR = "error";

    /** Where there is an error the rest is null; the interval is null too where the model is not calibrated. */
    static final StructType SCHEMA = new StructType()
            .add("value", DataTypes.DoubleType)
            .add("lower", DataTypes.DoubleType)
            .add("upper", DataTypes.DoubleType)
            .add("concept", DataTypes.StringType)
            .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType, false))
            .add(ERROR, DataTypes.StringType);

    /** One image: decoded, or the reason why not. */
    private record Read(@Nullable Pixels pixels, @Nullable String problem) {}

    @Override
    public List<Row> rows(List<byte[]> images) {
        List<Read> all = new ArrayList<>();
        try {
            images.forEach(image -> all.add(read(image)));
            List<Pixels> decoded = all.stream()
                    .map(Read::pixels)
                    .filter(pixels -> pixels != null)
                    .toList();
            Iterator<Prediction> found = model.predictPixels(decoded).iterator();
            return all.stream()
                    .map(each -> each.problem() == null ? row(found.next()) : failed(each.problem()))
                    .toList();
        } finally {
            all.stream().map(Read::pixels).filter(pixels -> pixels != null).forEach(Pixels::close);
        }
    }

    private Read read(byte[] image) {
        try {
            return new Read(model.read(image), null);
        } catch (NumClipException unreadable) {
            Throwable cause = unreadable.getCause() == null ? unreadable : unreadable.getCause();
            return new Read(null, CarefulReading.describe(cause));
        }
    }

    private static Row row(Prediction found) {
        Uncertainty.Interval interval = found.interval().orElse(null);
        return RowFactory.create(
                found.value(),
                interval == null ? null : interval.lower(),
                interval == null ? null : interval.upper(),
                found.likeliest(1).get(0).concept(),
                found.probabilities(),
                null);
    }

    @Override
    public Row failed(String problem) {
        return RowFactory.create(null, null, null, null, null, problem);
    }

    @Override
    public void close() {
        model.close();
    }
}
