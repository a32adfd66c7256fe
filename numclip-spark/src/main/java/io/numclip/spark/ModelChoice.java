package io.numclip.spark;

import java.io.IOException;
import java.io.Serializable;

/** Which model, and how it runs: what goes to the executors in place of its weights. Equal choices share an open model. */
interface ModelChoice extends Serializable {

    /** Opens it on this machine. */
    ImageModel open() throws IOException;
}
