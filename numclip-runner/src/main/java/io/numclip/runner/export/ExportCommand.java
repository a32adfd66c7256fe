package io.numclip.runner.export;

import io.numclip.clip.Precision;
import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.export.ModelExport;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.host.run.AdapterExport;
import io.numclip.host.run.TrainedModel;
import io.numclip.onnx.OnnxExport;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.Stoppable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the model of a run in a form that can be handed on. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes the model of a run as a directory that needs nothing else: its CLIP, words, heads, calibration, a"
                    + " model card, and an image by which it is tested whenever it is opened. 'predict', 'report' and the Java"
                    + " interface take it like a run.",
            "With --to onnx it writes one file for programs without Java, from pixels to the number. ONNX Runtime must give"
                    + " the same numbers with it on drawn images, or it is not kept."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip export runs/age-1 --to model age-model",
            "  numclip export runs/age-1 age-model --license apache-2.0 \\",
            "    --data-license cc-by-4.0",
            "  numclip predict age-model photo.jpg",
            "  numclip export runs/age-1 --to onnx age.onnx",
            "  numclip export runs/age-1 --to onnx --precision int8 age-int8.onnx"
        })
public final class ExportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, written by 'numclip train'.")
    private Path run;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "A directory that does not exist yet; with --to onnx, a file.")
    private Path target;

    /** What is written. */
    enum Form {
        MODEL,
        PEFT,
        ONNX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--to",
            defaultValue = "model",
            paramLabel = "FORM",
            description =
                    "What is written: ${COMPLETION-CANDIDATES}. Default: model. peft: the low-rank changes (training.lora) as an"
                            + " adapter of PEFT.")
    private Form form;

    @Option(
            names = "--license",
            defaultValue = "",
            paramLabel = "ID",
            description = "Licence of the weights for the model card, such as apache-2.0. Default: not stated.")
    private String license;

    @Option(
            names = "--data-license",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Licence of the images and labels it was trained on. Default: not stated.")
    private String dataLicense;

    /** What an ONNX file may compute in. */
    enum Arithmetic {
        FP32,
        INT8;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description =
                    "What an ONNX file computes in: ${COMPLETION-CANDIDATES}. In int8 the matrices of the image tower"
                            + " have eight bits: a quarter of the megabytes, faster on most processors, numbers a little"
                            + " different. Default: fp32.")
    private @Nullable Arithmetic precision;

    private final Services services;

    public ExportCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        return Stoppable.run(services.console(), "nothing is kept. Run the same command again.", () -> {
            write();
            services.console().out().flush();
            return ExitCodes.DONE;
        });
    }

    private void write() throws IOException {
        if (precision != null && form != Form.ONNX) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--precision is for an ONNX file; other forms keep the weights as they are",
                    "leave it out, or write a file with --to onnx");
        }
        switch (form) {
            case MODEL -> writeModel(RunFolder.open(run));
            case PEFT -> writeAdapter(RunFolder.open(run));
            case ONNX -> writeOnnx();
        }
    }

    private void writeModel(RunFolder folder) throws IOException {
        ModelExport.Licences licences = new ModelExport.Licences(license, dataLicense);
        new ModelExport(services.catalog(), licences).write(folder, target);
        services.console().out().println("Model directory: " + PlainText.printable(target) + " (look at README.md)");
        services.console()
                .out()
                .println("Next:            " + Invocation.NAME + " predict " + Invocation.argument(target) + " IMAGE…");
    }

    private void writeAdapter(RunFolder folder) throws IOException {
        AdapterExport.toPeft(folder, target);
        services.console()
                .out()
                .println("Adapter: " + PlainText.printable(target) + ", for PeftModel.from_pretrained of PEFT");
    }

    private void writeOnnx() throws IOException {
        if (!license.isEmpty() || !dataLicense.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--license and --data-license are for a model card; an ONNX file has none",
                    "leave them out, or write a directory with --to model");
        }
        Precision chosen = precision == Arithmetic.INT8 ? Precision.INT8 : Precision.FP32;
        TrainedModel.Options options = new TrainedModel.Options("cpu", chosen, null);
        try (TrainedModel model = TrainedModel.open(run, services.catalog(), options)) {
            OnnxExport.write(model, target);
        }
        services.console()
                .out()
                .println("ONNX file: " + PlainText.printable(target) + " (ONNX Runtime gives the same numbers"
                        + (chosen == Precision.INT8 ? ", but for rounding in int8" : "") + ")");
    }
}
