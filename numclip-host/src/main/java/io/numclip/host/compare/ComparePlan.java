package io.numclip.host.compare;

import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained.
 *
 * @param cells without the factors of the search
 * @param trials of the search
 * @param tasks shared with the trainings
 * @param folder of cells and tables
 * @param against title of the method that all are tested against; empty: the best
 * @param notes what is left out, a sentence each
 */
public record ComparePlan(
        List<Cell> cells, List<Cell> trials, Tasks tasks, Path folder, String against, List<String> notes) {

    /**
     * Whoever reads the same plan may train in the same folder.
     *
     * @param file null: options only
     * @param options as for {@link CompareReader#read}
     * @param out null: the folder that the file names
     */
    public static ComparePlan of(PluginCatalog catalog, @Nullable Path file, List<Setting> options, @Nullable Path out)
            throws IOException {
        CompareConfig compare = new CompareReader(catalog).read(file, options);
        Tasks tasks = new Tasks();
        Cells planned = new Cells(compare, new ExperimentReader(catalog), tasks);
        List<Cell> cells = planned.all();
        List<Cell> trials = planned.trials();
        Path folder = out == null ? Path.of(compare.out()) : out;
        return new ComparePlan(cells, trials, tasks, folder, compare.against(), planned.notes());
    }
}
