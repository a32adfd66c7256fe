package io.numclip.host.label;

import io.numclip.data.LabelScale;
import io.numclip.host.label.Answer.Said;
import io.numclip.host.label.AskedScale.Concept;
import io.numclip.host.label.Labelling.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Images whose features lie on an arc, with the numbers 0 to 8 along it. */
final class TestingLabels {

    static final AskedScale SCALE =
            new AskedScale(new LabelScale(0, 8, "days"), List.of(new Concept("unripe", 0), new Concept("overripe", 8)));
    static final int COUNT = 60;

    private TestingLabels() {}

    static LabelImages images() {
        return new LabelImages(
                IntStream.range(0, COUNT).mapToObj(TestingLabels::name).toList(),
                IntStream.range(0, COUNT).mapToObj(TestingLabels::feature).toArray(float[][]::new),
                new double[COUNT]);
    }

    /** In an order that says nothing about the numbers. */
    static double truth(int image) {
        return 8.0 * (image * 37 % COUNT) / (COUNT - 1);
    }

    static String name(int image) {
        return "fruit-" + image + ".png";
    }

    private static float[] feature(int image) {
        double angle = 1.5 * truth(image) / 8;
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }

    static Path file(Path folder) throws IOException {
        Path file = AnswerFile.beside(folder.resolve("labels.csv"));
        if (!Files.exists(file)) {
            AnswerFile.create(file, new AnswerFile.About(1, "photos", "unripe=0, overripe=8", "days", null));
        }
        return file;
    }

    static Labelling labelling(AnswerFile file, Path folder, String person) throws IOException {
        Clock noon = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
        return new Labelling(file, folder.resolve("labels.csv"), images(), SCALE, person, noon);
    }

    /** Says the truth of so many images, rounded to tenths. */
    static void answer(Labelling labelling, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Question question = labelling.question(false).orElseThrow();
            say(labelling, question, Said.VALUE, Math.rint(10 * truth(question.image())) / 10);
        }
    }

    /** Compares truthfully, but is wrong at times. */
    static void compare(Labelling labelling, int count, double wrong) throws IOException {
        for (int i = 0; i < count; i++) {
            Question question = labelling.question(true).orElseThrow();
            Integer other = question.other();
            boolean more = truth(question.image()) > truth(other == null ? 0 : other);
            boolean said = new SplittableRandom(question.id()).nextDouble() < wrong ? !more : more;
            say(labelling, question, said ? Said.IMAGE : Said.OTHER, null);
        }
    }

    static void say(Labelling labelling, Question question, Said said, @Nullable Double value) throws IOException {
        Integer other = question.other();
        labelling.answer(
                new Given(question.id(), name(question.image()), other == null ? null : name(other), said, value));
    }

    /** About what is asked now. */
    static void say(Labelling labelling, Said said, @Nullable Double value) throws IOException {
        say(labelling, labelling.question(false).orElseThrow(), said, value);
    }
}
