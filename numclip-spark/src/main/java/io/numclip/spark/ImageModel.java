package io.numclip.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/** An open model; any number of tasks use it at once. */
interface ImageModel extends AutoCloseable {

    /** The number of images that go through the network together. */
    int BATCH = 16;

    /**
     * @param images at most {@value #BATCH}: contents of image files, or regions of such
     * @return a struct for each, with the reason where an image cannot be read
     */
    List<Row> rows(List<?> images);

    /** The struct of an image that is not there, or too large. */
    Row failed(String problem);

    @Override
    void close();

    /** A model and how it runs: what goes to the executors in place of its weights. Equal choices share an open model. */
    interface Choice extends Serializable {

        /** Opens it on this machine. */
        ImageModel open() throws IOException;
    }
}
