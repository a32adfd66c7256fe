package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.runner.inputs.ListOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for.
 *
 * @param out null: standard output
 * @param sort null: rows come in the order of the images
 * @param export null: rows are written
 * @param explain whether rows say how a number came about
 */
record PredictRequest(
        ModelArguments arguments,
        ListOptions lists,
        RowFormat format,
        @Nullable Path out,
        boolean resume,
        ErrorPolicy errors,
        SortedRows.@Nullable Key sort,
        @Nullable LabellingTool export,
        boolean explain) {

    void check() {
        if (export != null) {
            checkExport();
        }
        if (resume && out == null) {
            throw usage("--resume goes on with a file", "name the file with --out");
        }
        if (resume && sort != null) {
            throw usage(
                    "--sort writes no row before the last image is done, so --resume has nothing to go on with",
                    "leave one of them out");
        }
    }

    private void checkExport() {
        if (out == null) {
            throw usage("--export writes several files", "name a folder for them with --out");
        }
        if (resume || sort != null) {
            throw usage(
                    "--export writes all images at the end, the least sure first, so it does not go with "
                            + (resume ? "--resume" : "--sort"),
                    "leave one of them out");
        }
        if (explain) {
            throw usage(
                    "--export writes what a labelling program can show, and that has no place for explanations",
                    "leave out --explain, or write rows with --out rows.jsonl");
        }
        if (RowFormat.isNamed(out)) {
            throw usage(
                    "--out " + out + ": --export writes a folder, and this is the name of a file",
                    "name a folder, or leave out --export for rows");
        }
    }

    private static NumClipException usage(String what, String fix) {
        return new NumClipException(Kind.USAGE, what, fix);
    }
}
