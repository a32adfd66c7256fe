package io.numclip.runner.inspect;

import io.numclip.clip.ModelSource;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunFolder;
import io.numclip.runner.report.RunsTable;
import io.numclip.runner.report.Table;
import io.numclip.runner.terminal.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Describes a model or a run. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Describes a CLIP directory or a run folder: shape, parameters, preprocessing, bins, metrics. Of a"
                        + " folder that holds run folders it lists these.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip inspect embedded",
            "  numclip inspect clip-vit-base-patch32/",
            "  numclip inspect runs/age-1",
            "  numclip inspect runs/"
        })
public final class InspectCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|NAME",
            description =
                    "A Hugging Face CLIP directory, a run folder, a folder of run folders, 'embedded' or 'pixels'.")
    private String directory;

    private final Services services;

    public InspectCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        services.console().out().print(table().text());
        services.console().out().flush();
        return 0;
    }

    private Table table() throws IOException {
        if (!ModelSource.isShipped(directory)) {
            Path folder = Path.of(directory);
            if (HandedOnModel.isOne(folder)) {
                HandedOnModel.open(folder); // refuses a changed one
            }
            if (RunFolder.isRun(folder)) {
                return table(RunCard.of(RunFolder.open(folder)));
            }
            Optional<Table> runs = RunsTable.of(folder);
            if (runs.isPresent()) {
                return runs.get();
            }
        }
        return table(ClipCard.of(ModelSource.parse(directory).directory()));
    }

    private static Table table(Map<String, String> card) {
        List<List<String>> rows = card.entrySet().stream()
                .map(entry -> List.of(PlainText.printable(entry.getKey()), PlainText.printable(entry.getValue())))
                .toList();
        return new Table(List.of("", ""), rows);
    }
}
