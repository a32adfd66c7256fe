package io.numclip.host.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int room = Integer.MAX_VALUE;
    private String reason = "No space left on device";

    private final Console console = new Console(
            new ResultWriter(new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int start, int count) throws IOException {
                    if (count > room) {
                        throw new IOException(reason);
                    }
                    room -= count;
                    written.write(bytes, start, count);
                }
            }),
            Writer.nullWriter(),
            false);

    @Test
    void resultsAreUtf8() {
        console.out().println("grün");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("grün" + System.lineSeparator());
    }

    @Test
    void aFullDiskEndsTheCommandAndSaysWhatIsMissing() {
        room = 5;
        PrintWriter out = console.out();
        out.println("one");
        for (int attempt = 0;
                attempt < 2;
                attempt++) { // it stays so, with an exception that can be suppressed by the first
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> out.println("two"))
                    .withMessage(
                            "the output cannot be written (No space left on device); what follows line 1 is missing")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.IO));
        }
    }

    @Test
    void outputThatWasNeverWrittenIsAllMissing() {
        room = 0;
        console.out().print("one");
        assertThatThrownBy(() -> console.out().flush()).hasMessageEndingWith("all of it is missing");
    }

    @Test
    void aClosedPipeIsNoError() {
        room = 0;
        reason = "Broken pipe";
        assertThatThrownBy(() -> console.out().println("one")).isInstanceOf(ClosedPipeException.class);
    }

    @Test
    void whatCouldControlATerminalIsEscapedOnBothSides() {
        StringWriter err = new StringWriter();
        Console both = new Console(new ResultWriter(written), err, true);
        both.out().println("a\u001b[31m\tb\u202ec\u009b");
        both.err().print("d\re\nf");
        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("a\\u001b[31m\tb\\u202ec\\u009b" + System.lineSeparator());
        assertThat(err).hasToString("d\\u000de\nf");
    }

    @Test
    void theLineBreaksOfCsvStayHoweverTheyAreWritten() {
        console.out().print("a\r\nb\r");
        console.out().print("\nc\r");
        console.out().flush();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a\r\nb\r\nc\\u000d");
    }

    @Test
    void theProgramsOwnStylesAndLinesThatMoveAreNot() {
        StringWriter err = new StringWriter();
        Console both = new Console(new ResultWriter(written), err, true);
        both.styled().println("\u001b[1mbold\u001b[0m");
        both.overwrite("\u001b[31m half");
        assertThat(written.toString(StandardCharsets.UTF_8)).startsWith("\u001b[1mbold\u001b[0m");
        assertThat(err).hasToString("\r\u001b[K\u001b[?7l\\u001b[31m half\u001b[?7h");
    }
}
