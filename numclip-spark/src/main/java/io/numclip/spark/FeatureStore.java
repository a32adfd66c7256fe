package io.numclip.spark;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.ModelSource;
import io.numclip.features.FeatureCache;
import io.numclip.model.BaseModel;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Features that Spark made, in the feature cache of this machine: a training on the same images with a frozen tower then
 * encodes none of them. The cache finds an image by its content.
 */
public final class FeatureStore {

    private FeatureStore() {}

    /**
     * Rows are fetched one partition after another; the driver holds the largest of them.
     *
     * @param embedded rows with the output column of the embedder; those with an error are passed over
     * @param embedder the stage that made them
     */
    public static void keep(Dataset<Row> embedded, NumClipEmbedder embedder) throws IOException {
        ModelSource source = EmbeddingChoice.source(embedder.getClip());
        FeatureCache cache = FeatureCache.of(
                BaseModel.of(source),
                StageColumns.precision(embedder.getPrecision(), embedder.getDevice()),
                ClipPreprocessor.load(source.directory()));
        String column = embedder.getOutputCol() + ".";
        Dataset<Row> whole = embedded.select(
                        functions.col(column + EmbeddingModel.CONTENT_HASH),
                        functions.col(column + EmbeddingModel.FEATURES))
                .where(functions.col(EmbeddingModel.FEATURES).isNotNull());
        Iterator<Row> rows = whole.toLocalIterator();
        if (rows.hasNext()) {
            keep(rows, cache);
        }
    }

    private static void keep(Iterator<Row> rows, FeatureCache cache) throws IOException {
        FeatureCache.Encoded first = encoded(rows.next());
        Iterator<FeatureCache.Encoded> all = new Iterator<>() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return !begun || rows.hasNext();
            }

            @Override
            public FeatureCache.Encoded next() {
                FeatureCache.Encoded each = begun ? encoded(rows.next()) : first;
                begun = true;
                return each;
            }
        };
        cache.add(all, first.features().length, (name, reason) -> {});
    }

    private static FeatureCache.Encoded encoded(Row row) {
        Iterator<Float> values = row.<Float>getList(1).iterator();
        float[] features = new float[row.<Float>getList(1).size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = values.next();
        }
        return new FeatureCache.Encoded(row.getString(0), features);
    }
}
