package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.Console;
import io.numclip.host.message.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fourteen tokens lie where secrets lie: in the environment, in options of Java, in files beside, in comments, columns and
 * images, and in headers and addresses of requests to the server.
 * None may appear in anything that a command prints or writes. What a user types as an argument or a setting is shown to that
 * user, in messages and in {@code config.yaml}; a name that is an argument goes no further than the screen.
 */
@Tag("campaign")
class SecretsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_SECRET_ACCESS_KEY", token(1),
            "HF_TOKEN", token(2),
            "NUMCLIP_TOKEN", token(3),
            "DATABASE_URL", "postgresql://user:" + token(4) + "@db.invalid/x",
            "HTTPS_PROXY", "http://user:" + token(5) + "@proxy.invalid:3128",
            "CANARY", token(6));

    private static final List<String> JAVA = List.of("-Dmail.password=" + token(7));

    /** Of {@code predict}: an address with a password. */
    private static final int TYPED = 12;

    private static final int LAST = 14;

    @TempDir
    Path folder;

    private EveryCommand commands;
    private Map<Path, String> before;

    @BeforeEach
    void layTokens() throws IOException {
        SmallTask.write(folder, 2);
        Files.writeString(folder.resolve(".env"), "PASSWORD=" + token(8));
        Path task = folder.resolve("task.yaml");
        Files.writeString(
                task,
                "# the key is " + token(9) + "\n"
                        + Files.readString(task).replace("unit: things", "unit: '${CANARY}'"));
        Path list = folder.resolve("labels.csv");
        List<String> rows = Files.readAllLines(list);
        Files.write(
                list,
                rows.stream()
                        .map(row -> row + (row.startsWith("image") ? ",note" : "," + token(10)))
                        .toList());
        Path image = folder.resolve("0.png");
        Files.write(image, withText(Files.readAllBytes(image), "Comment\0" + token(11)));
        commands = new EveryCommand(folder, List.of(), JAVA, ENVIRONMENT);
        before = files();
    }

    @Test
    void nothingThatACommandPrintsOrWritesHasASecret() throws Exception {
        for (EveryCommand.Words command : EveryCommand.all()) {
            commands.run(command);
        }
        assertThat(commands.java(Buggy.class.getName(), "bug", "an index")).isEqualTo(70);
        assertThat(bugReport()).contains("IllegalStateException: an index");

        assertThat(answers()).contains("\"predictions\"", "numclip_requests_total", "401 Unauthorized");
        assertThat(hits()).isEmpty();
        Campaign.figure("G15", "secrets found in " + written().size() + " files", hits().size());
    }

    @Test
    void anAddressThatIsTypedIsOnTheScreenAlone() throws Exception {
        commands.run(EveryCommand.all().get(0));
        commands.run(new EveryCommand.Words(
                1, "predict", "run", "0.png", "https://user:" + token(TYPED) + "@numclip.invalid/0.png"));

        assertThat(hits()).allMatch(hit -> hit.startsWith("printed-predict") && hit.endsWith(token(TYPED)));
    }

    /** The control: a failure that has the environment in its message. */
    @Test
    void aLeakIsSeen() throws Exception {
        assertThat(commands.java(Buggy.class.getName(), "bug")).isEqualTo(70);

        assertThat(hits()).anyMatch(hit -> hit.startsWith("printed-bug")).anyMatch(hit -> hit.contains("numclip-bug-"));
    }

    /** Fails as a bug does. */
    static final class Buggy {

        private Buggy() {}

        /** @param arguments what is wrong; nothing: the environment */
        public static void main(String[] arguments) {
            PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            String what = arguments.length > 0 ? arguments[0] : System.getenv().toString();
            Failures failures = new Failures(new Console(err, err, false), failure -> failure);
            System.exit(failures.report(new IllegalStateException(what)));
        }
    }

    /** What a client sends in a header: another's token, a cookie. */
    static String ofHeader() {
        return token(LAST - 1);
    }

    /** What a client sends in a path or a query. */
    static String ofAddress() {
        return token(LAST);
    }

    private static String token(int number) {
        return "canary-7f3a91-" + number + "-";
    }

    /** File and token. */
    private List<String> hits() throws IOException {
        List<String> hits = new ArrayList<>();
        written().forEach((file, content) -> {
            for (int i = 1; i <= LAST; i++) {
                if (content.contains(token(i))) {
                    hits.add(folder.relativize(file) + ": " + token(i));
                }
            }
        });
        return hits;
    }

    /** What the commands have made, or changed. */
    private Map<Path, String> written() throws IOException {
        Map<Path, String> written = files();
        written.entrySet().removeAll(before.entrySet());
        return written;
    }

    private Map<Path, String> files() throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : new TreeSet<>(walk.filter(Files::isRegularFile).toList())) {
                files.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private String answers() throws IOException {
        return Files.readString(folder.resolve("answers-serve-run-port-0.txt"));
    }

    private String bugReport() throws IOException {
        try (Stream<Path> reports = Files.list(folder.resolve("tmp"))) {
            return Files.readString(
                    reports.filter(file -> file.getFileName().toString().startsWith("numclip-bug-"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    /** A PNG with a comment behind its header. */
    private static byte[] withText(byte[] png, String text) {
        int header = 8 + 25;
        byte[] kind = ("tEXt" + text).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(kind);
        return ByteBuffer.allocate(png.length + kind.length + 8)
                .put(png, 0, header)
                .putInt(kind.length - 4)
                .put(kind)
                .putInt((int) sum.getValue())
                .put(png, header, png.length - header)
                .array();
    }
}
