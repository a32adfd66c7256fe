package io.numclip.features;

import io.numclip.clip.Precision;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ImageEncoder;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.input.Budget;
import io.numclip.input.ImageBatches;
import io.numclip.input.ImageScan;
import io.numclip.model.BaseModel;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.CacheFolder;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.Leftovers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * The features that a frozen image tower computed, in files. An image is found by its fingerprint, without reading it,
 * or else by its content: in any list, in any run and after its file was moved, it is encoded only once for a tower and
 * a preprocessor. Safe for several processes at once: a file appears as a whole and never changes; two processes that
 * encode the same images at the same time both keep them. Everything read is checked: images whose features are damaged
 * are encoded anew.
 */
public final class FeatureCache {

    private static final String FORMAT = "numclip-features-5";
    private static final String ENDING = ".features";
    private static final String DAMAGED = "damaged|";
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,18})-[-0-9a-f]{36}\\" + ENDING);
    private static final int ROWS_PER_FILE = 1 << 16; // the most that an interruption loses
    private static final int FOUND_AT_ONCE = 1 << 14;
    private static final int ADDED_AT_ONCE = 1 << 14; // in memory: 33 MB where D is 512
    private static final int HASHED_AT_ONCE = 1 << 10; // while the system still has the files' bytes in memory

    /** Told what happens while images are encoded. */
    @FunctionalInterface
    public interface Listener extends ImageBatches.SkippedImages {

        /** The image tower has encoded {@code done} of {@code total} images. */
        default void imagesEncoded(int done, int total) {}

        /** A file of the cache is damaged; its images are encoded anew. */
        default void warning(String message) {
            LoggerFactory.getLogger(FeatureCache.class).warn(message);
        }
    }

    /** Text that identifies an image. */
    private interface Description {
        String of(ImageSource image) throws IOException;
    }

    private final Path directory;
    private final ClipPreprocessor preprocessor;
    private final Set<Path> opened = new HashSet<>();
    private final Set<Path> damaged = new HashSet<>();
    private final NavigableMap<Integer, FeatureSegment> segments = new ConcurrentSkipListMap<>(); // by their first row

    /** The cache of the current user. */
    public static FeatureCache of(BaseModel base, Precision precision, ClipPreprocessor preprocessor) {
        return new FeatureCache(CacheFolder.usual(), base.fingerprint() + "|" + precision, preprocessor);
    }

    /** @param modelFingerprint changes when the tower's weights or precision do */
    public FeatureCache(Path directory, String modelFingerprint, ClipPreprocessor preprocessor) {
        String key = new Fingerprint()
                .add(FORMAT)
                .add(modelFingerprint)
                .add(preprocessor.fingerprint())
                .hex();
        this.directory = directory.resolve("features-" + key);
        this.preprocessor = preprocessor;
    }

    public ClipPreprocessor preprocessor() {
        return preprocessor;
    }

    /**
     * Features of the images, from the cache or else computed in batches. An image that cannot be read has none; the
     * next run tries it again.
     *
     * @param encoder the one for which the cache was created, unchanged since it was loaded
     */
    public synchronized ImageFeatures features(
            ImageEncoder encoder, List<LabeledImage> images, int batchSize, Listener listener) throws IOException {
        Leftovers.clearOld(directory);
        openSegments(encoder.width(), listener);
        int[] rows = undamaged(() -> rowsOf(images), listener);
        Map<Integer, String> damage = knownDamage(images, rows);
        damage.forEach((image, words) -> listener.imageDamaged(images.get(image).name(), words));
        int[] absent =
                IntStream.range(0, images.size()).filter(i -> rows[i] < 0).toArray();
        Budget budget = Budget.of(encoder, batchSize, absent.length);
        try (ImageScan<float[]> scan =
                new ImageScan<>(images, preprocessor, budget, batch -> batch.encoded(encoder), listener)) {
            Encoding encoding = new Encoding(encoder.width(), images, scan, absent.length, listener, damage);
            for (int start = 0; start < absent.length; start += ROWS_PER_FILE) {
                int[] some = Arrays.copyOfRange(absent, start, Math.min(absent.length, start + ROWS_PER_FILE));
                encoding.write(some);
                openSegments(encoder.width(), listener);
                List<LabeledImage> written =
                        Arrays.stream(some).mapToObj(images::get).toList();
                int[] found = undamaged(() -> rowsOf(written), listener);
                IntStream.range(0, some.length).forEach(i -> rows[some[i]] = found[i]);
            }
        }
        return new ImageFeatures(encoder.width(), segments, damage, rows);
    }

    /** Damaged files are named once more, so that an image is not taken for a good one when it is not read again. */
    private Map<Integer, String> knownDamage(List<LabeledImage> images, int[] rows) {
        int[] damaged = find(keys(images, image -> DAMAGED + image.fingerprint()));
        Map<Integer, String> damage = new TreeMap<>();
        IntStream.range(0, rows.length)
                .filter(i -> rows[i] >= 0 && damaged[i] >= 0)
                .forEach(i -> damage.put(i, "its decoder said so when it was read for the cache of features"));
        return damage;
    }

    private static List<FeatureKey> keys(List<LabeledImage> images, Description description) {
        return images.parallelStream().map(image -> key(image, description)).toList();
    }

    /**
     * Features of an image that were computed elsewhere.
     *
     * @param contentHash as {@link ImageSource#contentHash} of the image
     * @param features D numbers, as the image tower gives them
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once, never compared
    public record Encoded(String contentHash, float[] features) {}

    /**
     * Keeps features that were computed elsewhere, with the same tower, precision and preprocessing. Images are found by
     * their content, wherever their files lie.
     */
    public synchronized void add(Iterator<Encoded> images, Listener listener) throws IOException {
        while (images.hasNext()) {
            List<Encoded> some = new ArrayList<>();
            while (some.size() < ADDED_AT_ONCE && images.hasNext()) {
                some.add(images.next());
            }
            int dimension = some.get(0).features().length;
            Files.createDirectories(directory);
            openSegments(dimension, listener);
            AtomicFile.write(next(), channel -> add(some, dimension, channel));
        }
    }

    private static void add(List<Encoded> images, int dimension, FileChannel channel) throws IOException {
        try (FeatureSegment.Writer writer = new FeatureSegment.Writer(channel, images.size(), dimension)) {
            for (int row = 0; row < images.size(); row++) {
                writer.name(row, FeatureKey.of(images.get(row).contentHash()));
                writer.write(row, images.get(row).features(), 0);
            }
        }
    }

    /** Searches until no row that is found is damaged. */
    private int[] undamaged(Supplier<int[]> search, Listener listener) {
        int[] rows = search.get();
        while (findsDamage(rows, listener)) {
            rows = search.get();
        }
        return rows;
    }

    private boolean findsDamage(int[] rows, Listener listener) {
        boolean any = false;
        for (Map.Entry<Integer, FeatureSegment> each : segments.entrySet()) {
            FeatureSegment segment = each.getValue();
            BitSet ofSegment = new BitSet();
            Arrays.stream(rows)
                    .map(row -> row - each.getKey())
                    .filter(row -> row >= 0 && row < segment.rowCount())
                    .forEach(ofSegment::set);
            if (segment.findsDamage(ofSegment)) {
                any = true;
                tell(segment.path(), "damaged rows; their images are encoded anew", listener);
            }
        }
        return any;
    }

    /** Once for each file. */
    private void tell(Path file, String what, Listener listener) {
        if (damaged.add(file)) {
            listener.warning(file + ": " + what);
        }
    }

    /** Finds the images by their fingerprints. */
    private int[] rowsOf(List<LabeledImage> images) {
        int[] rows = new int[images.size()];
        int pieces = (rows.length + FOUND_AT_ONCE - 1) / FOUND_AT_ONCE;
        IntStream.range(0, pieces).parallel().forEach(piece -> {
            int start = piece * FOUND_AT_ONCE;
            List<LabeledImage> some = images.subList(start, Math.min(rows.length, start + FOUND_AT_ONCE));
            int[] found = find(keys(some, ImageSource::fingerprint));
            System.arraycopy(found, 0, rows, start, found.length);
        });
        return rows;
    }

    /**
     * Later segments first: they replace damaged rows.
     *
     * @return the rows, numbered through all segments; -1 for a key that is in none
     */
    private int[] find(List<FeatureKey> keys) {
        int[] rows = new int[keys.size()];
        Arrays.fill(rows, -1);
        int[] ascending = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparing(keys::get))
                .mapToInt(Integer::intValue)
                .toArray();
        segments.descendingMap().forEach((firstRow, segment) -> {
            KeyTable.Search search = segment.search();
            for (int i : ascending) {
                int row = rows[i] < 0 ? search.find(keys.get(i)) : -1;
                rows[i] = row < 0 || segment.isDamaged(row) ? rows[i] : firstRow + row;
            }
        });
        return rows;
    }

    /** A file that is gone gets a key that no segment contains; that it cannot be read is reported later. */
    private static FeatureKey key(LabeledImage image, Description description) {
        try {
            return FeatureKey.of(description.of(image.source()));
        } catch (IOException e) {
            return FeatureKey.of("unreadable|" + image.name());
        }
    }

    /**
     * Opens the segments that any process has written since the last call, in this order: by the numbers in their names.
     * Their times do not count, as damage can change them.
     */
    private void openSegments(int dimension, Listener listener) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> found = new ArrayList<>();
        for (Path file : AtomicFolder.list(directory)) {
            if (file.toString().endsWith(ENDING) && opened.add(file)) {
                found.add(file);
            }
        }
        found.sort(Comparator.comparingLong(FeatureCache::number));
        for (Path file : found) {
            FeatureSegment segment = FeatureSegment.open(file, dimension);
            if (segment == null) {
                tell(file, "damaged; its images are encoded anew", listener);
                delete(file);
            } else {
                segments.put(rowCount(), segment);
            }
        }
    }

    /** A name for a segment that comes after all that have been opened. */
    private Path next() {
        long last = opened.stream().mapToLong(FeatureCache::number).max().orElse(0);
        return directory.resolve((last + 1) + "-" + UUID.randomUUID() + ENDING);
    }

    /** 0 for files of earlier versions, which have none. */
    private static long number(Path file) {
        Matcher name = NUMBERED.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    /** Where the cache cannot be changed, the file stays and is passed over. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return;
        }
    }

    /** Rows in all segments. */
    private int rowCount() {
        Map.Entry<Integer, FeatureSegment> last = segments.lastEntry();
        return last == null ? 0 : Math.addExact(last.getKey(), last.getValue().rowCount());
    }

    /** Writes images to new files; an image is named by its index among all that were asked for. */
    private final class Encoding {

        private final int dimension;
        private final List<LabeledImage> images;
        private final ImageScan<float[]> scan;
        private final int total;
        private final Listener listener;
        private final Map<Integer, String> damage;
        private int done;

        /**
         * @param dimension D
         * @param scan of all images, so that those that cannot be read are counted among all
         * @param total how many will be encoded, for the listener
         * @param damage gets what the decoder says is damaged, by image
         */
        Encoding(
                int dimension,
                List<LabeledImage> images,
                ImageScan<float[]> scan,
                int total,
                Listener listener,
                Map<Integer, String> damage) {
            this.dimension = dimension;
            this.images = images;
            this.scan = scan;
            this.total = total;
            this.listener = listener;
            this.damage = damage;
        }

        /** Writes a file with a row for each of these images, in ascending order. */
        void write(int... indices) throws IOException {
            Files.createDirectories(directory);
            AtomicFile.writeIf(next(), channel -> write(indices, channel));
        }

        /** @return whether any image could be read */
        private boolean write(int[] indices, FileChannel channel) throws IOException {
            try (FeatureSegment.Writer writer = new FeatureSegment.Writer(channel, indices.length, dimension)) {
                for (int start = 0; start < indices.length; start += HASHED_AT_ONCE) {
                    int end = Math.min(indices.length, start + HASHED_AT_ONCE);
                    encode(unknown(indices, start, end, writer), indices, writer);
                }
                return !writer.isEmpty();
            }
        }

        /**
         * Names the rows from {@code start} to {@code end}, and copies the features of those whose content is known
         * under another name.
         *
         * @return the other images
         */
        private int[] unknown(int[] indices, int start, int end, FeatureSegment.Writer writer) throws IOException {
            List<LabeledImage> some =
                    Arrays.stream(indices, start, end).mapToObj(images::get).toList();
            List<FeatureKey> contents = keys(some, ImageSource::contentHash);
            int[] rows = undamaged(() -> find(contents), listener);
            int[] damaged = find(keys(some, image -> DAMAGED + image.contentHash()));
            IntStream.range(0, rows.length).filter(i -> damaged[i] >= 0).forEach(i -> rows[i] = -1); // is read again
            ImageFeatures known = new ImageFeatures(dimension, segments, Map.of(), rows);
            float[] row = new float[dimension];
            for (int i = 0; i < some.size(); i++) {
                writer.name(start + i, key(some.get(i), ImageSource::fingerprint));
                if (known.isPresent(i)) {
                    known.copyTo(i, row, 0);
                    writer.write(start + i, row, 0);
                } else {
                    writer.name(start + i, contents.get(i));
                }
            }
            return IntStream.range(0, some.size())
                    .filter(i -> !known.isPresent(i))
                    .map(i -> indices[start + i])
                    .toArray();
        }

        private void encode(int[] order, int[] indices, FeatureSegment.Writer writer) throws IOException {
            scan.run(order, (image, features, words) -> {
                int row = Arrays.binarySearch(indices, image);
                if (words != null) {
                    damage.put(image, words);
                    writer.name(row, key(images.get(image), source -> DAMAGED + source.fingerprint()));
                    writer.name(row, key(images.get(image), source -> DAMAGED + source.contentHash()));
                }
                if (isFinite(features)) {
                    writer.write(row, features, 0);
                } else {
                    scan.leaveOut(image, "the image tower computed features that are not finite");
                }
                listener.imagesEncoded(++done, total);
            });
        }
    }

    private static boolean isFinite(float... features) {
        for (float each : features) {
            if (!Float.isFinite(each)) {
                return false;
            }
        }
        return true;
    }
}
