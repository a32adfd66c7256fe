package io.numclip.spark.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The types of Parquet that Spark, and others, read as those of Spark. */
final class RowTypes {

    private static final Map<DataType, PrimitiveTypeName> PRIMITIVES = Map.of(
            DataTypes.StringType, PrimitiveTypeName.BINARY,
            DataTypes.BinaryType, PrimitiveTypeName.BINARY,
            DataTypes.LongType, PrimitiveTypeName.INT64,
            DataTypes.TimestampType, PrimitiveTypeName.INT64,
            DataTypes.DoubleType, PrimitiveTypeName.DOUBLE,
            DataTypes.FloatType, PrimitiveTypeName.FLOAT);

    private RowTypes() {}

    /** Every column may be null, elements of arrays may not. */
    static MessageType of(StructType schema) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (StructField field : schema.fields()) {
            message.addField(type(field.name(), field.dataType()));
        }
        return message.named("rows");
    }

    private static Type type(String name, DataType type) {
        if (type instanceof ArrayType array) {
            return Types.optionalList()
                    .requiredElement(primitive(array.elementType()))
                    .named(name);
        }
        Types.PrimitiveBuilder<?> optional = Types.optional(primitive(type));
        if (type.equals(DataTypes.StringType)) {
            return (Type) optional.as(stringType()).named(name);
        }
        if (type.equals(DataTypes.TimestampType)) {
            return (Type) optional.as(timestampType(true, TimeUnit.MICROS)).named(name);
        }
        return (Type) optional.named(name);
    }

    private static PrimitiveTypeName primitive(DataType type) {
        PrimitiveTypeName known = PRIMITIVES.get(type);
        if (known == null) {
            throw new IllegalArgumentException("no Parquet type for " + type);
        }
        return known;
    }
}
