package io.numclip.host.follow;

import io.numclip.data.NumClipException;
import io.numclip.host.follow.RunEnd.Outcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Events for TensorBoard in the run folder: the figures of each epoch, and those of the test images at the best epoch. They are
 * added to a file as they come. A process that resumes a run writes a new file with all epochs, in place of the earlier ones, so
 * that every epoch is there once.
 */
public final class TensorBoardFile implements Follower {

    private static final String PREFIX = "events.out.tfevents.";
    private static final String SUFFIX = ".numclip";

    private final Path folder;
    private @Nullable Path file;
    private List<FollowedEpoch> epochs = List.of();
    private int written;

    public TensorBoardFile(Path runFolder) {
        this.folder = runFolder;
    }

    @Override
    public void reached(List<FollowedEpoch> all) throws IOException {
        epochs = all;
        write(new EventRecords());
    }

    @Override
    public void ended(RunEnd end) throws IOException {
        EventRecords figures = new EventRecords();
        if (end.outcome() == Outcome.FINISHED) {
            figures.numbers(Instant.now(), end.bestEpoch(), end.shown());
        }
        write(figures);
    }

    /** What is not in the file yet. After a failure its end may be torn; then the next try begins a new one. */
    private void write(EventRecords further) throws IOException {
        try {
            Path begun = file == null ? begin() : file;
            EventRecords records = new EventRecords();
            epochs.stream()
                    .skip(written)
                    .forEach(epoch ->
                            records.numbers(epoch.finished(), epoch.result().epoch(), epoch.figures()));
            records.addAll(further);
            Files.write(begun, records.bytes(), StandardOpenOption.APPEND);
            file = begun;
            written = epochs.size();
            clearEarlier(begun);
        } catch (IOException failure) {
            file = null;
            written = 0;
            throw new IOException(
                    "TensorBoard does not see all of this training: its events cannot be written ("
                            + NumClipException.firstLine(failure) + ")",
                    failure);
        }
    }

    private Path begin() throws IOException {
        List<Path> earlier = files();
        Instant now = Instant.now();
        long number = now.getEpochSecond();
        while (earlier.contains(named(number))) {
            number++; // files are read in the order of their names
        }
        Path begun = named(number);
        Files.write(begun, new EventRecords().version(now).start(now, 1).bytes(), StandardOpenOption.CREATE_NEW);
        return begun;
    }

    /** They go when the new file is whole. */
    private void clearEarlier(Path begun) throws IOException {
        for (Path other : files()) {
            if (!other.equals(begun)) {
                Files.delete(other);
            }
        }
    }

    private Path named(long number) {
        return folder.resolve(PREFIX + String.format(Locale.ROOT, "%010d", number) + SUFFIX);
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        return files;
    }
}
