package io.numclip.spark;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

/** Finds the folder of a model on this machine. */
public final class ModelFolder {

    private ModelFolder() {}

    /** A relative path is looked for in the working directory, and then where {@code --archives} and {@code --files} go. */
    public static Path find(String named) {
        Path path = Path.of(named);
        if (path.isAbsolute() || Files.exists(path) || SparkEnv.get() == null) {
            return path;
        }
        Path shipped = Path.of(SparkFiles.getRootDirectory()).resolve(named);
        return Files.exists(shipped) ? shipped : path;
    }

    /** Whether there is a trained model on this machine. */
    static boolean isHere(String named) {
        return TrainedModel.isOne(find(named));
    }

    /** A folder with a trained model. */
    static Path run(String named) {
        Path path = find(named);
        if (!TrainedModel.isOne(path)) {
            throw new NumClipException(
                    Kind.MISSING,
                    path.toAbsolutePath() + ": there is no model here",
                    "name a folder that every machine has, or ship it: --archives run.zip#run, and 'run' as the model");
        }
        return path;
    }

    /** What is said of a model without its weights. */
    static ModelDirectory description(String named) throws IOException {
        Path run = run(named);
        return ModelDirectory.open(TrainedModel.directory(run));
    }
}
