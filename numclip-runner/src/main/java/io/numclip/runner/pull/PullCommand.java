package io.numclip.runner.pull;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.ReportFormat;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.Stoppable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads a model, or lists some to choose from. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Downloads a CLIP, a SigLIP or a model of OpenCLIP from the Hugging Face hub: its configuration,"
                    + " tokenizer and weights (safetensors), never code or pickle. Each file is verified. An interrupted"
                    + " download goes on where it ended. No other command opens a connection.",
            "Without a model it lists some to choose from, and opens no connection: size, time of an image, memory and"
                    + " licence."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip pull",
            "  numclip pull hf:timm/vit_base_patch32_clip_224.openai clip/",
            "  numclip pull hf:google/siglip-base-patch16-224@main siglip/",
            "  numclip pull https://huggingface.co/timm/PE-Core-B-16 pe-core/",
            "  HF_TOKEN=... numclip pull hf:OWNER/GATED-MODEL model/",
            "  HF_ENDPOINT=https://hub.example.org numclip pull hf:OWNER/NAME model/"
        })
public final class PullCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "hf:OWNER/NAME[@REVISION]",
            description =
                    "The model, and a branch, tag or commit (default: main). 'hf:' may be left out; the address of"
                            + " the model's page does as well.")
    private @Nullable String model;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR",
            description = "A new folder, or that of an earlier download.")
    private @Nullable Path directory;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description =
                    "Of the list: text, or json with more: times in a batch, where a licence was found, the command"
                            + " that fetches. Default: text.")
    private ReportFormat format;

    private final Services services;
    private final Surroundings surroundings;

    public PullCommand(Services services) {
        this(services, Surroundings.real());
    }

    PullCommand(Services services, Surroundings surroundings) {
        this.services = services;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (model == null) {
            List<ListedModel> models = ListedModel.all();
            services.console().out().print(format.of(models, () -> ListedModel.table(models)));
            return ExitCodes.DONE;
        }
        Endpoint endpoint = Endpoint.of(surroundings);
        ModelName name = ModelName.parse(model, endpoint);
        if (directory == null) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "the folder is missing that " + name + " is to lie in",
                    "name one, as in: " + Invocation.NAME + " pull " + name + " model/");
        }
        Pull pull = new Pull(services.console(), surroundings, endpoint, name, new PullFolder(directory));
        String kept = "what has arrived is kept. To go on: " + Invocation.NAME + " pull " + name + " "
                + Invocation.argument(directory);
        return Stoppable.run(services.console(), kept, () -> run(pull));
    }

    private static int run(Pull pull) throws IOException {
        try {
            pull.run();
            return ExitCodes.DONE;
        } catch (InterruptedException e) {
            throw new CancellationException("stopped");
        }
    }
}
