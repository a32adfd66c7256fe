package io.numclip.runner.reproduce;

import io.numclip.clip.directory.ModelSource;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.host.assembly.ExperimentData;
import io.numclip.host.assembly.FoldNames;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.runner.folds.FoldResult;
import io.numclip.runner.folds.FoldsFolder;
import io.numclip.runner.folds.Trainings;
import io.numclip.runner.report.Table;
import io.numclip.runner.reproduce.PublishedProtocol.ImageCounts;
import io.numclip.runner.reproduce.PublishedProtocol.PublishedRun;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.QuietOption;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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

/** Runs a published protocol on the user's copy of its data. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs a published protocol on your copy of its data and prints the reached figures beside the"
                + " published ones. Finished folds are kept: run the same command again to resume. Without --set"
                + " backbone.model=DIR the tiny embedded CLIP only tries the protocol out.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip reproduce                                            the protocols",
            "  numclip reproduce hci --data HCI --set backbone.model=clip-vit-b16/",
            "  numclip reproduce morph-a --data MORPH --folds 0 \\",
            "    --set training.epochs=2                                    a first look"
        })
public final class ReproduceCommand implements Computes {

    private static final String REPORT = "reproduce.md";

    @Parameters(arity = "0..1", paramLabel = "PROTOCOL", description = "Which one; without it, all are listed.")
    private String name;

    @Option(names = "--data", paramLabel = "DIR", description = "The data set as its owner ships it, with its lists.")
    private Path data;

    @Option(
            names = "--folds",
            paramLabel = "FOLDS",
            defaultValue = "all",
            description = "Only these folds, or categories: names separated by commas, or a range such as 2..4.")
    private String folds;

    @Mixin
    private SettingsOption settings;

    @Option(names = "--out", paramLabel = "DIR", description = "Default: runs/reproduce-<protocol>.")
    private Path out;

    @Mixin
    private QuietOption quiet;

    private final Services services;

    public ReproduceCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        ProtocolReader protocols = new ProtocolReader(services.catalog());
        if (name == null) {
            refuseWithoutName();
            return list(protocols.all());
        }
        PublishedProtocol protocol = protocols.read(name);
        if (data == null) {
            throw new NumClipException(
                    Kind.USAGE,
                    "reproduce " + name + " needs the data set",
                    "name its folder with --data; docs/data-sets.md says how it looks and who owns it");
        }
        Tasks tasks = new Tasks();
        Reproduction reproduction = ofOption(() -> reproduction(protocol, tasks));
        ModelSource.parse(reproduction.anyRun().backbone().model()).directory(); // once, not for each run
        FoldsFolder folder = new FoldsFolder(out == null ? Path.of("runs", "reproduce-" + name) : out);
        return FolderLock.during(folder.path(), () -> {
            refuseForeign(folder, reproduction);
            refuseOtherRuns(folder, reproduction.runs());
            return Stoppable.run(
                    services.console(),
                    "finished epochs are kept. Run the same command again to resume.",
                    () -> train(reproduction, folder, tasks));
        });
    }

    private void refuseWithoutName() {
        boolean alone = data == null
                && out == null
                && folds.equals("all")
                && settings.parsed().isEmpty();
        if (!alone) {
            throw new NumClipException(
                    Kind.USAGE,
                    "reproduce has options, but no protocol",
                    "name the protocol, as in 'numclip reproduce hci --data HCI'; without options all are listed");
        }
    }

    /** The data set is named by an option here, and not by a setting. */
    private static Reproduction ofOption(FolderLock.Work<Reproduction> reading) throws IOException {
        try {
            return reading.run();
        } catch (NumClipException e) {
            throw new NumClipException(
                    e.kind(), String.valueOf(e.getMessage()), e.fix().replace("task.data.root", "--data"), e);
        }
    }

    private int list(Map<String, PublishedProtocol> protocols) {
        Table table = new Table("protocol", "what");
        protocols.forEach((protocol, file) -> table.row(protocol, file.title()));
        PrintWriter print = services.console().out();
        print.print(table.text());
        print.flush();
        return ExitCodes.DONE;
    }

    private Reproduction reproduction(PublishedProtocol protocol, Tasks tasks) throws IOException {
        Map<String, ExperimentConfig> all = runs(protocol, tasks);
        Map<String, ExperimentConfig> chosen = new LinkedHashMap<>();
        FoldNames.chosen(folds, List.copyOf(all.keySet())).forEach(run -> chosen.put(run, all.get(run)));
        Map<String, ImageCounts> images = new LinkedHashMap<>();
        for (Map.Entry<String, ExperimentConfig> run : chosen.entrySet()) {
            images.put(run.getKey(), count(run.getValue(), tasks));
        }
        return new Reproduction(name, protocol, List.copyOf(all.keySet()), chosen, images, settings.parsed());
    }

    private Map<String, ExperimentConfig> runs(PublishedProtocol protocol, Tasks tasks) throws IOException {
        Map<String, ExperimentConfig> runs = new LinkedHashMap<>();
        for (PublishedRun run : protocol.runs()) {
            runs.put(run.name(), config(protocol, run.settings()));
        }
        if (runs.isEmpty()) {
            ExperimentConfig config = config(protocol, Map.of());
            FoldNames.of(config, tasks).forEach(fold -> runs.put(fold, config.withFold(fold)));
        }
        return runs;
    }

    private ExperimentConfig config(PublishedProtocol protocol, Map<String, String> ofRun) {
        List<Setting> all = new ArrayList<>();
        all.add(new Setting("task.data.root", quoted(data)));
        ofRun.forEach((key, value) -> all.add(new Setting(key, value)));
        all.addAll(settings.parsed());
        return new ExperimentReader(services.catalog()).read(protocol.experiment(), all);
    }

    /** A path as YAML, whatever characters it has. */
    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static ImageCounts count(ExperimentConfig config, Tasks tasks) throws IOException {
        ExperimentData data = ExperimentData.load(config, tasks);
        int validation = config.protocol().isReference()
                ? 0
                : data.images(Split.VALIDATION).size();
        return new ImageCounts(
                data.images(Split.TRAIN).size(),
                validation,
                data.images(Split.TEST).size());
    }

    /** A folder with something else is left as it is. */
    private static void refuseForeign(FoldsFolder folder, Reproduction reproduction) throws IOException {
        Path report = folder.path().resolve(REPORT);
        boolean hasRun = reproduction.allRuns().stream()
                .anyMatch(run -> Files.isDirectory(folder.fold(run).path()));
        boolean ours = Files.exists(report)
                ? new ReproductionReport(reproduction, List.of()).isOne(report)
                : hasRun && !FoldsFolder.isFolds(folder.path());
        if (!ours && !AtomicFolder.isFree(folder.path())) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    folder.path() + " holds something else than an earlier reproduction",
                    "name a new folder with --out, or an empty one; nothing is written over");
        }
    }

    /** A folder of the same runs is resumed. */
    private static void refuseOtherRuns(FoldsFolder folder, Map<String, ExperimentConfig> runs) throws IOException {
        for (Map.Entry<String, ExperimentConfig> run : runs.entrySet()) {
            RunFolder known = folder.fold(run.getKey());
            if (RunFolder.isRun(known.path())
                    && !Files.readString(known.config(), StandardCharsets.UTF_8)
                            .equals(run.getValue().toYaml())) {
                throw new NumClipException(
                        Kind.OUTPUT,
                        known.path() + ": made with other settings (see its config.yaml)",
                        "name another folder with --out, or repeat the command of this one to resume it");
            }
        }
    }

    private int train(Reproduction reproduction, FoldsFolder folder, Tasks tasks) throws IOException {
        Path file = folder.path().resolve(REPORT);
        Trainings training = new Trainings(services, quiet.isQuiet(), tasks);
        List<FoldResult> results = training.run(
                reproduction.runs(),
                folder,
                finished -> AtomicFile.write(file, new ReproductionReport(reproduction, finished).markdown()));
        PrintWriter print = services.console().out();
        print.print(new ReproductionReport(reproduction, results).text());
        print.println();
        print.println("Written to " + PlainText.printable(file) + "; the folders beside it hold the runs.");
        print.flush();
        return Trainings.exitCode(results);
    }
}
