package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the usual variables name: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in capitals or
 * not. Proxies that Java's own properties name, such as {@code https.proxyHost}, go before them.
 */
final class Proxies extends ProxySelector {

    private static final List<Proxy> NONE = List.of(Proxy.NO_PROXY);

    private final ProxySelector ofJava;
    private final Optional<URI> forHttps;
    private final Optional<URI> forHttp;
    private final List<String> exceptions;

    Proxies(Surroundings surroundings) {
        this.ofJava = ProxySelector.getDefault();
        this.forHttps = proxy(surroundings, "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
        this.forHttp = proxy(surroundings, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");
        this.exceptions = Stream.of(
                        surroundings.variable("NO_PROXY", "no_proxy").split("[,\\s]+"))
                .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The address may hold a password and is never shown. */
    private static Optional<URI> proxy(Surroundings surroundings, String... names) {
        String value = surroundings.variable(names);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = URI.create(value.contains("://") ? value : "http://" + value);
            if (address.getHost() != null
                    && Endpoint.hasPort(address)
                    && address.getScheme().equalsIgnoreCase("http")) {
                return Optional.of(address);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(names[0]);
        }
        throw wrong(names[0]);
    }

    private static NumClipException wrong(String name) {
        return new NumClipException(
                Kind.CONFIGURATION,
                name + ": expected the address of an HTTP proxy, with a port of 65535 at most",
                "write it as in " + name + "=http://proxy.example.org:3128, or unset it");
    }

    @Override
    public List<Proxy> select(URI address) {
        if (isLeftToJava(address)) {
            return ofJava.select(address);
        }
        return forScheme(address)
                .filter(any -> !isException(address))
                .map(Proxies::at)
                .orElse(NONE);
    }

    private static boolean isLeftToJava(URI address) {
        String property = address.getScheme().toLowerCase(Locale.ROOT) + ".proxyHost";
        return System.getProperty(property) != null || Boolean.getBoolean("java.net.useSystemProxies");
    }

    private Optional<URI> forScheme(URI address) {
        return address.getScheme().equalsIgnoreCase("https") ? forHttps : forHttp;
    }

    private static List<Proxy> at(URI proxy) {
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port(proxy))));
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? 80 : proxy.getPort();
    }

    private boolean isException(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String withPort = Endpoint.host(address).toLowerCase(Locale.ROOT);
        return exceptions.stream()
                .anyMatch(name -> name.equals("*")
                        || host.equals(name)
                        || host.endsWith("." + name)
                        || withPort.equals(name)
                        || withPort.endsWith("." + name));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}

    /** What the proxy for an address is told about who asks: the user and the password of its own address. */
    Optional<String> authorization(URI address) {
        if (select(address).equals(NONE) || isLeftToJava(address)) {
            return Optional.empty();
        }
        return forScheme(address)
                .map(URI::getRawUserInfo)
                .filter(user -> user.contains(":"))
                .map(Proxies::decoded)
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
