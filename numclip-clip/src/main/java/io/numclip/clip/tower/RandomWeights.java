package io.numclip.clip.tower;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.directory.LayoutTensors;
import io.numclip.clip.directory.ModelFiles;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.clip.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Random weights for a directory that has a configuration and nothing else, to see what a model of its size costs. */
public final class RandomWeights {

    private RandomWeights() {}

    /** Writes them in float16, in the layout of the configuration; the same seed gives the same weights. */
    public static void write(Path directory, long seed) throws IOException {
        ClipConfig config = ClipDirectory.config(directory);
        ClipInitializer initializer = new ClipInitializer(config, seed);
        boolean isOpenClip = Files.exists(directory.resolve(ModelFiles.OPEN_CLIP_CONFIG));
        Path file = directory.resolve(isOpenClip ? ModelFiles.OPEN_CLIP_WEIGHTS.get(0) : ModelFiles.WEIGHTS);
        try (NDManager manager = NativeLibrary.manager(Device.cpu())) {
            LayoutTensors tensors = new LayoutTensors(ClipDirectory.expectedLayout(directory), manager);
            ClipWeights.all(config)
                    .forEach((weight, shape) -> tensors.add(weight, initializer.initialise(manager, weight, shape)));
            SafetensorsWriter.write(file, tensors.all(), SafetensorsWriter.Type.F16, Map.of("format", "pt"));
        }
    }
}
