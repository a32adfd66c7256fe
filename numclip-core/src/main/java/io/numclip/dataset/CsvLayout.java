package io.numclip.dataset;

import io.numclip.data.LabelScale;
import java.io.IOException;

/** {@code csv}: a list with a header row: image, number, an optional split, and further columns. */
public final class CsvLayout implements DataLayout {

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        return new ImageCsv(data, scale).read();
    }
}
