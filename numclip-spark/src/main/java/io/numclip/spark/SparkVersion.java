package io.numclip.spark;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;

/** Earlier versions of Spark have libraries with which Guice does not start, and say so by a missing method. */
public final class SparkVersion {

    private static final String NEEDED = "4.";

    private SparkVersion() {}

    /** @throws NumClipException if this is an earlier Spark than 4 */
    public static void check() {
        check(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    }

    static void check(String version) {
        if (!version.startsWith(NEEDED)) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    "NumCLIP needs Spark 4, found Spark " + version,
                    "Run it on Spark 4.2 (Scala 2.13), the version that it is tested with.");
        }
    }
}
