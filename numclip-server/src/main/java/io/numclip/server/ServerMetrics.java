package io.numclip.server;

import io.numclip.data.Prediction;
import io.numclip.input.Engine;
import io.numclip.input.EngineListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.DoubleSupplier;

/** What the server counts, for Prometheus. No name of a client, no token and no image gets into it. */
final class ServerMetrics implements EngineListener<List<Prediction>> {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
    private static final double[] IMAGES = {1, 2, 4, 8, 16, 32, 64, 128};

    private final List<ServedModel> models;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = counter("numclip_requests", "Requests that were answered", "route", "code");
    private final Histogram requestSeconds = histogram(
            "numclip_request_seconds", "Seconds from the first byte of a request to its answer", SECONDS, "route");
    private final Counter refusals = counter("numclip_refusals", "Requests that were refused, by reason", "reason");
    private final Counter images = counter("numclip_images", "Images that were decoded, or could not be", "result");
    private final Histogram decodeSeconds = histogram("numclip_decode_seconds", "Seconds to decode an image", SECONDS);
    private final Histogram predictSeconds =
            histogram("numclip_predict_seconds", "Seconds to predict a batch", SECONDS);
    private final Histogram batchImages = histogram("numclip_batch_images", "Images of a batch", IMAGES);
    private final Counter predictions = counter("numclip_predictions", "Predictions that were made", "model");
    private final Counter strange =
            counter("numclip_strange_predictions", "Predictions for images unlike those of the training", "model");
    private final Counter abstained =
            counter("numclip_abstained_predictions", "Predictions whose interval is too wide", "model");

    ServerMetrics(List<ServedModel> models) {
        this.models = models;
        Info info = Info.builder()
                .name("numclip_model")
                .help("Models that the server answers with")
                .labelNames("model", "digest", "unit")
                .register(registry);
        for (ServedModel model : models) {
            info.addLabelValues(
                    model.name(), model.rows().digest(), model.rows().unit());
            predictions.labelValues(model.name());
            strange.labelValues(model.name());
            abstained.labelValues(model.name());
        }
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private Histogram histogram(String name, String help, double[] upper, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(upper)
                .register(registry);
    }

    /** What can be looked up at any time. */
    void watch(Admission admission, BodyMemory memory, Engine<List<Prediction>> engine, Answering answering) {
        gauge("numclip_queue_requests", "Requests that are accepted and not yet answered", admission::taken);
        gauge("numclip_body_bytes", "Memory that bodies of requests are counted with", memory::taken);
        gauge("numclip_waiting_images", "Decoded images that wait for a worker", engine::waiting);
        gauge("numclip_workers", "Threads that predict", engine::workers);
        gauge("numclip_lost_workers", "Threads whose batch takes longer than a request may", answering::lostWorkers);
        gauge("numclip_heap_bytes", "Memory that Java uses", () -> {
            Runtime java = Runtime.getRuntime();
            return java.totalMemory() - java.freeMemory();
        });
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    void answered(String route, int code, double seconds) {
        requests.labelValues(route, String.valueOf(code)).inc();
        requestSeconds.labelValues(route).observe(seconds);
    }

    void refused(String reason) {
        refusals.labelValues(reason).inc();
    }

    @Override
    public void decoded(double seconds, boolean readable) {
        images.labelValues(readable ? "read" : "unreadable").inc();
        decodeSeconds.observe(seconds);
    }

    @Override
    public void predicted(double seconds, int ofImages) {
        predictSeconds.observe(seconds);
        batchImages.observe(ofImages);
    }

    @Override
    public void found(List<Integer> asked, List<Prediction> found) {
        for (int i = 0; i < asked.size(); i++) {
            count(models.get(asked.get(i)).name(), found.get(i));
        }
    }

    private void count(String model, Prediction prediction) {
        predictions.labelValues(model).inc();
        if (prediction.isStrange()) {
            strange.labelValues(model).inc();
        }
        if (prediction.uncertainty() != null && prediction.uncertainty().abstained()) {
            abstained.labelValues(model).inc();
        }
    }

    /** The figures in the text format of Prometheus. */
    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
