package io.numclip.runner.report;

import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.RunFiles;
import io.numclip.host.run.RunResult;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the results of a run: its data, and the page that is drawn from them. */
public final class RunPages {

    private RunPages() {}

    public static void write(RunResult result) throws IOException {
        TestImages images = TestImages.of(
                result.predictions().images(), result.config().backbone().behind());
        RunFiles.write(result, run -> draw(run, images, result.folder().report()));
    }

    /** Draws the page of a run anew. */
    public static void draw(FinishedRun run, TestImages images, Path file) throws IOException {
        AtomicFile.write(file, RunPage.html(run, images));
    }
}
