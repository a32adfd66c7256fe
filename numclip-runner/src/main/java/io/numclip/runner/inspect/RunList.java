package io.numclip.runner.inspect;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.RunFolder;
import io.numclip.host.run.RunMetrics;
import io.numclip.runner.report.FigureText;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs in a folder, each with its result in a few words. */
final class RunList {

    private RunList() {}

    /** Empty if the folder holds none, or is none. */
    static List<RunFolder> in(Path folder) throws IOException {
        return Files.isDirectory(folder)
                ? AtomicFolder.list(folder).stream()
                        .filter(RunFolder::isRun)
                        .map(RunFolder::new)
                        .toList()
                : List.of();
    }

    static Map<String, String> of(List<RunFolder> runs) throws IOException {
        Map<String, String> list = new LinkedHashMap<>();
        for (RunFolder run : runs) {
            list.put(run.path().toString(), result(run));
        }
        return list;
    }

    private static String result(RunFolder run) throws IOException {
        return RunMetrics.read(run.metrics())
                .map(RunMetrics::comparison)
                .map(RunList::result)
                .orElse("no result yet");
    }

    private static String result(Comparison comparison) {
        Comparison.Row trained = comparison.trained();
        return trained.model() + ", MAE " + FigureText.of(trained, OrdinalMetric.MAE) + " on " + comparison.count()
                + " test images";
    }
}
