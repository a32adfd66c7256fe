package io.numclip.server;

import io.numclip.data.Prediction;
import io.numclip.host.files.PredictionRow;
import io.numclip.host.result.Versions;
import io.numclip.server.http.Answer;
import io.numclip.server.http.Json;
import io.numclip.server.http.PageFiles;
import io.numclip.server.request.ImageRequest;
import io.numclip.server.request.ImageRequest.SentImage;
import io.numclip.server.request.InferRequest;
import io.numclip.server.request.Query;
import io.numclip.server.request.RefusedException;
import io.numclip.server.request.RequestBody;
import io.numclip.server.request.RequestReader;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What the server does for each route. */
final class Handlers {

    private final List<ServedModel> models;
    private final ServerLimits limits;
    private final Answering answering;
    private final Health health;
    private final PageFiles page;
    private final ServerMetrics metrics;
    private final RequestReader reader;
    private final FoundRegions regions;
    private final byte[] openApi = resource("openapi.json");

    Handlers(
            List<ServedModel> models,
            ServerLimits limits,
            Answering answering,
            FoundRegions regions,
            Health health,
            PageFiles page,
            ServerMetrics metrics) {
        this.models = models;
        this.limits = limits;
        this.answering = answering;
        this.regions = regions;
        this.health = health;
        this.page = page;
        this.metrics = metrics;
        this.reader = new RequestReader(limits.images(), limits.depth());
    }

    /**
     * @param body of work; null for anything else
     * @throws RefusedException if the request cannot be answered
     */
    Answer answer(Route.Match asked, Request request, @Nullable RequestBody body) throws Exception {
        return switch (asked.route()) {
            case PREDICT -> predict(request, Objects.requireNonNull(body));
            case MODELS -> Answer.json(200, described());
            case SERVER -> Answer.json(200, server());
            case LIVE -> state("live", health.isLive());
            case READY -> state("ready", health.isReady());
            case MODEL, VERSION -> Answer.json(200, InferAnswer.metadata(models.get(index(asked))));
            case MODEL_READY, VERSION_READY ->
                modelReady(models.get(index(asked)).name());
            case INFER, VERSION_INFER -> infer(index(asked), request, Objects.requireNonNull(body));
            case METRICS -> Answer.of(200, ServerMetrics.CONTENT_TYPE, metrics.text());
            case OPENAPI -> Answer.of(200, Json.TYPE, openApi);
            case PAGE ->
                Objects.requireNonNull(
                                page.at(String.valueOf(request.getHttpURI().getPath())))
                        .answer();
        };
    }

    private Answer predict(Request request, RequestBody body) throws Exception {
        ImageRequest wanted = reader.read(
                request.getHeaders().get(HttpHeader.CONTENT_TYPE),
                body,
                Query.models(request.getHttpURI().getQuery()));
        List<Integer> asked = indices(wanted.models());
        List<SentImage> images = regions.in(wanted.images());
        List<List<Prediction>> predictions =
                answering.predict(images.stream().map(SentImage::image).toList(), asked);
        String problem = predictions.get(0).get(0).problem();
        if (images.size() == 1 && problem != null) {
            throw InferAnswer.unreadable(images.get(0).name(), problem);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int image = 0; image < images.size(); image++) {
            for (int i = 0; i < asked.size(); i++) {
                rows.add(row(
                        images.get(image), asked.get(i), predictions.get(image).get(i)));
            }
        }
        return Answer.json(200, Map.of("predictions", rows));
    }

    private Map<String, Object> row(SentImage image, int model, Prediction prediction) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", image.name());
        if (image.region() != null) {
            row.putAll(image.region().fields());
        }
        if (image.confidence() != null) {
            row.put("confidence", image.confidence());
        }
        row.putAll(new PredictionRow(models.get(model).rows(), prediction).fields());
        return row;
    }

    private Answer infer(int model, Request request, RequestBody body) throws Exception {
        InferRequest wanted = reader.readInfer(
                request.getHeaders().get(HttpHeader.CONTENT_TYPE),
                request.getHeaders().get("Inference-Header-Content-Length"),
                body);
        List<Prediction> predictions = answering.predict(regions.oneIn(wanted.images()), List.of(model)).stream()
                .map(ofImage -> ofImage.get(0))
                .toList();
        return Answer.json(200, InferAnswer.of(models.get(model), wanted, predictions));
    }

    /** The indices of the models that are asked for, each once, in our order; all if none is. */
    private List<Integer> indices(List<String> names) {
        List<Integer> asked = names.stream().map(this::index).toList();
        return IntStream.range(0, models.size())
                .boxed()
                .filter(i -> asked.isEmpty() || asked.contains(i))
                .toList();
    }

    private int index(String name) {
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new RefusedException(
                404,
                "no_such_model",
                "there is no model of this name",
                "ask for "
                        + String.join(
                                ", ", models.stream().map(ServedModel::name).toList()));
    }

    private int index(Route.Match asked) {
        int index = index(asked.part("model"));
        boolean named = asked.route().path().contains("{version}");
        if (named && !asked.part("version").equals(models.get(index).version())) {
            throw new RefusedException(
                    404,
                    "no_such_version",
                    "the model has another version",
                    "ask for version " + models.get(index).version());
        }
        return index;
    }

    private Map<String, Object> described() {
        Map<String, Object> most = new LinkedHashMap<>();
        most.put("imageBytes", Math.min(Limit.IMAGE_BYTES.value(), limits.bodyBytes()));
        most.put("images", limits.images());
        most.put("pixels", Limit.IMAGE_PIXELS.value());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("models", models.stream().map(ServedModel::description).toList());
        json.put("regions", regions.finder());
        json.put("limits", most);
        return json;
    }

    private static Map<String, Object> server() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", "numclip");
        json.put("version", Versions.NUMCLIP);
        json.put("extensions", List.of());
        return json;
    }

    private Answer modelReady(String name) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("ready", health.isReady());
        return Answer.json(health.isReady() ? 200 : 503, json);
    }

    private static Answer state(String name, boolean good) {
        return Answer.json(good ? 200 : 503, Map.of(name, good));
    }

    private static byte[] resource(String name) {
        try (@Nullable InputStream in = Handlers.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
