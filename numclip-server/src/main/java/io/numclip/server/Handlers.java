package io.numclip.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.numclip.data.Prediction;
import io.numclip.host.run.PredictionRow;
import io.numclip.host.run.Versions;
import io.numclip.server.request.Body;
import io.numclip.server.request.ImageRequest;
import io.numclip.server.request.ImageRequest.NamedImage;
import io.numclip.server.request.InferRequest;
import io.numclip.server.request.Query;
import io.numclip.server.request.RefusedException;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server does for each route. */
final class Handlers {

    private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

    private final List<ServedModel> models;
    private final ServerLimits limits;
    private final Answering answering;
    private final Health health;
    private final Page page;
    private final ServerMetrics metrics;
    private final RequestReader reader;

    Handlers(
            List<ServedModel> models,
            ServerLimits limits,
            Answering answering,
            Health health,
            Page page,
            ServerMetrics metrics) {
        this.models = models;
        this.limits = limits;
        this.answering = answering;
        this.health = health;
        this.page = page;
        this.metrics = metrics;
        this.reader = new RequestReader(limits.images(), limits.depth());
    }

    void addTo(RoutesConfig routes) {
        routes.post(Route.PREDICT.path(), this::predict);
        get(routes, Route.MODELS.path(), ctx -> json(ctx, 200, described()));
        get(routes, Route.SERVER.path(), ctx -> json(ctx, 200, server()));
        get(routes, Route.LIVE.path(), ctx -> state(ctx, "live", health.isLive()));
        get(routes, Route.READY.path(), ctx -> state(ctx, "ready", health.isReady()));
        for (Route route : List.of(Route.MODEL, Route.VERSION)) {
            get(routes, route.path(), ctx -> json(ctx, 200, InferAnswer.metadata(models.get(index(ctx)))));
        }
        for (Route route : List.of(Route.MODEL_READY, Route.VERSION_READY)) {
            get(routes, route.path(), this::modelReady);
        }
        for (Route route : List.of(Route.INFER, Route.VERSION_INFER)) {
            routes.post(route.path(), this::infer);
        }
        get(routes, Route.METRICS.path(), ctx -> result(ctx, 200, ServerMetrics.CONTENT_TYPE, metrics.text()));
        byte[] openApi = resource("openapi.json");
        get(routes, Route.OPENAPI.path(), ctx -> result(ctx, 200, Json.TYPE, openApi));
        page.paths().forEach(path -> get(routes, path, ctx -> file(ctx, path)));
        routes.exception(RefusedException.class, (refused, ctx) -> refuse(ctx, refused));
        routes.exception(HttpResponseException.class, (refused, ctx) -> refuse(ctx, translated(refused)));
        routes.exception(Exception.class, (failure, ctx) -> fail(ctx, failure));
    }

    /** HEAD tells what GET would; left alone, Javalin answers it with 200 and asks nobody. */
    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    private void predict(Context ctx) throws Exception {
        ImageRequest request = reader.read(ctx.contentType(), body(ctx), Query.models(ctx.queryString()));
        List<Integer> asked = indices(request.models());
        List<NamedImage> images = request.images();
        List<List<Prediction>> predictions =
                answering.predict(images.stream().map(NamedImage::content).toList(), asked);
        String problem = predictions.get(0).get(0).problem();
        if (images.size() == 1 && problem != null) {
            throw InferAnswer.unreadable(images.get(0).name(), problem);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int image = 0; image < images.size(); image++) {
            for (int i = 0; i < asked.size(); i++) {
                rows.add(row(
                        images.get(image).name(),
                        asked.get(i),
                        predictions.get(image).get(i)));
            }
        }
        json(ctx, 200, Map.of("predictions", rows));
    }

    private Map<String, Object> row(String image, int model, Prediction prediction) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", image);
        row.putAll(new PredictionRow(models.get(model).rows(), prediction).fields());
        return row;
    }

    private void infer(Context ctx) throws Exception {
        int model = index(ctx);
        InferRequest request =
                reader.readInfer(ctx.contentType(), ctx.header("Inference-Header-Content-Length"), body(ctx));
        List<Prediction> predictions = answering.predict(request.images(), List.of(model)).stream()
                .map(ofImage -> ofImage.get(0))
                .toList();
        json(ctx, 200, InferAnswer.of(models.get(model), request, predictions));
    }

    private static Body body(Context ctx) {
        return (Body) Objects.requireNonNull(ctx.req().getAttribute(Front.BODY));
    }

    /** Of the models that are asked for, each once, in our order; all if none is. */
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

    private int index(Context ctx) {
        int index = index(ctx.pathParam("model"));
        String version = ctx.pathParamMap().get("version");
        if (version != null && !version.equals(models.get(index).version())) {
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

    private void modelReady(Context ctx) {
        String name = models.get(index(ctx)).name();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("ready", health.isReady());
        json(ctx, health.isReady() ? 200 : 503, json);
    }

    private static void state(Context ctx, String name, boolean good) {
        json(ctx, good ? 200 : 503, Map.of(name, good));
    }

    private void file(Context ctx, String path) {
        Page.PageFile file = Objects.requireNonNull(page.at(path));
        ctx.header("Content-Security-Policy", Page.POLICY);
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-cache");
        ctx.status(200).contentType(file.type()).result(file.content());
    }

    private void refuse(Context ctx, RefusedException refused) {
        metrics.refused(refused.code());
        refused.headers().forEach(ctx::header);
        result(ctx, refused.status(), Json.TYPE, ErrorAnswer.of(refused, id(ctx), isInferenceProtocol(ctx)));
    }

    private static RefusedException translated(HttpResponseException refused) {
        return new RefusedException(
                refused.getStatus(), "refused", "the request cannot be answered", "see /openapi.json");
    }

    private void fail(Context ctx, Throwable failure) {
        metrics.refused("internal");
        LOG.error("request {} failed: {}", id(ctx), failure.toString(), failure);
        result(ctx, 500, Json.TYPE, ErrorAnswer.internal(id(ctx), isInferenceProtocol(ctx)));
    }

    private static boolean isInferenceProtocol(Context ctx) {
        return Route.isInferenceProtocol(ctx.path());
    }

    private static String id(Context ctx) {
        return String.valueOf(ctx.req().getAttribute(Front.ID));
    }

    private static void json(Context ctx, int status, Object value) {
        result(ctx, status, Json.TYPE, Json.bytes(value));
    }

    private static void result(Context ctx, int status, String type, byte[] content) {
        ctx.header("Cache-Control", "no-store");
        ctx.status(status).contentType(type).result(content);
    }

    private static byte[] resource(String name) {
        try (@Nullable InputStream in = Handlers.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
