package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed is run by a real bash. */
@Tag("ci")
class CompletionTest {

    /** Asks bash what it would offer for a line, as if TAB had been pressed at its end. */
    private static final String ASK = """
            source "$1"
            compopt() { :; } # it has a meaning only while TAB is pressed
            read -ra COMP_WORDS <<<"$2"
            [[ "$2" != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMP_LINE="$2"
            COMP_POINT=${#COMP_LINE}
            complete -p numclip | grep -q -- '-F _complete_numclip' || exit 3
            _complete_numclip
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        TestingConsole console = TestingConsole.in(folder);
        console.run("generate-completion").isZero();
        script = Files.writeString(folder.resolve("numclip.bash"), console.out());
    }

    private static String bash(String... arguments) throws IOException {
        List<String> line =
                Stream.concat(Stream.of("bash"), Stream.of(arguments)).toList();
        Process bash = new ProcessBuilder(line).redirectErrorStream(true).start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<String> offered(String line) throws IOException {
        return bash("-c", ASK, "bash", script.toString(), line)
                .lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Test
    void bashFindsNoMistakeInIt() throws IOException {
        assertThat(bash("-n", script.toString())).isEmpty();
    }

    @Test
    void commandsAreCompleted() throws IOException {
        assertThat(offered("numclip predi")).containsExactly("predict");
        assertThat(offered("numclip ")).contains("train", "doctor", "plugins");
        assertThat(offered("numclip plugins tr")).containsExactly("trust");
    }

    @Test
    void optionsAreCompleted() throws IOException {
        assertThat(offered("numclip train --meth")).containsExactly("--method");
        assertThat(offered("numclip export --to ")).containsExactlyInAnyOrder("model", "peft", "onnx");
    }
}
