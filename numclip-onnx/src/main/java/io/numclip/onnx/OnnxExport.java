package io.numclip.onnx;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.result.Versions;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.Leftovers;
import io.numclip.storage.ProtobufMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a trained model as an ONNX file, for programs without Java. Input: {@code pixels} (N, 3, H, W), as the model's
 * preprocessing makes them. Outputs: {@code value} (N), {@code probabilities} (N, K) of the number concepts,
 * {@code imageFeatures} (N, D) and, of a calibrated model, {@code distance} (N) to its training images. Unit, concepts,
 * preprocessing and calibration are metadata of the file.
 */
public final class OnnxExport {

    /** What a protocol buffer may hold. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private OnnxExport() {}

    /**
     * Writes or replaces the file, if ONNX Runtime gives the same numbers with it: within 0.0001, for the number of the
     * width of the label scale, on a handful of drawn images.
     *
     * @param model opened with {@link Precision#FP32}, or {@link Precision#INT8} for a file in int8
     * @throws NumClipException if it was trained on features in int8, a head comes from a plugin, the weights are too many, or numbers differ; an older file is
     *     then as it was
     */
    public static void write(TrainedModel model, Path file) throws IOException {
        write(model, model.predictor().model().imageTower().config(), file);
    }

    /** @param config what the image tower is believed to be */
    static void write(TrainedModel model, ClipConfig config, Path file) throws IOException {
        NumClipPredictor predictor = model.predictor();
        requirePlace(file);
        Precision precision = predictor.model().imageTower().precision();
        requireTrained(model, precision);
        requireKnown(precision);
        try (NDManager scope = NativeLibrary.manager(Device.cpu())) {
            ProtobufMessage graph = ModelGraph.of(predictor, config, scope).model(Versions.NUMCLIP, Metadata.of(model));
            requireSize(graph.size(), file);
            Leftovers.clearOf(file);
            AtomicFile.writeChecked(
                    file,
                    channel -> write(graph, channel),
                    written -> new SameNumbers(predictor).require(written, file));
        }
    }

    private static void write(ProtobufMessage graph, FileChannel channel) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        graph.writeTo(out);
        out.flush(); // the channel stays open
    }

    private static void requirePlace(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    Files.isDirectory(file)
                            ? file + ": this is a folder, expected the name of a file"
                            : file + ": there is no folder " + folder,
                    "name a file in a folder that exists, such as model.onnx");
        }
    }

    private static void requireTrained(TrainedModel model, Precision precision) {
        if (!model.fits(precision)) {
            throw new NumClipException(
                    Kind.USAGE,
                    "the model was trained on features in int8, and this file would compute in " + precision,
                    "Export it with --precision int8.");
        }
    }

    private static void requireKnown(Precision precision) {
        if (precision != Precision.FP32 && precision != Precision.INT8) {
            throw new NumClipException(
                    Kind.USAGE,
                    "the model computes in " + precision + "; an ONNX file computes in fp32 or int8",
                    "open the model with one of them");
        }
    }

    static void requireSize(long bytes, Path file) {
        if (bytes > MOST_BYTES) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    file + ": would have " + bytes + " bytes; an ONNX file in one piece has at most " + MOST_BYTES,
                    "train on a smaller CLIP, of at most 500 million parameters in the image tower, or use the model in Java");
        }
    }
}
