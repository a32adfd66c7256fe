package io.numclip.runner.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.ImageSource;
import io.numclip.data.NumClipException;
import io.numclip.host.message.PlainText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();

    @Test
    void aFolderGivesItsImagesInNaturalOrder() throws IOException {
        touch("img10.png", "img2.PNG", "b/1.jpg", "img1.jpeg", "notes.txt", "a.heic", "b/c.heic", "README");
        assertThat(names(folder.toString())).containsExactly("b/1.jpg", "img1.jpeg", "img2.PNG", "img10.png");
        assertThat(notices)
                .containsExactly(folder + ": left out 4 files that are not called like an image: 2 .heic, 1 .txt, 1"
                        + " without an ending");
    }

    @Test
    void aFolderIsLookedIntoWhenItsTurnComes() throws IOException {
        touch("a/1.png", "b/1.png", "c/1.png");
        Inputs inputs = new Inputs(List.of(folder.toString()), ListOptions.usual(), stream(""));
        inputs.survey(notices::add);
        try (Inputs.Images images = inputs.images()) {
            assertThat(images.next().file()).isEqualTo(folder.resolve("a/1.png"));
            touch("c/2.png");
            assertThat(images).toIterable().extracting(InputImage::file).endsWith(folder.resolve("c/2.png"));
        }
    }

    @Test
    void foldersThatCannotBeReadAreNamed() {
        Set<Path> unread = new HashSet<>();
        LeftOut leftOut = new LeftOut("photos", Path.of("photos"), unread);
        for (int i = 0; i < 7; i++) {
            leftOut.unreadFolder(Path.of("photos/" + i), new AccessDeniedException("photos/" + i));
        }
        leftOut.tell(notices::add);
        assertThat(unread).hasSize(7);
        assertThat(notices)
                .containsExactly("photos: left out 7 folders that cannot be read: 0 (no permission), 1 (no permission),"
                        + " 2 (no permission), 3 (no permission), 4 (no permission) and 2 more");
    }

    @Test
    void whatIsNoFileInAFolderIsCountedAndSaid() throws Exception {
        touch("a.png");
        Files.createDirectory(folder.resolve("inner.png"));
        Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("a.png"));
        Files.createSymbolicLink(folder.resolve("dead"), folder.resolve("absent"));
        for (int i = 0; i < 5; i++) {
            Files.createSymbolicLink(folder.resolve("inner.png/dead" + i + ".jpg"), folder.resolve("absent"));
        }
        Files.createSymbolicLink(folder.resolve("others"), folder.resolve("inner.png"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.png").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(names(folder.toString())).containsExactly("a.png", "link.png");
        assertThat(notices)
                .containsExactly(
                        folder + ": left out 7 that are no files (pipes, links that lead nowhere or to a folder):"
                                + " inner.png/dead0.jpg, inner.png/dead1.jpg, inner.png/dead2.jpg, inner.png/dead3.jpg,"
                                + " inner.png/dead4.jpg and 2 more");
    }

    @Test
    void patternsAreThoseOfAShell() throws IOException {
        touch("a.jpg", "b.png", "in/a.jpg", "in/deep/a.jpg", "in/deep/b.txt", "other/a.jpg", "[x].png");
        assertThat(names(folder + "/*.jpg")).containsExactly("a.jpg");
        assertThat(names(folder + "/**/a.jpg")).containsExactly("a.jpg", "in/a.jpg", "in/deep/a.jpg", "other/a.jpg");
        assertThat(names(folder + "/in/**")).containsExactly("in/a.jpg", "in/deep/a.jpg");
        assertThat(names(folder + "/{in,other}/*.jpg")).containsExactly("in/a.jpg", "other/a.jpg");
        assertThat(names(folder + "/[x].png"))
                .as("a file may be called like a pattern")
                .containsExactly("[x].png");
        notices.clear();
        assertThat(names(folder + "/*.gif", folder + "/a.jpg")).containsExactly("a.jpg");
        assertThat(notices).containsExactly(folder + "/*.gif: no image");
    }

    @Test
    void nothingAtAllIsAnError() {
        assertThatThrownBy(() -> names(folder + "/*.gif"))
                .isInstanceOf(NumClipException.class)
                .hasMessage("no image in " + folder + "/*.gif");
        assertThatThrownBy(() -> names("-"))
                .isInstanceOf(NumClipException.class)
                .hasMessage("no image in -");
    }

    @Test
    void aTableKeepsItsOtherColumns() throws IOException {
        touch("in/a.jpg", "b.jpg");
        Path list = Files.writeString(
                folder.resolve("list.csv"), "id;image;value\n7;in/a.jpg;3\n8;b.jpg\n9; ;1\n10;../out.jpg;2\n");
        List<InputImage> images = images(ListOptions.usual(), list.toString());
        assertThat(images.get(0))
                .isEqualTo(new InputImage(
                        "in/a.jpg",
                        folder.toAbsolutePath().resolve("in/a.jpg"),
                        Map.of("id", "7", "value", "3"),
                        null));
        assertThat(images)
                .extracting(InputImage::problem)
                .containsExactly(
                        null,
                        list + ":3: 2 fields, the header has 3",
                        "no name of an image",
                        "is outside " + folder.toAbsolutePath() + "; --root names a folder around it");
        assertThat(images.get(2).name()).isEqualTo(list + ":4");
        assertThatThrownBy(() -> ((ImageSource) images.get(1).image()).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 fields");
    }

    @Test
    void spacesAroundANameBelongToIt() throws IOException {
        List<String> names = List.of(" x.png", "x.png", "x.png ", "x.png\u2028", "\u00a0x.png");
        touch(names.toArray(String[]::new));
        String lines = String.join("\n", names) + "\n";
        for (String list : List.of("list.csv", "list.txt")) {
            String header = list.endsWith("csv") ? "file\n" : "";
            Path file = Files.writeString(folder.resolve(list), header + lines);
            assertThat(images(ListOptions.usual(), file.toString()))
                    .as(list)
                    .extracting(image -> image.file().getFileName().toString())
                    .containsExactlyElementsOf(names);
        }
        Path quoted = Files.writeString(folder.resolve("quoted.csv"), "file,n\n\" x.png\", 1\n");
        assertThat(images(ListOptions.usual(), quoted.toString()))
                .extracting(InputImage::file)
                .containsExactly(folder.resolve(" x.png"));
    }

    @Test
    void aNameThatIsThereWithoutItsSpacesIsExplained() throws IOException {
        touch("x.png");
        for (String list : List.of("list.csv", "list.txt", "list.jsonl")) {
            String line = list.endsWith("l") ? "{\"file\": \"\u00a0x.png \"}" : "\u00a0x.png ";
            Path file = Files.writeString(folder.resolve(list), list.endsWith("v") ? "file\n" + line : line);
            assertThat(images(ListOptions.usual(), file.toString()))
                    .as(list)
                    .extracting(InputImage::problem)
                    .containsExactly(
                            "there is no such file; there is 'x.png', without what looks like a space around it");
        }
    }

    @Test
    void inATableThatPredictWroteNamesAreDecodedFirst() throws IOException {
        List<String> names = List.of("=1.png", "'=1.png", "''=1.png", "\\u001b.png", "\u001b.png");
        touch(names.toArray(String[]::new));
        StringBuilder list = new StringBuilder("file,value,digest,error\n");
        names.forEach(name -> list.append(PlainText.cell(name)).append(",1,ab,\n"));
        Path file = Files.writeString(folder.resolve("list.csv"), list);
        assertThat(images(ListOptions.usual(), file.toString()))
                .extracting(image -> image.file().getFileName().toString())
                .containsExactlyElementsOf(names);
    }

    @Test
    void aTableThatPredictWroteNamesItsImagesAgain() throws IOException {
        List<String> names = List.of("=1+1.png", "-x.png", "es\u001bc.png", "'@y.png", "new\nline.png");
        touch(names.toArray(String[]::new));
        String cells = names.stream()
                .map(PlainText::cell)
                .map(cell -> '"' + cell + "\"\n")
                .collect(Collectors.joining());
        Path list = Files.writeString(folder.resolve("list.csv"), "file\n" + cells + "\"'=absent.png\"\n");
        assertThat(images(ListOptions.usual(), list.toString()))
                .extracting(InputImage::file)
                .extracting(file -> file.getFileName().toString())
                .startsWith(names.toArray(String[]::new))
                .endsWith("=absent.png");
    }

    @Test
    void aNameThatIsNotUtf8IsSaid() throws Exception {
        touch("a.png");
        assertThat(new ProcessBuilder(
                                "sh",
                                "-c",
                                "cd \"$0\" && e=$(printf '\\351') && mkdir d$e && cp a.png caf$e.png"
                                        + " && cp a.png d$e",
                                folder.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(images(ListOptions.usual(), folder.toString()))
                .extracting(InputImage::problem)
                .satisfiesExactly(
                        problem -> assertThat(problem).isNull(),
                        problem -> assertThat(problem).startsWith("the name is not UTF-8; rename the file"),
                        problem -> assertThat(problem).startsWith("the name is not UTF-8; rename the file"));
        assertThat(images(ListOptions.usual(), folder + "/caf\ufffd.png"))
                .extracting(InputImage::problem)
                .singleElement()
                .asString()
                .startsWith("the name is not UTF-8");
        touch("whole\ufffd.png");
        assertThat(images(ListOptions.usual(), folder + "/whole\ufffd.png")
                        .get(0)
                        .problem())
                .isNull();
    }

    @Test
    void theColumnAndTheRootCanBeNamed() throws IOException {
        touch("photos/a.jpg");
        Path list = Files.writeString(folder.resolve("list.tsv"), "file\tpicture\nno\ta.jpg\n");
        List<InputImage> images = images(new ListOptions("picture", folder.resolve("photos")), list.toString());
        assertThat(images)
                .extracting(InputImage::file)
                .containsExactly(folder.toAbsolutePath().resolve("photos/a.jpg"));
        assertThat(images.get(0).columns()).containsExactly(Map.entry("file", "no"));
        assertThatThrownBy(() -> images(new ListOptions("pictur", null), list.toString()))
                .isInstanceOf(NumClipException.class)
                .hasMessage(list + ": no column pictur. Did you mean 'picture'? Columns found: file, picture.");
    }

    @Test
    void aLinkMustNotLeadOutOfTheRoot() throws IOException {
        touch("root/a.jpg", "secret/b.jpg");
        Files.createSymbolicLink(folder.resolve("root/link.jpg"), folder.resolve("secret/b.jpg"));
        Files.createSymbolicLink(folder.resolve("root/out"), folder.resolve("secret"));
        Path list = Files.writeString(
                folder.resolve("root/list.txt"), "\ufeffa.jpg\n\nlink.jpg\r\nout/b.jpg\nabsent.jpg\n");
        assertThat(images(ListOptions.usual(), list.toString()))
                .extracting(image -> image.problem() == null)
                .containsExactly(true, false, false, true);
    }

    @Test
    void standardInputHasNamesOrObjects() throws IOException {
        Inputs inputs = new Inputs(
                List.of("-"),
                ListOptions.usual(),
                stream("{\"id\": [1, 2], \"file\": \"/tmp/a.jpg\"}\nb c.jpg\n{\"id\": 1}\n{\"file\": \"x\n"));
        assertThat(inputs.survey(notices::add)).isEmpty();
        assertThat(inputs.columns()).containsExactly("id");
        List<InputImage> images = read(inputs);
        assertThat(images.get(0).columns()).containsExactly(Map.entry("id", List.of(1, 2)));
        assertThat(images.get(1).file()).isEqualTo(Path.of("b c.jpg").toAbsolutePath());
        assertThat(images.get(2).problem()).isEqualTo("no text in the field file or image");
        assertThat(images.get(3).problem()).startsWith("no object of JSON: ");
        assertThat(images)
                .extracting(InputImage::name)
                .containsExactly("/tmp/a.jpg", "b c.jpg", "standard input:3", "standard input:4");
    }

    @Test
    void aLineOfJsonLosesNothing() throws IOException {
        Inputs inputs = new Inputs(
                List.of("-"),
                ListOptions.usual(),
                stream(
                        "{\"file\": \"a\", \"x\": 1e400, \"y\": 12345678901234567890.125, \"z\": 12345678901234567890}\n"
                                + "{\"file\": \"a\"} {\"file\": \"b\"}\n{\"file\": \"a\"}, b\n{\"file\": \"a\", \"file\": \"b\"}\n"));
        inputs.survey(notices::add);
        List<InputImage> images = read(inputs);
        assertThat(images.get(0).columns())
                .isEqualTo(Map.of(
                        "x", new BigDecimal("1e400"),
                        "y", new BigDecimal("12345678901234567890.125"),
                        "z", new BigInteger("12345678901234567890")));
        assertThat(images.get(1).problem()).isEqualTo("expected one object of JSON on the line, found more behind it");
        assertThat(images.get(2).problem()).startsWith("no object of JSON: Unexpected character (','");
        assertThat(images.get(3).problem()).isEqualTo("no object of JSON: Duplicate field 'file'");
    }

    @Test
    void theNumberOfImagesIsKnownBeforeTheFirst() throws IOException {
        touch("a.jpg", "b/c.jpg");
        Files.writeString(folder.resolve("list.txt"), "a.jpg\nb/c.jpg\nd.jpg\n");
        Inputs inputs =
                new Inputs(List.of(folder.toString(), folder + "/list.txt", "x.jpg"), ListOptions.usual(), stream(""));
        assertThat(inputs.survey(notices::add)).isEqualTo(OptionalLong.of(6));
        assertThat(read(inputs)).hasSize(6);
        assertThat(read(inputs)).as("files are found again").hasSize(6);
    }

    @Test
    void aListThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> names(folder + "/none.csv")).hasMessage(folder + "/none.csv: no such file");
        assertThatThrownBy(() -> names(folder + "/none.txt")).hasMessage(folder + "/none.txt: no such file");
        assertThatThrownBy(() -> names(folder + "/none.parquet")).hasMessageContaining("Parquet is not read");
        assertThatThrownBy(() -> names(folder + "/{a.jpg")).hasMessageContaining("neither a file nor a pattern");
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private List<String> names(String... arguments) throws IOException {
        return images(ListOptions.usual(), arguments).stream()
                .map(image -> folder.relativize(Path.of(image.name())).toString())
                .toList();
    }

    private List<InputImage> images(ListOptions options, String... arguments) throws IOException {
        Inputs inputs = new Inputs(List.of(arguments), options, stream(""));
        inputs.survey(notices::add);
        return read(inputs);
    }

    private static List<InputImage> read(Inputs inputs) throws IOException {
        List<InputImage> images = new ArrayList<>();
        try (Inputs.Images each = inputs.images()) {
            each.forEachRemaining(images::add);
        }
        return images;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
