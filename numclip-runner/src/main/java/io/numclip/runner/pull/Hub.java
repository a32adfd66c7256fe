package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hub, asked patiently: again after growing waits, until too many attempts in a row have brought nothing. */
final class Hub {

    static final int OK = 200;
    static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final int MOST_ATTEMPTS = 5;
    private static final long USUAL_DELAY = 60;
    private static final long LONGEST_DELAY = 600;

    /** What is asked for, and what is done with it. */
    @FunctionalInterface
    interface Question<T> {
        T read(HttpResponse<?> answer, AnswerBody body) throws IOException, InterruptedException;

        default Map<String, String> headers() throws IOException {
            return Map.of();
        }

        /** Whether the last attempt has brought something; then failures before it do not count any more. */
        default boolean hasProgress() throws IOException {
            return false;
        }
    }

    private final Wire wire;
    private final Endpoint endpoint;
    private final ModelName model;
    private final Refusals refusals;
    private final Surroundings surroundings;
    private final Consumer<String> notice;
    private boolean answered;

    /** @param notice is told of every further attempt */
    Hub(Surroundings surroundings, Endpoint endpoint, ModelName model, Consumer<String> notice) throws IOException {
        Optional<String> token = surroundings.token();
        if (token.isPresent() && !endpoint.isPrivate()) {
            notice.accept("the token is not sent: " + endpoint.base() + " is not encrypted");
            token = Optional.empty();
        }
        this.wire = new Wire(surroundings, endpoint, token);
        this.endpoint = endpoint;
        this.model = model;
        this.refusals = new Refusals(endpoint, model, token.isPresent());
        this.surroundings = surroundings;
        this.notice = notice;
    }

    /** The files of a revision. */
    Listing list(String revision) throws IOException, InterruptedException {
        ModelName asked = model.at(revision);
        return ask(endpoint.list(asked), "model " + asked, (answer, body) -> {
            String host = Endpoint.host(answer.uri());
            return Listing.parse(host, content(host, body));
        });
    }

    private static byte[] content(String host, AnswerBody body) throws IOException, InterruptedException {
        Limit limit = Limit.PULL_LISTING_BYTES;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        WritableByteChannel into = Channels.newChannel(content);
        for (List<ByteBuffer> piece = body.next(); !piece.isEmpty(); piece = body.next()) {
            for (ByteBuffer bytes : piece) {
                into.write(bytes);
            }
            if (content.size() > limit.value()) {
                throw new NumClipException(
                        Kind.DATA,
                        host + ": " + limit.exceededBy("a longer list of files"),
                        "allow more with --limit, if you trust this hub");
            }
        }
        return content.toByteArray();
    }

    /** A file of a commit. */
    <T> T file(String commit, String name, Question<T> question) throws IOException, InterruptedException {
        return ask(endpoint.file(model, commit, name), "file " + name + " of " + model, question);
    }

    /** Asks until an answer has been read to its end, or too often. Failures that are not the network's end it at once. */
    private <T> T ask(URI address, String what, Question<T> question) throws IOException, InterruptedException {
        int failures = 0;
        int delays = 0;
        while (true) {
            try {
                return attempt(address, what, question);
            } catch (AgainException again) {
                failures = question.hasProgress() ? 0 : failures;
                boolean tooOften = again.asked > 0 ? delays == MOST_ATTEMPTS : failures == MOST_ATTEMPTS;
                if (tooOften || again.asked > LONGEST_DELAY) {
                    throw again.end;
                }
                long seconds = again.asked > 0 ? again.asked : 1L << failures;
                delays += again.asked > 0 ? 1 : 0;
                failures += again.asked > 0 ? 0 : 1;
                notice.accept(again.getMessage() + "; trying again in " + seconds + " s");
                surroundings.pause().last(Duration.ofSeconds(seconds));
            }
        }
    }

    private <T> T attempt(URI address, String what, Question<T> question)
            throws IOException, InterruptedException, AgainException {
        HttpResponse<@Nullable AnswerBody> answer = send(address, question.headers());
        answered = true;
        try (AnswerBody body = answer.body()) {
            if (body != null && isContent(answer.statusCode())) {
                return question.read(answer, body);
            }
        } catch (AnswerBody.CutException cut) {
            throw new AgainException(what + ": " + NumClipException.firstLine(cut), 0, refusals.of(address, cut));
        }
        throw refused(answer, what);
    }

    private HttpResponse<@Nullable AnswerBody> send(URI address, Map<String, String> headers)
            throws InterruptedException, AgainException {
        try {
            return wire.get(address, headers);
        } catch (IOException failure) {
            if (!answered && Refusals.isUnknownHost(failure)) {
                throw refusals.of(address, failure); // waiting would not help
            }
            throw new AgainException(Refusals.reason(address, failure), 0, refusals.of(address, failure));
        }
    }

    private static boolean isContent(int status) {
        return status == OK || status == PARTIAL || status == RANGE_NOT_SATISFIABLE;
    }

    /** @return where another attempt may help */
    private AgainException refused(HttpResponse<?> answer, String what) {
        String reason = Endpoint.host(answer.uri()) + ": answers " + answer.statusCode();
        if (answer.statusCode() == TOO_MANY_REQUESTS) {
            String after = answer.headers().firstValue("Retry-After").orElse("");
            long asked = after.matches("\\d{1,9}") ? Math.max(1, Long.parseLong(after)) : USUAL_DELAY;
            return new AgainException(reason + ", too many requests", asked, refusals.busy(answer, asked));
        } else if (answer.statusCode() >= 500) {
            return new AgainException(reason, 0, refusals.of(answer, what));
        }
        throw refusals.of(answer, what);
    }

    /** An attempt has failed that may be made again. */
    private static final class AgainException extends Exception {

        private static final long serialVersionUID = 1L;

        private final long asked;
        private final NumClipException end;

        /**
         * @param asked seconds that the server wants to be left alone; 0 if it does not say
         * @param end what is thrown after the last attempt
         */
        AgainException(String reason, long asked, NumClipException end) {
            super(reason, end);
            this.asked = asked;
            this.end = end;
        }
    }
}
