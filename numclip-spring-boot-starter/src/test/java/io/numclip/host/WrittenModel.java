package io.numclip.host;

import java.io.IOException;
import java.nio.file.Path;

/** A model over the embedded CLIP whose heads have random numbers. */
public final class WrittenModel {

    private WrittenModel() {}

    public static Path write(Path folder) throws IOException {
        return TestingModels.over("embedded").write(folder, 1);
    }
}
