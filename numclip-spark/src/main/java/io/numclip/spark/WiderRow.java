package io.numclip.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** A row with one more cell. */
public final class WiderRow {

    private WiderRow() {}

    /** @param cell the last one */
    public static Row of(Row row, @Nullable Object cell) {
        Object[] cells = new Object[row.size() + 1];
        for (int i = 0; i < row.size(); i++) {
            cells[i] = row.get(i);
        }
        cells[row.size()] = cell;
        return RowFactory.create(cells);
    }
}
