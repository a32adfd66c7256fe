package io.numclip.server.page;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Familiarity;
import io.numclip.data.ImageRegion;
import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.data.Prediction.Concept;
import io.numclip.data.Uncertainty;
import io.numclip.host.result.PredictedModel;
import io.numclip.model.PredictionWork;
import io.numclip.server.ServedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers that are known: words behind the end of a picture say what is predicted. {@code age-34} is 34 years; {@code
 * strange}, {@code abstained}, {@code outside} and {@code wide} say what else it is; {@code broken} cannot be read, nor can
 * {@code heic}, {@code explode} fails once, and {@code wait} waits until it is let go. Without words it is 50 years,
 * and a region has as many years as pixels on its left.
 */
final class PageScoring implements PredictionWork {

    private static final Bins BINS = new Bins(
            List.of(new Bin("child", 0, 18, 9), new Bin("adult", 18, 65, 40), new Bin("older adult", 65, 100, 80)));
    private static final LabelScale SCALE = new LabelScale(0, 100, "years");
    private static final Pattern NUMBER = Pattern.compile("-(\\d+)");

    final AtomicInteger read = new AtomicInteger();
    final Semaphore waiting = new Semaphore(0);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final AtomicInteger exploded = new AtomicInteger();
    private final List<ServedModel> models;

    PageScoring(List<ServedModel> models) {
        this.models = models;
    }

    /** Waits until the first picture has come. */
    void awaitReading() throws InterruptedException {
        if (!reading.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no picture has come");
        }
    }

    static ServedModel calibrated(String name) {
        return model(name, 0.9);
    }

    static ServedModel uncalibrated(String name) {
        return model(name, null);
    }

    private static ServedModel model(String name, Double coverage) {
        PredictedModel rows = PredictedModel.of(name, "0123456789abcdef", SCALE, BINS, List.of());
        return new ServedModel(rows, SCALE, BINS, coverage, coverage != null);
    }

    private record Words(String words, List<Integer> models) implements Decoded {
        @Override
        public void close() {
            // nothing is held
        }
    }

    @Override
    public Decoded read(Object image, List<Integer> asked) throws IOException {
        read.incrementAndGet();
        reading.countDown();
        if (image instanceof ImageRegion part) {
            return new Words("-" + part.region().left(), asked);
        }
        if (image instanceof ImageSource source) {
            source.read();
        }
        String text = new String((byte[]) image, StandardCharsets.UTF_8);
        String words = text.substring(text.lastIndexOf("IEND") + 4);
        if (words.contains("broken")) {
            throw new IOException("the JPEG ends in its middle");
        }
        if (words.contains("heic")) {
            throw new IOException("HEIC is not read; save the image as PNG or JPEG");
        }
        return new Words(words, asked);
    }

    @Override
    public List<List<Prediction>> predict(List<Decoded> images) {
        return images.stream().map(image -> predict((Words) image)).toList();
    }

    private List<Prediction> predict(Words image) {
        String words = image.words();
        if (words.contains("wait")) {
            waiting.acquireUninterruptibly();
        }
        if (words.contains("explode") && exploded.getAndIncrement() == 0) {
            throw new IllegalStateException("planned");
        }
        return image.models().stream()
                .map(model -> prediction(words, models.get(model)))
                .toList();
    }

    private static Prediction prediction(String words, ServedModel model) {
        Matcher number = NUMBER.matcher(words);
        double value = number.find() ? Double.parseDouble(number.group(1)) : 50;
        List<Concept> concepts =
                List.of(new Concept("child", 0.25), new Concept("adult", 0.5), new Concept("older adult", 0.25));
        if (model.coverage() == null) {
            return new Prediction(value, concepts);
        }
        double half = words.contains("wide") ? 20 : 5;
        Uncertainty uncertainty = new Uncertainty(
                0.9,
                new Uncertainty.Interval(value - half, value + half),
                List.of("adult", "older adult"),
                List.of(new Uncertainty.AtLeast(18, 0.75), new Uncertainty.AtLeast(65, 0.25)),
                words.contains("abstained"),
                words.contains("outside"));
        return new Prediction(value, concepts, uncertainty, new Familiarity(0.4, words.contains("strange")), null);
    }
}
