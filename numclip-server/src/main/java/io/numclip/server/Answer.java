package io.numclip.server;

import io.numclip.server.request.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to a client. */
@SuppressWarnings("ArrayRecordComponent") // made once, sent once, never compared
record Answer(int status, Map<String, String> headers, byte[] content) {

    static Answer of(int status, String type, byte[] content) {
        return new Answer(status, Map.of("Content-Type", type, "Cache-Control", "no-store"), content);
    }

    static Answer json(int status, Object value) {
        return of(status, Json.TYPE, Json.bytes(value));
    }

    /**
     * @param id of the request
     * @param inferenceProtocol whether the refusal has the form of the Open Inference Protocol
     */
    static Answer of(RefusedException refused, String id, boolean inferenceProtocol) {
        Map<String, String> headers = new LinkedHashMap<>(refused.headers());
        headers.put("Content-Type", Json.TYPE);
        headers.put("Cache-Control", "no-store");
        return new Answer(refused.status(), headers, ErrorAnswer.of(refused, id, inferenceProtocol));
    }
}
