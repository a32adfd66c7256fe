package io.numclip.spark.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What a job does with images.
 *
 * @param look adds a struct called {@value #FOUND}, with a field {@code error}, to rows of images
 * @param fields of the struct that become columns, before {@code error}
 * @param model its name, a column; empty: the rows are of no model
 * @param digest of the model, a column too
 */
record Stage(Look look, List<String> fields, String model, String digest) {

    static final String FOUND = "found";
    static final String ERROR = "error";

    /** Looks at images. */
    @FunctionalInterface
    interface Look {

        /** @param column of their contents or paths */
        Dataset<Row> at(Dataset<Row> images, String column);
    }

    /** The rows that are written; a problem that was known before goes before what is found. */
    Dataset<Row> rows(Dataset<Row> images, String column) {
        Dataset<Row> seen = look.at(images, column);
        Column error = functions.coalesce(functions.col(InputKind.PROBLEM), functions.col(FOUND + "." + ERROR));
        List<Column> columns = new ArrayList<>();
        InputFile.KEYS.forEach(key -> columns.add(functions.col(key)));
        fields.forEach(field -> columns.add(functions.col(FOUND + "." + field)));
        columns.add(error.as(ERROR));
        if (!model.isEmpty()) {
            columns.add(functions.lit(model).as("model"));
            columns.add(functions.lit(digest).as("digest"));
        }
        return seen.select(columns.toArray(Column[]::new));
    }
}
