package io.numclip.host.files;

import java.util.ArrayList;
import java.util.List;

/**
 * What a result depends on besides its configuration.
 *
 * @param data SHA-256 over names, labels, attributes and contents of the images in all splits
 * @param clip SHA-256 over the files of the base model, and the precision that {@code auto} stands for
 * @param program SHA-256 over the code of the library and of the plugins that the configuration uses
 */
public record Provenance(String data, String clip, String program) {

    /** The differences in words; empty if there are none. */
    public List<String> changesSince(Provenance earlier) {
        List<String> changes = new ArrayList<>();
        if (!data.equals(earlier.data)) {
            changes.add("the data (images or labels)");
        }
        if (!clip.equals(earlier.clip)) {
            changes.add("the CLIP");
        }
        if (!program.equals(earlier.program)) {
            changes.add("the program");
        }
        return changes;
    }
}
