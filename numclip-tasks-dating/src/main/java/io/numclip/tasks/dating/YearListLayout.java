package io.numclip.tasks.dating;

import io.numclip.data.LabelScale;
import io.numclip.dataset.CsvLayout;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;

/**
 * A list with the columns image and year, and a column {@code split} if the owner provides one, for years from 1000 on,
 * such as the buildings of YearGuessr. Other names of columns are set as for {@code csv}.
 */
public final class YearListLayout implements DataLayout {

    @Override
    public String name() {
        return "year-list";
    }

    @Override
    public LabelScale scale(LabelScale task) {
        return new LabelScale(1000, 2030, task.unit());
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        String label = data.labelColumn().equals("value") ? "year" : data.labelColumn();
        return new CsvLayout().read(data.withColumns(data.imageColumn(), label), scale);
    }
}
