package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the hub is.
 *
 * @param base without a slash at the end
 */
record Endpoint(URI base) {

    private static final String USUAL = "https://huggingface.co";

    /** The hub that {@code HF_ENDPOINT} names, or else Hugging Face's. Its value may hold a password and is not shown. */
    static Endpoint of(Surroundings surroundings) {
        String named = surroundings.variable("HF_ENDPOINT");
        return address((named.isEmpty() ? USUAL : named).replaceAll("/+$", ""))
                .filter(base ->
                        base.getRawUserInfo() == null && base.getRawQuery() == null && base.getFragment() == null)
                .map(Endpoint::new)
                .orElseThrow(() -> new NumClipException(
                        Kind.CONFIGURATION,
                        "HF_ENDPOINT: expected the address of a hub, without a user, a password or a '?' in it, with a"
                                + " port of 65535 at most",
                        "write it as in HF_ENDPOINT=https://hub.example.org, or unset it"));
    }

    /** An address on the web with a port that there is, or with none. */
    static Optional<URI> address(String text) {
        try {
            URI address = URI.create(text);
            boolean web = String.valueOf(address.getScheme()).matches("(?i)https?") && address.getHost() != null;
            boolean port = address.getPort() == -1 || (address.getPort() > 0 && address.getPort() <= 65_535);
            return web && port ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    URI list(ModelName model) {
        String revision = URLEncoder.encode(model.revision(), StandardCharsets.UTF_8);
        return URI.create(base + "/api/models/" + model.path() + "/revision/" + revision + "?blobs=true");
    }

    /** @param file a plain name, see {@link Listing} */
    URI file(ModelName model, String commit, String file) {
        return URI.create(base + "/" + model.path() + "/resolve/" + commit + "/" + file);
    }

    /** The model's page, for people. */
    String page(ModelName model) {
        return base + "/" + model.path();
    }

    String host() {
        return host(base);
    }

    /** Host and port, without a user. */
    static String host(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    /** Whether an address is on this very server; nobody else gets the token. */
    boolean owns(URI address) {
        return same(base.getScheme(), address.getScheme())
                && same(base.getHost(), address.getHost())
                && port(base) == port(address);
    }

    /** Whether nobody on the way can read what is sent. */
    boolean isPrivate() {
        String host = base.getHost();
        try {
            return same(base.getScheme(), "https")
                    || same(host, "localhost")
                    || (host.matches("[0-9.]+|\\[.*]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean same(String a, @Nullable String b) {
        return a.equalsIgnoreCase(Objects.requireNonNullElse(b, ""));
    }

    private static int port(URI address) {
        int usual = same("https", address.getScheme()) ? 443 : 80;
        return address.getPort() < 0 ? usual : address.getPort();
    }
}
