package io.numclip.server.request;

import java.util.Map;

/**
 * A request that is not answered with predictions, and why: what the client is told.
 *
 * <p>Without a stack trace, because refusals are many under load.
 */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String fix;
    private final transient Map<String, String> headers;

    /**
     * @param status of HTTP
     * @param code one word for programs, such as {@code too_large}
     * @param message what is wrong, and where
     * @param fix what to do about it
     */
    public RefusedException(int status, String code, String message, String fix) {
        this(status, code, message, fix, Map.of());
    }

    /** @param headers further ones of the answer */
    public RefusedException(int status, String code, String message, String fix, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.fix = fix;
        this.headers = Map.copyOf(headers);
    }

    /** 400: the request cannot be understood. */
    static RefusedException malformed(String message, String fix) {
        return new RefusedException(400, "bad_request", message, fix);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String fix() {
        return fix;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
