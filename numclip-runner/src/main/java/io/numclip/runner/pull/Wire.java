package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.run.Versions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends requests. Redirects are followed here, so that the token goes to the hub alone. */
final class Wire {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 10;

    /** Java would not tell a proxy a password for an encrypted connection; it reads this before its first request. */
    private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private final HttpClient client;
    private final Surroundings surroundings;
    private final Proxies proxies;
    private final Endpoint endpoint;
    private final Optional<Token> token;

    Wire(Surroundings surroundings, Endpoint endpoint, Optional<Token> token) {
        if (System.getProperty(TUNNELS) == null) {
            System.setProperty(TUNNELS, "");
        }
        this.surroundings = surroundings;
        this.endpoint = endpoint;
        this.token = token;
        this.proxies = new Proxies(surroundings);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(surroundings.silence())
                .proxy(proxies)
                .build();
    }

    /** @throws IOException if no answer has come */
    Answer get(URI address, Map<String, String> headers) throws IOException, InterruptedException {
        URI place = address;
        HttpHeaders first = null;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<@Nullable Body> response = send(place, headers);
            first = first == null ? response.headers() : first;
            if (!REDIRECTS.contains(response.statusCode())) {
                return new Answer(place, response.statusCode(), response.headers(), first, body(response));
            }
            body(response).close();
            place = target(place, response.headers().firstValue("Location").orElse(null));
        }
        throw new NumClipException(
                Kind.UNAVAILABLE,
                Endpoint.host(address) + ": redirects in a circle; " + MOST_REDIRECTS + " were followed",
                "try again later; if HF_ENDPOINT names a mirror, try another one");
    }

    private HttpResponse<@Nullable Body> send(URI place, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(place)
                .timeout(surroundings.silence())
                .header("User-Agent", "numclip/" + Versions.NUMCLIP)
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        proxies.authorization(place).ifPresent(secret -> request.header("Proxy-Authorization", secret));
        if (endpoint.owns(place)) {
            token.ifPresent(secret -> request.header("Authorization", secret.header()));
        }
        return client.send(request.build(), answer -> new Body(surroundings.silence()));
    }

    /** Java has none where a proxy refuses an encrypted connection. */
    private Body body(HttpResponse<@Nullable Body> response) {
        Body body = response.body();
        if (body != null) {
            return body;
        }
        Body none = new Body(surroundings.silence());
        none.onComplete();
        return none;
    }

    /** Where a redirect leads. Its address may be a key to a storage and is not shown. */
    static URI target(URI from, @Nullable String location) {
        URI target;
        try {
            target = from.resolve(location == null ? "://" : location);
        } catch (IllegalArgumentException e) {
            throw nowhere(from);
        }
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        if (target.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw nowhere(from);
        }
        if (scheme.equals("http") && from.getScheme().equalsIgnoreCase("https")) {
            throw new NumClipException(
                    Kind.NOT_PERMITTED,
                    Endpoint.host(from) + ": redirects to " + Endpoint.host(target)
                            + " without encryption, which is not followed",
                    "if HF_ENDPOINT names a mirror, try another one");
        }
        return target;
    }

    private static NumClipException nowhere(URI from) {
        return new NumClipException(
                Kind.DATA,
                Endpoint.host(from) + ": redirects to something that is no address on the web",
                "try again later; if HF_ENDPOINT names a mirror, try another one");
    }
}
