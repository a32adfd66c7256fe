package io.numclip.server;

import io.numclip.server.request.RefusedException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers to what is no request at all, such as a header that is too long or an address that is ambiguous. */
final class JsonErrors extends ErrorHandler {

    private final ServerMetrics metrics;

    JsonErrors(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object known = request.getAttribute(Front.ID);
        String id = known == null ? "none" : known.toString();
        if (known == null) {
            metrics.answered("other", status, 0);
        }
        boolean inference = Front.isInferenceProtocol(request);
        byte[] body = status >= HttpStatus.INTERNAL_SERVER_ERROR_500 && status != HttpStatus.SERVICE_UNAVAILABLE_503
                ? ErrorAnswer.internal(id, inference)
                : ErrorAnswer.of(refusal(status), id, inference);
        response.getHeaders().put(Front.ID_HEADER, id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Json.TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static RefusedException refusal(int status) {
        @Nullable String known = HttpStatus.getMessage(status);
        return new RefusedException(
                status, "bad_request", known == null ? "not a request" : known, "see /openapi.json");
    }
}
