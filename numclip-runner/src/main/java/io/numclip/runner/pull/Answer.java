package io.numclip.runner.pull;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What a server answers, after all redirects.
 *
 * @param from who gave it
 * @param first the headers of the first answer: the hub's own, which may have redirected to a storage
 */
record Answer(URI from, int status, HttpHeaders headers, HttpHeaders first, Body body) implements AutoCloseable {

    static final int OK = 200;
    static final int PARTIAL = 206;
    static final int RANGE_NOT_SATISFIABLE = 416;

    /** Host and port. */
    String host() {
        return Endpoint.host(from);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Of the hub; without quotes. */
    Optional<String> ofHub(String name) {
        return first.firstValue(name).map(value -> value.replaceFirst("^W/", "").replace("\"", ""));
    }

    @Override
    public void close() {
        body.close();
    }
}
