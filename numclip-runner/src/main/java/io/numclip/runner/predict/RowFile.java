package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.CannotCreateException;
import io.numclip.storage.Leftovers;
import io.numclip.storage.NamedFailure;
import java.io.BufferedWriter;
import java.io.File;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of {@code --out}. Rows go to {@code FILE.part}; {@code FILE.state} says how many bytes of it belong to images that
 * are done. {@code FILE} appears when it is complete. What is behind those bytes, such as half a row, is cut when the command
 * goes on.
 */
final class RowFile implements AutoCloseable {

    private final Path out;
    private final Map<String, String> settings;
    private final FileChannel channel;
    private final Writer writer;
    private final Tally.Count before;

    private RowFile(Path out, Map<String, String> settings, FileChannel channel, Tally.Count before) {
        this.out = out;
        this.settings = settings;
        this.channel = channel;
        this.before = before;
        this.writer = new BufferedWriter(
                Channels.newWriter(new NamedChannel(part(out), channel), StandardCharsets.UTF_8), 1 << 16);
    }

    /** Says which file cannot be written. */
    private record NamedChannel(Path file, FileChannel channel) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            return NamedFailure.of(file, () -> channel.write(source));
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    static Path part(Path out) {
        return out.resolveSibling(out.getFileName() + ".part");
    }

    /** The rows that are there and complete, if the settings are the same. */
    static Optional<OutputState> complete(Path out, Map<String, String> settings) throws IOException {
        if (Files.exists(part(out)) || !Files.exists(out)) {
            return Optional.empty();
        }
        OutputState state = ours(out, out);
        requireSame(out, state, settings);
        return Optional.of(state);
    }

    /**
     * Looks at the name before there is work that could be lost.
     *
     * @param read arguments that name images or lists of them
     * @throws NumClipException if it is that of a folder, of one of the arguments, or of a file that is not ours
     */
    static void refuseForeign(Path out, List<String> read) throws IOException {
        if (Files.isDirectory(out)) {
            throw new NumClipException(Kind.OUTPUT, out + ": expected a file, found a folder", "give another name");
        }
        if (!Files.exists(out)) {
            return;
        }
        for (String argument : read) {
            File named = new File(argument); // perhaps a pattern, which is no path everywhere
            if (named.exists() && Files.isSameFile(out, named.toPath())) {
                throw new NumClipException(
                        Kind.OUTPUT,
                        out + ": is read by this command and would be replaced",
                        "give another name for --out");
            }
        }
        ours(out, out);
    }

    /** @param file the output, or its part */
    private static OutputState ours(Path file, Path out) throws IOException {
        return OutputState.read(out)
                .orElseThrow(() -> new NumClipException(
                        Kind.OUTPUT,
                        file + ": there is such a file, and no " + OutputState.file(out)
                                + ", which says what is in a file of rows",
                        "give another name for --out, or delete the file if nobody needs it"));
    }

    /**
     * @param models how many
     * @param resume whether to go on where an earlier command ended, if one did
     */
    static RowFile open(Path out, boolean resume, Map<String, String> settings, int models) throws IOException {
        Path part = part(out);
        FileChannel channel = channel(out, part);
        try {
            Leftovers.clearOf(OutputState.file(out));
            if (channel.size() > 0 && !resume) {
                throw new NumClipException(
                        Kind.OUTPUT,
                        part + ": a command that did not come to its end has left this file",
                        "add --resume to go on, or delete it to begin anew");
            }
            Tally.Count before = Tally.Count.none(models);
            if (channel.size() > 0) {
                OutputState state = ours(part, out);
                requireSame(out, state, settings);
                before = cut(part, channel, state);
            } else {
                new OutputState(settings, 0, before)
                        .write(out); // before there is a row, so that it never tells of older ones
            }
            channel.position(channel.size());
            return new RowFile(out, settings, channel, before);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Cuts what does not belong to images that are done. */
    private static Tally.Count cut(Path part, FileChannel channel, OutputState state) throws IOException {
        if (channel.size() < state.bytes()) {
            throw new NumClipException(
                    Kind.DATA,
                    part + ": expected " + state.bytes() + " bytes or more, found " + channel.size(),
                    "delete it to begin anew");
        }
        NamedFailure.of(part, () -> channel.truncate(state.bytes()));
        return state.count();
    }

    private static FileChannel channel(Path out, Path part) throws IOException {
        FileChannel channel = CannotCreateException.unless(out, () -> {
            Files.createDirectories(out.toAbsolutePath().resolveSibling(""));
            return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        });
        if (!isLocked(channel)) {
            channel.close();
            throw new NumClipException(
                    Kind.BUSY, out + ": another command is writing it", "wait for its end, or give another name");
        }
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another thread of this program
        }
    }

    private static void requireSame(Path out, OutputState state, Map<String, String> settings) {
        List<String> changes = state.changesTo(settings);
        if (!changes.isEmpty()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    out + ": was started with other options:\n  " + String.join("\n  ", changes),
                    "give the command as it was, or another name for --out; without --resume it begins anew"
                            + (Files.exists(part(out)) ? " once " + part(out) + " is deleted" : ""));
        }
    }

    /** What was done before. */
    Tally.Count before() {
        return before;
    }

    /** Whether there is no row and no header. */
    boolean isEmpty() throws IOException {
        return channel.size() == 0;
    }

    /** The writer for rows; {@code flush} does not force them to disk. */
    Writer writer() {
        return new FilterWriter(writer) {
            @Override
            public void flush() {}
        };
    }

    /** Makes what is done safe from a loss of power. */
    void keep(Tally.Count count) throws IOException {
        writer.flush();
        NamedFailure.of(part(out), () -> {
            channel.force(false);
            return out;
        });
        new OutputState(settings, channel.position(), count).write(out);
    }

    /** Gives the file its name. */
    void finish(Tally.Count count) throws IOException {
        keep(count);
        AtomicFile.rename(part(out), out);
    }

    /** Leaves what is not complete, for a later command. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
