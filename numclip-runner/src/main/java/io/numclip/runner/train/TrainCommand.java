package io.numclip.runner.train;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.assembly.FoldNames;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.files.HeldFolder;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Findings;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunResult;
import io.numclip.runner.folds.FoldResult;
import io.numclip.runner.folds.FoldsFolder;
import io.numclip.runner.folds.FoldsReport;
import io.numclip.runner.folds.Trainings;
import io.numclip.runner.report.CoverageTables;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.RunTable;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.QuietOption;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.runner.terminal.WithinOption;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains on a recipe or a configuration file. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains NumCLIP and compares it with the untrained CLIP and the best constant prediction.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip train age                                     a recipe, sample images",
            "  numclip train age --set training.epochs=5             one setting changed",
            "  numclip train age --method coral                      another method",
            "  numclip train age --within 2                          what is good enough",
            "  numclip train my-ages.yaml --out runs/my-ages         your own configuration",
            "  numclip train age --set backbone.model=clip-vit/      a real CLIP",
            "  numclip train runs/age-1/config.yaml                  an earlier run again",
            "  numclip train age --set protocol.folds=5 --folds all  all five folds",
            "  numclip train --resume runs/age-1                     goes on after a stop",
            "",
            "Your own images, in a file my-ages.yaml:",
            "  task:",
            "    type: age",
            "    data: {format: csv, file: faces.csv, root: faces/, labelColumn: age}"
        })
public final class TrainCommand implements Computes {

    @Parameters(
            arity = "0..1",
            paramLabel = "RECIPE|FILE.yaml",
            description = "Name of a task, to use its recipe, or a YAML file, which overrides the recipe of its task.")
    private String recipe;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description =
                    "numclip (the default) or another method, such as coral. It overrides the file, and --set overrides"
                            + " it. 'numclip config components methods' lists all methods.")
    private String method;

    @Option(
            names = "--frozen",
            description = "Freezes the image tower: training.learningRates.imageEncoder=0, whatever else says.")
    private boolean frozen;

    @Mixin
    private WithinOption within;

    @Mixin
    private SettingsOption settings;

    @Option(names = "--out", paramLabel = "DIR", description = "The run folder. Default: runs/<task>-<number>.")
    private Path out;

    @Option(
            names = "--folds",
            paramLabel = "FOLDS",
            description = "Trains once for each of these folds, with that fold as the test: all, names separated by"
                    + " commas, or a range such as 2..4.")
    private String folds;

    @Option(names = "--resume", paramLabel = "DIR", description = "Resumes the run in this folder.")
    private Path resume;

    @Mixin
    private QuietOption quiet;

    private final Services services;

    public TrainCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        refuseContradictions();
        boolean resumesFolds = resume != null && FoldsFolder.isFolds(resume);
        ExperimentConfig config = read(resumesFolds);
        if (resumesFolds || folds != null) {
            return resumesFolds ? resumeFolds(config) : trainFolds(config);
        }
        try (HeldFolder held = folder(config)) {
            return stoppable(held.folder().path(), () -> train(config, held));
        }
    }

    private int resumeFolds(ExperimentConfig config) throws IOException {
        return FolderLock.during(
                resume, () -> stoppable(resume, () -> train(config, new FoldsFolder(resume), new Tasks())));
    }

    private int trainFolds(ExperimentConfig config) throws IOException {
        Tasks tasks = new Tasks();
        List<String> names = FoldNames.chosen(folds, FoldNames.of(config, tasks));
        try (HeldFolder held = folder(config)) {
            FoldsFolder all = FoldsFolder.create(held.folder(), config.withFold(""), names);
            return stoppable(all.path(), () -> train(config, all, tasks));
        }
    }

    private int stoppable(Path folder, Stoppable.Work training) throws IOException {
        return Stoppable.run(services.console(), () -> kept(folder), training);
    }

    private static String kept(Path folder) {
        String resume = " Resume with: " + Invocation.NAME + " train --resume " + Invocation.argument(folder);
        if (FoldsFolder.isFolds(folder) || Files.isDirectory(new RunFolder(folder).checkpoint())) {
            return "finished epochs are kept." + resume;
        }
        return RunFolder.isRun(folder)
                ? "no epoch is finished yet." + resume
                : "there is nothing to keep yet. Run the same command again.";
    }

    private int train(ExperimentConfig config, FoldsFolder folder, Tasks tasks) throws IOException {
        Map<String, ExperimentConfig> folds = new LinkedHashMap<>();
        folder.names().forEach(name -> folds.put(name, config.withFold(name)));
        List<FoldResult> results = new Trainings(services, quiet.isQuiet(), tasks)
                .run(folds, folder, finished -> new FoldsReport(config, finished).write(folder));
        report(new FoldsReport(config, results), folder);
        return Trainings.exitCode(results);
    }

    private void report(FoldsReport report, FoldsFolder folder) {
        PrintWriter print = services.console().out();
        print.println();
        print.print(report.text());
        print.println();
        print.println("Run folder: " + PlainText.printable(folder.path()) + " (look at report.html)");
        if (!report.failed().isEmpty()) {
            print.println("Retry:      " + Invocation.NAME + " train --resume " + Invocation.argument(folder.path()));
        }
        print.flush();
    }

    private int train(ExperimentConfig config, HeldFolder folder) throws IOException {
        report(new Trainings(services, quiet.isQuiet(), new Tasks()).train(config, folder), services.console());
        return ExitCodes.DONE;
    }

    private ExperimentConfig read(boolean resumesFolds) {
        String source = recipe;
        if (resume != null) {
            Path kept = resumesFolds
                    ? new FoldsFolder(resume).config()
                    : RunFolder.open(resume).config();
            source = kept.toString();
        }
        return new ExperimentReader(services.catalog()).read(source, chosen());
    }

    private List<Setting> chosen() {
        List<Setting> chosen = new ArrayList<>();
        if (method != null) {
            chosen.add(new Setting("method", method));
        }
        chosen.addAll(settings.parsed());
        if (frozen) {
            chosen.add(new Setting("training.learningRates.imageEncoder", "0"));
        }
        chosen.addAll(within.settings());
        return chosen;
    }

    private void refuseContradictions() {
        if ((recipe == null) == (resume == null)) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "train needs either a recipe or file, or --resume with the folder of a run",
                    "see 'numclip train --help'");
        }
        if (resume != null && (out != null || folds != null || !chosen().isEmpty())) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--resume uses the configuration and the folder of the run; it takes no --method, no --frozen,"
                            + " no --within, no --set, no --folds and no --out",
                    "leave them out, or start a new run from " + resume.resolve("config.yaml"));
        }
    }

    private HeldFolder folder(ExperimentConfig config) {
        if (resume != null) {
            return HeldFolder.resume(resume);
        }
        return out == null ? HeldFolder.next(config.taskName()) : HeldFolder.create(out);
    }

    private static void report(RunResult result, Console console) {
        PrintWriter print = console.out();
        print.println();
        print.println(PlainText.counted(result.comparison().count(), "test image") + ", MAE in "
                + result.scale().unit() + ":");
        print.print(RunTable.of(result.comparison()).text());
        print.print(Notes.text(result.config().protocol()));
        result.coverage().ifPresent(coverage -> {
            print.println();
            print.print(CoverageTables.text(coverage, result.scale()));
        });
        print.println();
        print.print(Notes.text(Findings.of(result)));
        print.println();
        print.println("Run folder: " + PlainText.printable(result.folder().path()) + " (look at report.html)");
        print.println("Next:       " + Invocation.NAME + " predict "
                + Invocation.argument(result.folder().path()) + " IMAGE…");
        print.flush();
    }
}
