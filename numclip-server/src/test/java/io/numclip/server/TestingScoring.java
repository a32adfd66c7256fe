package io.numclip.server;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Decision;
import io.numclip.data.Familiarity;
import io.numclip.data.ImageRegion;
import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.result.PredictedModel;
import io.numclip.model.PredictionWork;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two models without a network. An image is a text: a number is its value for the first model, and ten times as much for the
 * second. {@code hang} never returns, {@code explode} fails, {@code wait:1} waits until it is let go; what is no number
 * cannot be read. A region of an image of 100 x 50 pixels has the value of its left edge.
 */
final class TestingScoring implements PredictionWork {

    private static final Cut BELOW_18 = new Cut(Side.BELOW, 18, 0.01, 200, 200, 40.0);
    static final List<ServedModel> MODELS = List.of(model("age", 0.9, true), model("beauty", null, false));

    final List<Integer> batches = new ArrayList<>();
    final List<String> predicted = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> threads = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final Semaphore waiting = new Semaphore(0);
    final CountDownLatch never = new CountDownLatch(1);
    volatile int millis;

    private static ServedModel model(String name, Double coverage, boolean familiarity) {
        Bins bins = new Bins(List.of(new Bin("low", 0, 50, 25), new Bin("high", 50, 1000, 500)));
        LabelScale scale = new LabelScale(0, 1000, "points");
        String digest = name.equals("age") ? "0123456789abcdef" : "fedcba9876543210";
        List<Cut> cuts = coverage == null ? List.of() : List.of(BELOW_18);
        return new ServedModel(PredictedModel.of(name, digest, scale, bins, cuts), scale, bins, coverage, familiarity);
    }

    private record Text(String text, List<Integer> models, AtomicInteger open) implements Decoded {
        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    @Override
    public Decoded read(Object image, List<Integer> models) throws IOException {
        if (image instanceof ImageRegion part) {
            part.region().requireIn(100, 50);
            return read(String.valueOf(part.region().left()).getBytes(StandardCharsets.UTF_8), models);
        }
        if (image instanceof ImageSource source) {
            source.read();
        }
        String text = new String((byte[]) image, StandardCharsets.UTF_8);
        if (text.equals("nowhere")) {
            throw new IOException("damaged (decoder: java.lang.IllegalStateException: /etc/secret)");
        }
        if (!text.matches("-?\\d+(\\.\\d+)?|hang|explode|(wait):\\d+")) {
            throw new IOException("not JPEG or PNG (first bytes 'no image')");
        }
        open.incrementAndGet();
        return new Text(text, models, open);
    }

    @Override
    public List<List<Prediction>> predict(List<Decoded> images) {
        synchronized (batches) {
            batches.add(images.size());
        }
        return images.stream().map(image -> predict((Text) image)).toList();
    }

    private List<Prediction> predict(Text image) {
        String text = image.text();
        try {
            if (millis > 0) {
                Thread.sleep(millis);
            }
            if (text.equals("hang")) {
                never.await();
            }
            if (text.startsWith("wait:")) {
                threads.add(NativeThreads.count());
                waiting.acquire();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        if (text.equals("explode")) {
            throw new IllegalStateException("at::Tensor 0x7f00dead /home/secret/model.pt");
        }
        double value = Double.parseDouble(text.replace("wait:", ""));
        return image.models().stream()
                .map(model -> prediction(text, value, MODELS.get(model)))
                .toList();
    }

    private Prediction prediction(String text, double ofFirst, ServedModel model) {
        predicted.add(model.name() + " " + text);
        boolean calibrated = model == MODELS.get(0);
        double value = calibrated ? ofFirst : 10 * ofFirst;
        List<Prediction.Concept> concepts =
                List.of(new Prediction.Concept("low", 0.25), new Prediction.Concept("high", 0.75));
        if (!calibrated) {
            return new Prediction(value, concepts);
        }
        Uncertainty sure = new Uncertainty(
                0.9,
                new Uncertainty.Interval(value - 5, value + 5),
                List.of("low", "high"),
                List.of(new Uncertainty.AtLeast(50, 0.75)),
                false,
                false,
                List.of(new Decision(BELOW_18.name(), BELOW_18.isCalled(value))));
        return new Prediction(value, concepts, sure, new Familiarity(0.4, value > 900), null);
    }
}
