package io.numclip.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomsTest {

    @TempDir
    Path module;

    @Test
    void nothingIsTooLarge() throws IOException {
        assertThat(Rooms.in(Path.of("")).tooLarge()).isEmpty();
        assertThat(Rooms.in(Path.of("../numclip-base"))
                        .except("io.numclip.uncertainty.Calibration", "the fields of a stored calibration")
                        .except(
                                "io.numclip.uncertainty.coverage.CoverageReport",
                                "the fields of coverage in metrics.json")
                        .tooLarge())
                .isEmpty();
    }

    @Test
    void aBreachOfEachKindIsFound() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("Ring" + i, "class Ring" + i + " { Ring" + (i + 1) % 5 + " next; }");
        }
        for (int i = 0; i < 19; i++) {
            write("Other" + i, "class Other" + i + " {}");
        }
        write("Wide", "record Wide(" + list("int a%d", 11, ", ") + ") {}");
        write("Long", "class Long {\n    void body() {\n" + list("        int b%d;", 31, "\n") + "\n    }\n}");
        compile();

        assertThat(Rooms.in(module).tooLarge())
                .containsExactly(
                        "Long.body: 31 lines, at most 30",
                        "a: 26 files, at most 25",
                        "a.Ring0: a circle of 5 files, at most 4: Ring0, Ring1, Ring2, Ring3, Ring4",
                        "a.Wide: 11 components, at most 10");
        Rooms named = Rooms.in(module)
                .except("Long.body", "because")
                .except("a", "because")
                .except("a.Ring0", "because")
                .except("a.Wide", "because");
        assertThat(named.tooLarge()).isEmpty();
        assertThat(named.except("a.Narrow", "because").tooLarge())
                .containsExactly("a.Narrow: is not too large; take the exception away");
    }

    private static String list(String each, int count, String between) {
        return IntStream.range(0, count).mapToObj(each::formatted).collect(Collectors.joining(between));
    }

    private void write(String name, String code) throws IOException {
        Path folder = Files.createDirectories(module.resolve("src/main/java/a"));
        Files.writeString(folder.resolve(name + ".java"), "package a;\n\n" + code + "\n");
    }

    private void compile() throws IOException {
        Path classes = Files.createDirectories(module.resolve("target/classes"));
        try (Stream<Path> sources = Files.list(module.resolve("src/main/java/a"))) {
            List<String> arguments = Stream.concat(Stream.of("-d", classes.toString()), sources.map(Path::toString))
                    .toList();
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                    .isZero();
        }
    }
}
