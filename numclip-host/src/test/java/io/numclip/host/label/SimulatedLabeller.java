package io.numclip.host.label;

import io.numclip.data.LabelScale;
import io.numclip.host.label.Answer.Said;
import io.numclip.host.label.Labelling.Given;
import io.numclip.yardstick.KernelRegression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A program that answers from a list of labels, and prints the error on all other images by the number of answers: for images that are
 * asked, drawn by chance, the farthest from all answered ones (spread), or the most doubtful to the model (doubt).
 */
final class SimulatedLabeller {

    private static final int[] COUNTS = {10, 20, 30, 50, 80, 110, 140, 200};
    private static final int SEEDS = 5;
    private static final int MOST_IMAGES = 1000;
    private static final int COMPARED = 300;

    private final LabelImages images;
    private final double[] truth;
    private final double[] said;
    private final Random random;

    private @Nullable KernelRegression learned;

    /** @param noise standard deviation of what is said about what is true, in shares of the scale */
    private SimulatedLabeller(LabelImages images, double[] truth, double noise, long seed) {
        this.images = images;
        this.truth = truth;
        this.random = new Random(seed);
        double lowest = Arrays.stream(truth).min().orElseThrow();
        double highest = Arrays.stream(truth).max().orElseThrow();
        Random mistakes = new Random(seed);
        said = Arrays.stream(truth)
                .map(value -> value + noise * (highest - lowest) * mistakes.nextGaussian())
                .map(value -> Math.max(lowest, Math.min(highest, value)))
                .toArray();
    }

    /**
     * @param arguments a folder of {@code numclip embed --out}, a list with image and value in its first columns, and the standard
     *     deviation of what is said, in shares of the scale
     */
    public static void main(String... arguments) throws IOException {
        Map<String, Double> labels = new HashMap<>();
        for (String row :
                Files.readAllLines(Path.of(arguments[1])).stream().skip(1).toList()) {
            labels.put(fileName(row.split(",")[0]), Double.valueOf(row.split(",")[1]));
        }
        List<String> rows = Files.readAllLines(Path.of(arguments[0], "images.csv")).stream()
                .skip(1)
                .map(row -> fileName(row.split(",")[1]))
                .toList();
        float[][] features = features(Path.of(arguments[0], "features.npy"), rows.size());
        double noise = Double.parseDouble(arguments[2]);
        System.out.print("answers");
        Arrays.stream(COUNTS).forEach(count -> System.out.printf("%16d", count));
        double[][] random = errors("random", noise, labels, rows, features);
        print("random", random);
        for (String way : List.of("asked", "spread", "doubt")) {
            double[][] errors = errors(way, noise, labels, rows, features);
            print(way, errors);
            print("  more", differences(errors, random));
        }
        System.out.println();
    }

    /** Mean and standard error over seeds. */
    private static void print(String way, double[]... errors) {
        System.out.printf("%n%-7s", way);
        for (int i = 0; i < COUNTS.length; i++) {
            int count = i;
            double[] all =
                    Arrays.stream(errors).mapToDouble(seed -> seed[count]).toArray();
            double mean = Arrays.stream(all).average().orElseThrow();
            double squares = sumOfSquares(Arrays.stream(all).map(x -> x - mean).toArray());
            System.out.printf(Locale.ROOT, "%9.3f ±%5.3f", mean, Math.sqrt(squares / (SEEDS - 1) / SEEDS));
        }
    }

    private static double[][] differences(double[][] some, double[]... others) {
        return IntStream.range(0, SEEDS)
                .mapToObj(seed -> IntStream.range(0, COUNTS.length)
                        .mapToDouble(i -> some[seed][i] - others[seed][i])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[][] errors(
            String way, double noise, Map<String, Double> labels, List<String> rows, float[][] features)
            throws IOException {
        double[][] errors = new double[SEEDS][];
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Integer> some = new ArrayList<>(IntStream.range(0, rows.size())
                    .filter(i -> labels.containsKey(rows.get(i)))
                    .boxed()
                    .toList());
            Collections.shuffle(some, new Random(seed));
            List<Integer> drawn = some.subList(0, Math.min(MOST_IMAGES, some.size()));
            LabelImages images = new LabelImages(
                    drawn.stream().map(rows::get).toList(),
                    drawn.stream().map(i -> features[i]).toArray(float[][]::new),
                    new double[drawn.size()]);
            double[] truth =
                    drawn.stream().mapToDouble(i -> labels.get(rows.get(i))).toArray();
            errors[seed] = new SimulatedLabeller(images, truth, noise, seed).errors(way);
        }
        return errors;
    }

    private double[] errors(String way) throws IOException {
        Path folder = Files.createTempDirectory("labels");
        Path answers = folder.resolve("labels.answers.jsonl");
        AnswerFile.create(answers, new AnswerFile.About(1, "images", null, "points", null));
        double[] errors = new double[COUNTS.length];
        try (AnswerFile file = AnswerFile.open(answers)) {
            LabelScale scale = new LabelScale(
                    Arrays.stream(truth).min().orElseThrow(),
                    Arrays.stream(truth).max().orElseThrow(),
                    "points");
            Labelling labelling = new Labelling(
                    file,
                    folder.resolve("labels.csv"),
                    images,
                    new AskedScale(scale, List.of()),
                    "me",
                    Clock.systemUTC());
            List<Integer> known = new ArrayList<>();
            for (int i = 0; i < COUNTS.length; i++) {
                while (known.size() < COUNTS[i]) {
                    int next = way.equals("asked")
                            ? labelling.question(false).orElseThrow().image()
                            : next(way, known);
                    known.add(next);
                    if (way.equals("asked")) {
                        labelling.answer(
                                new Given(known.size(), images.names().get(next), null, Said.VALUE, said[next]));
                    }
                }
                errors[i] = error(known);
            }
        }
        return errors;
    }

    private KernelRegression model(List<Integer> known) {
        return KernelRegression.fit(
                images.features(),
                known.stream().mapToInt(i -> i).toArray(),
                known.stream().mapToDouble(i -> said[i]).toArray());
    }

    private double error(List<Integer> known) {
        KernelRegression model = model(known);
        return open(known).stream()
                .mapToDouble(i -> Math.abs(model.at(i) - truth[i]))
                .average()
                .orElseThrow();
    }

    private List<Integer> open(List<Integer> known) {
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, truth.length).boxed().toList());
        open.removeAll(known);
        Collections.shuffle(open, random);
        return open;
    }

    private int next(String way, List<Integer> known) {
        List<Integer> open = open(known);
        List<Integer> some = open.subList(0, Math.min(COMPARED, open.size()));
        if (way.equals("random") || known.isEmpty()) {
            return some.get(0);
        }
        if (way.equals("spread")) {
            return Collections.max(some, Comparator.comparingDouble(i -> nearest(i, known)));
        }
        KernelRegression model = model(known.subList(0, known.size() / 10 * 10));
        return Collections.max(
                some,
                Comparator.comparingDouble(
                        i -> -Arrays.stream(model.explained(i)).map(x -> x * x).sum()));
    }

    private double nearest(int image, List<Integer> known) {
        float[] own = images.features()[image];
        double least = Double.POSITIVE_INFINITY;
        for (int each : known) {
            float[] other = images.features()[each];
            float product = 0;
            for (int k = 0; k < own.length; k++) {
                product += own[k] * other[k];
            }
            least = Math.min(least, -product);
        }
        return least;
    }

    private static double sumOfSquares(double... all) {
        return Arrays.stream(all).map(x -> x * x).sum();
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static float[][] features(Path file, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(10 + bytes.getShort(8));
        FloatBuffer all = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[][] rows = new float[count][all.remaining() / count];
        for (float[] row : rows) {
            all.get(row);
            double length = Math.sqrt(IntStream.range(0, row.length)
                    .mapToDouble(k -> row[k] * row[k])
                    .sum());
            IntStream.range(0, row.length).forEach(k -> row[k] /= (float) length);
        }
        return rows;
    }
}
