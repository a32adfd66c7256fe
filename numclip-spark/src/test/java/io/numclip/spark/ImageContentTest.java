package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files on file systems of others. */
class ImageContentTest {

    private static final String OF_BROKEN_SCHEME = "fs.broken.impl";

    /** Fails in a way that its interface does not know. */
    public static final class BrokenFileSystem extends RawLocalFileSystem {

        @Override
        public FileStatus getFileStatus(Path path) {
            if (path.getName().equals("silent.png")) {
                throw new IllegalStateException();
            }
            throw new IllegalStateException("the driver of the store has no session");
        }
    }

    @BeforeAll
    static void nameTheFileSystem() {
        settings().setClass(OF_BROKEN_SCHEME, BrokenFileSystem.class, BrokenFileSystem.class);
    }

    @AfterAll
    static void forgetTheFileSystem() {
        settings().unset(OF_BROKEN_SCHEME);
    }

    /** Nobody answers at this address, and nobody is asked. */
    @Test
    void anAddressOfTheWebIsNeitherOpenedNorTheEndOfTheJob() {
        assertThat(ImageContent.of("http://127.0.0.1:1/y.png"))
                .isEqualTo(ImageContent.failed("its length is not known"));
    }

    @Test
    void aFileSystemThatFailsInItsOwnWayIsAFailedRow() {
        assertThat(ImageContent.of("broken:///faces/1.png").problem())
                .isEqualTo("the driver of the store has no session");
        assertThat(ImageContent.of("broken:///faces/silent.png").problem())
                .isEqualTo("java.lang.IllegalStateException");
    }

    private static Configuration settings() {
        return SparkHadoopUtil.get().conf();
    }
}
