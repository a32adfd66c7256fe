package io.numclip.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark inside this JVM, without a network. */
public final class TestingSpark {

    private TestingSpark() {}

    /** @param master such as {@code local[2]} */
    public static SparkSession start(String master, Path folder) {
        return SparkSession.builder()
                .master(master)
                .appName("numclip-spark tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.local.dir", folder.resolve("local").toString())
                .getOrCreate();
    }
}
