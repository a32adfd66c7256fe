package io.numclip.host.assembly;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.data.Split;
import io.numclip.host.config.Configured;
import io.numclip.image.ImageFile;
import io.numclip.spi.OrdinalTask;
import io.numclip.spi.RegionFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task in whose whole pictures the images are looked for: each has one region, to which its label belongs. A region that the
 * data names stays.
 */
final class TaskRegions implements OrdinalTask {

    private static final int SHOWN = 20;

    private final OrdinalTask task;
    private final Configured<RegionFinder.Factory<?>> finder;
    private final Map<Path, Region> known = new HashMap<>();
    private boolean searched;

    TaskRegions(OrdinalTask task, Configured<RegionFinder.Factory<?>> finder) {
        this.task = task;
        this.finder = finder;
    }

    @Override
    public LabelScale scale() {
        return task.scale();
    }

    @Override
    public List<LabeledImage> images(Split split) throws IOException {
        return cut(TaskImages.of(task, split, ""));
    }

    @Override
    public List<String> folds() throws IOException {
        return task.folds();
    }

    @Override
    public List<LabeledImage> images(Split split, String fold) throws IOException {
        return cut(TaskImages.of(task, split, fold));
    }

    @Override
    public double regionMargin() {
        return task.regionMargin();
    }

    private List<LabeledImage> cut(List<LabeledImage> images) throws IOException {
        search();
        return images.stream()
                .map(image -> image.source() instanceof ImageFile file && file.region() == null
                        ? cut(image, file.path())
                        : image)
                .toList();
    }

    private LabeledImage cut(LabeledImage image, Path file) {
        Region region = known.get(file);
        return region == null
                ? image // it cannot be read; whoever needs the pixels says why
                : new LabeledImage(
                        region.in(image.name()), new ImageFile(file, region), image.label(), image.attributes());
    }

    /** Looks at all pictures once, so that what is wrong is told at once. */
    private synchronized void search() throws IOException {
        if (searched) {
            return;
        }
        List<String> problems = new ArrayList<>();
        try (RegionSearch search = new RegionSearch(finder)) {
            for (LabeledImage image : TaskImages.all(task)) {
                problem(image, search).ifPresent(problem -> problems.add(image.name() + ": " + problem));
            }
        }
        if (!problems.isEmpty()) {
            String more = problems.size() > SHOWN ? "\n  and " + (problems.size() - SHOWN) + " more" : "";
            throw new NumClipException(
                    Kind.DATA,
                    "regions (" + finder.type() + ") expects one region in a picture:\n  "
                            + String.join("\n  ", problems.subList(0, Math.min(SHOWN, problems.size()))) + more,
                    "name the region of each of these in the list (left, top, width, height), take them out of it, or change"
                            + " the settings under 'regions'");
        }
        searched = true;
    }

    private Optional<String> problem(LabeledImage image, RegionSearch search) {
        if (!(image.source() instanceof ImageFile file)) {
            return Optional.of("is drawn, and regions are looked for in files");
        }
        if (file.region() != null || known.containsKey(file.path())) {
            return Optional.empty();
        }
        try {
            List<RegionFinder.Found> found = search.find(file.path());
            if (found.size() != 1) {
                return Optional.of((found.isEmpty() ? "no region" : found.size() + " regions") + " found");
            }
            known.put(file.path(), found.get(0).region());
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
