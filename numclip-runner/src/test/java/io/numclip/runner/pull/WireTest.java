package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.net.URI;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final URI HUB = URI.create("https://hub.invalid/owner/clip/resolve/main/config.json");

    @Test
    void redirectsMayBeRelative() {
        assertThat(Wire.target(HUB, "/new/clip")).isEqualTo(URI.create("https://hub.invalid/new/clip"));
        assertThat(Wire.target(HUB, "https://storage.invalid/x?key=1").getHost())
                .isEqualTo("storage.invalid");
    }

    @Test
    void encryptionIsNotGivenUp() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> Wire.target(HUB, "http://storage.invalid/x?key=canary"))
                .withMessageContaining("hub.invalid: redirects to storage.invalid without encryption")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_PERMITTED))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @Test
    void theTokenBelongsToOneServer() {
        Endpoint endpoint = new Endpoint(URI.create("https://hub.invalid"));
        assertThat(endpoint.owns(URI.create("https://HUB.invalid:443/x"))).isTrue();
        assertThat(endpoint.owns(URI.create("http://hub.invalid/x"))).isFalse();
        assertThat(endpoint.owns(URI.create("https://hub.invalid:8443/x"))).isFalse();
        assertThat(endpoint.owns(URI.create("https://cdn.hub.invalid/x"))).isFalse();
        assertThat(endpoint.isPrivate()).isTrue();
        assertThat(new Endpoint(URI.create("http://hub.invalid")).isPrivate()).isFalse();
        assertThat(new Endpoint(URI.create("http://127.0.0.1:8080")).isPrivate())
                .isTrue();
    }
}
