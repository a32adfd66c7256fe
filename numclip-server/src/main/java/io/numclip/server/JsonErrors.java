package io.numclip.server;

import io.numclip.server.http.Answer;
import io.numclip.server.request.RefusedException;
import io.numclip.storage.Limit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers to what is no request at all, such as a header that is too long or an address that is ambiguous. Of those Jetty
 * hands on no header, so the id that the client sent is not known.
 */
final class JsonErrors extends ErrorHandler {

    private final ServerMetrics metrics;

    JsonErrors(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (response.getStatus() == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            response.setStatus(HttpStatus.UPGRADE_REQUIRED_426); // one for all versions that are not spoken
        }
        int status = response.getStatus();
        Object known = request.getAttribute(Front.ID);
        String id = known == null ? "none" : known.toString();
        if (known == null) {
            metrics.answered("other", status, 0);
        }
        boolean inference = Front.isInferenceProtocol(request);
        Answer answer = status >= HttpStatus.INTERNAL_SERVER_ERROR_500 && status != HttpStatus.SERVICE_UNAVAILABLE_503
                ? Answer.internal(status, id, inference)
                : Answer.of(refusal(status, String.valueOf(request.getAttribute(ERROR_MESSAGE))), id, inference);
        response.getHeaders().put(Front.ID_HEADER, id);
        answer.send(response, callback);
        return true;
    }

    private static RefusedException refusal(int status, String said) {
        return new RefusedException(status, "bad_request", what(status, said), "see /openapi.json");
    }

    /**
     * In our own words: those of Jetty would tell which server this is.
     *
     * @param said by Jetty about the request
     */
    private static String what(int status, String said) {
        return switch (status) {
            case HttpStatus.BAD_REQUEST_400 ->
                said.contains("URI")
                        ? "the address has an empty part, dots, or an encoded character that is not taken"
                        : "the request line or a header is malformed";
            case HttpStatus.URI_TOO_LONG_414 -> "the address is longer than the limit " + Limit.HTTP_HEADER_BYTES.key();
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "the header is longer than the limit " + Limit.HTTP_HEADER_BYTES.key();
            case HttpStatus.EXPECTATION_FAILED_417 -> "the header Expect asks for something else than 100-continue";
            case HttpStatus.UPGRADE_REQUIRED_426 -> "this server speaks HTTP/1.1";
            default -> String.valueOf(HttpStatus.getMessage(status));
        };
    }
}
