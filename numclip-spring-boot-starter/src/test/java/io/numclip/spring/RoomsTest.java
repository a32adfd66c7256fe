package io.numclip.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.rooms.Rooms;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RoomsTest {

    @Test
    void nothingIsTooLarge() throws IOException {
        assertThat(Rooms.in(Path.of("")).tooLarge()).isEmpty();
    }
}
