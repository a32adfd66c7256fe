package io.numclip.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.data.Bins;
import io.numclip.data.Familiarity;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model in a file of {@code numclip export RUN --to onnx FILE}. Its numbers are those of the run in float32, within rounding.
 * Every image goes through the network alone, so a number depends neither on its company nor on the thread. Thread-safe.
 */
public final class OnnxModel implements AutoCloseable {

    private final ModelFacts facts;
    private final ImagePixels pixels;
    private final @Nullable CalibratedPredictions calibrated;
    private final Options options;
    private final OrtEnvironment runtime;
    private final OrtSession session;

    /**
     * @param threads that ONNX Runtime computes with; 0: one for each core
     * @param attributes that all images have in common, where the model was calibrated by them
     */
    public record Options(int threads, Map<String, String> attributes) {

        public Options {
            attributes = Map.copyOf(attributes);
        }

        /** One thread for each core, no attributes. */
        public static Options defaults() {
            return new Options(0, Map.of());
        }

        public Options withThreads(int number) {
            return new Options(number, attributes);
        }

        public Options withAttributes(Map<String, String> ofAllImages) {
            return new Options(threads, ofAllImages);
        }
    }

    private OnnxModel(ModelFacts facts, Options options, OrtEnvironment runtime, OrtSession session) {
        this.facts = facts;
        this.pixels = new ImagePixels(facts.preprocessor());
        this.calibrated = facts.calibration()
                .map(known -> new CalibratedPredictions(known, facts.bins(), facts.scale()))
                .orElse(null);
        this.options = options;
        this.runtime = runtime;
        this.session = session;
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
            OrtSession session = runtime.createSession(file.toString(), settings);
            return new OnnxModel(facts(session, file), options, runtime, session);
        } catch (OrtException e) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ": ONNX Runtime cannot read it: " + NumClipException.firstLine(e),
                    "Give a file that './numclip export RUN --to onnx FILE' has written.",
                    e);
        }
    }

    /** Closes the session of a file that is not one of ours. */
    private static ModelFacts facts(OrtSession session, Path file) throws OrtException {
        try {
            return ModelFacts.of(session.getMetadata().getCustomMetadata(), file);
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
        return required(image, image + ": ");
    }

    /**
     * @param image the content of an image file
     * @throws NumClipException if it cannot be read; the message says why
     */
    public Prediction predict(byte[] image) {
        return required(image, "");
    }

    public Prediction predict(BufferedImage image) {
        return required(image, "");
    }

    private Prediction required(Object image, String name) {
        Prediction prediction = predictOne(image);
        if (prediction.isFailed()) {
            throw new NumClipException(Kind.DATA, name + prediction.problem(), "Give an image that can be read.");
        }
        return prediction;
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

    private Prediction predictOne(Object image) {
        ClipPreprocessor size = facts.preprocessor();
        FloatBuffer values = FloatBuffer.allocate(3 * size.height() * size.width());
        try {
            Optional<String> damage = pixels.read(image, List.of(values));
            return run(values.rewind()).withDamage(damage.orElse(null));
        } catch (IOException e) {
            return Prediction.failed(NumClipException.firstLine(e));
        }
    }

    private Prediction run(FloatBuffer values) {
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
            return calibrated == null ? raw : calibrated.calibrated(raw, options.attributes());
        } catch (OrtException e) {
            throw new NumClipException(
                    Kind.UNAVAILABLE, "ONNX Runtime failed: " + NumClipException.firstLine(e), "Try again.", e);
        }
    }

    private @Nullable Familiarity familiarity(OrtSession.Result found) throws OrtException {
        if (facts.heldOut().isEmpty() || !facts.heldOut().get().canTell()) {
            return null;
        }
        return facts.heldOut().get().at(numbers(found, FileForm.DISTANCE)[0]);
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

    /** What intervals promise; empty where the model is not calibrated. */
    public Optional<Double> coverage() {
        return facts.calibration().map(Calibration::coverage);
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
