package io.numclip.spark;

import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.features.FeatureCache;
import io.numclip.model.BaseModel;
import java.io.IOException;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
        ModelSource source = EmbeddingModel.Choice.source(embedder.getClip());
        FeatureCache cache = FeatureCache.of(
                BaseModel.of(source), embedder.decidedPrecision(), ClipDirectory.preprocessor(source.directory()));
        String column = embedder.getOutputCol() + ".";
        Dataset<Row> whole = embedded.select(
                        functions.col(column + EmbeddingModel.CONTENT_HASH),
                        functions.col(column + EmbeddingModel.FEATURES))
                .where(functions.col(EmbeddingModel.FEATURES).isNotNull());
        Stream<Row> rows = StreamSupport.stream(Spliterators.spliteratorUnknownSize(whole.toLocalIterator(), 0), false);
        cache.add(rows.map(FeatureStore::encoded).iterator(), (name, reason) -> {});
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
