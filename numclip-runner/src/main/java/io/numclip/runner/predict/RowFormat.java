package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The formats in which rows are written. */
enum RowFormat {
    TEXT {
        @Override
        RowWriter writer(Writer out, RowShape shape, Consumer<String> notices) {
            return new TextRows(out, shape);
        }
    },
    CSV {
        @Override
        RowWriter writer(Writer out, RowShape shape, Consumer<String> notices) {
            return new CsvRows(out, shape, notices);
        }

        @Override
        void begin(Writer out, RowShape shape) {
            CsvRows.header(out, shape);
        }
    },
    JSONL {
        @Override
        RowWriter writer(Writer out, RowShape shape, Consumer<String> notices) {
            return new JsonRows(out, shape);
        }
    };

    /** @param notices told of what has no place in a row */
    abstract RowWriter writer(Writer out, RowShape shape, Consumer<String> notices);

    /** Writes what comes before the first row. */
    void begin(Writer out, RowShape shape) throws IOException {}

    /** @throws NumClipException if the name of the file does not say */
    static RowFormat of(Path out) {
        String name = lowerCase(out);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (isNamed(out)) {
            return JSONL;
        }
        throw new NumClipException(
                Kind.USAGE,
                "--out " + out + ": the name does not say in which format",
                name.endsWith(".parquet")
                        ? "Parquet is not written; give a name that ends in .csv or .jsonl, see docs/predicting.md"
                        : "give a name that ends in .csv or .jsonl");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the name of the file says in which format. */
    static boolean isNamed(Path out) {
        return Stream.of(".csv", ".jsonl", ".ndjson").anyMatch(lowerCase(out)::endsWith);
    }

    private static String lowerCase(Path out) {
        return String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
    }
}
