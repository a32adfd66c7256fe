package io.numclip.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.numclip.clip.pixels.CarefulReading;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.data.Bins;
import io.numclip.data.Familiarity;
import io.numclip.data.ImageRegion;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.data.Region;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.HeldOutDistances;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.UncertaintyConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model in a file of {@code numclip export RUN --to onnx FILE}. Its numbers are those of the run in float32, within rounding.
 * Every image goes through the network alone, so a number depends neither on its company nor on the thread. Thread-safe.
 */
public final class OnnxModel implements AutoCloseable {

    private final ModelFacts facts;
    private final OrtEnvironment runtime;
    private final OrtSession session;
    private final ImagePixels pixels;
    private final CarefulReading reading;
    private final @Nullable CalibratedPredictions calibrated;
    private final Map<String, String> attributes;

    /**
     * @param threads that ONNX Runtime computes with; 0: one for each core
     * @param interval which interval predictions have; null: as the training was told
     * @param abstainAbove predictions with a wider interval are marked, 0 marks none; null: as the training was told
     * @param attributes that all images have in common, where the model was calibrated by them
     */
    public record Options(
            int threads,
            @Nullable IntervalForm interval,
            @Nullable Double abstainAbove,
            Map<String, String> attributes) {

        public Options {
            attributes = Map.copyOf(attributes);
            UncertaintyConfig.checkAbstainAbove(abstainAbove == null ? 0 : abstainAbove);
        }

        /** One thread for each core; everything else as the training was told. */
        public static Options defaults() {
            return new Options(0, null, null, Map.of());
        }

        public Options withThreads(int number) {
            return new Options(number, interval, abstainAbove, attributes);
        }

        public Options withInterval(IntervalForm form) {
            return new Options(threads, form, abstainAbove, attributes);
        }

        public Options withAbstainAbove(double width) {
            return new Options(threads, interval, width, attributes);
        }

        public Options withAttributes(Map<String, String> ofAllImages) {
            return new Options(threads, interval, abstainAbove, ofAllImages);
        }
    }

    private OnnxModel(ModelFacts facts, OrtEnvironment runtime, OrtSession session) {
        this.facts = facts;
        this.runtime = runtime;
        this.session = session;
        this.pixels = new ImagePixels(facts.preprocessor());
        this.reading = new CarefulReading();
        this.calibrated = facts.calibration()
                .map(known -> new CalibratedPredictions(known, facts.bins(), facts.scale()))
                .orElse(null);
        this.attributes = Map.of();
    }

    private OnnxModel(OnnxModel other, CalibratedPredictions calibrated, Map<String, String> attributes) {
        this.facts = other.facts;
        this.runtime = other.runtime;
        this.session = other.session;
        this.pixels = other.pixels;
        this.reading = other.reading;
        this.calibrated = calibrated;
        this.attributes = Map.copyOf(attributes);
    }

    /** @throws NumClipException as {@link #open(Path, Options)} */
    public static OnnxModel open(Path file) {
        return open(file, Options.defaults());
    }

    /** @throws NumClipException if there is no such file, it is not of {@code numclip export}, or ONNX Runtime cannot be loaded */
    public static OnnxModel open(Path file, Options options) {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(Kind.MISSING, file + ": no such file", "Give the path of an exported model.");
        }
        OrtEnvironment runtime = OnnxLibrary.environment();
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            settings.setIntraOpNumThreads(options.threads());
            settings.addConfigEntry("session.intra_op.allow_spinning", "0");
            OrtSession session = runtime.createSession(file.toString(), settings);
            return of(file, runtime, session, options);
        } catch (OrtException e) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ": ONNX Runtime cannot read it: " + NumClipException.firstLine(e),
                    "Give a file that './numclip export RUN --to onnx FILE' has written.",
                    e);
        }
    }

    /** Closes the session of a file that is not one of ours, or that cannot be shown as asked. */
    private static OnnxModel of(Path file, OrtEnvironment runtime, OrtSession session, Options options)
            throws OrtException {
        try {
            ModelFacts facts = ModelFacts.of(session.getMetadata().getCustomMetadata(), file);
            return new OnnxModel(facts, runtime, session).shown(file, options);
        } catch (NumClipException | IOException e) {
            session.close();
            throw e instanceof NumClipException failure
                    ? failure
                    : new NumClipException(Kind.IO, file + ": " + NumClipException.firstLine(e), "Try again.", e);
        }
    }

    /**
     * @param image an image file
     * @throws NumClipException if it cannot be read; the message names the file and says why
     */
    public Prediction predict(Path image) {
        return required(image);
    }

    /**
     * @param image the content of an image file
     * @throws NumClipException if it cannot be read; the message says why
     */
    public Prediction predict(byte[] image) {
        return required(image);
    }

    public Prediction predict(BufferedImage image) {
        return required(image);
    }

    /**
     * @param image in one of the forms above
     * @param region of the upright image; what is seen around it is as the training was told
     * @throws NumClipException if the image cannot be read, or the region does not lie in it; the message says why
     */
    public Prediction predict(Object image, Region region) {
        return required(new ImageRegion(image, region));
    }

    /**
     * Reads and predicts images on several threads.
     *
     * @param images each in one of the forms above, also mixed
     * @return one for each image, in order; of an image that cannot be read {@link Prediction#isFailed} is true
     * @throws IllegalArgumentException if an image has none of the forms
     */
    public List<Prediction> predict(List<?> images) {
        images.forEach(ImagePixels::requireForm);
        return images.parallelStream().map(this::predictOne).toList();
    }

    private Prediction required(Object image) {
        return predicted(image, failure -> {
            throw CarefulReading.unreadable(image, failure);
        });
    }

    private Prediction predictOne(Object image) {
        return predicted(image, failure -> Prediction.failed(CarefulReading.describe(failure)));
    }

    private Prediction predicted(Object image, Function<Throwable, Prediction> unreadable) {
        FloatBuffer values = FloatBuffer.allocate(
                3 * facts.preprocessor().height() * facts.preprocessor().width());
        AtomicReference<@Nullable String> damage = new AtomicReference<>();
        Throwable failure = reading.failure(
                () -> damage.set(pixels.read(image, List.of(values)).orElse(null)));
        return failure != null
                ? unreadable.apply(failure)
                : predictPixels(values.rewind()).withDamage(damage.get());
    }

    /** @param values 3·H·W of one image, as {@link #preprocessor} makes them */
    public Prediction predictPixels(FloatBuffer values) {
        long[] shape = {
            1, 3, facts.preprocessor().height(), facts.preprocessor().width()
        };
        try (OnnxTensor input = OnnxTensor.createTensor(runtime, values, shape);
                OrtSession.Result found = session.run(Map.of(FileForm.PIXELS, input))) {
            Prediction raw = new Prediction(
                    numbers(found, FileForm.VALUE)[0],
                    concepts(numbers(found, FileForm.PROBABILITIES)),
                    null,
                    familiarity(found),
                    null);
            return calibrated == null ? raw : calibrated.calibrated(raw, attributes);
        } catch (OrtException e) {
            throw new NumClipException(
                    Kind.UNAVAILABLE, "ONNX Runtime failed: " + NumClipException.firstLine(e), "Try again.", e);
        }
    }

    private @Nullable Familiarity familiarity(OrtSession.Result found) throws OrtException {
        Optional<HeldOutDistances> known = heldOut();
        return known.isEmpty() ? null : known.get().at(numbers(found, FileForm.DISTANCE)[0]);
    }

    private static float[] numbers(OrtSession.Result found, String output) throws OrtException {
        FloatBuffer buffer = ((OnnxTensor) found.get(output).orElseThrow()).getFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        return numbers;
    }

    private List<Prediction.Concept> concepts(float[] probabilities) {
        List<Prediction.Concept> concepts = new ArrayList<>();
        for (int k = 0; k < probabilities.length; k++) {
            concepts.add(new Prediction.Concept(facts.bins().get(k).concept(), probabilities[k]));
        }
        return concepts;
    }

    /** What the numbers mean. */
    public LabelScale scale() {
        return facts.scale();
    }

    /** The number concepts. */
    public Bins bins() {
        return facts.bins();
    }

    /** How images become pixels. */
    public ClipPreprocessor preprocessor() {
        return facts.preprocessor();
    }

    /** Empty where predictions carry no uncertainty. */
    public Optional<Calibration> calibration() {
        return Optional.ofNullable(calibrated).map(CalibratedPredictions::calibration);
    }

    /** What intervals promise; empty where the model is not calibrated. */
    public Optional<Double> coverage() {
        return calibration().map(Calibration::coverage);
    }

    /** What strange images are told by; empty where they cannot be told. */
    public Optional<HeldOutDistances> heldOut() {
        return facts.heldOut().filter(HeldOutDistances::canTell);
    }

    /**
     * The settings, in JSON, of the finder that found the regions it was trained on: it knows such regions of pictures, and not
     * whole ones. Empty if there was none.
     */
    public Optional<String> regions() {
        return facts.regions();
    }

    /** A model that shares the session, for images that have some attributes in common. Closing one closes both. */
    public OnnxModel calibrated(Calibration by, Map<String, String> common) {
        return new OnnxModel(this, new CalibratedPredictions(by, facts.bins(), facts.scale()), common);
    }

    private OnnxModel shown(Path file, Options options) {
        if (options.interval() == null
                && options.abstainAbove() == null
                && options.attributes().isEmpty()) {
            return this;
        }
        Calibration shown = calibration()
                .orElseThrow(() -> Calibration.missing(file))
                .shownAs(options.interval(), options.abstainAbove());
        return calibrated(shown, options.attributes());
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new NumClipException(Kind.UNAVAILABLE, NumClipException.firstLine(e), "Report it.", e);
        }
    }
}
