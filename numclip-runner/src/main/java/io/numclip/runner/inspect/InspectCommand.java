package io.numclip.runner.inspect;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelSource;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.report.Table;
import io.numclip.runner.terminal.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a model or a run. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Describes a CLIP directory or a run folder: shape, parameters, preprocessing, bins, metrics.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip inspect embedded",
            "  numclip inspect clip-vit-base-patch32/",
            "  numclip inspect runs/age-1",
            "  numclip inspect clip-vit-base-patch32/ --precision int8 --image photographs/",
            "  numclip inspect runs/age-1 --precision int8"
        })
public final class InspectCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|NAME",
            description = "A Hugging Face CLIP directory, a run folder, 'embedded' or 'pixels'.")
    private String directory;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            description =
                    "Says instead how far features in it (bf16, fp16, int8) are from those in fp32, and what it does to"
                            + " the error of a run on its test images. On the CPU.")
    private @Nullable Precision precision;

    @Option(names = "--image", paramLabel = "FILE|FOLDER", description = "Images for --precision. May be repeated.")
    private List<Path> images = List.of();

    private final Services services;
    private final Set<String> leftOut = new HashSet<>();
    private int unreadFolders;

    public InspectCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        services.console().out().print(table().text());
        services.console().out().flush();
        return leftOut.isEmpty() && unreadFolders == 0 ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private Table table() throws IOException {
        if (precision != null) {
            return table(precisionCard(precision));
        }
        if (!images.isEmpty()) {
            throw new NumClipException(
                    Kind.USAGE, "--image is for --precision", "Add --precision int8, or leave --image out.");
        }
        if (!ModelSource.isShipped(directory)) {
            Path folder = Path.of(directory);
            if (HandedOnModel.isOne(folder)) {
                HandedOnModel.open(folder); // refuses a changed one
            }
            if (RunFolder.isRun(folder)) {
                return table(RunCard.of(RunFolder.open(folder)));
            }
        }
        return table(ClipCard.of(ModelSource.parse(directory).directory()));
    }

    private Map<String, String> precisionCard(Precision precision) throws IOException {
        Inputs.Found found = images.isEmpty()
                ? new Inputs.Found(List.of(), 0)
                : Inputs.all(images, services.console().err()::println);
        unreadFolders = found.unreadFolders();
        PrecisionCard card = new PrecisionCard(services.catalog(), precision, found, this::tell);
        Path folder = Path.of(directory);
        boolean handedOn = !ModelSource.isShipped(directory) && HandedOnModel.isOne(folder);
        if (!ModelSource.isShipped(directory) && !handedOn && RunFolder.isRun(folder)) {
            return card.ofRun(RunFolder.open(folder));
        }
        if (found.images().isEmpty()) {
            throw new NumClipException(
                    Kind.USAGE,
                    (handedOn ? "an exported model has no test images, and --precision of it" : "--precision of a CLIP")
                            + " compares features of images; found none",
                    "Name some with --image, such as --image photographs/.");
        }
        return handedOn ? card.ofHandedOn(folder) : card.ofClip(directory);
    }

    /** Once, though each image is read in both precisions. */
    private void tell(String name, String reason) {
        if (leftOut.add(name)) {
            services.console().err().println(PlainText.printable(name + " is left out: " + reason));
        }
    }

    private static Table table(Map<String, String> card) {
        Table table = new Table("", "");
        card.forEach((name, value) -> table.row(PlainText.printable(name), PlainText.printable(value)));
        return table;
    }
}
