package io.numclip.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a real folder, with a log of every operation that changes them; any operation can be made to fail, as on a
 * full disk.
 */
public final class LoggedFiles extends FileSystemProvider {

    /** What changed a file. */
    public enum Kind {
        CREATE,
        WRITE,
        TRUNCATE,
        FORCE,
        RENAME,
        LINK,
        DELETE,
        FOLDER
    }

    /**
     * An operation.
     *
     * @param other the new name of a rename or link
     * @param position of the bytes in the file
     */
    public record Operation(Kind kind, Path path, @Nullable Path other, long position, byte[] bytes) {}

    private final FileSystem files = new Files();
    private final FileSystemProvider real = Path.of("").getFileSystem().provider();
    private final List<Operation> log = new ArrayList<>();
    private final int failAt;
    private final String failure;

    /** All operations succeed. */
    public LoggedFiles() {
        this(-1, "");
    }

    /**
     * @param failAt which operation fails, and all writes after it; -1: none
     * @param failure the system's message
     */
    public LoggedFiles(int failAt, String failure) {
        this.failAt = failAt;
        this.failure = failure;
    }

    /** A folder of the real file system as one of this. */
    public Path path(Path folder) {
        return new Name(folder.toAbsolutePath());
    }

    public List<Operation> log() {
        return log;
    }

    private void log(Kind kind, Path path, @Nullable Path other, long position, byte... bytes) throws IOException {
        boolean takesSpace = kind == Kind.WRITE || kind == Kind.CREATE || kind == Kind.FOLDER || kind == Kind.FORCE;
        if (failAt >= 0 && (log.size() == failAt || log.size() > failAt && takesSpace)) {
            log.add(new Operation(kind, real(path), null, 0, new byte[0]));
            boolean isOpen = kind == Kind.WRITE || kind == Kind.TRUNCATE || kind == Kind.FORCE;
            throw isOpen
                    ? new IOException(failure)
                    : new FileSystemException(path.toString(), null, failure); // as Java's
        }
        log.add(new Operation(kind, real(path), other == null ? null : real(other), position, bytes));
    }

    private static Path real(Path path) {
        return path instanceof Name name ? name.real : path;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean creates =
                options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW);
        if (creates && (options.contains(StandardOpenOption.CREATE_NEW) || !java.nio.file.Files.exists(real(path)))) {
            log(Kind.CREATE, path, null, 0);
        } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            log(Kind.TRUNCATE, path, null, 0);
        }
        return new Channel(real.newFileChannel(real(path), options, attributes), path);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (!java.nio.file.Files.exists(real(folder))) {
            log(Kind.FOLDER, folder, null, 0);
        }
        real.createDirectory(real(folder), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        log(Kind.LINK, existing, link, 0);
        real.createLink(real(link), real(existing));
    }

    @Override
    public void delete(Path path) throws IOException {
        if (java.nio.file.Files.exists(real(path), LinkOption.NOFOLLOW_LINKS)) {
            log(Kind.DELETE, path, null, 0);
        }
        real.delete(real(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        log(Kind.RENAME, source, target, 0);
        real.move(real(source), real(target), options);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        log(Kind.CREATE, target, null, 0);
        log(Kind.WRITE, target, null, 0, java.nio.file.Files.readAllBytes(real(source)));
        real.copy(real(source), real(target), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream = real.newDirectoryStream(real(folder), entry -> filter.accept(new Name(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> entries = stream.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Path next() {
                        return new Name(entries.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return real.isSameFile(real(path), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        real.setAttribute(real(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "logged";
    }

    @Override
    public FileSystem newFileSystem(java.net.URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(java.net.URI uri) {
        return files;
    }

    @Override
    public Path getPath(java.net.URI uri) {
        throw new UnsupportedOperationException();
    }

    /** A path of the real file system that belongs to this one. */
    private final class Name implements Path {

        private final Path real;

        Name(Path real) {
            this.real = real;
        }

        private @Nullable Path name(@Nullable Path path) {
            return path == null ? null : new Name(path);
        }

        @Override
        public FileSystem getFileSystem() {
            return files;
        }

        @Override
        public boolean isAbsolute() {
            return real.isAbsolute();
        }

        @Override
        public @Nullable Path getRoot() {
            return name(real.getRoot());
        }

        @Override
        public @Nullable Path getFileName() {
            return name(real.getFileName());
        }

        @Override
        public @Nullable Path getParent() {
            return name(real.getParent());
        }

        @Override
        public int getNameCount() {
            return real.getNameCount();
        }

        @Override
        public Path getName(int index) {
            return new Name(real.getName(index));
        }

        @Override
        public Path subpath(int begin, int end) {
            return new Name(real.subpath(begin, end));
        }

        @Override
        public boolean startsWith(Path other) {
            return real.startsWith(real(other));
        }

        @Override
        public boolean endsWith(Path other) {
            return real.endsWith(real(other));
        }

        @Override
        public Path normalize() {
            return new Name(real.normalize());
        }

        @Override
        public Path resolve(Path other) {
            return new Name(real.resolve(real(other)));
        }

        @Override
        public Path relativize(Path other) {
            return new Name(real.relativize(real(other)));
        }

        @Override
        public java.net.URI toUri() {
            return real.toUri();
        }

        @Override
        public Path toAbsolutePath() {
            return new Name(real.toAbsolutePath());
        }

        @Override
        public Path toRealPath(LinkOption... options) throws IOException {
            return new Name(real.toRealPath(options));
        }

        @Override
        public java.nio.file.WatchKey register(
                WatchService watcher,
                java.nio.file.WatchEvent.Kind<?>[] events,
                java.nio.file.WatchEvent.Modifier... modifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Path other) {
            return real.compareTo(real(other));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name name && real.equals(name.real);
        }

        @Override
        public int hashCode() {
            return real.hashCode();
        }

        @Override
        public String toString() {
            return real.toString();
        }
    }

    private final class Files extends FileSystem {

        @Override
        public FileSystemProvider provider() {
            return LoggedFiles.this;
        }

        @Override
        public void close() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return "/";
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return List.of();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return List.of();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return Set.of("basic");
        }

        @Override
        public Path getPath(String first, String... more) {
            return new Name(Path.of(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String syntax) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }

    /** Logs what is written. */
    private final class Channel extends FileChannel {

        private final FileChannel channel;
        private final Path path;

        Channel(FileChannel channel, Path path) {
            this.channel = channel;
            this.path = path;
        }

        private byte[] copy(ByteBuffer source) {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            return bytes;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            log(Kind.WRITE, path, null, channel.position(), copy(source));
            return channel.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            log(Kind.WRITE, path, null, position, copy(source));
            return channel.write(source, position);
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            long written = 0;
            for (int i = offset; i < offset + length; i++) {
                written += write(sources[i]);
            }
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            log(Kind.TRUNCATE, path, null, size);
            channel.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            log(Kind.FORCE, path, null, 0);
            channel.force(metadata);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            return channel.read(targets, offset, length);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return channel.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count));
            while (bytes.hasRemaining() && source.read(bytes) >= 0) {
                continue;
            }
            return write(bytes.flip(), position);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return channel.map(mode, position, size);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return channel.lock(position, size, shared);
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }
}
