package io.numclip.spark.job;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a job does with images.
 *
 * @param look adds a struct to rows of images, as their last cell
 * @param found the struct, whose fields become columns; the last is {@value #ERROR}
 * @param model its name, a column; empty: the rows are of no model
 * @param digest of the model, a column too
 * @param precision in which the model computes, a column too
 */
record Stage(Look look, StructType found, String model, String digest, String precision) {

    static final String ERROR = "error";

    /** Looks at images. */
    @FunctionalInterface
    interface Look {

        /** @param column of their contents or paths */
        JavaRDD<Row> at(JavaRDD<Row> images, int column);
    }

    /** Of the rows that are written. */
    StructType schema() {
        StructType schema = InputFile.SCHEMA;
        for (StructField field : found.fields()) {
            schema = schema.add(field);
        }
        return model.isEmpty()
                ? schema
                : schema.add("model", DataTypes.StringType)
                        .add("digest", DataTypes.StringType)
                        .add("precision", DataTypes.StringType);
    }

    /** The rows that are written. */
    JavaRDD<Row> rows(JavaRDD<Row> images) {
        return look.at(images, InputKind.IMAGE)
                .map(new Flat(found.size(), model.isEmpty() ? List.of() : List.of(model, digest, precision)));
    }

    /** The file, the fields of the struct, the model. A problem that was known before goes before what is found. */
    private record Flat(int fields, List<String> model) implements Function<Row, Row> {

        @Override
        public Row call(Row row) {
            int keys = InputFile.KEYS.size();
            Object[] cells = new Object[keys + fields + model.size()];
            for (int i = 0; i < keys; i++) {
                cells[i] = row.get(i);
            }
            Row struct = row.getStruct(row.size() - 1);
            for (int i = 0; i < fields; i++) {
                cells[keys + i] = struct.get(i);
            }
            if (!row.isNullAt(InputKind.PROBLEM)) {
                cells[keys + fields - 1] = row.get(InputKind.PROBLEM);
            }
            for (int i = 0; i < model.size(); i++) {
                cells[keys + fields + i] = model.get(i);
            }
            return RowFactory.create(cells);
        }
    }
}
