package io.numclip.spark;

import io.numclip.clip.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * A stage that gives every image the features of a CLIP.
 *
 * <p>The output column is a struct: {@code features} (array of float, D numbers as {@code numclip embed} writes them, not
 * normalised), {@code contentHash} (SHA-256 of the image file, in hexadecimal digits) and {@code error} (string; then the
 * others are null). {@link FeatureStore} puts such rows into the feature cache, for a training on one machine;
 * {@code array_to_vector} makes a vector of Spark ML of them.
 */
public final class NumClipEmbedder extends ImageStage<NumClipEmbedder> {

    private static final long serialVersionUID = 1L;

    private final Param<String> clip;

    public NumClipEmbedder() {
        this(Identifiable$.MODULE$.randomUID("numClipEmbedder"));
    }

    /** @param uid that tells it from other stages */
    public NumClipEmbedder(String uid) {
        super(uid);
        this.clip = new Param<>(this, "clip", "embedded, pixels, or a CLIP directory on every machine");
        setUsualDefaults("embedding");
        setDefault(clip, "embedded");
    }

    @Override
    NumClipEmbedder self() {
        return this;
    }

    @Override
    public StructType found() {
        return EmbeddingModel.SCHEMA;
    }

    public Param<String> clip() {
        return clip;
    }

    /** @param value default {@code embedded} */
    public NumClipEmbedder setClip(String value) {
        set(clip, value);
        return this;
    }

    public String getClip() {
        return $(clip);
    }

    @Override
    Precision usualPrecision() {
        return Precision.AUTO;
    }

    @Override
    ImageModel.Choice choice() {
        try {
            return new EmbeddingModel.Choice(
                    getClip(), EmbeddingModel.Choice.fingerprintOf(getClip()), getDevice(), decidedPrecision());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says which features these are: it changes with the CLIP and with the precision. */
    public String towerDigest() throws IOException {
        return EmbeddingModel.Choice.fingerprintOf(getClip()) + "-" + decidedPrecision();
    }

    /** Called by {@code PipelineModel.load}. */
    public static MLReader<NumClipEmbedder> read() {
        return new DefaultParamsReader<>();
    }

    public static NumClipEmbedder load(String path) {
        return read().load(path);
    }
}
