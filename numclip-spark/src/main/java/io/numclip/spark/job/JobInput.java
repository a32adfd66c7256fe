package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.files.ErrorPolicy;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The options that every job on images has. */
final class JobInput {

    @Option(
            names = "--input",
            required = true,
            paramLabel = "DIR",
            description =
                    "A folder with the images, on any file system that Spark knows; also those in the folders in it.")
    private String input = "";

    @Option(
            names = "--format",
            defaultValue = "images",
            paramLabel = "FORMAT",
            description = "What the images lie in: images (a file each), parquet (columns path and content, as 'pack'"
                    + " writes them) or tar (WebDataset). Default: images.")
    private InputKind kind = InputKind.IMAGES;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description =
                    "Parquet: DIR/rows. DIR/inputs says what" + " is done: the same command goes on with the rest.")
    private String out = "";

    @Option(
            names = "--errors",
            defaultValue = "rows",
            paramLabel = "WHAT",
            description =
                    "An image that cannot be read: rows (gets a row that says why), skip (gets none) or fail (ends the"
                            + " job). Default: rows.")
    private ErrorPolicy errors = ErrorPolicy.ROWS;

    @Option(
            names = "--chunk",
            defaultValue = "50000",
            paramLabel = "N",
            description = "About so many images are written at once; a driver that is killed loses no more than those."
                    + " Default: 50000.")
    private int images = 50_000;

    InputKind kind() {
        return kind;
    }

    String out() {
        return out;
    }

    ErrorPolicy errors() {
        return errors;
    }

    InputFiles files(Configuration settings) throws IOException {
        if (images < 1) {
            throw new NumClipException(Kind.USAGE, "--chunk: expected 1 or more, found " + images, "leave it out");
        }
        return new InputFiles(input, kind, images, settings);
    }
}
