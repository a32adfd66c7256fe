package io.numclip.spark.job;

import io.numclip.host.message.ExitCodes;
import io.numclip.spark.ImageContent;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
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
final class PackJob implements Callable<Integer> {

    private static final StructType FOUND =
            new StructType().add(InputKind.CONTENT, DataTypes.BinaryType).add(Stage.ERROR, DataTypes.StringType);

    @Mixin
    private JobInput input;

    private final JobServices services;

    PackJob(JobServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        UDF1<@Nullable Object, Row> content = cell -> struct(ImageContent.of(cell));
        Column found = functions.udf(content, FOUND).apply(functions.col(InputKind.IMAGE));
        Stage stage = new Stage(images -> images.withColumn(Stage.FOUND, found), "", "", "");
        new ImageJob(services.session(), input, services.progress()).run(stage, false);
        return ExitCodes.DONE;
    }

    private static Row struct(ImageContent content) {
        return RowFactory.create(content.bytes(), content.problem());
    }
}
