package io.numclip.server;

import io.numclip.server.request.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a refusal looks: our own form, or that of the Open Inference Protocol. */
final class ErrorAnswer {

    private ErrorAnswer() {}

    /** @param id of the request */
    static byte[] of(RefusedException refused, String id, boolean inferenceProtocol) {
        if (inferenceProtocol) {
            return Json.bytes(Map.of("error", refused.what() + "; " + refused.fix()));
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", refused.code());
        error.put("message", refused.what());
        error.put("fix", refused.fix());
        return withId(error, id);
    }

    /** For a failure of ours, which concerns nobody outside: what it was stands in the log, under the id. */
    static byte[] internal(String id, boolean inferenceProtocol) {
        return inferenceProtocol
                ? Json.bytes(Map.of("error", "internal error, request " + id))
                : withId(Map.of("code", "internal"), id);
    }

    private static byte[] withId(Map<String, Object> error, String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", error);
        json.put("requestId", id);
        return Json.bytes(json);
    }
}
