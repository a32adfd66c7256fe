package io.numclip.host.run;

import io.numclip.data.NumClipException;
import io.numclip.host.result.RunFolder;
import io.numclip.model.ImagePredictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Opens models that were exported to a file. Found by {@link ServiceLoader} (in {@code numclip-onnx}), so that an application that
 * opens none needs nothing of what they run on.
 */
public interface ExportedModels {

    /** What the names of such files end in. */
    String ENDING = ".onnx";

    /**
     * @return on the CPU, in float32; not calibrated in another way than the file says
     * @throws NumClipException if there is no such file, or it is not of {@code numclip export}
     */
    ImagePredictor open(Path file);

    /** Whether a path names an exported model, by the ending of its name. */
    static boolean isOne(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(ENDING) && !Files.isDirectory(path);
    }

    /** What a model is called: by its folder, or its file without the ending. */
    static String name(Path path) {
        String name = RunFolder.name(path);
        return isOne(path) && name.length() > ENDING.length()
                ? name.substring(0, name.length() - ENDING.length())
                : name;
    }

    /** @throws NumClipException if {@code numclip-onnx} is not there */
    static ExportedModels find(Path file) {
        return ServiceLoader.load(ExportedModels.class, ExportedModels.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new NumClipException(
                        NumClipException.Kind.MISSING,
                        file + ": an exported model, and numclip-onnx, which opens it, is not on the class path",
                        "add it, give the run that the file was exported from, or open it with numclip-runtime"));
    }
}
