package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/**
 * What it means to the user that a request has failed.
 *
 * @param hasToken whether one was sent
 */
record Refusals(Endpoint endpoint, ModelName model, boolean hasToken) {

    private static final String KEPT = "; what has arrived is kept, and the same command goes on";

    /** @param what the model, or one of its files */
    NumClipException of(HttpResponse<?> answer, String what) {
        String code = answer.headers().firstValue("X-Error-Code").orElse("");
        String hub = Endpoint.host(answer.uri());
        int status = answer.statusCode();
        if (code.equals("RevisionNotFound")) {
            return new NumClipException(
                    Kind.MISSING,
                    hub + ": " + model.path() + " has no revision " + model.revision(),
                    "see " + endpoint.page(model) + " for its branches and tags, or leave the revision out");
        } else if (status == 404 || code.equals("RepoNotFound")) {
            return new NumClipException(Kind.MISSING, hub + ": no such " + what, missingFix());
        } else if (status == 401 || status == 403) {
            return new NumClipException(Kind.NOT_PERMITTED, hub + ": " + what + " is not for everybody", closedFix());
        } else if (status == 407) {
            return new NumClipException(
                    Kind.NOT_PERMITTED,
                    "the proxy on the way to " + hub + " wants a name and a password",
                    "write them as in HTTPS_PROXY=http://NAME:PASSWORD@proxy.example.org:3128");
        }
        return new NumClipException(
                Kind.UNAVAILABLE,
                hub + ": answers " + status + " when asked for the " + what,
                "try again later" + KEPT);
    }

    private String missingFix() {
        return hasToken
                ? "check the name at " + endpoint.page(model) + ", and that your token may read it"
                : "check the name at " + endpoint.page(model) + "; if the model is private, set HF_TOKEN";
    }

    private String closedFix() {
        String terms = "open " + endpoint.page(model) + " and accept the terms, if it asks for that";
        return hasToken
                ? terms + "; then check that the token in HF_TOKEN is valid and may read this model"
                : terms + "; then set HF_TOKEN to a token of your account";
    }

    NumClipException busy(HttpResponse<?> answer, long seconds) {
        return new NumClipException(
                Kind.BUSY,
                Endpoint.host(answer.uri()) + ": too many requests from here; it asks to wait " + seconds + " s",
                (hasToken ? "wait" : "wait, or set HF_TOKEN: accounts may ask more often") + KEPT);
    }

    /** The connection failed, or there is none. */
    NumClipException of(URI address, IOException failure) {
        String fix = "check the network and the proxy (HTTPS_PROXY)" + KEPT;
        if (is(failure, SSLException.class)) {
            fix = "if a proxy of your organization reads encrypted connections, name a key store with its certificate:"
                    + " JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE";
        }
        return new NumClipException(Kind.UNAVAILABLE, reason(address, failure), fix, failure);
    }

    static String reason(URI address, IOException failure) {
        String host = Endpoint.host(address) + ": ";
        if (isUnknownHost(failure)) {
            return host + "no such host is known, or there is no network";
        } else if (is(failure, SSLException.class)) {
            return host + "no encrypted connection (" + NumClipException.firstLine(failure) + ")";
        } else if (is(failure, HttpTimeoutException.class)) {
            return host + "no answer in time";
        } else if (is(failure, ConnectException.class)) {
            return host + "no connection";
        }
        return host + "no answer (" + NumClipException.firstLine(failure) + ")";
    }

    static boolean isUnknownHost(IOException failure) {
        return is(failure, UnknownHostException.class) || is(failure, UnresolvedAddressException.class);
    }

    private static boolean is(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
