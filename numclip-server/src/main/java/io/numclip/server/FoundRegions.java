package io.numclip.server;

import io.numclip.clip.pixels.CarefulReading;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.server.request.ImageRequest.SentImage;
import io.numclip.server.request.RefusedException;
import io.numclip.server.request.RequestReader;
import io.numclip.spi.RegionFinder.Found;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The regions of pictures of which a request names none. A finder looks at one picture at a time. */
final class FoundRegions {

    private final @Nullable RegionSearch search;
    private final int most;
    private final Duration patience;
    private final Semaphore turn = new Semaphore(1, true);

    /**
     * @param search null: whole pictures are predicted
     * @param most regions and whole pictures of a request
     */
    FoundRegions(@Nullable RegionSearch search, int most, Duration patience) {
        this.search = search;
        this.most = most;
        this.patience = patience;
    }

    /** The name of the finder; null: whole pictures are predicted. */
    @Nullable
    String finder() {
        return search == null ? null : search.type();
    }

    /**
     * @return for each picture without a region those that are found in it, or one that says why there is none
     * @throws RefusedException 413 if there are more than are taken, 504 if it takes too long
     */
    List<SentImage> in(List<SentImage> pictures) throws InterruptedException {
        if (search == null) {
            return pictures;
        }
        List<SentImage> images = new ArrayList<>();
        for (SentImage picture : pictures) {
            images.addAll(picture.region() == null ? regions(picture, search) : List.of(picture));
            if (images.size() > most) {
                throw RequestReader.tooMany(most);
            }
        }
        return images;
    }

    /**
     * For answers that have one place for each image.
     *
     * @param images as a model takes them
     * @return the region that is found in each, where it is none
     * @throws RefusedException 422 if several are found in one; 504
     */
    List<Object> oneIn(List<Object> images) throws InterruptedException {
        List<Object> regions = new ArrayList<>();
        for (Object image : images) {
            regions.add(
                    search != null && image instanceof byte[] content ? one(content, regions.size(), search) : image);
        }
        return regions;
    }

    private Object one(byte[] picture, int index, RegionSearch finder) throws InterruptedException {
        String place = "/inputs/0/data/" + index;
        List<SentImage> found = regions(new SentImage(place, picture), finder);
        if (found.size() > 1) {
            throw new RefusedException(
                    422,
                    "several_regions",
                    place + ": " + finder.type() + " found " + found.size() + " regions in the picture",
                    "name one in an input 'region', or ask /v1/predict, which answers for each");
        }
        return found.get(0).image();
    }

    private List<SentImage> regions(SentImage picture, RegionSearch finder) throws InterruptedException {
        if (!turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw Answering.tooLong(patience);
        }
        try {
            List<Found> found = finder.find(picture.content());
            return found.isEmpty()
                    ? List.of(picture.without(
                            finder.type() + " found no region in the picture; give the region to ask about"))
                    : found.stream()
                            .map(each -> picture.found(each.region(), each.confidence()))
                            .toList();
        } catch (IOException unreadable) {
            return List.of(picture.without(CarefulReading.describe(unreadable)));
        } finally {
            turn.release();
        }
    }
}
