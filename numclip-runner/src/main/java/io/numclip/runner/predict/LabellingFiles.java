package io.numclip.runner.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.runner.inputs.InputImage;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that a labelling program imports. */
interface LabellingFiles {

    ObjectWriter JSON = new ObjectMapper().writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    /**
     * @param folder from {@link #create}
     * @param rows of images that have predictions
     */
    void write(Path folder, SortedRows rows) throws IOException;

    /** An object of JSON for an image. */
    interface Entry {
        Map<String, Object> of(InputImage image, List<Prediction> predictions);
    }

    /** Makes a folder, or takes an empty one, so that files of the user are never replaced. */
    static void create(Path folder) throws IOException {
        if (!AtomicFolder.isFree(folder)) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    folder + ": expected an empty folder, or none yet, for the files of --export",
                    "name another folder with --out, or delete this one");
        }
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new NumClipException(
                    Kind.OUTPUT, folder + ": this account may not write to the folder", "name another one with --out");
        }
    }

    /** Writes a list of JSON, one image at a time. */
    static void writeList(Writer out, SortedRows rows, Entry entry) throws IOException {
        try (SequenceWriter list = JSON.writeValuesAsArray(out)) {
            rows.writeTo((image, predictions) -> list.write(entry.of(image, predictions)));
        }
    }
}
