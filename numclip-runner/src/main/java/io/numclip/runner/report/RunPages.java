package io.numclip.runner.report;

import io.numclip.host.run.RunFiles;
import io.numclip.host.run.RunFolder;
import io.numclip.host.run.RunResult;
import io.numclip.storage.AtomicFile;
import java.io.IOException;

/** Writes the results of a run: chart and report, then its data. */
public final class RunPages {

    private RunPages() {}

    public static void write(RunResult result) throws IOException {
        RunFolder folder = result.folder();
        AtomicFile.write(folder.chart(), Charts.scatter(result));
        AtomicFile.write(folder.report(), RunReport.html(result));
        RunFiles.write(result); // last, because it marks the run as complete
    }
}
