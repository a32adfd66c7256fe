package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.plugin.PluginCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What finds regions in the pictures that no list names regions of.
 *
 * @param option null: what the models were trained with
 */
record RegionChoice(@Nullable String option, PluginCatalog catalog) {

    private static final String NONE = "none";

    /** @throws NumClipException if the models were trained with different ones, or what is chosen cannot be opened */
    Optional<RegionSearch> open(List<Path> models) {
        if (option != null) {
            return option.equals(NONE) ? Optional.empty() : Optional.of(RegionSearch.open(option, catalog));
        }
        List<RegionSearch> opened = new ArrayList<>();
        models.forEach(model -> ofRun(model).ifPresent(opened::add));
        boolean differ = opened.stream().map(RegionSearch::settings).distinct().count() > 1;
        if (!opened.isEmpty() && (differ || opened.size() < models.size())) {
            opened.forEach(RegionSearch::close);
            throw new NumClipException(
                    Kind.USAGE,
                    "these models were not trained on regions of the same finder",
                    "choose one for all with --regions '{type: NAME}', or --regions none for whole pictures");
        }
        opened.stream().skip(1).forEach(RegionSearch::close);
        return opened.stream().findFirst();
    }

    private Optional<RegionSearch> ofRun(Path model) {
        try {
            return RegionSearch.ofRun(model, catalog);
        } catch (NumClipException failure) {
            throw new NumClipException(
                    failure.kind(),
                    model + " was trained on the regions of a finder: " + failure.getMessage(),
                    "put what is missing in its place, or choose with --regions '{type: NAME}', or none for whole pictures",
                    failure);
        }
    }
}
