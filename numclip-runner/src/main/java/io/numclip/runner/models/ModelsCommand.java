package io.numclip.runner.models;

import io.numclip.runner.models.ListedModel.Cost;
import io.numclip.runner.report.Table;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.ExitCodes;
import io.numclip.runner.terminal.ReportFormat;
import io.numclip.runner.terminal.Services;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists CLIP models to choose from. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "Lists CLIP models of the Hugging Face hub that this program opens: size, time of an image, memory and"
                        + " licence. It opens no connection; 'numclip pull' fetches one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip models",
            "  numclip models --format json > models.json",
            "  numclip pull hf:timm/vit_base_patch16_clip_224.openai clip/",
            "  numclip train task.yaml --set backbone.model=clip/"
        })
public final class ModelsCommand implements Callable<Integer> {

    private static final String NOT_MEASURED = "–";
    private static final String CARD = "see its card";
    private static final List<String> NOTES = List.of(
            "params: of both towers. ms: an image alone; GB: the whole process, with the image tower, in float32 / bfloat16. Measured"
                    + " on 2026-11-26 with random weights of the same shapes, on two idle cores of an AMD EPYC with bfloat16"
                    + " instructions; – was not measured. The weights of these models were not run here.",
            "Licences were looked up on 2026-11-27, not all could be confirmed, and they may have changed: the model card on the hub"
                    + " counts.",
            "To fetch one: numclip pull hf:timm/vit_base_patch32_clip_224.openai clip/. Other models of these families open as"
                    + " well: docs/models.md.");

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description =
                    "text, or json with more: times in a batch, where a licence was found, the command that fetches."
                            + " Default: text.")
    private ReportFormat format;

    private final Services services;

    public ModelsCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = services.console().out();
        List<ListedModel> models = ListedModel.all();
        out.print(format.of(models, () -> text(models)));
        out.flush();
        return ExitCodes.DONE;
    }

    private static String text(List<ListedModel> models) {
        List<List<String>> rows = new ArrayList<>();
        String family = "";
        for (ListedModel model : models) {
            if (!model.family().equals(family)) {
                family = model.family();
                rows.add(List.of(family, "", "", "", "", ""));
            }
            rows.add(row(model));
        }
        StringBuilder text =
                new StringBuilder(new Table(List.of("", "pixels", "params", "ms", "GB", "licence"), rows).text());
        NOTES.forEach(
                note -> text.append('\n').append(TextLines.paragraph(note)).append('\n'));
        return text.toString();
    }

    private static List<String> row(ListedModel model) {
        return List.of(
                model.name(),
                String.valueOf(model.pixels()),
                String.format(Locale.ROOT, "%,d M", Math.round(model.parameters() / 1e6)),
                both(model, "%.0f", Cost::milliseconds),
                both(model, "%.1f", Cost::gigabytes),
                model.licence().isEmpty() ? CARD : model.licence());
    }

    private static String both(ListedModel model, String pattern, ToDoubleFunction<Cost> figure) {
        return one(model.float32(), pattern, figure) + " / " + one(model.bfloat16(), pattern, figure);
    }

    private static String one(@Nullable Cost cost, String pattern, ToDoubleFunction<Cost> figure) {
        return cost == null ? NOT_MEASURED : String.format(Locale.ROOT, pattern, figure.applyAsDouble(cost));
    }
}
