package io.numclip.runner.check;

import io.numclip.clip.directory.ShippedModel;
import io.numclip.data.Invocation;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.dataset.TaskData;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.check.ListCheck;
import io.numclip.host.check.Suspect;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.propose.Proposal;
import io.numclip.protocol.Leak;
import io.numclip.runner.page.Page;
import io.numclip.runner.report.Table;
import io.numclip.runner.report.TestImages;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.QuietOption;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.runner.terminal.TrainingProgress;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for wrong labels and other faults in a list of images. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Looks for what may be wrong in a list of images: labels that images like it do not have, pictures that"
                        + " are nearly the same with other labels or in other splits, strange ones, and unreadable ones. It writes"
                        + " a table, and a page on which labels can be mended.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip check labels.csv                          columns image and value",
            "  numclip check faces.csv --label-column age --out looked-at",
            "  numclip check digits/                             a subfolder for each number",
            "  numclip check task.yaml --set backbone.model=clip-vit/"
        })
public final class CheckCommand implements Computes {

    private static final String PAGE = "check.html";
    private static final String TABLE = "suspects.csv";
    private static final int SHOWN = 10;

    @Parameters(
            paramLabel = "LIST",
            description = "A list (.csv, .tsv) or a folder, as for 'numclip init', or a task, as for 'numclip train'.")
    private String list;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Of a list: the folder that image paths are relative to. Default: that of the list.")
    private @Nullable Path root;

    @Option(
            names = "--image-column",
            defaultValue = "image",
            paramLabel = "NAME",
            description = "Of a list: the column with the path of the image. Default: image.")
    private String imageColumn;

    @Option(
            names = "--label-column",
            defaultValue = "value",
            paramLabel = "NAME",
            description = "Of a list: the column with the number. Default: value.")
    private String labelColumn;

    @Option(
            names = "--most",
            defaultValue = "0",
            paramLabel = "N",
            description = "How many images are named for their label at most. Default: one in twenty, or 20.")
    private int most;

    @Option(
            names = "--out",
            defaultValue = "check",
            paramLabel = "DIR",
            description = "The folder to write, new or of an earlier check. Default: check.")
    private Path out;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private QuietOption quiet;

    private final Services services;

    public CheckCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        if (most < 0) {
            throw new NumClipException(Kind.USAGE, "--most must not be negative; found " + most, "give 0 or more");
        }
        if (!Page.isOne(out.resolve(PAGE))) {
            AtomicFolder.requireFree(out);
        }
        return Stoppable.run(services.console(), "nothing is kept.", () -> {
            check();
            return ExitCodes.DONE;
        });
    }

    private void check() throws IOException {
        ExperimentConfig config = config();
        try (Experiment experiment = ExperimentAssembler.unasked(config, new Tasks(), new SharedModels());
                TrainingProgress progress = new TrainingProgress(services.console(), quiet.isQuiet())) {
            ListCheck found = ListCheck.of(experiment, most, progress);
            TestImages pictures =
                    TestImages.of(found.suspects().stream().map(Suspect::image).toList(), experiment.preprocessor());
            CheckPage page = new CheckPage(list, found, experiment.scale(), CorrectedList.of(config, found));
            AtomicFolder.write(out, folder -> {
                SuspectsFile.write(folder.resolve(TABLE), found.suspects());
                AtomicFile.write(folder.resolve(PAGE), page.html(pictures));
            });
            report(found, experiment);
        }
    }

    /** Of the list as a training would read it; what a user sets has the last word. */
    private ExperimentConfig config() throws IOException {
        List<Setting> chosen = new ArrayList<>(List.of(
                new Setting("protocol.leaks", "report"),
                new Setting("backbone.features", seesPixels() ? "projected" : "layers"), // pixels have no layers
                new Setting("training.learningRates.imageEncoder", "0")));
        chosen.addAll(settings.parsed());
        ExperimentReader reader = new ExperimentReader(services.catalog());
        boolean isFolder = Files.isDirectory(Path.of(list));
        if (!isFolder && !list.matches("(?i).+\\.(csv|tsv)")) {
            return reader.read(list, chosen);
        }
        Path task = Path.of("task.yaml").toAbsolutePath(); // is not written
        String text = Proposal.of(data(isFolder), "points", "").text(task);
        return reader.parse(task.toString(), text, chosen);
    }

    private boolean seesPixels() {
        return settings.parsed().contains(new Setting("backbone.model", ShippedModel.PIXELS));
    }

    private TaskData data(boolean isFolder) {
        if (!isFolder && !Files.exists(Path.of(list))) {
            throw new NumClipException(Kind.MISSING, list + ": no such file", "name a list of images, or a folder");
        }
        TaskData data = isFolder
                ? TaskData.of("folder", list)
                : TaskData.of("csv", root == null ? "" : root.toString()).withFile(list);
        return data.withColumns(imageColumn, labelColumn);
    }

    private void report(ListCheck found, Experiment experiment) {
        PrintWriter print = services.console().out();
        LabelScale scale = experiment.scale();
        print.println(PlainText.counted(found.images().size(), "image") + "; numbers of images like them are off by "
                + PlainText.figure(found.error()) + " " + scale.unit() + " on average:");
        for (Suspect.Kind kind : Suspect.Kind.values()) {
            print.printf("  %5d %s%n", found.count(kind), kind.words());
        }
        experiment.data().leaks().stream()
                .filter(leak -> leak.kind() == Leak.Kind.SUBJECTS)
                .forEach(leak -> print.println("  " + PlainText.printable(leak.sentence())));
        print.println();
        print.print(worst(found, scale).text());
        print.println();
        print.println("Written: " + PlainText.printable(out.resolve(TABLE)) + ", worst first");
        print.println("Next:    open " + PlainText.printable(out.resolve(PAGE)) + " in a browser and mend labels, then "
                + Invocation.NAME + " train with the list that it saves");
        print.flush();
    }

    private static Table worst(ListCheck found, LabelScale scale) {
        Table table = new Table("image", "label", "likeliest", "what");
        found.suspects().stream().limit(SHOWN).forEach(suspect -> {
            Double likeliest = suspect.likeliest();
            table.row(
                    suspect.image().name(),
                    PlainText.number(suspect.image().label(), scale),
                    likeliest == null ? "" : PlainText.number(likeliest, scale),
                    suspect.kind());
        });
        return table;
    }
}
