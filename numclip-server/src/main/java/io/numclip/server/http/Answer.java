package io.numclip.server.http;

import io.numclip.server.request.RefusedException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What goes back to a client. */
@SuppressWarnings("ArrayRecordComponent") // made once, sent once, never compared
public record Answer(int status, Map<String, String> headers, byte[] content) {

    public static Answer of(int status, String type, byte[] content) {
        return new Answer(status, Map.of("Content-Type", type, "Cache-Control", "no-store"), content);
    }

    public static Answer json(int status, Object value) {
        return of(status, Json.TYPE, Json.bytes(value));
    }

    /**
     * A refusal, in our own form or that of the Open Inference Protocol.
     *
     * @param id of the request
     */
    public static Answer of(RefusedException refused, String id, boolean inferenceProtocol) {
        Map<String, String> headers = new LinkedHashMap<>(refused.headers());
        headers.put("Content-Type", Json.TYPE);
        headers.put("Cache-Control", "no-store");
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", refused.code());
        error.put("message", refused.what());
        error.put("fix", refused.fix());
        byte[] content = inferenceProtocol
                ? Json.bytes(Map.of("error", refused.what() + "; " + refused.fix()))
                : withId(error, id);
        return new Answer(refused.status(), headers, content);
    }

    /** The answer to a failure of ours, which concerns nobody outside: what it was stands in the log, under the id. */
    public static Answer internal(int status, String id, boolean inferenceProtocol) {
        byte[] content = inferenceProtocol
                ? Json.bytes(Map.of("error", "internal error, request " + id))
                : withId(Map.of("code", "internal"), id);
        return of(status, Json.TYPE, content);
    }

    private static byte[] withId(Map<String, Object> error, String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", error);
        json.put("requestId", id);
        return Json.bytes(json);
    }

    public void send(Response response, Callback callback) {
        response.setStatus(status);
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
        response.write(true, ByteBuffer.wrap(content), callback);
    }
}
