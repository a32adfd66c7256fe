package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {

    private static Proxies of(Map<String, String> environment) {
        return new Proxies(new Surroundings(environment, time -> {}, folder -> 0, Duration.ofSeconds(1)));
    }

    private static String proxy(Proxies proxies, String address) {
        Proxy proxy = proxies.select(URI.create(address)).get(0);
        return proxy.address() instanceof InetSocketAddress place ? place.getHostString() + ":" + place.getPort() : "";
    }

    @Test
    void eachSchemeHasItsOwn() {
        Proxies proxies = of(Map.of("HTTPS_PROXY", "http://127.0.0.2:3128", "http_proxy", "127.0.0.3:8080"));
        assertThat(proxy(proxies, "https://hub.invalid/x")).isEqualTo("127.0.0.2:3128");
        assertThat(proxy(proxies, "http://hub.invalid/x")).isEqualTo("127.0.0.3:8080");
        assertThat(proxy(of(Map.of()), "https://hub.invalid/x")).isEmpty();
    }

    @Test
    void someHostsAreReachedWithoutOne() {
        Proxies proxies = of(Map.of(
                "HTTPS_PROXY", "http://me:secret@127.0.0.2:3128", "NO_PROXY", "a.invalid, .b.invalid,c.invalid:8443"));
        assertThat(proxy(proxies, "https://a.invalid/x")).isEmpty();
        assertThat(proxy(proxies, "https://hub.a.invalid/x")).isEmpty();
        assertThat(proxy(proxies, "https://hub.b.invalid/x")).isEmpty();
        assertThat(proxy(proxies, "https://c.invalid:8443/x")).isEmpty();
        assertThat(proxy(proxies, "https://c.invalid/x")).isNotEmpty();
        assertThat(proxy(proxies, "https://nota.invalid/x")).isNotEmpty();
        assertThat(proxy(of(Map.of("ALL_PROXY", "127.0.0.2:1", "no_proxy", "*")), "https://d.invalid/x"))
                .isEmpty();
    }

    @Test
    void thoseOfJavaGoFirst() {
        System.setProperty("https.proxyHost", "127.0.0.9");
        System.setProperty("https.proxyPort", "99");
        try {
            Proxies proxies = of(Map.of("HTTPS_PROXY", "http://me:secret@127.0.0.2:3128"));
            assertThat(proxy(proxies, "https://hub.invalid/x")).isEqualTo("127.0.0.9:99");
            assertThat(proxies.of(URI.create("https://hub.invalid/x"))).isEmpty();
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
    }
}
