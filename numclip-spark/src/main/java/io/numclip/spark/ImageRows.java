package io.numclip.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The row function: each row gets one more cell, the struct that the model has for its image. Images are decoded by the
 * thread of the task and go through the network {@value ImageModel#BATCH} at a time; who else is in a batch changes no number.
 *
 * @param column of the image: its content, or its path
 */
record ImageRows(ImageModel.Choice choice, int column) implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws Exception {
        return rows.hasNext() ? new Batches(rows, column, ExecutorModels.lease(choice)) : rows;
    }

    private static final class Batches implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final int column;
        private final OpenOnce.Lease<ImageModel> model;
        private final Queue<Row> found = new ArrayDeque<>();

        Batches(Iterator<Row> rows, int column, OpenOnce.Lease<ImageModel> model) {
            this.rows = rows;
            this.column = column;
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
                contents.add(ImageContent.of(row.get(column)));
            }
            Iterator<Row> structs = model.get()
                    .rows(contents.stream()
                            .filter(each -> each.problem() == null)
                            .map(ImageContent::bytes)
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
