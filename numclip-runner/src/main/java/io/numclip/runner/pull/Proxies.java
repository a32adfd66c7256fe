package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the usual variables name: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in capitals or
 * not. Those of Java's own properties go before them.
 */
final class Proxies extends ProxySelector {

    private final ProxySelector ofJava = ProxySelector.getDefault();
    private final Optional<URI> forHttps;
    private final Optional<URI> forHttp;
    private final List<String> exceptions;

    Proxies(Surroundings surroundings) {
        this.forHttps = proxy(surroundings, "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
        this.forHttp = proxy(surroundings, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");
        this.exceptions = List.of(surroundings.variable("NO_PROXY", "no_proxy").split("[,\\s]+"));
    }

    /** The address may hold a password and is never shown. */
    private static Optional<URI> proxy(Surroundings surroundings, String... names) {
        String value = surroundings.variable(names);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Endpoint.address(value.contains("://") ? value : "http://" + value)
                .filter(address -> address.getScheme().equalsIgnoreCase("http"))
                .or(() -> {
                    throw new NumClipException(
                            Kind.CONFIGURATION,
                            names[0] + ": expected the address of an HTTP proxy, with a port of 65535 at most",
                            "write it as in " + names[0] + "=http://proxy.example.org:3128, or unset it");
                });
    }

    @Override
    public List<Proxy> select(URI address) {
        return of(address)
                .map(proxy -> new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()))
                .map(place -> List.of(new Proxy(Proxy.Type.HTTP, place)))
                .orElseGet(() -> ofJava.select(address));
    }

    /** The proxy that a variable names for an address; its user and password are its own business. */
    Optional<URI> of(URI address) {
        boolean leftToJava = System.getProperty(address.getScheme() + ".proxyHost") != null
                || Boolean.getBoolean("java.net.useSystemProxies");
        boolean direct = Stream.of(address.getHost(), Endpoint.host(address))
                .anyMatch(place -> exceptions.stream().anyMatch(name -> isBelow(place, name)));
        return leftToJava || direct ? Optional.empty() : address.getScheme().equals("https") ? forHttps : forHttp;
    }

    /** Whether a host is the one that an exception such as {@code .example.org} names, or below it. */
    private static boolean isBelow(String host, String exception) {
        String name = exception.replaceFirst("^\\*?\\.", "");
        return exception.equals("*")
                || host.equalsIgnoreCase(name)
                || (!name.isEmpty()
                        && ("." + host)
                                .regionMatches(true, host.length() - name.length(), "." + name, 0, name.length() + 1));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
}
