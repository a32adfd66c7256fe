package io.numclip.spark;

import java.util.List;
import org.apache.spark.sql.Row;

/** An open model; any number of tasks use it at once. */
interface ImageModel extends AutoCloseable {

    /** So many images go through the network together. */
    int BATCH = 16;

    /**
     * @param images contents of at most {@value #BATCH} image files
     * @return a struct for each, with the reason where an image cannot be read
     */
    List<Row> rows(List<byte[]> images);

    /** The struct of an image that is not there, or too large. */
    Row failed(String problem);

    @Override
    void close();
}
