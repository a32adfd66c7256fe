package io.numclip.runner.demo;

import io.numclip.data.Invocation;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.files.HeldFolder;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.RunResult;
import io.numclip.runner.folds.Trainings;
import io.numclip.runner.report.Pictures;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.QuietOption;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything at a glance. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Shows everything in a few minutes, with nothing to download: trains NumCLIP on sample images of some"
                        + " tasks, compares it with the CLIP it started from, and predicts six test images of each.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip demo",
            "  numclip demo --tasks dating --set training.epochs=5",
            "  numclip demo --tasks all --seeds 1,2,3    the table of docs/results.md"
        })
public final class DemoCommand implements Computes {

    private static final int FEW_IMAGES = 400;

    private static final List<Setting> FIRST_LOOK = List.of(
            new Setting("protocol.images", String.valueOf(FEW_IMAGES)),
            new Setting("training.learningRates.imageEncoder", "0"),
            new Setting("training.epochs", "8"),
            new Setting("training.milestones", "[6, 7]"),
            new Setting("yardsticks", "false"));

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "age,counting",
            paramLabel = "TASK",
            description = "Tasks, separated by commas, or all. Default: age,counting.")
    private List<String> tasks;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1",
            paramLabel = "SEED",
            description = "Seeds of the training, separated by commas. Default: 1.")
    private List<Long> seeds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the runs and the page. Default: runs/demo-<number>.")
    private Path out;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private QuietOption quiet;

    private final Services services;

    public DemoCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        PluginCatalog catalog = services.catalog();
        PrintWriter print = services.console().out();
        print.println("Plugins:");
        catalog.plugins().forEach(plugin -> print.println("  " + plugin.describe()));
        catalog.refusals().forEach(refusal -> print.println("  refused: " + refusal));
        Map<String, List<ExperimentConfig>> configs = configs(catalog);
        try (HeldFolder held = out == null ? HeldFolder.next("demo") : HeldFolder.create(out)) {
            if (!quiet.isQuiet()) {
                lookFirst(configs.keySet().iterator().next(), held.folder().path());
            }
            show(configs, held.folder().path());
        }
        return ExitCodes.DONE;
    }

    private void show(Map<String, List<ExperimentConfig>> configs, Path folder) throws IOException {
        Map<String, List<RunResult>> results = new LinkedHashMap<>();
        for (Map.Entry<String, List<ExperimentConfig>> task : configs.entrySet()) {
            results.put(task.getKey(), train(task.getKey(), task.getValue(), folder));
        }
        DemoReport report = new DemoReport(results);
        report.write(folder, commandLine());
        show(report, folder);
    }

    /** Trains on a few images for some seconds, so that there is something to see before the other trainings end. */
    private void lookFirst(String task, Path folder) throws IOException {
        List<Setting> all = new ArrayList<>(settings.parsed());
        all.addAll(FIRST_LOOK);
        ExperimentConfig config = new ExperimentReader(services.catalog()).read(task, all);
        say("a first look, with the image tower frozen and " + FEW_IMAGES + " images of " + task + ":");
        RunResult result = trained(config, folder.resolve("first-look"));
        PrintWriter print = services.console().out();
        print.println();
        print.println("Six test images of " + task + ", in " + result.scale().unit() + ", after "
                + result.took().toSeconds() + " s:");
        print.print(Pictures.table(result.predictions(), result.scale()).text());
        print.println();
        print.flush();
        say(
                "now with the image tower, for some minutes (two idle cores: about three, seven without 16-bit arithmetic):");
    }

    private void say(String line) {
        services.console().err().println(line);
        services.console().err().flush();
    }

    /** All configurations are read before the first training, so that a wrong one costs no time. */
    private Map<String, List<ExperimentConfig>> configs(PluginCatalog catalog) {
        ExperimentReader reader = new ExperimentReader(catalog);
        List<String> names = tasks.equals(List.of("all")) ? reader.recipes() : tasks;
        Map<String, List<ExperimentConfig>> configs = new LinkedHashMap<>();
        for (String name : names) {
            List<ExperimentConfig> ofTask = new ArrayList<>();
            for (long seed : seeds) {
                List<Setting> all = new ArrayList<>(settings.parsed());
                all.add(new Setting("training.seed", String.valueOf(seed)));
                ofTask.add(reader.read(name, all));
            }
            configs.put(name, ofTask);
        }
        return configs;
    }

    private List<RunResult> train(String task, List<ExperimentConfig> configs, Path folder) throws IOException {
        List<RunResult> results = new ArrayList<>();
        for (ExperimentConfig config : configs) {
            long seed = config.training().seed();
            say("training " + task + (configs.size() > 1 ? ", seed " + seed : "") + " ...");
            results.add(trained(config, folder.resolve(configs.size() > 1 ? task + "-seed" + seed : task)));
        }
        return results;
    }

    private RunResult trained(ExperimentConfig config, Path run) throws IOException {
        try (HeldFolder held = HeldFolder.create(run)) {
            return new Trainings(services, quiet.isQuiet(), new Tasks()).train(config, held);
        }
    }

    private void show(DemoReport report, Path folder) {
        PrintWriter print = services.console().out();
        print.println();
        print.println("On test images not used in training; MAE and RMSE in the unit of the task:");
        print.print(report.table().text());
        print.print(report.notes());
        report.runs().forEach((task, results) -> {
            print.println();
            print.println("Six test images of " + task + ", in "
                    + results.get(0).scale().unit() + ":");
            print.print(
                    Pictures.table(results.get(0).predictions(), results.get(0).scale())
                            .text());
        });
        Path first = report.runs().values().iterator().next().get(0).folder().path();
        print.println();
        print.println("Look at:  " + PlainText.printable(folder.resolve("demo.html")));
        print.println("Next:     " + Invocation.NAME + " predict " + Invocation.argument(first) + " YOUR-IMAGE.jpg");
        print.flush();
    }

    private String commandLine() {
        StringBuilder line = new StringBuilder(Invocation.NAME + " demo --tasks " + String.join(",", tasks));
        line.append(" --seeds ")
                .append(String.join(",", seeds.stream().map(String::valueOf).toList()));
        return line.append(settings.arguments()).toString();
    }
}
