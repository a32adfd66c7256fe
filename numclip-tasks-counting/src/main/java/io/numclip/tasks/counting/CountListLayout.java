package io.numclip.tasks.counting;

import io.numclip.data.LabelScale;
import io.numclip.dataset.CsvLayout;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;

/**
 * Lists with a count for each image: CountBench ({@code image,number}) and crowd counts such as ShanghaiTech's
 * ({@code image,count}), with a column {@code split} if the owner provides one.
 */
final class CountListLayout implements DataLayout {

    private final String name;
    private final String column;
    private final double most;
    private final int size; // 0: any

    private CountListLayout(String name, String column, double most, int size) {
        this.name = name;
        this.column = column;
        this.most = most;
        this.size = size;
    }

    /** CountBench: 540 images of 2 to 10 things. */
    static DataLayout countBench() {
        return new CountListLayout("countbench", "number", 20, 540);
    }

    /** Any list of counts up to 5 000, such as the people in the crowds of ShanghaiTech. */
    static DataLayout counts() {
        return new CountListLayout("count-list", "count", 5000, 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LabelScale scale(LabelScale task) {
        return new LabelScale(task.minimum(), most, task.unit());
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        String label = data.labelColumn().equals("value") ? column : data.labelColumn();
        ImageListing listing = new CsvLayout().read(data.withColumns(data.imageColumn(), label), scale);
        if (size > 0) {
            listing.expect("images", size, listing.size());
        }
        return listing;
    }
}
