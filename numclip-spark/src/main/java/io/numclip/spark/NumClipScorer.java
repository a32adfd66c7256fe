package io.numclip.spark;

import io.numclip.clip.Precision;
import io.numclip.model.ModelDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * A stage that gives every image a number.
 *
 * <pre>{@code
 * Dataset<Row> images = spark.read().format("binaryFile").load("hdfs:///photographs");
 * Dataset<Row> scored = new NumClipScorer().setModel("/models/faces").setInputCol("content").transform(images);
 * scored.select("path", "prediction.value", "prediction.error").show();
 * }</pre>
 *
 * <p>The output column is a struct: {@code value}, {@code lower} and {@code upper} (double), {@code concept} (string),
 * {@code probabilities} (array of double, in the order of {@link #concepts}) and {@code error} (string). An image that cannot
 * be read has an error, and null otherwise; it never fails the job. Numbers are those of {@code numclip predict} to 1e-6.
 *
 * <p>The model is not sent to the executors but found there by its path. Each executor opens it once for all of its tasks and
 * compares its SHA-256.
 */
public final class NumClipScorer extends ImageStage<NumClipScorer> {

    private static final long serialVersionUID = 1L;

    private final Param<String> model;
    private final Param<String> digest;
    private final Param<String> plugins;
    private final Param<String> backbone;

    public NumClipScorer() {
        this(Identifiable$.MODULE$.randomUID("numClipScorer"));
    }

    /** @param uid that tells it from other stages */
    public NumClipScorer(String uid) {
        super(uid);
        this.model =
                new Param<>(this, "model", "folder of a trained model, on every machine or shipped with --archives");
        this.digest = new Param<>(this, "digest", "SHA-256 of the model; empty: that of the folder on the driver");
        this.plugins = new Param<>(this, "plugins", "folder of trusted plugins; empty: numclip.plugins, else plugins");
        this.backbone =
                new Param<>(this, "backbone", "the CLIP that the model stands on, where it was moved since training");
        setUsualDefaults("prediction");
        setDefault(digest, "");
        setDefault(plugins, "");
        setDefault(backbone, "");
    }

    @Override
    NumClipScorer self() {
        return this;
    }

    @Override
    public StructType found() {
        return ScoringModel.SCHEMA;
    }

    public Param<String> model() {
        return model;
    }

    public Param<String> digest() {
        return digest;
    }

    public Param<String> plugins() {
        return plugins;
    }

    public Param<String> backbone() {
        return backbone;
    }

    /** @param value a folder that every executor has under this path; relative where it was shipped with the job */
    public NumClipScorer setModel(String value) {
        set(model, value);
        return this;
    }

    /** @param value for a driver that does not have the model itself */
    public NumClipScorer setDigest(String value) {
        set(digest, value);
        return this;
    }

    public NumClipScorer setPlugins(String value) {
        set(plugins, value);
        return this;
    }

    /** @param value a CLIP directory, on every machine or shipped; empty: where it was at training */
    public NumClipScorer setBackbone(String value) {
        set(backbone, value);
        return this;
    }

    public String getModel() {
        return $(model);
    }

    public String getDigest() {
        return $(digest);
    }

    public String getPlugins() {
        return $(plugins);
    }

    public String getBackbone() {
        return $(backbone);
    }

    /**
     * The number concepts, in the order of the scale and of {@code probabilities}. Reads the model's description on this
     * machine, without its weights.
     */
    public List<String> concepts() {
        try {
            return ModelFolder.description(getModel()).concepts().concepts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Precision usualPrecision() {
        return known().trained();
    }

    @Override
    ImageModel.Choice choice() {
        return new ScoringModel.Choice(
                getModel(), expectedDigest(), getPlugins(), getBackbone(), getDevice(), decidedPrecision());
    }

    /** The digest that the model must have on every machine: the one that was set, else that of the model on this machine. */
    public String expectedDigest() {
        return known().digest();
    }

    /** @param trained {@code auto} too where the model is not on this machine */
    private record Known(String digest, Precision trained) {}

    private Known known() {
        String set = getDigest();
        if (!set.isEmpty() && !ModelFolder.isHere(getModel())) {
            return new Known(set, Precision.AUTO);
        }
        try {
            ModelDirectory described = ModelFolder.description(getModel());
            return new Known(set.isEmpty() ? described.digest() : set, described.precision());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by {@code PipelineModel.load}. */
    public static MLReader<NumClipScorer> read() {
        return new DefaultParamsReader<>();
    }

    public static NumClipScorer load(String path) {
        return read().load(path);
    }
}
