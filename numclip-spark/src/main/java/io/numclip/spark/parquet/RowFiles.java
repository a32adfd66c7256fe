package io.numclip.spark.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Writes rows of texts, numbers, times, bytes, {@code double[]} and {@code float[]} as Parquet. Spark SQL writes the same, but its start, its
 * plans and the code that it compiles take seconds of every processor at the beginning of a job.
 */
public final class RowFiles {

    private RowFiles() {}

    /**
     * Computes rows and writes them, a file for each partition. A task that fails leaves nothing.
     *
     * @param folder that is not there yet
     */
    public static void write(JavaRDD<Row> rows, StructType schema, Path folder, boolean compressed) {
        Configuration settings = settings(rows.context().hadoopConfiguration(), schema);
        settings.set(ParquetOutputFormat.COMPRESSION, codec(compressed).name());
        settings.set(ParquetOutputFormat.JOB_SUMMARY_LEVEL, ParquetOutputFormat.JobSummaryLevel.NONE.name());
        rows.mapToPair(row -> new Tuple2<Void, Row>(null, row))
                .saveAsNewAPIHadoopFile(folder.toString(), Void.class, Row.class, Format.class, settings);
    }

    /** Writes a file on this machine. */
    public static void write(List<Row> rows, StructType schema, Path file, Configuration general) throws IOException {
        Configuration settings = settings(general, schema);
        try (ParquetWriter<Row> out = new Writer(HadoopOutputFile.fromPath(file, settings))
                .withConf(settings)
                .build()) {
            for (Row row : rows) {
                out.write(row);
            }
        }
    }

    private static Configuration settings(Configuration general, StructType schema) {
        Configuration settings = new Configuration(general);
        settings.set(RowWriteSupport.SCHEMA, RowTypes.of(schema).toString());
        return settings;
    }

    private static CompressionCodecName codec(boolean compressed) {
        return compressed ? CompressionCodecName.SNAPPY : CompressionCodecName.UNCOMPRESSED;
    }

    /** Which Hadoop makes by its name. */
    public static final class Format extends ParquetOutputFormat<Row> {

        public Format() {
            super(new RowWriteSupport());
        }
    }

    private static final class Writer extends ParquetWriter.Builder<Row, Writer> {

        Writer(HadoopOutputFile file) {
            super(file);
            withCompressionCodec(codec(true));
        }

        @Override
        protected Writer self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        protected WriteSupport<Row> getWriteSupport(Configuration settings) {
            return new RowWriteSupport();
        }
    }
}
