package io.numclip.spark;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A stage that gives every image the features of a CLIP.
 *
 * <p>The output column is a struct: {@code features} (array of float, D numbers as {@code numclip embed} writes them, not
 * normalised), {@code contentHash} (SHA-256 of the image file, in hexadecimal digits) and {@code error} (string; then the
 * others are null). {@link FeatureStore} puts such rows into the feature cache, for a training on one machine;
 * {@code array_to_vector} makes a vector of Spark ML of them.
 */
public final class NumClipEmbedder extends Transformer implements DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final Param<String> clip;
    private final Param<String> device;
    private final Param<String> precision;

    public NumClipEmbedder() {
        this(Identifiable$.MODULE$.randomUID("numClipEmbedder"));
    }

    /** @param uid that tells it from other stages */
    public NumClipEmbedder(String uid) {
        this.uid = uid;
        this.inputCol = StageColumns.input(this);
        this.outputCol = StageColumns.output(this);
        this.clip = new Param<>(this, "clip", "embedded, pixels, or a CLIP directory on every machine");
        this.device = new Param<>(this, "device", "auto, cpu, cuda or cuda:N");
        this.precision = new Param<>(this, "precision", "auto, bf16 or fp32; auto is decided on the driver");
        setDefault(inputCol, "content");
        setDefault(outputCol, "embedding");
        setDefault(clip, "embedded");
        setDefault(device, "auto");
        setDefault(precision, "auto");
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> inputCol() {
        return inputCol;
    }

    public Param<String> outputCol() {
        return outputCol;
    }

    public Param<String> clip() {
        return clip;
    }

    public Param<String> device() {
        return device;
    }

    public Param<String> precision() {
        return precision;
    }

    /** @param value a column with contents of image files, or with their paths; default {@code content} */
    public NumClipEmbedder setInputCol(String value) {
        set(inputCol, value);
        return this;
    }

    /** @param value default {@code embedding} */
    public NumClipEmbedder setOutputCol(String value) {
        set(outputCol, value);
        return this;
    }

    /** @param value default {@code embedded} */
    public NumClipEmbedder setClip(String value) {
        set(clip, value);
        return this;
    }

    public NumClipEmbedder setDevice(String value) {
        set(device, value);
        return this;
    }

    public NumClipEmbedder setPrecision(String value) {
        set(precision, value);
        return this;
    }

    public String getInputCol() {
        return $(inputCol);
    }

    public String getOutputCol() {
        return $(outputCol);
    }

    public String getClip() {
        return $(clip);
    }

    public String getDevice() {
        return $(device);
    }

    public String getPrecision() {
        return $(precision);
    }

    /** @throws NumClipException if the CLIP is not here, or if the input column is neither binary nor string */
    @Override
    public Dataset<Row> transform(Dataset<?> images) {
        try {
            ModelChoice choice = new EmbeddingChoice(
                    getClip(),
                    EmbeddingChoice.fingerprintOf(getClip()),
                    getDevice(),
                    StageColumns.precision(getPrecision(), getDevice()));
            return StageColumns.rows(images, choice, getInputCol(), transformSchema(images.schema()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says which features these are: it changes with the CLIP and with the precision. */
    public String towerDigest() throws IOException {
        return EmbeddingChoice.fingerprintOf(getClip()) + "-" + StageColumns.precision(getPrecision(), getDevice());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return StageColumns.with(schema, getInputCol(), getOutputCol(), EmbeddingModel.SCHEMA);
    }

    @Override
    public NumClipEmbedder copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Called by {@code PipelineModel.load}. */
    public static MLReader<NumClipEmbedder> read() {
        return new DefaultParamsReader<>();
    }

    public static NumClipEmbedder load(String path) {
        return read().load(path);
    }
}
