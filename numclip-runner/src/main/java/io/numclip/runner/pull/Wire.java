package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.result.Versions;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    private final Optional<String> token;

    /** @param token for the endpoint alone */
    Wire(Surroundings surroundings, Endpoint endpoint, Optional<String> token) {
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

    /** @return without a body where a proxy refuses an encrypted connection */
    HttpResponse<@Nullable AnswerBody> get(URI address, Map<String, String> headers)
            throws IOException, InterruptedException {
        URI place = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<@Nullable AnswerBody> answer = send(place, headers);
            AnswerBody body = answer.body();
            if (body == null || !REDIRECTS.contains(answer.statusCode())) {
                return answer;
            }
            body.close();
            place = target(place, answer.headers().firstValue("Location").orElse("://"));
        }
        throw new NumClipException(
                Kind.UNAVAILABLE,
                Endpoint.host(address) + ": redirects in a circle; " + MOST_REDIRECTS + " were followed",
                "try again later; if HF_ENDPOINT names a mirror, try another one");
    }

    private HttpResponse<@Nullable AnswerBody> send(URI place, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(place)
                .timeout(surroundings.silence())
                .header("User-Agent", "numclip/" + Versions.NUMCLIP)
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        proxies.of(place)
                .map(URI::getRawUserInfo)
                .filter(user -> user.contains(":"))
                .ifPresent(user -> request.header("Proxy-Authorization", basic(user)));
        if (endpoint.owns(place)) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
        return client.send(request.build(), answer -> new AnswerBody(surroundings.silence()));
    }

    private static String basic(String user) {
        byte[] decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(decoded);
    }

    /** The address that a redirect leads to. It may be a key to a storage and is not shown. */
    static URI target(URI from, String location) {
        URI target = resolved(from, location)
                .orElseThrow(() -> new NumClipException(
                        Kind.DATA,
                        Endpoint.host(from) + ": redirects to something that is no address on the web",
                        "try again later; if HF_ENDPOINT names a mirror, try another one"));
        if (target.getScheme().equalsIgnoreCase("http") && from.getScheme().equalsIgnoreCase("https")) {
            throw new NumClipException(
                    Kind.NOT_PERMITTED,
                    Endpoint.host(from) + ": redirects to " + Endpoint.host(target)
                            + " without encryption, which is not followed",
                    "if HF_ENDPOINT names a mirror, try another one");
        }
        return target;
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            return Endpoint.address(from.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
