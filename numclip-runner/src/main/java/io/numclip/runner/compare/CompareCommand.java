package io.numclip.runner.compare;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.compare.Cell;
import io.numclip.host.compare.CellResult;
import io.numclip.host.compare.CellTraining;
import io.numclip.host.compare.ComparePlan;
import io.numclip.host.config.Setting;
import io.numclip.host.files.CsvFile;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.QuietOption;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.runner.terminal.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares methods on the same images. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains several methods on the same images and writes one table for each task. Finished trainings"
                + " are kept: run the same command again to resume.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip compare --tasks age --methods numclip,coral --seeds 1,2,3 --frozen",
            "  numclip compare --tasks my-ages.yaml --methods all --against numclip",
            "  numclip compare examples/compare.yaml",
            "  numclip compare examples/all-methods.yaml --seeds 1 --jobs 2",
            "",
            "A file:",
            "  tasks: [age, my-ages.yaml]",
            "  methods:",
            "    - numclip",
            "    - name: no ranks",
            "      base: numclip",
            "      settings: {losses: [{type: absolute-error}]}",
            "  seeds: [1, 2, 3]",
            "  shots: [all, 16]",
            "  shifts: [none, {labels: 10, keep: 0.2}]",
            "  search: {factors: [1, 3, 10], seed: 1}",
            "  settings: {training.epochs: 20}",
            "  frozen: true"
        })
public final class CompareCommand implements Computes {

    /** The option by which a comparison starts another process of itself. */
    private static final String WORKER = "--worker";

    @Parameters(arity = "0..1", paramLabel = "FILE.yaml", description = "What to compare; options override it.")
    private Path file;

    @Option(names = "--tasks", paramLabel = "TASK", description = "Tasks or YAML files, separated by commas, or all.")
    private String tasks;

    @Option(
            names = "--methods",
            paramLabel = "METHOD",
            description = "Methods, separated by commas, or all. 'numclip config components methods' lists them.")
    private String methods;

    @Option(
            names = "--seeds",
            paramLabel = "SEED",
            description = "Seeds of the training, separated by commas. Default: 1.")
    private String seeds;

    @Option(
            names = "--shots",
            paramLabel = "SHOTS",
            description = "Training images of each label, separated by commas, such as all,16,4,1. Default: all.")
    private String shots;

    @Option(names = "--folds", paramLabel = "FOLDS", description = "Folds to test on in turn, as in 'train --folds'.")
    private String folds;

    @Option(
            names = "--frozen",
            description = "Freezes image towers, so that all methods share the features of every image.")
    private boolean frozen;

    @Option(names = "--no-yardsticks", description = "Leaves out the rows of simple predictors.")
    private boolean noYardsticks;

    @Option(
            names = "--against",
            paramLabel = "METHOD",
            description = "Tests every method against this one. Default: the best in the table.")
    private String against;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for cells and tables. Default: runs/<name of the file>.")
    private Path out;

    @Option(
            names = "--jobs",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "Processes that train at the same time. With --frozen a training keeps one processor busy;"
                    + " without, all of them. Default: ${DEFAULT-VALUE}.")
    private int jobs;

    @Option(names = WORKER, hidden = true, description = "The number of this process among the jobs.")
    private int worker;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private QuietOption quiet;

    @Spec
    private CommandSpec spec;

    private final Services services;

    public CompareCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        if (jobs < 1) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE, "--jobs is " + jobs, "give a number of processes, from 1 on");
        }
        if (file == null && (tasks == null || methods == null)) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "compare needs a file, or --tasks and --methods",
                    "see 'numclip compare --help'");
        }
        ComparePlan plan = ComparePlan.of(services.catalog(), file, options(), out);
        try (TrainingProgress progress = progress();
                CellTraining training = new CellTraining(plan, services.failures(), progress, (double) worker / jobs)) {
            if (worker == 0) {
                plan.notes().forEach(progress::warning);
            }
            return worker > 0
                    ? help(training)
                    : Stoppable.run(
                            services.console(),
                            "finished cells are kept. Run the same command to resume.",
                            () -> train(plan, training));
        }
    }

    /** Lines of several processes must not overwrite each other. */
    private TrainingProgress progress() {
        Console console = services.console();
        return new TrainingProgress(
                new Console(console.out(), console.err(), jobs == 1 && console.terminal()), quiet.isQuiet());
    }

    /** One of the further processes: what it has trained is in the files of the cells. */
    private static int help(CellTraining training) throws IOException {
        try {
            training.run();
            return ExitCodes.DONE;
        } catch (CancellationException | ClosedByInterruptException stopped) {
            return ExitCodes.STOPPED; // the first process says it
        }
    }

    private int train(ComparePlan plan, CellTraining training) throws IOException {
        List<Process> workers = workers();
        Map<Cell, CellResult> results;
        try {
            results = training.run();
        } finally {
            workers.forEach(Process::destroy);
        }
        List<List<String>> trials = training.trials();
        training.write(() -> {
            if (!trials.isEmpty()) {
                CsvFile.write(plan.folder().resolve("search.csv"), csv -> trials.forEach(csv::writeRecord));
            }
            report(results, training, plan.against(), plan.folder());
        });
        return training.exitCode(results.size());
    }

    /** Processes beside this one that train cells of the same comparison: the program again, with the same arguments and a number. */
    private List<Process> workers() throws IOException {
        List<Process> workers = new ArrayList<>();
        for (int number = 1; number < jobs; number++) {
            List<String> command = new ArrayList<>(services.program());
            command.addAll(arguments());
            command.add(WORKER + "=" + number);
            workers.add(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        return workers;
    }

    private void report(Map<Cell, CellResult> results, CellTraining training, String against, Path folder)
            throws IOException {
        CompareReport report = new CompareReport(results, training.failures(), against);
        String machine = training.machine();
        report.write(folder, commandLine(), machine);
        show(report, machine, folder);
    }

    private List<Setting> options() {
        List<Setting> options = new ArrayList<>();
        list("tasks", tasks, options);
        list("methods", methods, options);
        list("seeds", seeds, options);
        list("shots", shots, options);
        word("folds", folds, options);
        word("against", against, options);
        if (frozen) {
            options.add(new Setting("--frozen", "frozen", "true"));
        }
        if (noYardsticks) {
            options.add(new Setting("--no-yardsticks", "yardsticks", "false"));
        }
        settings.parsed()
                .forEach(setting ->
                        options.add(new Setting(setting.option(), "settings." + setting.key(), setting.value())));
        return options;
    }

    private static void list(String key, String value, List<Setting> options) {
        if (value != null) {
            String all = value.equals("all") && !key.equals("shots") ? value : "[" + value + "]";
            options.add(new Setting("--" + key, key, all));
        }
    }

    private static void word(String key, String value, List<Setting> options) {
        if (value != null) {
            options.add(new Setting("--" + key, key, "\"" + value.replace("\"", "\\\"") + "\""));
        }
    }

    /** The command as it was given. */
    private String commandLine() {
        return Stream.concat(Stream.of(Invocation.NAME), arguments().stream().map(Invocation::argument))
                .collect(Collectors.joining(" "));
    }

    private List<String> arguments() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    private void show(CompareReport report, String machine, Path folder) {
        PrintWriter print = services.console().out();
        print.println();
        print.print(report.text());
        print.println(PlainText.printable(machine));
        print.println("Page:   " + PlainText.printable(folder.resolve("compare.html")));
        print.println("Tables: compare.md, compare.txt, compare.csv and differences.csv next to it");
        print.flush();
    }
}
