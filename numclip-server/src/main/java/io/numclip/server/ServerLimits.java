package io.numclip.server;

import io.numclip.storage.Limit;
import java.time.Duration;

/**
 * What a server takes at most.
 *
 * @param bodyBytes of a request
 * @param headerBytes of a request
 * @param images of a request
 * @param depth levels of JSON
 * @param connections at once
 * @param idle how long a client may send nothing
 * @param request from the last byte of a request to its answer
 * @param drain how long accepted requests have after the server was told to stop
 */
record ServerLimits(
        int bodyBytes,
        int headerBytes,
        int images,
        int depth,
        int connections,
        Duration idle,
        Duration request,
        Duration drain) {

    /** The limits that {@code numclip config limits} lists. */
    static ServerLimits ofProcess() {
        return new ServerLimits(
                Limit.HTTP_BODY_BYTES.intValue(),
                Limit.HTTP_HEADER_BYTES.intValue(),
                Limit.HTTP_IMAGES.intValue(),
                Limit.JSON_DEPTH.intValue(),
                Limit.HTTP_CONNECTIONS.intValue(),
                Duration.ofSeconds(Limit.HTTP_IDLE_SECONDS.intValue()),
                Duration.ofSeconds(Limit.HTTP_REQUEST_SECONDS.intValue()),
                Duration.ofSeconds(Limit.HTTP_DRAIN_SECONDS.intValue()));
    }

    /** The same with shorter bodies, where there is not the memory for them. */
    ServerLimits withBodiesUpTo(int bytes) {
        return new ServerLimits(
                Math.min(bodyBytes, bytes), headerBytes, images, depth, connections, idle, request, drain);
    }
}
