package io.numclip.runner.inputs;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.NumClip;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.plugin.PluginCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What finds regions in the pictures that no list names regions of.
 *
 * @param option null: what the models were trained with
 */
public record RegionChoice(@Nullable String option, PluginCatalog catalog) {

    private static final String NONE = "none";

    /** @throws NumClipException if the models were trained with different ones, or what is chosen cannot be opened */
    public Optional<RegionSearch> open(List<NumClip> models) {
        if (option != null) {
            return option.equals(NONE) ? Optional.empty() : Optional.of(RegionSearch.open(option, catalog));
        }
        List<RegionSearch> opened = new ArrayList<>();
        models.forEach(model -> of(model).ifPresent(opened::add));
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

    private Optional<RegionSearch> of(NumClip model) {
        try {
            return model.regionSearch(catalog);
        } catch (NumClipException failure) {
            throw new NumClipException(
                    failure.kind(),
                    model.name() + " was trained on the regions of a finder: " + failure.getMessage(),
                    "put what is missing in its place, or choose with --regions '{type: NAME}', or none for whole pictures",
                    failure);
        }
    }
}
