package io.numclip.spark.job;

import io.numclip.runner.terminal.ExitCodes;
import io.numclip.spark.ImageContent;
import io.numclip.spark.WiderRow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
    public Integer call() throws IOException, InterruptedException {
        Stage stage = new Stage(PackCommand::contents, List.of(InputKind.CONTENT), "", "");
        new ImageJob(services.spark(), input, services.progress()).run(stage, false);
        return ExitCodes.DONE;
    }

    private static Dataset<Row> contents(Dataset<Row> images, String column) {
        int image = images.schema().fieldIndex(column);
        return images.map(
                (MapFunction<Row, Row>) row -> WiderRow.of(row, struct(ImageContent.of(row.get(image)))),
                Encoders.row(images.schema().add(Stage.FOUND, FOUND)));
    }

    private static Row struct(ImageContent content) {
        return RowFactory.create(content.bytes(), content.problem());
    }
}
