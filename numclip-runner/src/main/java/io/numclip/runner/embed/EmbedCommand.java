package io.numclip.runner.embed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.Precision;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.data.NumClipException;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.embedding.ClipEmbeddings.ImageEmbedding;
import io.numclip.embedding.ClipEmbeddings.TextEmbedding;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.image.Background;
import io.numclip.input.Budget;
import io.numclip.runner.inputs.InputImage;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.report.Table;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.FewerAtOnce;
import io.numclip.runner.terminal.ReportFormat;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.runner.terminal.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Embeddings of images and texts. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints the features of images and texts in a CLIP: projected, not normalised, as the methods"
                    + " get_image_features and get_text_features of transformers return them.",
            "With --out it writes the features of any number of images instead: DIR/features.npy for NumPy, float32,"
                    + " a row for each image, NaN for one that cannot be read; DIR/images.csv has row,file,error."
                    + " Both appear when they are complete."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip embed --model embedded --image a.png --text \"a photo of a child\"",
            "  numclip embed --model clip-vit-base-patch32/ --format json \\",
            "    --text \"one apple\" \"two apples\"",
            "  numclip embed --model clip-vit-base-patch32/ --image photos/ --out features/"
        })
public final class EmbedCommand implements Computes {

    @Option(
            names = "--model",
            defaultValue = "embedded",
            paramLabel = "DIR|NAME",
            description =
                    "A Hugging Face CLIP directory, 'embedded' (the CLIP that ships with NumCLIP) or 'pixels' (no network)."
                            + " Default: embedded.")
    private String model;

    @Option(
            names = "--image",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Images, folders, patterns, or lists of images.")
    private List<Path> images = List.of();

    @Option(names = "--text", arity = "1..*", paramLabel = "TEXT", description = "Sentences.")
    private List<String> texts = List.of();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (lengths and cosines) or json (everything). Default: text.")
    private ReportFormat format;

    @Option(names = "--out", paramLabel = "DIR", description = "A folder for features.npy and images.csv.")
    private Path out;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Images that are encoded at once. Default: 32, or fewer where memory is short.")
    private @Nullable Integer batch;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "auto, cpu or cuda:N. Default: auto.")
    private String device;

    @Option(
            names = "--precision",
            defaultValue = "auto",
            paramLabel = "PRECISION",
            description =
                    "Arithmetic inside the towers: ${COMPLETION-CANDIDATES}. Default: auto, which is bf16 where the"
                            + " device multiplies it in hardware, else fp32. bf16, fp16 and int8 also say how far the"
                            + " features of the images are from those in fp32.")
    private Precision precision;

    @Option(
            names = "--background",
            defaultValue = "none",
            paramLabel = "COLOR",
            description =
                    "What transparent pixels are seen on: white, black, gray, or six hexadecimal digits for red, green"
                            + " and blue. Default: none, which drops alpha.")
    private String background;

    @Option(
            names = "--features",
            defaultValue = "projected",
            paramLabel = "FEATURES",
            description =
                    "Of images, for heads that compare with no words: ${COMPLETION-CANDIDATES}, as backbone.features of a"
                            + " configuration. Default: projected.")
    private FeatureLayout.Choice features;

    private final Services services;

    public EmbedCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        check();
        Background behind = Background.parse(background)
                .orElseThrow(() -> usage("--background: " + Background.expectedNot(background), "name another colour"));
        Inputs.Found found = images.isEmpty()
                ? new Inputs.Found(List.of(), 0)
                : Inputs.all(images, services.console().err()::println);
        try (ClipEmbeddings clip = texts.isEmpty()
                ? ClipEmbeddings.openForImages(model, device, precision, behind).giving(features)
                : ClipEmbeddings.open(model, device, precision, behind)) {
            if (out != null) {
                return Stoppable.run(
                        services.console(),
                        "nothing is kept. Run the same command to begin anew.",
                        () -> write(clip, found));
            }
            List<ImageEmbedding> embeddings = embeddings(clip, found);
            print(embeddings, clip.texts(texts));
            if (format == ReportFormat.TEXT && isRounded() && !embeddings.isEmpty()) {
                printAgreement(embeddings, found, behind);
            }
            return found.unreadFolders() == 0 ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
        }
    }

    private List<ImageEmbedding> embeddings(ClipEmbeddings clip, Inputs.Found found) throws IOException {
        List<ImageEmbedding> embeddings = new ArrayList<>();
        clip.images(
                found.contents(),
                batch(clip),
                (index, embedded) -> embeddings.add(embedding(found.images().get(index), embedded)));
        return embeddings;
    }

    /** Whether the user has asked for another precision than that of the weights. */
    private boolean isRounded() {
        return precision != Precision.AUTO && precision != Precision.FP32;
    }

    private void printAgreement(List<ImageEmbedding> rounded, Inputs.Found found, Background behind)
            throws IOException {
        try (ClipEmbeddings clip = ClipEmbeddings.openForImages(model, device, Precision.FP32, behind)
                .giving(features)) {
            Agreement agreement = Agreement.of(vectors(embeddings(clip, found)), vectors(rounded));
            services.console().out().print(agreement.text(precision));
            services.console().out().flush();
        }
    }

    private static List<float[]> vectors(List<ImageEmbedding> embeddings) {
        return embeddings.stream().map(ImageEmbedding::embedding).toList();
    }

    private int batch(ClipEmbeddings clip) {
        if (batch != null) {
            return batch;
        }
        FewerAtOnce.tell(services.console(), clip.batch(), ClipEmbeddings.USUAL_BATCH);
        return clip.batch();
    }

    /** The tower's share of the workers' time shows whether they have to wait for images. */
    private void printSpeed(int count, double seconds, double towerSeconds, Budget budget) {
        services.console()
                .out()
                .printf(
                        Locale.ROOT,
                        "%d images in %.1f s, %.1f images/s; %s, %.0f %% of the time in the image tower%n",
                        count,
                        seconds,
                        count / seconds,
                        budget,
                        100 * towerSeconds / seconds / budget.workers());
        services.console().out().flush();
    }

    private void check() {
        if (images.isEmpty() && texts.isEmpty()) {
            throw usage("nothing to embed", "give --image PATH or --text TEXT, or both");
        }
        if (out != null && (images.isEmpty() || !texts.isEmpty())) {
            throw usage("--out is for features of images", "give --image PATH, and --text in a call without --out");
        }
        if (features != FeatureLayout.Choice.PROJECTED && !texts.isEmpty()) {
            throw usage(
                    "--features: expected projected, because texts have no others; found " + features,
                    "leave it out, or leave --text out");
        }
        if (batch != null && batch < 1) {
            throw usage(
                    "--batch-size: expected 1 or more, found " + batch, "leave it out, or give a number such as 32");
        }
    }

    private static NumClipException usage(String what, String fix) {
        return new NumClipException(NumClipException.Kind.USAGE, what, fix);
    }

    private int write(ClipEmbeddings clip, Inputs.Found found) throws IOException {
        List<InputImage> all = found.images();
        boolean quiet = !services.console().terminal();
        long start = System.nanoTime();
        FailedImages failures = new FailedImages();
        AtomicReference<Budget> budget = new AtomicReference<>();
        int together = batch(clip);
        try (TrainingProgress progress = new TrainingProgress(services.console(), quiet)) {
            FeatureFolder.write(
                    out,
                    clip.dimension(),
                    folder -> budget.set(clip.images(found.contents(), together, (index, embedded) -> {
                        String name = name(all.get(index));
                        String problem = embedded.problem();
                        if (problem == null) {
                            folder.write(name, Objects.requireNonNull(embedded.features()));
                        } else {
                            folder.writeFailed(name, problem);
                            failures.add(name, problem);
                        }
                        progress.imagesEncoded(index + 1, all.size());
                    })));
        }
        printSpeed(
                all.size(),
                (System.nanoTime() - start) / 1e9,
                clip.towerSeconds(),
                Objects.requireNonNull(budget.get()));
        failures.tell(all.size(), services.console());
        return failures.count().get() == 0 && found.unreadFolders() == 0 ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private void print(List<ImageEmbedding> imageEmbeddings, List<TextEmbedding> textEmbeddings) throws IOException {
        PrintWriter print = services.console().out();
        if (format == ReportFormat.JSON) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("images", imageEmbeddings);
            json.put("texts", textEmbeddings);
            print.println(new ObjectMapper().writeValueAsString(json));
        } else {
            print.print(table(imageEmbeddings, textEmbeddings).text());
        }
        print.flush();
    }

    /** The place of an image that there is, and its region; of another what the user has written. */
    private static String name(InputImage image) {
        String place = image.file().toString();
        if (image.problem() != null) {
            return image.name();
        }
        return image.region() == null ? place : image.region().region().in(place);
    }

    /** The embedding of one of a few images; the first one that cannot be read ends the command. */
    private static ImageEmbedding embedding(InputImage image, ClipEmbeddings.Embedded embedded) {
        if (embedded.problem() == null) {
            return new ImageEmbedding(name(image), Objects.requireNonNull(embedded.features()));
        }
        boolean there = image.problem() != null || Files.exists(image.file());
        throw new NumClipException(
                there ? NumClipException.Kind.DATA : NumClipException.Kind.MISSING,
                name(image) + ": " + embedded.problem(),
                (there ? "leave the image out" : "check the path")
                        + ", or use --out, which gives it a row with the reason and goes on");
    }

    /** How many images cannot be read, and why the first one cannot. */
    private record FailedImages(AtomicInteger count, AtomicReference<String> first) {

        FailedImages() {
            this(new AtomicInteger(), new AtomicReference<>(""));
        }

        void add(String name, String reason) {
            if (count.getAndIncrement() == 0) {
                first.set(PlainText.printable(name + ": " + reason));
            }
        }

        void tell(int images, Console console) {
            if (count.get() > 0) {
                console.err()
                        .println(count + " of " + PlainText.counted(images, "image")
                                + " failed; images.csv says why. The first: " + first);
            }
        }
    }

    /** Rows are all inputs, columns the texts: cosines; the first figure is the length of the embedding. */
    private static Table table(List<ImageEmbedding> images, List<TextEmbedding> texts) {
        List<String> header = new ArrayList<>(List.of("", "length"));
        texts.forEach(text -> header.add('"' + text.text() + '"'));
        List<List<String>> rows = new ArrayList<>();
        images.forEach(image -> rows.add(row(image.file(), image.embedding(), texts)));
        texts.forEach(text -> rows.add(row('"' + text.text() + '"', text.embedding(), texts)));
        return new Table(header, rows);
    }

    private static List<String> row(String name, float[] embedding, List<TextEmbedding> texts) {
        List<String> row = new ArrayList<>(List.of(name, format(Math.sqrt(dot(embedding, embedding)))));
        for (TextEmbedding text : texts) {
            double lengths = Math.sqrt(dot(embedding, embedding) * dot(text.embedding(), text.embedding()));
            row.add(format(dot(embedding, text.embedding()) / lengths));
        }
        return row;
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    private static String format(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
