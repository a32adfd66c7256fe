package io.numclip.spark;

import io.numclip.data.Region;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The row function: each row gets one more cell, the struct that the model has for its image. Images are decoded by the
 * thread of the task and go through the network {@value ImageModel#BATCH} at a time; who else is in a batch changes no number.
 *
 * @param column of the image: its content, or its path
 * @param regions columns of left, top, width and height; none: whole pictures
 */
record ImageRows(ImageModel.Choice choice, int column, List<Integer> regions)
        implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws Exception {
        return rows.hasNext() ? new Batches(rows, this, ExecutorModels.lease(choice)) : rows;
    }

    private ImageContent content(Row row) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (int i = 0; i < regions.size(); i++) {
            fields.put(Region.NAMES.get(i), row.get(regions.get(i)));
        }
        return ImageContent.of(row.get(column)).cut(fields);
    }

    private static final class Batches implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final ImageRows columns;
        private final OpenOnce.Lease<ImageModel> model;
        private final Queue<Row> found = new ArrayDeque<>();

        Batches(Iterator<Row> rows, ImageRows columns, OpenOnce.Lease<ImageModel> model) {
            this.rows = rows;
            this.columns = columns;
            this.model = model;
        }

        @Override
        public boolean hasNext() {
            if (found.isEmpty() && rows.hasNext()) {
                fill();
            }
            if (found.isEmpty()) {
                model.close();
            }
            return !found.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return found.remove();
        }

        private void fill() {
            List<Row> batch = new ArrayList<>();
            List<ImageContent> contents = new ArrayList<>();
            while (batch.size() < ImageModel.BATCH && rows.hasNext()) {
                Row row = rows.next();
                batch.add(row);
                contents.add(columns.content(row));
            }
            Iterator<Row> structs = model.get()
                    .rows(contents.stream()
                            .filter(each -> each.problem() == null)
                            .map(ImageContent::image)
                            .toList())
                    .iterator();
            for (int i = 0; i < batch.size(); i++) {
                String problem = contents.get(i).problem();
                found.add(wider(
                        batch.get(i),
                        problem == null ? structs.next() : model.get().failed(problem)));
            }
        }

        /** @param cell the last one */
        private static Row wider(Row row, Row cell) {
            Object[] cells = new Object[row.size() + 1];
            for (int i = 0; i < row.size(); i++) {
                cells[i] = row.get(i);
            }
            cells[row.size()] = cell;
            return RowFactory.create(cells);
        }
    }
}
