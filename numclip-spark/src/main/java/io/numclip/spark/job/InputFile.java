package io.numclip.spark.job;

import java.sql.Timestamp;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A file that is read: an image, a Parquet file or a tar. What was done is known by these three, and by the digest of the model.
 *
 * @param modified in milliseconds since 1970
 */
record InputFile(String path, long length, long modified) {

    /** The columns that say which file it is. */
    static final List<String> KEYS = List.of("path", "length", "modificationTime");

    static final StructType SCHEMA = new StructType()
            .add(KEYS.get(0), DataTypes.StringType)
            .add(KEYS.get(1), DataTypes.LongType)
            .add(KEYS.get(2), DataTypes.TimestampType);

    static InputFile of(FileStatus status) {
        return new InputFile(status.getPath().toString(), status.getLen(), status.getModificationTime());
    }

    static InputFile of(Row row) {
        return new InputFile(
                row.getString(0), row.getLong(1), row.getTimestamp(2).getTime());
    }

    Row row() {
        return RowFactory.create(path, length, new Timestamp(modified));
    }

    /** The cells that tell of an image: there is no problem yet, and it is in this file. */
    Row image() {
        return RowFactory.create(path, length, new Timestamp(modified), null, path);
    }
}
