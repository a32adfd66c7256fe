package io.numclip.spark;

import io.numclip.host.run.ClipEmbeddings;
import io.numclip.host.run.ClipEmbeddings.Embedded;
import io.numclip.storage.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** An image tower: features of images. */
record EmbeddingModel(ClipEmbeddings clip) implements ImageModel {

    static final String FEATURES = "features";
    static final String CONTENT_HASH = "contentHash";

    /** Where there is an error the rest is null. */
    static final StructType SCHEMA = new StructType()
            .add(FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(CONTENT_HASH, DataTypes.StringType)
            .add(ScoringModel.ERROR, DataTypes.StringType);

    @Override
    public List<Row> rows(List<byte[]> images) {
        List<Embedded> found = clip.embed(images);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            String problem = found.get(i).problem();
            rows.add(problem == null ? row(found.get(i), images.get(i)) : failed(problem));
        }
        return rows;
    }

    private static Row row(Embedded found, byte[] image) {
        return RowFactory.create(found.features(), new Fingerprint().add(image).hex(), null);
    }

    @Override
    public Row failed(String problem) {
        return RowFactory.create(null, null, problem);
    }

    @Override
    public void close() {
        clip.close();
    }
}
