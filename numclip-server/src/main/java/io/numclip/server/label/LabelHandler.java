package io.numclip.server.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.label.Labelling;
import io.numclip.server.http.Answer;
import io.numclip.server.http.Callers;
import io.numclip.server.http.PageFiles;
import io.numclip.server.request.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page of {@link LabelServer} can ask for. */
final class LabelHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(LabelHandler.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private static final Pattern IMAGE = Pattern.compile("/images/(\\d{1,9})");
    private static final Set<String> SHARED = Set.of("/page.css", "/dom.js", "/words.js", "/icon.svg");
    private static final int LONGEST_ANSWER = 1000;
    private static final String NUMBERS = "/questions/number";
    private static final String PAIRS = "/questions/pair";

    private final Labelling labelling;
    private final ShownImages shown;
    private final Callers callers = new Callers(List.of(), "ask 127.0.0.1 or localhost");
    private final PageFiles own = PageFiles.of("labels");
    private final PageFiles page = PageFiles.of("page");

    LabelHandler(Labelling labelling, Path folder) {
        this.labelling = labelling;
        this.shown = new ShownImages(folder, labelling.images().names());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
        Answer answer;
        try {
            callers.checkHost(request);
            answer = answer(request);
        } catch (RefusedException refused) {
            answer = Answer.of(refused, "none", false);
        } catch (IOException | RuntimeException failure) {
            LOG.error("{} failed", request.getHttpURI().getPath(), failure);
            answer = Answer.of(failed(failure), "none", false);
        }
        answer.send(response, callback);
        return true;
    }

    private static RefusedException failed(Exception failure) {
        return new RefusedException(
                500,
                "internal",
                failure instanceof IOException
                        ? "the answer could not be kept: " + failure.getMessage()
                        : "internal error",
                "see what the terminal says; nothing that was kept before is lost");
    }

    private Answer answer(Request request) throws IOException {
        String path = String.valueOf(request.getHttpURI().getPath());
        boolean compare = path.equals(PAIRS);
        if (compare || path.equals(NUMBERS)) {
            Callers.checkOrigin(request);
            if (request.getMethod().equals("POST")) {
                keep(read(request));
            }
            return Answer.json(200, LabelState.of(labelling, compare));
        }
        Matcher image = IMAGE.matcher(path);
        if (image.matches()) {
            Callers.checkOrigin(request);
            return shown.answer(Integer.parseInt(image.group(1)));
        }
        PageFiles.PageFile file = SHARED.contains(path) ? page.at(path) : own.at(path);
        if (file == null) {
            throw new RefusedException(404, "not_found", "there is nothing at this path", "open / in a browser");
        }
        return file.answer();
    }

    private static Labelling.Given read(Request request) throws IOException {
        long length = request.getLength();
        if (length < 0 || length > LONGEST_ANSWER) {
            throw refused("an answer has a length, of at most " + LONGEST_ANSWER + " bytes");
        }
        ByteBuffer body = Content.Source.asByteBuffer(request);
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        try {
            Labelling.Given given = JSON.readValue(bytes, Labelling.Given.class);
            if (given.image() == null || given.said() == null) {
                throw refused("the answer is about no image, or says nothing");
            }
            return given;
        } catch (JsonProcessingException e) {
            throw refused("the answer is no JSON with id, image and said");
        }
    }

    private void keep(Labelling.Given given) throws IOException {
        try {
            labelling.answer(given);
        } catch (Labelling.StaleAnswerException stale) {
            throw new RefusedException(
                    409, "stale", "another window has answered in the meantime", "answer what is asked now");
        } catch (Labelling.NoAnswerException none) {
            throw refused(String.valueOf(none.getMessage()));
        }
    }

    private static RefusedException refused(String what) {
        return new RefusedException(400, "no_answer", what, "answer what the page asks");
    }
}
