package io.numclip.runner.inputs;

import io.numclip.clip.pixels.CarefulReading;
import io.numclip.data.ImageRegion;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.spi.RegionFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;

/** The regions that are found in pictures, each as if a list had named it. A region that a list names stays. */
public record FoundImages(Inputs.Images images, RegionSearch search, Queue<InputImage> found) implements Inputs.Images {

    /** The column that says how sure the finder is. */
    public static final String CONFIDENCE = "confidence";

    public FoundImages(Inputs.Images images, RegionSearch search) {
        this(images, search, new ArrayDeque<>());
    }

    @Override
    public boolean hasNext() {
        if (found.isEmpty() && images.hasNext()) {
            found.addAll(regions(images.next()));
        }
        return !found.isEmpty();
    }

    @Override
    public InputImage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return found.remove();
    }

    private List<InputImage> regions(InputImage picture) {
        if (picture.problem() != null || picture.region() != null || !Files.exists(picture.file())) {
            return List.of(picture);
        }
        try {
            List<RegionFinder.Found> regions = search.find(picture.file());
            return regions.isEmpty()
                    ? List.of(without(picture, search.type() + " found no region in the picture"))
                    : regions.stream().map(region -> image(picture, region)).toList();
        } catch (IOException unreadable) {
            return List.of(without(picture, CarefulReading.describe(unreadable)));
        }
    }

    private static InputImage without(InputImage picture, String problem) {
        return new InputImage(picture.name(), picture.file(), picture.columns(), problem);
    }

    private static InputImage image(InputImage picture, RegionFinder.Found region) {
        Map<String, Object> columns = new LinkedHashMap<>(picture.columns());
        columns.putAll(region.region().fields());
        columns.put(CONFIDENCE, region.confidence());
        ImageRegion image = new ImageRegion(picture.file(), region.region());
        return new InputImage(picture.name(), picture.file(), columns, null, image);
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
