package io.numclip.runner.runs;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.assembly.ExperimentData;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.files.FinishedRun;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.runner.page.Page;
import io.numclip.runner.report.RunPage;
import io.numclip.runner.report.Table;
import io.numclip.runner.report.TestImages;
import io.numclip.runner.terminal.Services;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the page of a run, or that of several beside each other. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Draws the page of a finished run anew, from the files in its folder. It compares several runs with the"
                        + " first, image by image, and draws one page of them. Of a folder that holds runs it lists them:"
                        + " task, method, mean absolute error beside that of a guess, and date.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip report                                    the runs in the folder runs",
            "  numclip report runs/age-1                         runs/age-1/report.html",
            "  numclip report runs/age-1 runs/age-2 runs/age-3   others beside the first",
            "  numclip report runs/age-1 --out age.html"
        })
public final class ReportCommand implements Callable<Integer> {

    private static final Path SEVERAL = Path.of("numclip-runs.html");

    @Parameters(
            arity = "0..*",
            defaultValue = "runs",
            paramLabel = "RUN",
            description = "Run folders, written by 'numclip train', or a folder of such folders. Default: runs.")
    private List<Path> folders;

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "The page. Default: report.html in the run folder; of several runs, numclip-runs.html here."
                    + " An earlier page is drawn anew; any other file is not replaced.")
    private @Nullable Path out;

    private final Services services;

    public ReportCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter print = services.console().out();
        if (folders.size() == 1 && !RunFolder.isRun(folders.get(0))) {
            print.print(list(folders.get(0)).text());
        } else {
            List<FinishedRun> runs = new ArrayList<>();
            for (Path folder : folders) {
                runs.add(FinishedRun.open(folder));
            }
            print.println("Look at: " + (runs.size() == 1 ? one(runs.get(0)) : several(runs)));
        }
        print.flush();
        return ExitCodes.DONE;
    }

    private static Table list(Path folder) throws IOException {
        return RunsTable.of(folder)
                .orElseThrow(() -> new NumClipException(
                        NumClipException.Kind.MISSING,
                        folder
                                + (Files.isDirectory(folder)
                                        ? ": no run is in this folder, nor in the folders in it"
                                        : ": there is no such folder"),
                        "name a folder with runs, or make the first one with '" + Invocation.NAME + " train age'"));
    }

    private Path one(FinishedRun run) throws IOException {
        TestImages images = images(run);
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

    /** Those of the run's data, or none with a warning where they are gone. */
    private TestImages images(FinishedRun run) throws IOException {
        try {
            ExperimentConfig config = new ExperimentReader(services.catalog())
                    .read(run.folder().config().toString(), List.of());
            return TestImages.of(
                    ExperimentData.load(config, new Tasks()).images(Split.TEST),
                    config.backbone().behind());
        } catch (NumClipException gone) {
            services.console()
                    .err()
                    .println("warning: the page has no pictures: "
                            + PlainText.printable(String.valueOf(gone.getMessage())));
            return TestImages.none();
        }
    }
}
