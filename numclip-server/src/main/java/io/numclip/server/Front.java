package io.numclip.server;

import io.numclip.server.http.Answer;
import io.numclip.server.http.Callers;
import io.numclip.server.http.PageFiles;
import io.numclip.server.request.RefusedException;
import io.numclip.server.request.RequestBody;
import io.numclip.server.request.RequestReader;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request meets first, before a thread of the server waits for anything: its id, the name it came by, its route,
 * the token, and for work its body and a place in the queue. Who is refused by the header has cost nothing but reading it.
 */
final class Front extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    static final String ID = "numclip.id";
    static final String ID_HEADER = "X-Request-Id";
    private static final String OTHER = "other";
    private static final Pattern GOOD_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String BEARER = "bearer ";

    private final ServerSettings settings;
    private final ServerLimits limits;
    private final PageFiles page;
    private final Admission admission;
    private final BodyMemory memory;
    private final Deadlines deadlines;
    private final ServerMetrics metrics;
    private final Handlers handlers;
    private final Callers callers;
    private final SecureRandom random = new SecureRandom();

    Front(
            ServerSettings settings,
            ServerLimits limits,
            PageFiles page,
            Admission admission,
            BodyMemory memory,
            Deadlines deadlines,
            ServerMetrics metrics,
            Handlers handlers) {
        this.settings = settings;
        this.limits = limits;
        this.page = page;
        this.admission = admission;
        this.memory = memory;
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.handlers = handlers;
        this.callers = new Callers(
                Stream.concat(Stream.of(settings.host()), settings.hostNames().stream())
                        .toList(),
                "ask 127.0.0.1 or localhost, or start the server with --allow-host NAME");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        deadlines.received(request);
        String id = id(request);
        request.setAttribute(ID, id);
        response.getHeaders().put(ID_HEADER, id);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        Optional<Route.Match> there = route(request);
        String label = there.map(match -> match.route().name().toLowerCase(Locale.ROOT))
                .orElse(OTHER);
        long start = System.nanoTime();
        Request.addCompletionListener(request, failure -> {
            metrics.answered(label, response.getStatus(), (System.nanoTime() - start) / 1e9);
            deadlines.answered(request);
        });
        try {
            Route.Match asked = checked(request, there);
            if (asked.route().isWork()) {
                admission.check();
                receive(asked, request, response, callback);
            } else {
                answer(asked, request, response, callback, null);
            }
        } catch (RefusedException refused) {
            boolean waits = request.getHeaders().contains(HttpHeader.EXPECT); // and sends nothing before it may
            refuse(request, response, callback, refused, waits);
        }
        return true;
    }

    /** Reads the body, then the work begins. */
    private void receive(Route.Match asked, Request request, Response response, Callback callback) {
        Arrival arrival = new Arrival(
                request,
                limits,
                memory,
                deadlines,
                body -> work(asked, request, response, callback, body),
                refused -> refuse(
                        request, response, callback, refused, refused.status() == HttpStatus.REQUEST_TIMEOUT_408));
        Request.addCompletionListener(request, failure -> arrival.free());
        arrival.run();
    }

    private void work(Route.Match asked, Request request, Response response, Callback callback, RequestBody body) {
        try {
            Admission.Place place = admission.enter();
            Request.addCompletionListener(request, failure -> place.leave());
            answer(asked, request, response, callback, body);
        } catch (RefusedException refused) {
            refuse(request, response, callback, refused, false);
        }
    }

    private void answer(
            Route.Match asked, Request request, Response response, Callback callback, @Nullable RequestBody body) {
        Answer answer;
        try {
            answer = handlers.answer(asked, request, body);
        } catch (RefusedException refused) {
            throw refused;
        } catch (Exception | Error failure) {
            metrics.refused("internal");
            LOG.error("request {} failed: {}", idOf(request), failure.toString(), failure);
            answer = Answer.internal(500, idOf(request), isInferenceProtocol(request));
        }
        answer.send(response, callback);
    }

    private static String idOf(Request request) {
        return String.valueOf(request.getAttribute(ID));
    }

    private String id(Request request) {
        String given = request.getHeaders().get(ID_HEADER);
        if (given != null && GOOD_ID.matcher(given).matches()) {
            return given;
        }
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Optional<Route.Match> route(Request request) {
        String path = String.valueOf(request.getHttpURI().getPath());
        return Route.at(page.at(path) == null ? path : Route.PAGE.path());
    }

    static boolean isInferenceProtocol(Request request) {
        return Route.isInferenceProtocol(String.valueOf(request.getHttpURI().getPath()));
    }

    /** Whoever does not know the token is not told which paths there are. */
    private Route.Match checked(Request request, Optional<Route.Match> there) {
        if (settings.isLoopback()) {
            callers.checkHost(request);
        }
        if (!there.map(match -> match.route().isOpen()).orElse(false)) {
            checkToken(request);
        }
        Route.Match asked = there.orElseThrow(
                () -> new RefusedException(404, "not_found", "there is nothing at this path", "see /openapi.json"));
        checkMethod(request, asked.route());
        if (asked.route().isWork()) {
            Callers.checkOrigin(request);
            RequestReader.checkParameters(request.getHeaders().getValuesList(HttpHeader.CONTENT_TYPE));
        }
        checkBody(request);
        return asked;
    }

    private void checkToken(Request request) {
        Secret token = settings.token();
        if (token == null) {
            return;
        }
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        boolean bearer = given != null && given.toLowerCase(Locale.ROOT).startsWith(BEARER);
        if (!bearer || !token.isKnownBy(given.substring(BEARER.length()).strip())) {
            throw new RefusedException(
                    401,
                    "unauthorized",
                    given == null ? "the request has no token" : "the token is wrong",
                    "send the header Authorization: Bearer TOKEN",
                    Map.of("WWW-Authenticate", "Bearer"));
        }
    }

    private static void checkMethod(Request request, Route route) {
        if (!route.allows(request.getMethod())) {
            String allowed = route.method();
            throw new RefusedException(
                    405,
                    "method_not_allowed",
                    "this path takes " + allowed,
                    "use " + allowed,
                    Map.of("Allow", allowed));
        }
    }

    private void checkBody(Request request) {
        List<String> encodings = request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false);
        if (!encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new RefusedException(
                    415, "unsupported_encoding", "the body is compressed", "send it without Content-Encoding");
        }
        if (request.getLength() > limits.bodyBytes()) {
            throw Arrival.tooLarge(limits.bodyBytes());
        }
    }

    /**
     * Answers, and reads the rest of the body: a client that still sends would not read the answer otherwise.
     *
     * @param silent whether the client sends nothing more
     */
    private void refuse(
            Request request, Response response, Callback callback, RefusedException refused, boolean silent) {
        metrics.refused(refused.code());
        Callback answered = silent ? callback : Callback.from(() -> discard(request, callback), callback::failed);
        Answer.of(refused, idOf(request), isInferenceProtocol(request)).send(response, answered);
    }

    private void discard(Request request, Callback callback) {
        deadlines.refused(request);
        new Discard(request, 2L * limits.bodyBytes(), callback).run();
    }
}
