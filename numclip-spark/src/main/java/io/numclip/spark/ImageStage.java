package io.numclip.spark;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the stages have in common: an image comes in by one column and a struct goes out by another. Where the rows have the
 * columns {@code left}, {@code top}, {@code width} and {@code height}, the image is this region of its picture.
 *
 * @param <S> the stage
 */
public abstract class ImageStage<S extends ImageStage<S>> extends Transformer implements DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final Param<String> device;
    private final Param<String> precision;

    ImageStage(String uid) {
        SparkVersion.check();
        this.uid = uid;
        this.inputCol = new Param<>(
                this, "inputCol", "column of the contents of image files (binary) or of their paths (string)");
        this.outputCol = new Param<>(this, "outputCol", "column for what is found");
        this.device = new Param<>(this, "device", "auto, cpu, cuda or cuda:N");
        this.precision =
                new Param<>(this, "precision", "auto, fp32, bf16, fp16 or int8; auto is decided on the driver");
    }

    /** To be called once the stage has all of its parameters: Spark asks it for them. */
    final void setUsualDefaults(String output) {
        setDefault(inputCol, "content");
        setDefault(outputCol, output);
        setDefault(device, "auto");
        setDefault(precision, "auto");
    }

    abstract S self();

    /** The struct in the output column. Its last field is {@code error}. */
    public abstract StructType found();

    @Override
    public final String uid() {
        return uid;
    }

    public final Param<String> inputCol() {
        return inputCol;
    }

    public final Param<String> outputCol() {
        return outputCol;
    }

    public final Param<String> device() {
        return device;
    }

    public final Param<String> precision() {
        return precision;
    }

    /** @param value a column with contents of image files, or with their paths; default {@code content} */
    public final S setInputCol(String value) {
        set(inputCol, value);
        return self();
    }

    public final S setOutputCol(String value) {
        set(outputCol, value);
        return self();
    }

    public final S setDevice(String value) {
        set(device, value);
        return self();
    }

    public final S setPrecision(String value) {
        set(precision, value);
        return self();
    }

    public final String getInputCol() {
        return $(inputCol);
    }

    public final String getOutputCol() {
        return $(outputCol);
    }

    public final String getDevice() {
        return $(device);
    }

    public final String getPrecision() {
        return $(precision);
    }

    @Override
    public final S copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** @throws NumClipException if the input column is missing or no image, or the output column is there already */
    @Override
    public final StructType transformSchema(StructType schema) {
        String input = getInputCol();
        String output = getOutputCol();
        List<String> names = Arrays.asList(schema.fieldNames());
        require(
                names.contains(input),
                "there is no column '" + input + "'; found " + names,
                "setInputCol names another one");
        DataType type = schema.apply(input).dataType();
        require(
                type.equals(DataTypes.BinaryType) || type.equals(DataTypes.StringType),
                "column '" + input + "': expected binary (contents of files) or string (paths), found "
                        + type.simpleString(),
                "read images with format binaryFile, and name the column content or path");
        require(!names.contains(output), "column '" + output + "' is there already", "setOutputCol gives another name");
        regions(schema);
        return schema.add(output, found(), true);
    }

    /** Places of the columns of a region; empty if there are none. */
    private static List<Integer> regions(StructType schema) {
        try {
            return Region.isIn(Arrays.asList(schema.fieldNames()))
                    ? Region.NAMES.stream().map(schema::fieldIndex).toList()
                    : List.of();
        } catch (IllegalArgumentException e) {
            throw new NumClipException(
                    Kind.USAGE, String.valueOf(e.getMessage()), "complete or rename the columns of the regions", e);
        }
    }

    private static void require(boolean isSo, String what, String fix) {
        if (!isSo) {
            throw new NumClipException(Kind.USAGE, what, fix);
        }
    }

    /** The model, and how it runs. */
    abstract ImageModel.Choice choice();

    /**
     * Adds the output column.
     *
     * @throws NumClipException if the model is not here, or as {@link #transformSchema} says
     */
    @Override
    public final Dataset<Row> transform(Dataset<?> images) {
        StructType schema = transformSchema(images.schema());
        int column = schema.fieldIndex(getInputCol());
        return images.toDF().mapPartitions(new ImageRows(choice(), column, regions(schema)), Encoders.row(schema));
    }

    /** The precision where none is named. */
    abstract Precision usualPrecision();

    /**
     * Decided on the driver, so that every executor computes in the same way.
     *
     * @throws NumClipException if the driver cannot know, or no such machine can compute so
     */
    public final Precision decidedPrecision() {
        Precision precision = namedPrecision().orElse(usualPrecision());
        boolean gpu = getDevice().startsWith("cuda");
        if (gpu && precision == Precision.AUTO) {
            throw new NumClipException(
                    Kind.USAGE,
                    "precision: with the device " + getDevice()
                            + " expected fp32, bf16 or fp16; found auto, which depends on"
                            + " the GPUs of other machines",
                    "Name one (--precision, or setPrecision): bf16 is for GPUs since Ampere, such as A100.");
        }
        return precision.on(gpu ? Device.gpu() : Device.cpu());
    }

    private Precision namedPrecision() {
        String name = getPrecision();
        return Arrays.stream(Precision.values())
                .filter(each -> each.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new NumClipException(
                        Kind.USAGE,
                        "precision: expected one of " + Arrays.toString(Precision.values()) + ", found '" + name + "'",
                        "setPrecision names another one, or leave it out"));
    }
}
