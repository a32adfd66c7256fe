package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The hub, asked patiently. */
final class Hub {

    private static final Duration USUAL_DELAY = Duration.ofSeconds(60);

    private final Wire wire;
    private final Endpoint endpoint;
    private final Refusals refusals;
    private final Surroundings surroundings;
    private final Consumer<String> notice;
    private boolean answered;

    /** @param notice is told of every further attempt */
    Hub(Surroundings surroundings, Endpoint endpoint, ModelName model, Consumer<String> notice) throws IOException {
        Optional<Token> token = Token.of(surroundings);
        if (token.isPresent() && !endpoint.isPrivate()) {
            notice.accept("the token is not sent: " + endpoint.base() + " is not encrypted");
            token = Optional.empty();
        }
        this.wire = new Wire(surroundings, endpoint, token);
        this.endpoint = endpoint;
        this.refusals = new Refusals(endpoint, model, token.isPresent());
        this.surroundings = surroundings;
        this.notice = notice;
    }

    Retries retries() {
        return new Retries(surroundings, notice);
    }

    /** The files of a revision. */
    Listing list(ModelName model) throws IOException, InterruptedException {
        URI address = endpoint.list(model);
        Retries retries = retries();
        while (true) {
            try (Answer answer = get(address, Map.of(), "model " + model, retries)) {
                return Listing.parse(answer.host(), content(answer));
            } catch (CutException cut) {
                retries.afterFailure(Refusals.reason(address, cut), () -> refusals.of(address, cut));
            }
        }
    }

    private static byte[] content(Answer answer) throws CutException, InterruptedException {
        Limit limit = Limit.PULL_LISTING_BYTES;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (List<ByteBuffer> piece = answer.body().next();
                !piece.isEmpty();
                piece = answer.body().next()) {
            for (ByteBuffer bytes : piece) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                content.writeBytes(copy);
            }
            if (content.size() > limit.value()) {
                throw new NumClipException(
                        Kind.DATA,
                        answer.host() + ": " + limit.exceededBy("a longer list of files"),
                        "allow more with --limit, if you trust this hub");
            }
        }
        return content.toByteArray();
    }

    /** An answer to a request for a file. */
    Answer file(ModelName model, String commit, String name, Map<String, String> headers, Retries retries)
            throws InterruptedException {
        return get(endpoint.file(model, commit, name), headers, "file " + name + " of " + model, retries);
    }

    /** The failure of a download that was cut too often. */
    NumClipException cut(ModelName model, String commit, String name, IOException failure) {
        return refusals.of(endpoint.file(model, commit, name), failure);
    }

    private Answer get(URI address, Map<String, String> headers, String what, Retries retries)
            throws InterruptedException {
        while (true) {
            Answer answer = null;
            try {
                answer = wire.get(address, headers);
            } catch (IOException failure) {
                if (!answered && Refusals.isUnknownHost(failure)) {
                    throw refusals.of(address, failure); // waiting would not help
                }
                retries.afterFailure(Refusals.reason(address, failure), () -> refusals.of(address, failure));
            }
            if (answer != null) {
                answered = true;
                if (isContent(answer)) {
                    return answer;
                }
                answer.close();
                wait(answer, what, retries);
            }
        }
    }

    private static boolean isContent(Answer answer) {
        return answer.status() == Answer.OK
                || answer.status() == Answer.PARTIAL
                || answer.status() == Answer.RANGE_NOT_SATISFIABLE;
    }

    /** Until the next attempt, where one may help. */
    private void wait(Answer answer, String what, Retries retries) throws InterruptedException {
        String reason = answer.host() + ": answers " + answer.status();
        if (answer.status() == 429) {
            Duration asked = delay(answer);
            retries.asAsked(reason + ", too many requests", asked, () -> refusals.busy(answer, asked.toSeconds()));
        } else if (answer.status() >= 500) {
            retries.afterFailure(reason, () -> refusals.of(answer, what));
        } else {
            throw refusals.of(answer, what);
        }
    }

    /** What {@code Retry-After} says: seconds, or a moment, which is compared with the clock of the server. */
    private static Duration delay(Answer answer) {
        String after = answer.header("Retry-After");
        if (after.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Math.max(1, Long.parseLong(after)));
        }
        try {
            Duration asked = Duration.between(moment(answer.header("Date")), moment(after));
            return asked.isNegative() ? Duration.ofSeconds(1) : asked;
        } catch (DateTimeException e) {
            return USUAL_DELAY;
        }
    }

    private static ZonedDateTime moment(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
