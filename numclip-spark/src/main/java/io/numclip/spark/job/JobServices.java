package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.Console;
import io.numclip.host.message.Failures;
import io.numclip.spark.SparkVersion;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** What every job uses. */
record JobServices(Console console) {

    /** A session with the settings of {@code spark-submit}. */
    SparkSession session() {
        SparkVersion.check();
        return SparkSession.builder().appName("numclip").getOrCreate();
    }

    JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(session().sparkContext());
    }

    JobProgress progress() {
        return new JobProgress(console.err(), System::nanoTime);
    }

    Failures failures() {
        return new Failures(console, JobServices::explained);
    }

    /** Prefers what a task has said to what Spark says of it. */
    static Throwable explained(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NumClipException) {
                return cause;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkException || cause instanceof AnalysisException) {
                return new NumClipException(
                        Kind.UNAVAILABLE,
                        "Spark: " + NumClipException.firstLine(cause),
                        "look at the log of the executor that it names; what is done is kept, and the same command goes on",
                        cause);
            }
        }
        return failure;
    }
}
