package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.files.ErrorPolicy;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.inputs.ListOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for.
 *
 * @param asked the format that is asked for; null: none is
 * @param out null: standard output
 * @param sort null: rows come in the order of the images
 * @param export null: rows are written
 * @param beside what is written beside the rows
 * @param explain whether rows say how a number came about
 */
record PredictRequest(
        ModelArguments arguments,
        ListOptions lists,
        @Nullable RowFormat asked,
        @Nullable Path out,
        boolean resume,
        ErrorPolicy errors,
        SortedRows.@Nullable Key sort,
        @Nullable LabellingTool export,
        Beside beside,
        boolean explain) {

    /**
     * @param sidecars whether files of XMP are written beside the images
     * @param maps the folder for pictures of where numbers come from; null: none are drawn
     */
    record Beside(boolean sidecars, @Nullable Path maps) {}

    /** The format of the file, as its name says, or of standard output. */
    RowFormat format() {
        if (out != null) {
            return RowFormat.of(out);
        }
        return asked == null ? RowFormat.TEXT : asked;
    }

    void check() {
        checkLists();
        if (export != null) {
            checkExport();
        } else if (asked != null && asked != format()) {
            throw usage(
                    "--format " + asked + " contradicts --out " + out + ", whose name says " + format(),
                    "leave out --format, or name a file that ends in ." + asked);
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

    private void checkLists() {
        String option = lists.column() != null ? "--column" : "--root";
        boolean given = lists.column() != null || lists.root() != null;
        if (given && arguments.images().stream().noneMatch(Inputs::isList)) {
            throw usage(
                    option + " is for lists of images, and none of the images is a list",
                    "leave it out, or name a list (.txt, .csv, .tsv, .jsonl) or - for standard input");
        }
        if (lists.root() != null && !Files.isDirectory(lists.root())) {
            throw new NumClipException(
                    Kind.MISSING,
                    "--root " + lists.root() + ": there is no such folder",
                    "name the folder that the names in the list are relative to");
        }
    }

    private void checkExport() {
        if (out == null) {
            throw usage("--export writes several files", "name a folder for them with --out");
        }
        if (asked != null) {
            throw usage(
                    "--export writes the files of a labelling program, so it does not go with --format " + asked,
                    "leave one of them out");
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
