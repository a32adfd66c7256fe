package io.numclip.spark;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the stages have in common: an image comes in by one column and a struct goes out by another. */
final class StageColumns {

    private StageColumns() {}

    static Param<String> input(Params stage) {
        return new Param<>(
                stage, "inputCol", "column of the contents of image files (binary) or of their paths (string)");
    }

    static Param<String> output(Params stage) {
        return new Param<>(stage, "outputCol", "column for what is found");
    }

    /** @throws NumClipException if the input column is missing or no image, or the output column is there already */
    static StructType with(StructType schema, String input, String output, StructType struct) {
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
        return schema.add(output, struct, true);
    }

    private static void require(boolean isSo, String what, String fix) {
        if (!isSo) {
            throw new NumClipException(Kind.USAGE, what, fix);
        }
    }

    /** @param schema of the rows that come out */
    static Dataset<Row> rows(Dataset<?> images, ModelChoice choice, String input, StructType schema) {
        int column = images.schema().fieldIndex(input);
        return images.toDF().mapPartitions(new ImageRows(choice, column), Encoders.row(schema));
    }

    /** Decided on the driver, so that every executor computes in the same way. */
    static Precision precision(String name, String device) {
        Precision named = precision(name);
        return device.startsWith("cuda") ? named : named.on(Device.cpu());
    }

    private static Precision precision(String name) {
        return Arrays.stream(Precision.values())
                .filter(each -> each.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new NumClipException(
                        Kind.USAGE,
                        "precision: expected one of " + Arrays.toString(Precision.values()) + ", found '" + name + "'",
                        "setPrecision names another one, or leave it out"));
    }
}
