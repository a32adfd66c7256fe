package org.example.faces;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.numclip.data.RgbRows;
import io.numclip.spi.RegionFinder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pf4j.Extension;

/** Runs an ONNX detector of the form of YuNet: cells at three strides, each with a score and a box. */
public final class YuNetFinder implements RegionFinder {

    private static final String INPUT = "input";
    private static final int DIVISOR = 32; // of the sides that the network takes

    /**
     * Settings of the finder.
     *
     * @param model file of the network, such as {@code face_detection_yunet_2023mar.onnx} of OpenCV's model zoo
     * @param minConfidence of a region that is kept
     * @param overlap of two boxes, as a share of both together, above which the less confident one is dropped
     * @param longestSide larger pictures are reduced to at most this many pixels
     */
    public record Config(String model, double minConfidence, double overlap, int longestSide) {
        public Config {
            if (!(minConfidence > 0 && minConfidence <= 1)) {
                throw new IllegalArgumentException("minConfidence must be above 0 and at most 1; found " + minConfidence);
            }
            if (!(overlap >= 0 && overlap <= 1)) {
                throw new IllegalArgumentException("overlap must be 0 to 1; found " + overlap);
            }
            if (longestSide < DIVISOR) {
                throw new IllegalArgumentException("longestSide must be 32 or more; found " + longestSide);
            }
        }
    }

    /** {@code type: yunet}. */
    @Extension
    public static final class Factory implements RegionFinder.Factory<Config> {

        @Override
        public String type() {
            return "yunet";
        }

        @Override
        public Config defaults() {
            return new Config(null, 0.9, 0.3, 640);
        }

        @Override
        public String source() {
            return "YuNet, a tiny face detector (Wu and others 2023); its decoding as in OpenCV's FaceDetectorYN";
        }

        @Override
        public RegionFinder create(Config config) {
            return new YuNetFinder(config);
        }
    }

    private final Config config;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final long[] shape; // 1, 3, height, width; -1: any

    YuNetFinder(Config config) {
        this.config = config;
        if (!Files.isRegularFile(Path.of(config.model()))) {
            throw new IllegalArgumentException("model: there is no file " + config.model());
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // its threads leave the processor to the model's
            this.session = environment.createSession(config.model(), options);
            NodeInfo input = session.getInputInfo().get(INPUT);
            if (input == null || !session.getOutputNames().containsAll(YuNetBoxes.OUTPUTS)) {
                throw new IllegalArgumentException("model must have the input " + INPUT + " and the outputs "
                        + YuNetBoxes.OUTPUTS + "; found " + session.getInputNames() + " and " + session.getOutputNames());
            }
            this.shape = ((TensorInfo) input.getInfo()).getShape();
        } catch (OrtException failure) {
            throw new IllegalArgumentException(
                    "model: " + config.model() + " is no network: " + failure.getMessage(), failure);
        }
    }

    @Override
    public List<Found> find(RgbRows picture) {
        int reduction = reduction(picture);
        List<YuNetBoxes.Box> boxes = boxes(picture, reduction);
        return YuNetBoxes.regions(boxes, reduction, picture.width(), picture.height());
    }

    private int reduction(RgbRows picture) {
        int wide = parts(picture.width(), shape[3] > 0 ? (int) shape[3] : config.longestSide());
        int high = parts(picture.height(), shape[2] > 0 ? (int) shape[2] : config.longestSide());
        return Math.max(wide, high);
    }

    private static int parts(int length, int size) {
        return (length + size - 1) / size;
    }

    /** In pixels of the reduced picture, the most confident first. */
    List<YuNetBoxes.Box> boxes(RgbRows picture, int reduction) {
        int width = side(shape[3], parts(picture.width(), reduction));
        int height = side(shape[2], parts(picture.height(), reduction));
        FloatBuffer pixels = ReducedPixels.of(picture, reduction, width, height);
        try (OnnxTensor input = OnnxTensor.createTensor(environment, pixels, new long[] {1, 3, height, width});
                OrtSession.Result result = session.run(Map.of(INPUT, input))) {
            YuNetBoxes boxes = new YuNetBoxes(config.minConfidence(), config.overlap());
            return boxes.read(name -> ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer(), width, height);
        } catch (OrtException failure) {
            throw new IllegalStateException(config.model() + " cannot be run: " + failure.getMessage(), failure);
        }
    }

    private static int side(long fixed, int length) {
        return fixed > 0 ? (int) fixed : parts(length, DIVISOR) * DIVISOR;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("the network cannot be closed: " + failure.getMessage(), failure);
        }
    }
}
