package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * The commands that take seconds, each in a process of its own, on {@link SmallTask}; not {@code demo},
 * which need the plugins of the tasks, and not {@code pull}, which is there to open connections.
 *
 * @param folder where they work; it has the task, the cache, the temporary files, and what is printed
 * @param watcher a command in front of Java, such as {@code strace}; may be empty
 * @param options of Java
 * @param environment beside that of this process
 */
record EveryCommand(Path folder, List<String> watcher, List<String> options, Map<String, String> environment) {

    private static final long MINUTES = 3;

    /** Words of a command; the exit code that it must end with. */
    record Words(int code, String... words) {

        boolean isServer() {
            return words[0].equals("serve");
        }

        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }

    static List<Words> all() {
        return List.of(
                new Words(0, "train", "task.yaml", "--out", "run", "--quiet"),
                new Words(0, "evaluate", "run"),
                new Words(0, "recalibrate", "run", "labels.csv"),
                new Words(0, "predict", "run", "0.png", "1.png", "--format", "csv"),
                new Words(0, "predict", "run", "*.png", "--out", "rows.jsonl", "--resume"),
                new Words(1, "predict", "run", "0.png", "https://numclip.invalid/0.png"),
                new Words(0, "embed", "--image", "0.png", "--text", "a thing"),
                new Words(0, "embed", "--image", ".", "--out", "features"),
                new Words(0, "compare", "--tasks=task.yaml", "--methods=numclip", "--out", "table", "--quiet"),
                new Words(0, "words", "task.yaml", "--images", "8", "--out", "words.yaml"),
                new Words(0, "split", "task.yaml", "--out", "split.csv"),
                new Words(0, "init", "--csv", "labels.csv", "--out", "new.yaml", "--no-trial"),
                new Words(66, "label", ".", "--export", "labelled.csv"),
                new Words(0, "report", "run"),
                new Words(0, "report", "embedded"),
                new Words(0, "config", "components"),
                new Words(0, "plugins", "list"),
                new Words(0, "config", "limits"),
                new Words(0, "doctor"),
                new Words(0, "config", "print", "task.yaml"),
                new Words(0, "config", "validate", "task.yaml"),
                new Words(0, "config", "schema"),
                new Words(0, "generate-completion"),
                new Words(0, "reproduce"),
                new Words(0, "serve", "run", "--port", "0"),
                new Words(78, "train", "task.yaml", "--set", "training.epoch=1"),
                new Words(64, "predikt"));
    }

    /** Runs one of them, and keeps what it prints in a file of its name. A server is asked, and then stopped. */
    void run(Words command) throws IOException, InterruptedException {
        Process process = start("io.numclip.runner.Main", name(command), command.words());
        if (command.isServer()) {
            visit(process, name(command));
        }
        assertThat(end(process, name(command)))
                .as(command + ": " + Files.readString(printed(name(command))))
                .isEqualTo(command.code());
    }

    private void visit(Process process, String name) throws IOException, InterruptedException {
        OptionalInt port = OptionalInt.empty();
        while (process.isAlive() && port.isEmpty()) {
            Thread.sleep(20);
            port = BesetServerTest.port(Files.readString(printed(name)));
        }
        Visitor visitor = new Visitor(port.orElseThrow(), environment.getOrDefault("NUMCLIP_TOKEN", "none"));
        String answers = visitor.answers(Files.readAllBytes(folder.resolve("0.png")));
        Files.writeString(folder.resolve("answers-" + name + ".txt"), answers);
        process.descendants().findFirst().orElse(process.toHandle()).destroy(); // Java under its watcher
    }

    /** @return the exit code of a class that is started as a program */
    int java(String mainClass, String name, String... arguments) throws IOException, InterruptedException {
        return end(start(mainClass, name, arguments), name);
    }

    private Process start(String mainClass, String name, String... arguments) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        Files.createDirectories(folder.resolve("plugins"));
        List<String> line = new ArrayList<>(watcher);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Dnumclip.cache=" + folder.resolve("cache"),
                "-Dnumclip.plugins=" + folder.resolve("plugins"),
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.redirectOutput(printed(name).toFile()).start();
    }

    private static int end(Process process, String name) throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + MINUTES + " minutes: " + name);
        }
        return process.exitValue();
    }

    static String name(Words command) {
        return command.toString().replaceAll("[^a-z0-9]+", "-");
    }

    private Path printed(String name) {
        return folder.resolve("printed-" + name + ".txt");
    }
}
