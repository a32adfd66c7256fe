package io.numclip.host;

import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.host.run.PredictionStream;
import io.numclip.image.TooLittleMemoryException;
import io.numclip.input.CarefulReading;
import io.numclip.input.ImagePixels;
import io.numclip.input.NativePixels;
import io.numclip.input.PixelBatch;
import io.numclip.machine.MachineMemory;
import io.numclip.model.JointPredictor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;

/** Models that any number of threads use until they are closed; memory for pixels is used again. */
final class OpenModels implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int WARM_SIDE = 512;
    private static final int WARM_TIMES = 10;

    private final JointPredictor predictor;
    private final List<Integer> all;
    private final ImagePixels reader;
    private final Cleaner.Cleanable free;
    private final int batch;
    private final CarefulReading reading = new CarefulReading();
    private final PixelPool pool;
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /** @param free called once, when the models are closed, or when nobody refers to this any more; does not refer to it */
    OpenModels(JointPredictor predictor, Runnable free) {
        this.predictor = predictor;
        this.all = IntStream.range(0, predictor.size()).boxed().toList();
        this.reader = new ImagePixels(predictor.preprocessors());
        this.pool = new PixelPool(predictor.preprocessors());
        this.free = CLEANER.register(this, free);
        this.batch = BatchSize.of(PredictionStream.BATCH, predictor.memory(), MachineMemory.read(), 1);
    }

    JointPredictor predictor() {
        return predictor;
    }

    /** How many images go through the network together at most. */
    int batch() {
        return batch;
    }

    /** Decodes an image on the calling thread, for all models. */
    Pixels read(Object image) {
        return read(image, all);
    }

    /** @param asked indices of the models that are to predict it */
    Pixels read(Object image, List<Integer> asked) {
        try {
            return decode(image, asked);
        } catch (IOException failure) {
            throw unreadable(image, Objects.requireNonNull(failure.getCause()));
        }
    }

    private Pixels decode(Object image, List<Integer> asked) throws IOException {
        asked.forEach(model -> Objects.checkIndex(model, predictor.size()));
        ImagePixels.requireForm(image);
        requireOpen();
        NativePixels memory = pool.take(1);
        AtomicReference<Optional<String>> damage = new AtomicReference<>(Optional.empty());
        Throwable failure = reading.failure(() -> damage.set(reader.read(image, memory.image(0))));
        if (failure != null) {
            giveBack(memory);
            throw new IOException(CarefulReading.describe(failure), failure);
        }
        return new Pixels(this, asked, memory, Objects.requireNonNull(damage.get()));
    }

    private static NumClipException unreadable(Object image, Throwable failure) {
        String name = image instanceof Path file ? file.toString() : "the image";
        String message = name + ": " + CarefulReading.describe(failure);
        if (image instanceof Path file && !Files.exists(file)) {
            return new NumClipException(NumClipException.Kind.MISSING, message, "check the path", failure);
        }
        String fix = TooLittleMemoryException.isCauseOf(failure)
                ? "give Java more memory with -Xmx, or a smaller image"
                : "give an image that is whole, JPEG, PNG, GIF or BMP";
        return new NumClipException(NumClipException.Kind.DATA, message, fix, failure);
    }

    void giveBack(NativePixels memory) {
        pool.giveBack(memory);
    }

    List<Prediction> predict(Object image) {
        try (Pixels pixels = read(image)) {
            return predict(List.of(pixels)).get(0);
        }
    }

    /** Begins at the bytes of a file, as a picture of a client comes. */
    void warmUp() {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(WARM_SIDE, WARM_SIDE, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        for (int i = 0; i < WARM_TIMES; i++) {
            predict(jpeg.toByteArray());
        }
    }

    /** @return for each image the predictions of the models that it was read for, in their order */
    List<List<Prediction>> predict(List<Pixels> images) {
        try {
            return whileOpen(() -> predictOpen(images));
        } catch (IOException e) {
            throw new IllegalStateException("pixels are not read again", e);
        }
    }

    private List<List<Prediction>> predictOpen(List<Pixels> images) {
        List<List<Prediction>> predictions = new ArrayList<>(images.size());
        for (int start = 0; start < images.size(); start += batch) {
            int end = Math.min(images.size(), start + batch);
            predictions.addAll(predictBatch(images.subList(start, end)));
        }
        return predictions;
    }

    /** Images that ask for the same models go through their towers together. */
    private List<List<Prediction>> predictBatch(List<Pixels> images) {
        Map<Pixels, List<Prediction>> found = new HashMap<>();
        images.stream().collect(Collectors.groupingBy(Pixels::models)).forEach((asked, some) -> {
            List<List<Prediction>> predictions = predict(some, asked);
            for (int i = 0; i < some.size(); i++) {
                found.put(some.get(i), predictions.get(i));
            }
        });
        return images.stream()
                .map(each -> Objects.requireNonNull(found.get(each)))
                .toList();
    }

    private List<List<Prediction>> predict(List<Pixels> images, List<Integer> asked) {
        NativePixels memory = pool.take(images.size());
        try {
            PixelBatch pixels = PixelBatch.of(memory, images.size());
            for (int i = 0; i < images.size(); i++) {
                int place = i;
                images.get(place).copyTo(memory, place, this);
                images.get(place).damage().ifPresent(words -> pixels.damaged(place, words));
            }
            return predictor.predict(pixels, asked);
        } finally {
            giveBack(memory);
        }
    }

    /** The models for an {@link Engine}. They must stay open while it works. */
    PredictionWork scoring() {
        return new PredictionWork() {
            @Override
            public Decoded read(Object image, List<Integer> asked) throws IOException {
                return decode(image, asked);
            }

            @Override
            public List<List<Prediction>> predict(List<Decoded> images) {
                return predictOpen(images.stream().map(Pixels.class::cast).toList());
            }
        };
    }

    void predict(Iterator<?> images, PredictionStream.Sink<List<Prediction>> sink) throws IOException {
        AtomicInteger index = new AtomicInteger();
        predict(images, image -> image, (image, found) -> sink.predicted(index.getAndIncrement(), found));
    }

    /** Items in their order; as many workers as there are whole batches, or fewer where memory is short. */
    <T> void predict(Iterator<T> items, Function<T, ?> image, Engine.Sink<T, List<Prediction>> sink)
            throws IOException {
        whileOpen(() -> {
            int most = Workers.most(predictor.device(), predictor.memory(), batch);
            List<T> first = new ArrayList<>();
            while (first.size() < most * batch && items.hasNext()) {
                first.add(items.next());
            }
            Budget budget = Budget.shared(Math.max(1, first.size() / batch), batch, null);
            try (Engine<List<Prediction>> engine = new Engine<>(scoring(), budget, new EngineListener<>() {})) {
                Stream<T> rest = StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, 0), false);
                engine.run(
                        Stream.concat(first.stream(), rest).iterator(), item -> checked(image.apply(item)), all, sink);
            }
            return true;
        });
    }

    private static Object checked(Object image) {
        ImagePixels.requireForm(image);
        return image;
    }

    private interface Use<T> {
        T run() throws IOException;
    }

    private <T> T whileOpen(Use<T> use) throws IOException {
        open.readLock().lock();
        try {
            requireOpen();
            return use.run();
        } finally {
            open.readLock().unlock();
            Reference.reachabilityFence(this);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this model is closed");
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free.clean();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
