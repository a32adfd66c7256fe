package io.numclip.server;

import io.numclip.clip.pixels.CarefulReading;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.server.request.ImageRequest.SentImage;
import io.numclip.server.request.RefusedException;
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

    /** For each image that a request may have: a class of thirty in one picture is usual. */
    private static final int REGIONS_PER_IMAGE = 16;

    private final @Nullable RegionSearch search;
    private final int most;
    private final Duration patience;
    private final Semaphore turn = new Semaphore(1, true);

    /**
     * @param search null: whole pictures are predicted
     * @param most images that a request may have
     */
    FoundRegions(@Nullable RegionSearch search, int most, Duration patience) {
        this.search = search;
        this.most = REGIONS_PER_IMAGE * most;
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
        long until = System.nanoTime() + patience.toNanos();
        List<SentImage> images = new ArrayList<>();
        for (SentImage picture : pictures) {
            images.addAll(picture.region() == null ? regions(picture, search, until) : List.of(picture));
            if (images.size() > most) {
                throw new RefusedException(
                        413,
                        "too_many_images",
                        search.type() + " found more than " + most + " regions, " + REGIONS_PER_IMAGE
                                + " times the limit http.images",
                        "send fewer pictures at once, or name the regions to ask about");
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
        long until = System.nanoTime() + patience.toNanos();
        List<Object> regions = new ArrayList<>();
        for (Object image : images) {
            regions.add(
                    search != null && image instanceof byte[] content
                            ? one(content, regions.size(), search, until)
                            : image);
        }
        return regions;
    }

    private Object one(byte[] picture, int index, RegionSearch finder, long until) throws InterruptedException {
        String place = "/inputs/0/data/" + index;
        List<SentImage> found = regions(new SentImage(place, picture), finder, until);
        if (found.size() > 1) {
            throw new RefusedException(
                    422,
                    "several_regions",
                    place + ": " + finder.type() + " found " + found.size() + " regions in the picture",
                    "name one in an input 'region', or ask /v1/predict, which answers for each");
        }
        return found.get(0).image();
    }

    private List<SentImage> regions(SentImage picture, RegionSearch finder, long until) throws InterruptedException {
        if (!turn.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
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
