package io.numclip.spark.job;

import io.numclip.host.message.ExitCodes;
import io.numclip.spark.ImageContent;
import io.numclip.spark.WiderRow;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Many small files become few large ones. */
@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Copies the image files of a folder into Parquet, once, for jobs with --format parquet. Many small"
                        + " files are slow to list and to open.")
final class PackCommand implements Callable<Integer> {

    private static final StructType FOUND =
            new StructType().add(InputKind.CONTENT, DataTypes.BinaryType).add(Stage.ERROR, DataTypes.StringType);

    @Mixin
    private JobInput input;

    private final JobServices services;

    PackCommand(JobServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        Stage stage = new Stage(PackCommand::contents, FOUND, "", "", "");
        new ImageJob(services.spark(), input, services.progress()).run(stage, false);
        return ExitCodes.DONE;
    }

    private static JavaRDD<Row> contents(JavaRDD<Row> images, int column) {
        return images.map(row -> WiderRow.of(row, struct(ImageContent.of(row.get(column)))));
    }

    private static Row struct(ImageContent content) {
        return RowFactory.create(content.bytes(), content.problem());
    }
}
