package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.host.NumClip;
import io.numclip.host.NumClips;
import io.numclip.host.files.ErrorPolicy;
import io.numclip.host.run.ExportedModels;
import io.numclip.host.run.TrainedModel;
import io.numclip.host.run.WordModel;
import io.numclip.runner.inputs.ListOptions;
import io.numclip.runner.inputs.RegionChoice;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.ModelOptions;
import io.numclip.runner.terminal.Services;
import io.numclip.uncertainty.IntervalForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts numbers for images with trained models. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Predicts a number for each image. An image that cannot be read gets a row with the reason and does not stop"
                    + " the others.",
            "The first argument is a model, or a recipe, whose words an untrained CLIP then compares with the images; those behind it are models too, as far as they are folders with a model, or"
                    + " files ending in .onnx."
                    + " Everything after the last model is images."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip predict runs/age-1 portrait.jpg",
            "  numclip predict runs/age-1 portrait.jpg --explain",
            "  numclip predict age.onnx portrait.jpg",
            "  numclip predict age portrait.jpg                 from words, without training",
            "  numclip predict --words \"unripe=0, ripe=4, overripe=8\" --unit days fruit.jpg",
            "  numclip predict runs/age-1 photos/ --out ages.csv",
            "  numclip predict runs/age-1 photos/ --out ages.csv --resume",
            "  numclip predict runs/age-1 runs/beauty 'photos/**/*.jpg' --out both.jsonl",
            "  numclip predict runs/when photos/ --out years.csv --xmp",
            "  numclip predict runs/age-1 labels.csv --column image --format csv",
            "  numclip predict runs/age-1 photos/ --export label-studio --out to-label",
            "  find photos -name '*.png' | numclip predict runs/age-1 - --format jsonl"
        })
public final class PredictCommand implements Computes {

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description =
                    "A run folder, written by 'numclip train', a model that was handed on, or a file of 'numclip export';"
                            + " or the name of a recipe, such as age, or its YAML file. With --words: an image.")
    private Path run;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "[RUN ...] PATH ...",
            hideParamSyntax = true,
            description =
                    "Further models; then images: files, folders, quoted patterns, lists (.txt, .csv, .tsv, .jsonl),"
                            + " or - for standard input with a name or an object of JSON on each line.")
    private List<String> others = List.of();

    @Option(
            names = "--words",
            paramLabel = "WORDS",
            description = {
                "Without a model: words for numbers, lowest first, that an untrained CLIP compares with the images:",
                "\"unripe=0, ripe=4, overripe=8\"."
            })
    private @Nullable String words;

    @Option(
            names = "--unit",
            paramLabel = "WORD",
            description = "With --words: what is counted or measured, in the plural, such as days. Default: points.")
    private @Nullable String unit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What standard output gets: text, csv or jsonl. Default: text.")
    private @Nullable RowFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Writes the rows to a file instead: .csv or .jsonl. It appears when it is complete; until then they"
                            + " are in FILE.part. Rows of an earlier command are replaced, any other file is not. With"
                            + " --export: a folder.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            description =
                    "Goes on where the same command with this --out was broken off; begins if there is nothing yet.")
    private boolean resume;

    @Option(
            names = "--errors",
            defaultValue = "rows",
            paramLabel = "WHAT",
            description =
                    "An image that cannot be read: rows (gets a row that says why), skip (gets none) or fail (ends the"
                            + " command). Default: rows.")
    private ErrorPolicy errors;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            description =
                    "Orders the rows by the first model: value (largest first) or width (least sure first). All rows"
                            + " are kept in memory and written at the end.")
    private SortedRows.@Nullable Key sort;

    @Option(
            names = "--explain",
            description = "Adds how each number came about: the words, what each concept adds, what the fine head did,"
                    + " and the nearest training images.")
    private boolean explain;

    @Option(
            names = "--map",
            paramLabel = "FOLDER",
            description =
                    "Draws for each image where its number comes from, of the first model: FOLDER/000001-photo.jpg.png,"
                            + " dark where a blur changes nothing. Takes 65 predictions for each.")
    private @Nullable Path map;

    @Option(
            names = "--export",
            paramLabel = "PROGRAM",
            description = "Writes a folder, --out DIR, that a labelling program imports, the least sure images first:"
                    + " ${COMPLETION-CANDIDATES}. Images that cannot be read are left out and named.")
    private @Nullable LabellingTool export;

    @Option(
            names = "--xmp",
            description =
                    "Writes the number beside each image, for photo libraries: photo.jpg.xmp, in which what others"
                            + " wrote stays. Images are not touched.")
    private boolean xmp;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column or field of a list that names the images. Default: file, else image.")
    private @Nullable String column;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The folder that the names in a list are relative to. Default: the folder of the list; for"
                    + " standard input the working directory.")
    private @Nullable Path root;

    @Option(
            names = "--regions",
            paramLabel = "FINDER",
            description =
                    "Finds the images in pictures, such as faces: the name of a finder of a plugin, or name and settings as"
                            + " '{type: NAME, SETTING: VALUE}'; none: whole pictures. Regions that a list names stay."
                            + " Default: the finder that the models were trained with, if there is one.")
    private @Nullable String regions;

    @Option(
            names = "--interval",
            paramLabel = "FORM",
            description = "Which interval is shown: ${COMPLETION-CANDIDATES}. Default: as set in training.")
    private @Nullable IntervalForm interval;

    @Option(
            names = "--abstain-above",
            paramLabel = "WIDTH",
            description = "Marks predictions whose interval is wider than this, in the unit of the scale; 0: none."
                    + " Default: as set in training.")
    private @Nullable Double abstainAbove;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description =
                    "An attribute of all images, such as sex=female, for the intervals group and weighted. Where it is"
                            + " not known, intervals are as wide as for any group.")
    private Map<String, String> attributes = Map.of();

    @Mixin
    private ModelOptions model;

    private final Services services;

    public PredictCommand(Services services) {
        this.services = services;
    }

    @Override
    public boolean needsPyTorch() {
        return !ExportedModels.isOne(run) || others.stream().map(Path::of).anyMatch(TrainedModel::isOne);
    }

    @Override
    public Integer call() throws IOException {
        if (unit != null && words == null) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--unit is that of --words; a model has its own",
                    "leave it out, or give words with their numbers");
        }
        PredictRequest request = new PredictRequest(
                words == null ? ModelArguments.of(run, others) : ModelArguments.none(run, others),
                new ListOptions(column, root),
                format,
                out,
                resume,
                export != null && errors == ErrorPolicy.ROWS ? ErrorPolicy.SKIP : errors, // no place for a reason
                sort,
                export,
                new PredictRequest.Beside(xmp, map),
                explain);
        request.check();
        NumClip.Options options = options();
        PredictRun work =
                new PredictRun(services.console(), request, settings(), new RegionChoice(regions, services.catalog()));
        return work.run(models -> open(models, options));
    }

    private NumClips open(List<Path> models, NumClip.Options options) {
        NumClips opened = NumClips.open(found(models), services.catalog(), options);
        try {
            new GivenAttributes(attributes.keySet()).require(opened.models());
            return opened;
        } catch (RuntimeException refusal) {
            opened.close();
            throw refusal;
        }
    }

    /** The folders of models; those that have learned from no image are made. */
    private List<Path> found(List<Path> models) {
        try {
            String clip = model.options().base();
            if (words != null) {
                return List.of(WordModel.ofWords(words, unit == null ? "points" : unit, services.catalog(), clip));
            }
            List<Path> found = new ArrayList<>();
            for (Path path : models) {
                found.add(WordModel.found(path, services.catalog(), clip));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NumClip.Options options() {
        TrainedModel.Options where = model.options();
        return new NumClip.Options(
                where.device(), where.precision(), where.base(), interval, abstainAbove, attributes, explain);
    }

    /** The options that change the numbers. */
    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("--device", model.options().device());
        settings.put("--precision", model.options().precision().toString().toLowerCase(Locale.ROOT));
        settings.put("--interval", String.valueOf(interval));
        settings.put("--abstain-above", String.valueOf(abstainAbove));
        settings.put("--attribute", attributes.toString());
        if (words != null) { // so that files from before there were words can be resumed
            settings.put("--words", words + " " + unit);
        }
        return settings;
    }
}
