package io.numclip.runner.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.runner.Services;
import io.numclip.runner.experiment.ClipEmbeddings;
import io.numclip.runner.experiment.ClipEmbeddings.ImageEmbedding;
import io.numclip.runner.experiment.ClipEmbeddings.TextEmbedding;
import io.numclip.runner.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Embeddings of images and texts. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Prints what a CLIP makes of images and texts: the projected features, as the get_image_features and"
                        + " get_text_features of transformers give them, not normalised.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip embed --model embedded --image a.png --text \"a photo of a child\"",
            "  numclip embed --model clip-vit-base-patch32/ --text \"one apple\" \"two apples\" --format json"
        })
final class EmbedCommand implements Callable<Integer> {

    /** How to print embeddings. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--model",
            defaultValue = "embedded",
            paramLabel = "DIR|embedded",
            description = "A Hugging Face CLIP directory, or the model that ships with NumCLIP. Default: embedded.")
    private String model;

    @Option(names = "--image", arity = "1..*", paramLabel = "FILE", description = "JPEG or PNG files.")
    private List<Path> images = List.of();

    @Option(names = "--text", arity = "1..*", paramLabel = "TEXT", description = "Sentences.")
    private List<String> texts = List.of();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text (lengths and cosines) or json (everything). Default: text.")
    private Format format;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "auto, cpu or cuda:N. Default: auto.")
    private String device;

    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "PRECISION",
            description = "${COMPLETION-CANDIDATES}. Default: fp32.")
    private Precision precision;

    private final Services services;

    EmbedCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        if (images.isEmpty() && texts.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE, "nothing to embed", "give --image FILE or --text TEXT, or both");
        }
        List<ImageEmbedding> imageEmbeddings;
        List<TextEmbedding> textEmbeddings;
        try (ClipEmbeddings clip = ClipEmbeddings.open(model, device, precision)) {
            imageEmbeddings = clip.images(images);
            textEmbeddings = clip.texts(texts);
        }
        PrintWriter print = services.console().out();
        if (format == Format.JSON) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("images", imageEmbeddings);
            answer.put("texts", textEmbeddings);
            print.println(new ObjectMapper().writeValueAsString(answer));
        } else {
            print.print(table(imageEmbeddings, textEmbeddings).text());
        }
        print.flush();
        return 0;
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
