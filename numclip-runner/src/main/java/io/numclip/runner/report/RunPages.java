package io.numclip.runner.report;

import io.numclip.host.run.RunFiles;
import io.numclip.host.run.RunFolder;
import io.numclip.host.run.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Writes the results of a run: chart and report, then its data. */
public final class RunPages {

    private RunPages() {}

    public static void write(RunResult result) throws IOException {
        RunFolder folder = result.folder();
        Files.write(folder.chart(), Charts.scatter(result));
        Files.writeString(folder.report(), RunReport.html(result), StandardCharsets.UTF_8);
        RunFiles.write(result); // last, because it marks the run as complete
    }
}
