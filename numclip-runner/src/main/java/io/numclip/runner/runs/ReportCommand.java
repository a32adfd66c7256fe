package io.numclip.runner.runs;

import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.NumClip;
import io.numclip.host.assembly.ExperimentData;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.files.FinishedRun;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.runner.page.Page;
import io.numclip.runner.report.RunPage;
import io.numclip.runner.report.Table;
import io.numclip.runner.report.TestImages;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.Services;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a run, an exported model or a CLIP; draws the page of a run, or that of several beside each other. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Describes a finished run (method, bins, metrics), and draws its page anew from the files in its folder. It"
                        + " compares several runs with the first, image by image, and draws one page of them. It describes"
                        + " an exported model or a CLIP: shape, parameters, preprocessing, licence. Of a folder that holds"
                        + " runs it lists them: task, method, mean absolute error beside that of a guess, and date.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip report                                    the runs in the folder runs",
            "  numclip report runs/age-1                         runs/age-1/report.html",
            "  numclip report runs/age-1 runs/age-2 runs/age-3   others beside the first",
            "  numclip report runs/age-1 --out age.html",
            "  numclip report runs/age-1 --maps                  maps in its pictures",
            "  numclip report clip-vit-base-patch32/             what a CLIP is"
        })
public final class ReportCommand implements Computes {

    private static final Path SEVERAL = Path.of("numclip-runs.html");

    @Parameters(
            arity = "0..*",
            defaultValue = "runs",
            paramLabel = "RUN",
            description =
                    "Run folders, written by 'numclip train', or a folder of such folders, an exported model, a CLIP"
                            + " directory, 'embedded' or 'pixels'. Default: runs.")
    private List<Path> folders;

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "The page. Default: report.html in the run folder; of several runs, numclip-runs.html here."
                    + " An earlier page is drawn anew; any other file is not replaced.")
    private @Nullable Path out;

    @Option(
            names = "--maps",
            description =
                    "Of one run: shows in its pictures where the number comes from, by predicting each picture fifty"
                            + " times with parts of it blurred away.")
    private boolean maps;

    private final Services services;

    public ReportCommand(Services services) {
        this.services = services;
    }

    @Override
    public boolean needsPyTorch() {
        return maps;
    }

    @Override
    public Integer call() throws IOException {
        refuseMaps();
        if (folders.size() > 1) {
            List<FinishedRun> runs = new ArrayList<>();
            for (Path folder : folders) {
                runs.add(FinishedRun.open(folder));
            }
            tell("Look at: " + several(runs) + "\n");
        } else if (isPlainRun(folders.get(0))) {
            FinishedRun run = FinishedRun.open(folders.get(0));
            tell(card(RunCard.of(run.folder())).text() + "Look at: " + one(run) + "\n");
        } else if (out != null) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--out is for the page of runs; of " + folders.get(0) + " there is none",
                    "leave --out out, or name the folder of a run");
        } else {
            tell(described(folders.get(0)).text());
        }
        return ExitCodes.DONE;
    }

    private void refuseMaps() {
        if (maps && (folders.size() > 1 || !isPlainRun(folders.get(0)))) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--maps is for the page of one run",
                    "name one folder that 'numclip train' has written");
        }
    }

    private void tell(String text) {
        services.console().out().print(text);
        services.console().out().flush();
    }

    /** An exported model is a run without the files for a page. */
    private static boolean isPlainRun(Path folder) {
        return RunFolder.isRun(folder) && !HandedOnModel.isOne(folder);
    }

    private static Table described(Path folder) throws IOException {
        if (ModelSource.isShipped(folder.toString()) || ClipDirectory.isOne(folder)) {
            return card(ClipCard.of(ModelSource.parse(folder.toString()).directory()));
        }
        if (HandedOnModel.isOne(folder)) {
            HandedOnModel.open(folder); // refuses a changed one
            return card(RunCard.of(RunFolder.open(folder)));
        }
        return list(folder);
    }

    private static Table card(Map<String, String> lines) {
        Table table = new Table("", "");
        lines.forEach((name, value) -> table.row(PlainText.printable(name), PlainText.printable(value)));
        return table;
    }

    private static Table list(Path folder) throws IOException {
        return RunsTable.of(folder)
                .orElseThrow(() -> new NumClipException(
                        NumClipException.Kind.MISSING,
                        folder
                                + (Files.isDirectory(folder)
                                        ? ": no run is in this folder, nor in the folders in it, and no CLIP"
                                        : ": there is no such folder"),
                        "name a folder with runs, or make the first one with '" + Invocation.NAME + " train age'"));
    }

    private Path one(FinishedRun run) throws IOException {
        if (!maps) {
            return drawn(run, images(run));
        }
        try (NumClip model = NumClip.open(run.folder().path())) {
            return drawn(run, images(run).mapped(model));
        }
    }

    private Path drawn(FinishedRun run, TestImages images) throws IOException {
        if (out != null) {
            RunPage.draw(run, images, free(out));
            return out;
        }
        Path page = run.folder().report();
        return FolderLock.during(run.folder().path(), () -> {
            RunPage.draw(run, images, page);
            return page;
        });
    }

    private Path several(List<FinishedRun> runs) throws IOException {
        Path page = free(out == null ? SEVERAL : out);
        RunsPage beside = new RunsPage(runs);
        AtomicFile.write(page, beside.html());
        services.console().out().print(beside.text());
        return page;
    }

    /** A page that we have drawn is drawn anew; nothing else is replaced. */
    private static Path free(Path page) throws IOException {
        if (!page.toString().toLowerCase(Locale.ROOT).endsWith(".html")) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--out " + page + ": a page is written, and this is not the name of one",
                    "give a name that ends in .html");
        }
        if (Files.exists(page) && !Page.isOne(page)) {
            throw new NumClipException(
                    NumClipException.Kind.OUTPUT,
                    page + ": already exists, and is not a page that NumCLIP has drawn",
                    "give another name with --out");
        }
        return page;
    }

    /** The images of the run's data, or none with a warning where they are gone. */
    private TestImages images(FinishedRun run) throws IOException {
        try {
            ExperimentConfig config = new ExperimentReader(services.catalog())
                    .read(run.folder().config().toString(), List.of());
            return TestImages.of(ExperimentData.load(config, new Tasks()).images(Split.TEST), run.folder());
        } catch (NumClipException gone) {
            services.console()
                    .err()
                    .println("warning: the page has no pictures: "
                            + PlainText.printable(String.valueOf(gone.getMessage())));
            return TestImages.none();
        }
    }
}
