package io.numclip.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * What the file system says about a file, without reading it. It differs whenever the file was changed or replaced, even
 * by one of the same size and time: no program sets the time of the last change of the attributes. Where the file system
 * has no such time, the time of the last change of the content stands for it.
 *
 * @param path absolute
 * @param size in bytes
 * @param changed of the attributes, or of the content
 * @param key of the file itself, such as device and inode
 */
public record FileState(Path path, long size, FileTime modified, FileTime changed, String key) {

    public static FileState of(Path file) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        FileTime changed = unix ? (FileTime) Files.getAttribute(file, "unix:ctime") : basic.lastModifiedTime();
        String key = String.valueOf(basic.fileKey());
        return new FileState(file.toAbsolutePath(), basic.size(), basic.lastModifiedTime(), changed, key);
    }

    public boolean isOlderThan(Instant moment) {
        return modified.toInstant().isBefore(moment) && changed.toInstant().isBefore(moment);
    }
}
