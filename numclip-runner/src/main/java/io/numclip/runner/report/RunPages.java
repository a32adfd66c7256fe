package io.numclip.runner.report;

import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.RunFiles;
import io.numclip.host.run.RunResult;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the results of a run: its data, then the page that is drawn from them. */
public final class RunPages {

    private RunPages() {}

    public static void write(RunResult result) throws IOException {
        RunFiles.write(result);
        FinishedRun run = FinishedRun.open(result.folder().path());
        draw(run, TestImages.of(result.predictions().images()), result.folder().report());
    }

    /** Draws the page of a run anew. */
    public static void draw(FinishedRun run, TestImages images, Path file) throws IOException {
        AtomicFile.write(file, RunPage.html(run, images));
    }
}
