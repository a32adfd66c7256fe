package io.numclip.host.message;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes results as UTF-8. If they cannot be written, the command ends with what is missing: unlike an
 * {@link IOException}, the exceptions of this writer pass through a {@link java.io.PrintWriter}.
 */
final class ResultWriter extends Writer {

    private final Writer out;
    private long lines;
    private long writtenLines;
    private @Nullable IOException failure;

    /** @param stream unbuffered */
    ResultWriter(OutputStream stream) {
        this.out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }

    private interface Writing {
        void run() throws IOException;
    }

    @Override
    public void write(char[] text, int start, int count) {
        attempt(() -> out.write(text, start, count));
        for (int i = start; i < start + count; i++) {
            lines += text[i] == '\n' ? 1 : 0;
        }
    }

    @Override
    public void flush() {
        attempt(out::flush);
        writtenLines = lines;
    }

    /** Leaves the stream open. */
    @Override
    public void close() {
        flush();
    }

    private void attempt(Writing writing) {
        try {
            if (failure != null) {
                throw failure;
            }
            writing.run();
        } catch (IOException e) {
            failure = e;
            throw ended(e);
        }
    }

    private RuntimeException ended(IOException e) {
        String reason = NumClipException.firstLine(e);
        if (reason.toLowerCase(Locale.ROOT).contains("pipe")) { // the system's name for it; Java has none
            return new ClosedPipeException(e);
        }
        String missing = writtenLines == 0 ? "all of it" : "what follows line " + writtenLines;
        return new NumClipException(
                Kind.IO,
                "the output cannot be written (" + reason + "); " + missing + " is missing",
                "free some space, or write to another place, and run the command again",
                e);
    }
}
