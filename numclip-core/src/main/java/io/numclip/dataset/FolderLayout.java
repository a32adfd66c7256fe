package io.numclip.dataset;

import io.numclip.data.LabelScale;
import java.io.IOException;

/** {@code folder}: a folder per label; see {@link ImageFolder}. */
final class FolderLayout implements DataLayout {

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        return new ImageFolder(data, scale).read();
    }
}
