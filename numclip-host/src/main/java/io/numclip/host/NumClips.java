package io.numclip.host;

import io.numclip.clip.TowerMemory;
import io.numclip.clip.pixels.CarefulReading;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.data.ImageRegion;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Region;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.host.run.PredictionStream;
import io.numclip.input.Budget;
import io.numclip.input.Engine;
import io.numclip.input.EngineListener;
import io.numclip.input.PixelPool;
import io.numclip.machine.MachineMemory;
import io.numclip.machine.ProcessorShare;
import io.numclip.model.JointPredictor;
import io.numclip.model.PredictionWork;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;

/**
 * Several trained models at once: an image in, a number of each model out.
 *
 * <pre>{@code
 * try (NumClips models = NumClips.open(List.of(Path.of("runs/age"), Path.of("runs/beauty")))) {
 *     List<Prediction> found = models.predict(Path.of("portrait.jpg"));
 *     System.out.println(found.get(0).value() + ", " + found.get(1).value());
 * }
 * }</pre>
 *
 * <p>Models that were trained on the same frozen CLIP share its weights, and an image goes through them once for all, as long
 * as the models prepare its pixels in the same way. A model whose image tower was trained has a tower of its own, and each
 * image goes through that too. The numbers are those of each model alone, to the last bit. An image is decoded once.
 *
 * <p>Threads, memory and the forms of an image are as for {@link NumClip}.
 */
public final class NumClips implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int WARM_SIDE = 512;
    private static final int WARM_TIMES = 10;

    private final List<NumClip> members;
    private final JointPredictor predictor;
    private final List<Integer> all;
    private final Cleaner.Cleanable free;
    private final int batch;
    private final PixelPool pool;
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private volatile EngineListener<List<Prediction>> listener = new EngineListener<>() {};

    /**
     * @param members none of a {@link NumClip}'s own
     * @param free called once, when this is closed, or when nobody refers to it any more; does not refer to it
     */
    NumClips(List<NumClip> members, JointPredictor predictor, Runnable free) {
        this.members = List.copyOf(members);
        this.predictor = predictor;
        this.all = IntStream.range(0, predictor.size()).boxed().toList();
        this.pool = new PixelPool(predictor.preprocessors());
        this.free = CLEANER.register(this, free);
        this.batch = Budget.fittingBatch(PredictionStream.BATCH, predictor.memory(), MachineMemory.read(), 1);
    }

    /** Opens several runs as {@link NumClip#open(Path)} does; the same run may be named twice. */
    public static NumClips open(List<Path> runs) {
        return open(runs, NumClip.Options.defaults());
    }

    /** Opens runs as {@link #open(List)} does, but for some options, which are those of all models. */
    public static NumClips open(List<Path> runs, NumClip.Options options) {
        return open(runs, PluginHost.of(PluginFolders.fromSystemProperties()).load(), options);
    }

    /**
     * As {@link #open(List)}, with plugins that are loaded already.
     *
     * @param runs at least one
     * @throws NumClipException as {@link NumClip#open(Path)}, for the first that cannot be opened; then none is
     */
    public static NumClips open(List<Path> runs, PluginCatalog catalog, NumClip.Options options) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one run");
        }
        Offline.ensure();
        ProcessorShare.ensure();
        try {
            Members opened = Members.open(runs, catalog, options);
            return NumClip.closing(opened::free, () -> {
                JointPredictor together = new JointPredictor(
                        opened.models().stream().map(NumClip::predictor).toList());
                return new NumClips(opened.models(), together, opened::free);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The models in the order in which they were named; each may be used alone. Closing one lets it predict no more alone; its
     * memory is freed when this object is closed.
     */
    public List<NumClip> models() {
        return members;
    }

    /** How often an image goes through an image tower: once for all models that share one. */
    public int passes() {
        return predictor.passes().size();
    }

    /** How many images go through the network together at most: 16, or fewer where memory is short. It changes no number. */
    public int batch() {
        return batch;
    }

    /** What the models need of the memory outside Java's heap. */
    public TowerMemory memory() {
        return predictor.memory();
    }

    /**
     * @param image an image file
     * @return one for each model
     * @throws NumClipException if it cannot be read; the message names the file and says why
     */
    public List<Prediction> predict(Path image) {
        return predictOne(image);
    }

    /**
     * @param image the content of an image file
     * @return one for each model
     * @throws NumClipException if it cannot be read; the message says why
     */
    public List<Prediction> predict(byte[] image) {
        return predictOne(image);
    }

    /** @return one for each model */
    public List<Prediction> predict(BufferedImage image) {
        return predictOne(image);
    }

    /**
     * @param image in one of the forms above
     * @param region of the upright image; what is seen around it is as the training was told with {@code task.data.regionMargin}
     * @return one for each model
     * @throws NumClipException if the image cannot be read, or the region does not lie in it; the message says why
     */
    public List<Prediction> predict(Object image, Region region) {
        return predictOne(new ImageRegion(image, region));
    }

    private List<Prediction> predictOne(Object image) {
        try (Pixels pixels = read(image)) {
            return predictPixels(List.of(pixels)).get(0);
        }
    }

    /**
     * As {@link NumClip#predict(List)}.
     *
     * @return for each image one prediction of each model
     */
    public List<List<Prediction>> predict(List<?> images) {
        List<List<Prediction>> predictions = new ArrayList<>(images.size());
        try {
            predict(images, (index, each) -> predictions.add(each));
        } catch (IOException e) {
            throw new IllegalStateException("a list takes every prediction", e);
        }
        return predictions;
    }

    /**
     * As {@link NumClip#predict(List, PredictionStream.Sink)}.
     *
     * @param sink gets one prediction of each model for each image
     */
    public void predict(List<?> images, PredictionStream.Sink<List<Prediction>> sink) throws IOException {
        images.forEach(ImagePixels::requireForm);
        predict(images.iterator(), sink);
    }

    /**
     * As {@link NumClip#predict(Iterator, PredictionStream.Sink)}.
     *
     * @param sink gets one prediction of each model for each image
     */
    public void predict(Iterator<?> images, PredictionStream.Sink<List<Prediction>> sink) throws IOException {
        AtomicInteger index = new AtomicInteger();
        predict(images, image -> image, (image, found) -> sink.predicted(index.getAndIncrement(), found));
    }

    /**
     * As {@link #predict(Iterator, PredictionStream.Sink)}, for items that come back with what was found in them. There are as
     * many workers as whole batches, or fewer where memory is short.
     *
     * @param image of an item, in one of the forms of an image
     */
    public <T> void predict(Iterator<T> items, Function<T, ?> image, Engine.Sink<T, List<Prediction>> sink)
            throws IOException {
        whileOpen(() -> {
            int most = Budget.mostWorkers(predictor.device(), predictor.memory(), batch);
            List<T> first = new ArrayList<>();
            while (first.size() < most * batch && items.hasNext()) {
                first.add(items.next());
            }
            Budget budget = Budget.forImages(predictor.nativeThreads(), first.size(), batch, most);
            try (Engine<List<Prediction>> engine = new Engine<>(scoring(), budget)) {
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

    /** The work for an {@link Engine} of one's own, such as a server's. The models must stay open while it works. */
    public PredictionWork scoring() {
        return new PredictionWork() {
            @Override
            public Decoded read(Object image, List<Integer> asked) throws IOException {
                return decode(image, asked);
            }

            @Override
            public int nativeThreads() {
                return predictor.nativeThreads();
            }

            @Override
            public List<List<Prediction>> predict(List<Decoded> images) {
                return predictOpen(images.stream().map(Pixels.class::cast).toList());
            }
        };
    }

    /**
     * Reads an image as {@link NumClip#read} does: it is decoded once, and prepared in each way that one of the models
     * needs.
     */
    public Pixels read(Object image) {
        return read(image, all);
    }

    /**
     * As {@link #read(Object)}, for some of the models. The others do nothing for this image.
     *
     * @param asked indices in {@link #models}
     */
    public Pixels read(Object image, List<Integer> asked) {
        try {
            return decode(image, asked);
        } catch (IOException failure) {
            throw CarefulReading.unreadable(image, Objects.requireNonNull(failure.getCause()));
        }
    }

    private Pixels decode(Object image, List<Integer> asked) throws IOException {
        asked.forEach(model -> Objects.checkIndex(model, predictor.size()));
        requireOpen();
        long start = System.nanoTime();
        boolean readable = false;
        try {
            Pixels pixels = new Pixels(asked, pool.read(image));
            readable = true;
            return pixels;
        } finally {
            listener.decoded(seconds(start), readable);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /**
     * As {@link NumClip#predictPixels}.
     *
     * @param images from {@link #read} of this object, not of one of its models
     * @return for each image one prediction of each model that it was read for, in their order; who else is predicted with
     *     it changes no number
     */
    public List<List<Prediction>> predictPixels(List<Pixels> images) {
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
            predictions.addAll(predictTold(images.subList(start, end)));
        }
        return predictions;
    }

    private List<List<Prediction>> predictTold(List<Pixels> images) {
        long start = System.nanoTime();
        List<List<Prediction>> predictions = predictBatch(images);
        listener.predicted(seconds(start), images.size());
        for (int i = 0; i < images.size(); i++) {
            listener.found(images.get(i).models(), predictions.get(i));
        }
        return predictions;
    }

    /** Images that ask for the same models go through their towers together. */
    private List<List<Prediction>> predictBatch(List<Pixels> images) {
        Map<Pixels, List<Prediction>> found = new HashMap<>();
        images.stream().collect(Collectors.groupingBy(Pixels::models)).forEach((asked, some) -> {
            List<List<Prediction>> predictions =
                    pool.look(some.stream().map(Pixels::image).toList(), pixels -> predictor.predict(pixels, asked));
            for (int i = 0; i < some.size(); i++) {
                found.put(some.get(i), predictions.get(i));
            }
        });
        return images.stream()
                .map(each -> Objects.requireNonNull(found.get(each)))
                .toList();
    }

    /** As {@link NumClip#tell}; what is found are the predictions of the models that were asked. */
    public void tell(EngineListener<List<Prediction>> other) {
        listener = other;
    }

    /** Warms all models up, as {@link NumClip#warmUp} does. */
    public void warmUp() {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(WARM_SIDE, WARM_SIDE, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        for (int i = 0; i < WARM_TIMES; i++) {
            predictOne(jpeg.toByteArray());
        }
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

    /** Waits for the predictions that run, and frees the weights. */
    @Override
    public void close() {
        members.forEach(NumClip::close);
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
