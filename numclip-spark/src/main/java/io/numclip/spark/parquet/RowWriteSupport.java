package io.numclip.spark.parquet;

import static java.util.Objects.requireNonNull;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Takes rows apart into the values of their columns. */
final class RowWriteSupport extends WriteSupport<Row> {

    /** The setting in which the schema goes to the tasks, in Parquet's own notation. */
    static final String SCHEMA = "numclip.parquet.schema";

    private @Nullable MessageType schema;
    private @Nullable RecordConsumer out;

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public WriteContext init(Configuration settings) {
        schema = MessageTypeParser.parseMessageType(settings.get(SCHEMA));
        return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(Row row) {
        MessageType columns = requireNonNull(schema);
        RecordConsumer values = requireNonNull(out);
        values.startMessage();
        for (int i = 0; i < columns.getFieldCount(); i++) {
            if (!row.isNullAt(i)) {
                values.startField(columns.getFieldName(i), i);
                write(row.get(i), values);
                values.endField(columns.getFieldName(i), i);
            }
        }
        values.endMessage();
    }

    private static void write(Object value, RecordConsumer values) {
        if (value instanceof String text) {
            values.addBinary(Binary.fromString(text));
        } else if (value instanceof byte[] content) {
            values.addBinary(Binary.fromConstantByteArray(content));
        } else if (value instanceof Long number) {
            values.addLong(number);
        } else if (value instanceof Double number) {
            values.addDouble(number);
        } else if (value instanceof Timestamp time) {
            values.addLong(microseconds(time.toInstant()));
        } else if (value instanceof Instant time) { // of Parquet, if spark.sql.datetime.java8API.enabled is set
            values.addLong(microseconds(time));
        } else if (value instanceof double[] list) {
            list(list.length, i -> values.addDouble(list[i]), values);
        } else if (value instanceof float[] list) {
            list(list.length, i -> values.addFloat(list[i]), values);
        } else {
            throw new IllegalArgumentException("no Parquet value for a " + value.getClass());
        }
    }

    private static long microseconds(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static void list(int length, IntConsumer element, RecordConsumer values) {
        values.startGroup();
        if (length > 0) {
            values.startField("list", 0);
            for (int i = 0; i < length; i++) {
                values.startGroup();
                values.startField("element", 0);
                element.accept(i);
                values.endField("element", 0);
                values.endGroup();
            }
            values.endField("list", 0);
        }
        values.endGroup();
    }
}
