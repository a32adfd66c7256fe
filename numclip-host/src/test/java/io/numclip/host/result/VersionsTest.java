package io.numclip.host.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionsTest {

    @Test
    void theProgramHasTheVersionOfItsPom() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>numclip</artifactId>\n    <version>" + Versions.NUMCLIP + "</version>");
    }
}
