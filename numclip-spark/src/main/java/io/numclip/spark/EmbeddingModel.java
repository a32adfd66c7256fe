package io.numclip.spark;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.data.ImageRegion;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.embedding.ClipEmbeddings.Embedded;
import io.numclip.image.Background;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** An image tower: features of images. */
record EmbeddingModel(ClipEmbeddings clip) implements ImageModel {

    static final String FEATURES = "features";
    static final String CONTENT_HASH = "contentHash";

    /** The columns of a row; where there is an error the rest is null. */
    static final StructType SCHEMA = new StructType()
            .add(FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(CONTENT_HASH, DataTypes.StringType)
            .add(ScoringModel.ERROR, DataTypes.StringType);

    @Override
    public List<Row> rows(List<?> images) {
        List<Embedded> found = clip.work().alone(images, List.of());
        return IntStream.range(0, images.size())
                .mapToObj(i -> row(found.get(i), images.get(i)))
                .toList();
    }

    private Row row(Embedded found, Object image) {
        String problem = found.problem();
        return problem == null ? RowFactory.create(found.features(), contentHash(image), null) : failed(problem);
    }

    /** As {@link io.numclip.data.ImageSource#contentHash} of an image file or a region of it. */
    private static String contentHash(Object image) {
        return image instanceof ImageRegion part
                ? part.region().in(contentHash(part.image()))
                : new Fingerprint().add((byte[]) image).hex();
    }

    @Override
    public Row failed(String problem) {
        return RowFactory.create(null, null, problem);
    }

    @Override
    public void close() {
        clip.close();
    }

    /**
     * The image tower of a CLIP.
     *
     * @param clip {@code embedded}, {@code pixels}, or a Hugging Face directory at the same path on every machine, or shipped with
     *     {@code --archives}
     * @param fingerprint SHA-256 that it must have everywhere, as {@link StoredWeights#fingerprint}
     * @param precision not {@code auto}: every machine computes in the same way
     */
    record Choice(String clip, String fingerprint, String device, Precision precision) implements ImageModel.Choice {

        /** @throws NumClipException if there is no CLIP here */
        static String fingerprintOf(String clip) throws IOException {
            return StoredWeights.fingerprint(source(clip).directory());
        }

        static ModelSource source(String clip) {
            return ModelSource.parse(
                    ModelSource.isShipped(clip) ? clip : ModelFolder.find(clip).toString());
        }

        @Override
        public ImageModel open() throws IOException {
            String found = fingerprintOf(clip);
            if (!found.equals(fingerprint)) {
                throw new NumClipException(
                        Kind.DATA,
                        clip + ": another CLIP than expected\nexpected SHA-256 " + fingerprint + "\nfound SHA-256    "
                                + found,
                        "give every machine the same folder");
            }
            return new EmbeddingModel(
                    ClipEmbeddings.openForImages(source(clip).reference(), device, precision, Background.NONE));
        }
    }
}
