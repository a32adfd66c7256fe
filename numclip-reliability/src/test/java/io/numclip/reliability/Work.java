package io.numclip.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A command that writes a folder. If it is broken off, the same command, or the one that resumes it, brings the folder to
 * where the unbroken command would have brought it.
 *
 * @param command its name
 * @param program what it needs, such as plugins
 * @param arguments that begin it or go on with it
 * @param last the file that is written last, after which the command need not be given again; empty: it may be given again
 */
record Work(String command, UnaryOperator<Program> program, Arguments arguments, String last) {

    /** The arguments for a folder. */
    interface Arguments {
        /** @param seed another one gives another result */
        List<String> of(Path out, int seed) throws IOException, InterruptedException;
    }

    private static final Path HOME =
            Path.of(System.getProperty("numclip.home", "..")).toAbsolutePath().normalize();
    private static final int EPOCHS = 12;
    private static final int EPOCHS_OF_MANY = 4;
    private static final int PREDICTIONS = 2_000;

    /** @param command as the table of a test has it */
    static Work of(String command, Path task) throws IOException {
        return switch (command) {
            case "train" -> train(task);
            case "compare" -> compare(task);
            case "reproduce" -> reproduce();
            case "embed" -> embed(task);
            case "predict" -> predict(task);
            case "export model" -> exportModel(task);
            case "export onnx" -> exportOnnx(task);
            case "export adapter" -> exportAdapter(task);
            default -> throw new IllegalArgumentException(command);
        };
    }

    static Work train(Path task) throws IOException {
        SmallTask.write(task, EPOCHS);
        return new Work(
                "train",
                UnaryOperator.identity(),
                (out, seed) -> SmallTask.train(task, out, "training.seed=" + seed),
                "");
    }

    private static Work compare(Path task) throws IOException {
        SmallTask.write(task, EPOCHS_OF_MANY);
        return new Work(
                "compare",
                UnaryOperator.identity(),
                (out, seed) -> words(
                        "compare --methods numclip,coral --frozen --quiet --against numclip --tasks",
                        task.resolve("task.yaml"),
                        "--seeds " + seed + "," + (seed + 1) + " --out",
                        out),
                "");
    }

    private static Work reproduce() {
        return new Work(
                "reproduce",
                Work::withBuiltPlugins,
                (out, seed) -> words(
                        "reproduce hci --folds 0,1 --quiet --set evaluation.resamples=0 --set training.epochs="
                                + EPOCHS_OF_MANY + " --set training.seed=" + seed + " --data",
                        HOME.resolve("numclip-tasks-dating/src/test/resources/hci"),
                        "--set",
                        "backbone.model=" + HOME.resolve("numclip-core/src/test/resources/golden/clip-tiny-random"),
                        "--out",
                        out),
                "");
    }

    /** Its seed says with which image it begins. */
    static Work embed(Path task) throws IOException {
        SmallTask.write(task, EPOCHS);
        return new Work("embed --out", UnaryOperator.identity(), (out, seed) -> embed(task, out, seed), "features.npy");
    }

    private static List<String> embed(Path task, Path out, int seed) {
        List<Integer> images = new ArrayList<>();
        for (int i = 0; i < 10 * SmallTask.IMAGES; i++) {
            images.add(i % SmallTask.IMAGES);
        }
        Collections.rotate(images, seed);
        List<String> command = words("embed --out", out, "--image");
        images.forEach(image -> command.add(task.resolve(image + ".png").toString()));
        return command;
    }

    /** With a model that is trained once. Its seed says with which image it begins. */
    private static Work predict(Path task) throws IOException {
        SmallTask.write(task, 2);
        return new Work(
                "predict --out --resume",
                UnaryOperator.identity(),
                (out, seed) ->
                        words("predict", run(task, 1), list(task, seed), "--resume --out", out.resolve("rows.csv")),
                "");
    }

    private static Path list(Path task, int seed) throws IOException {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < PREDICTIONS; i++) {
            names.append((i + seed) % SmallTask.IMAGES).append(".png\n");
        }
        return Files.writeString(task.resolve("list-" + seed + ".txt"), names);
    }

    private static Work exportModel(Path task) throws IOException {
        return export(task, "model", "model");
    }

    private static Work exportOnnx(Path task) throws IOException {
        Work work = export(task, "onnx", "model.onnx");
        return new Work(
                work.command,
                work.program,
                (out, seed) -> work.arguments.of(Files.createDirectories(out), seed),
                work.last);
    }

    private static Work exportAdapter(Path task) throws IOException {
        return export(task, "peft", "adapter", "training.lora.rank=2", "training.learningRates.imageEncoder=0.01");
    }

    private static Work export(Path task, String form, String target, String... training) throws IOException {
        SmallTask.write(task, 2);
        return new Work(
                "export --to " + form,
                UnaryOperator.identity(),
                (out, seed) -> words("export", run(task, seed, training), "--to " + form, out.resolve(target)),
                target);
    }

    /** What is trained with a seed, when it is first asked for. */
    private static Path run(Path task, int seed, String... settings) throws IOException, InterruptedException {
        Path run = task.resolve("run-" + seed);
        if (!Files.exists(run)) {
            List<String> all = new ArrayList<>(List.of(settings));
            all.add("training.seed=" + seed);
            Program training = new Program(task);
            if (training.run(SmallTask.train(task, run, all.toArray(String[]::new))
                            .toArray(String[]::new))
                    != 0) {
                throw new IllegalStateException(training.err());
            }
        }
        return run;
    }

    /** A command with a planted fault, which shows that a check would see it. */
    static Work torn() {
        return new Work(
                "a torn write",
                program -> program.withMain(TornWrite.class),
                (out, seed) -> words(out, String.valueOf(seed)),
                "");
    }

    /** The same command, run otherwise. */
    Work with(UnaryOperator<Program> change) {
        return new Work(command, before -> change.apply(program.apply(before)), arguments, last);
    }

    private static Program withBuiltPlugins(Program program) {
        Path plugins = HOME.resolve("plugins");
        if (!Files.isRegularFile(plugins.resolve("plugins.lock"))) {
            throw new IllegalStateException(plugins + " has no plugins; fix: mvn -DskipTests package");
        }
        return program.withPlugins(plugins);
    }

    /** Texts are split into words, paths are not. */
    private static List<String> words(Object... parts) {
        List<String> words = new ArrayList<>();
        for (Object part : parts) {
            words.addAll(
                    part instanceof Path
                            ? List.of(part.toString())
                            : List.of(part.toString().split(" ")));
        }
        return words;
    }

    /** In a folder of its own, with a cache of its own. */
    Program in(Path folder) throws IOException {
        return program.apply(new Program(folder));
    }

    String[] arguments(Path out, int seed) throws IOException, InterruptedException {
        return arguments.of(out, seed).toArray(String[]::new);
    }

    boolean isFinished(Path out) {
        return !last.isEmpty() && Files.exists(out.resolve(last));
    }
}
