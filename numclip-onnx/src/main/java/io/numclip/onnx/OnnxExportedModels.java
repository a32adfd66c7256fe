package io.numclip.onnx;

import ai.djl.Device;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.host.run.ExportedModels;
import io.numclip.input.PixelBatch;
import io.numclip.machine.ProcessorShare;
import io.numclip.model.ImagePredictor;
import io.numclip.runtime.OnnxModel;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.HeldOutDistances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of {@link OnnxExport}, opened beside or in place of runs. */
public final class OnnxExportedModels implements ExportedModels {

    private static final long WORK =
            64 << 20; // bytes that the layers need for one image: an estimate for towers up to ViT-L

    @Override
    public ImagePredictor open(Path file) {
        OnnxModel model = OnnxModel.open(file, OnnxModel.Options.defaults().withThreads(ProcessorShare.chosen()));
        ClipPreprocessor size = model.preprocessor();
        try {
            long pixels = 3L * size.height() * size.width() * Float.BYTES;
            return new File(model, new TowerMemory(Files.size(file), WORK, pixels));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record File(OnnxModel model, TowerMemory memory) implements ImagePredictor {

        @Override
        public ClipPreprocessor preprocessor() {
            return model.preprocessor();
        }

        @Override
        public LabelScale scale() {
            return model.scale();
        }

        @Override
        public Bins concepts() {
            return model.bins();
        }

        @Override
        public Optional<Calibration> calibration() {
            return model.calibration();
        }

        @Override
        public Optional<HeldOutDistances> heldOut() {
            return model.heldOut();
        }

        @Override
        public Optional<String> regions() {
            return model.regions();
        }

        @Override
        public ImagePredictor calibrated(Calibration by, Map<String, String> common) {
            return new File(model.calibrated(by, common), memory);
        }

        @Override
        public List<Prediction> predict(PixelBatch batch, int form) {
            return batch.marked(
                    batch.images(form).stream().map(model::predictPixels).toList());
        }

        @Override
        public Device device() {
            return Device.cpu();
        }

        @Override
        public int nativeThreads() {
            return 0;
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
