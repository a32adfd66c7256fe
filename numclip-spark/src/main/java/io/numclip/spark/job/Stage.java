package io.numclip.spark.job;

import io.numclip.data.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * What a job does with images.
 *
 * @param look takes images in the column {@link InputKind#IMAGE} and adds the column {@value #FOUND}: a struct whose fields
 *     become columns, the last of which is {@value #ERROR}
 * @param model its name, a column; empty: the rows are of no model
 * @param digest of the model, a column too
 * @param precision in which the model computes, a column too
 */
record Stage(UnaryOperator<Dataset<Row>> look, String model, String digest, String precision) {

    static final String FOUND = "found";
    static final String ERROR = "error";

    /** The rows that are written. A problem that was known before goes before what is found. */
    Dataset<Row> rows(Dataset<Row> images) {
        Dataset<Row> all = look.apply(images);
        List<Column> columns = new ArrayList<>();
        InputFile.KEYS.forEach(key -> columns.add(functions.col(key)));
        if (List.of(all.columns()).containsAll(Region.NAMES)) {
            Region.NAMES.forEach(name -> columns.add(functions.col(name)));
        }
        for (String field : ((StructType) all.schema().apply(FOUND).dataType()).fieldNames()) {
            Column found = functions.col(FOUND + "." + field);
            columns.add((field.equals(ERROR) ? functions.coalesce(functions.col(InputKind.PROBLEM), found) : found)
                    .as(field));
        }
        if (!model.isEmpty()) {
            columns.add(functions.lit(model).as("model"));
            columns.add(functions.lit(digest).as("digest"));
            columns.add(functions.lit(precision).as("precision"));
        }
        return all.select(columns.toArray(Column[]::new));
    }
}
