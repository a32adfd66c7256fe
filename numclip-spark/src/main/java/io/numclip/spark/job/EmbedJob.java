package io.numclip.spark.job;

import io.numclip.host.message.ExitCodes;
import io.numclip.spark.FeatureStore;
import io.numclip.spark.NumClipEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Features of many images. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Gives every image of a folder its features in a CLIP, as 'numclip embed' does.")
final class EmbedJob implements Callable<Integer> {

    @Option(
            names = "--clip",
            defaultValue = "embedded",
            paramLabel = "DIR|NAME",
            description =
                    "A CLIP directory that every machine has under this path, or that was shipped; or 'embedded'.")
    private String clip;

    @Mixin
    private ArithmeticOptions arithmetic;

    @Option(
            names = "--keep",
            description =
                    "Puts the features into the feature cache of the driver's machine too, where a training finds them.")
    private boolean keep;

    @Mixin
    private JobInput input;

    private final JobServices services;

    EmbedJob(JobServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        SparkSession spark = services.session();
        NumClipEmbedder embedder = new NumClipEmbedder()
                .setClip(clip)
                .setDevice(arithmetic.device())
                .setPrecision(arithmetic.precision())
                .setInputCol(InputKind.IMAGE)
                .setOutputCol(Stage.FOUND);
        String digest = embedder.towerDigest();
        Stage stage = new Stage(
                embedder::transform,
                String.valueOf(Path.of(clip).getFileName()),
                digest,
                embedder.decidedPrecision().toString());
        new ImageJob(spark, input, services.progress()).run(stage, false);
        if (keep) {
            Dataset<Row> all = spark.read()
                    .parquet(input.out() + "/rows")
                    .where(functions.col("digest").equalTo(digest));
            FeatureStore.keep(
                    all.select(functions.struct("features", "contentHash").as(embedder.getOutputCol())), embedder);
        }
        return ExitCodes.DONE;
    }
}
