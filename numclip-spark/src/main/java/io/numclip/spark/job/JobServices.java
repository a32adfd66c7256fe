package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.Console;
import io.numclip.host.message.Failures;
import io.numclip.spark.SparkVersion;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** What every job uses. */
record JobServices(Console console) {

    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
    // Java's own thresholds times ten
    private static final String LATE_COMPILER = "-XX:+IgnoreUnrecognizedVMOptions -XX:Tier4InvocationThreshold=50000"
            + " -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000";

    /** With the settings of {@code spark-submit}. */
    JavaSparkContext spark() {
        return started(settings());
    }

    /** The same for jobs whose work is done by native code. */
    JavaSparkContext forImages() {
        SparkConf settings = settings();
        return started(settings.set(EXECUTOR_OPTIONS, executorOptions(settings.get(EXECUTOR_OPTIONS, ""))));
    }

    private static SparkConf settings() {
        SparkVersion.check();
        return new SparkConf().setAppName("numclip");
    }

    private static JavaSparkContext started(SparkConf settings) {
        return JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(settings));
    }

    /** Spark SQL, for what reads Parquet. Its start takes seconds, so a job that can does without. */
    static SparkSession session() {
        return SparkSession.builder().getOrCreate();
    }

    /**
     * Java's second compiler comes later than usual: at the start of an executor it takes seconds of the core that images need, and
     * most of the code that it compiles runs once. What is given goes last, so that it wins.
     */
    static String executorOptions(String given) {
        return (LATE_COMPILER + " " + given).strip();
    }

    JobProgress progress() {
        return new JobProgress(console.err(), System::nanoTime);
    }

    Failures failures() {
        return new Failures(console, JobServices::explained);
    }

    /** What a task has said goes before what Spark says of it. */
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
