package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.host.result.PredictedModel;
import io.numclip.model.PredictionWork;
import io.numclip.server.Batching;
import io.numclip.server.NumClipServer;
import io.numclip.server.ServedModel;
import io.numclip.server.ServerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal G7: many times as many requests as can be answered. They come at their times, whether or not the earlier ones have
 * been answered, and are measured from there. The model takes a time that is known, and no processor.
 */
@Tag("campaign")
class OverloadTest {

    private static final int SERVICE_MILLIS = 50;
    private static final int QUEUE = 32;
    private static final int TIMES = 10;
    private static final int MANY_TIMES = 100;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Asleep() implements PredictionWork.Decoded {
        @Override
        public void close() {
            // nothing is held
        }
    }

    /** One image at a time, each for as long as the next. */
    private static final class SlowModel implements PredictionWork {

        static final List<ServedModel> MODELS = List.of(model());

        private static ServedModel model() {
            Bins bins = new Bins(List.of(new Bin("low", 0, 1, 0.5), new Bin("high", 1, 2, 1.5)));
            LabelScale scale = new LabelScale(0, 2, "points");
            return new ServedModel(
                    PredictedModel.of("slow", "0123456789abcdef", scale, bins, List.of()), scale, bins, null, false);
        }

        @Override
        public Decoded read(Object image, List<Integer> models) {
            return new Asleep();
        }

        @Override
        public List<List<Prediction>> predict(List<Decoded> images) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SERVICE_MILLIS));
            List<Prediction.Concept> concepts =
                    List.of(new Prediction.Concept("low", 0.5), new Prediction.Concept("high", 0.5));
            return List.of(List.of(new Prediction(1, concepts)));
        }
    }

    /** @param millis from the time at which it was to be sent */
    private record Answered(int status, boolean saysWhen, double millis) {}

    @Test
    void acceptedRequestsAreAnsweredAndOthersAreToldAtOnce() throws Exception {
        Batching batching = new Batching(1, Duration.ZERO, QUEUE, 1);
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, null, false, List.of(), batching);
        try (NumClipServer server = NumClipServer.start(settings, SlowModel.MODELS, new SlowModel())) {
            ask(server, TIMES, 1); // the code is compiled
            for (int round = 0; round < Campaign.size(1, 5); round++) {
                overload(server, TIMES, Campaign.size(10, 60));
            }
            if (Campaign.size(0, 1) > 0) {
                overload(server, MANY_TIMES, 10);
            }
        }
    }

    private void overload(NumClipServer server, int times, int seconds) throws Exception {
        List<Answered> answers = ask(server, times, seconds);
        double normal = secondsToNormal(server);
        List<Answered> accepted =
                answers.stream().filter(each -> each.status() == 200).toList();
        List<Answered> refused =
                answers.stream().filter(each -> each.status() != 200).toList();
        assertThat(refused).allMatch(each -> each.status() == 503 && each.saysWhen());
        assertThat(accepted).hasSizeGreaterThan(seconds * 1_000 / SERVICE_MILLIS / 2);
        assertThat(refused).as("the load is as it should be").hasSizeGreaterThan((times - 2) * accepted.size() / 2);
        Campaign.figure("G7", "requests in " + seconds + " s at " + times + " times the capacity", answers.size());
        Campaign.figure("G7", "of them accepted and answered", accepted.size());
        Campaign.figure("G7", "refused with 503 and Retry-After", refused.size());
        Campaign.figure("G7", "lost", 0);
        Campaign.figure("G7", "milliseconds of a refusal p99 (wanted: 50)", percentile(refused));
        Campaign.figure(
                "G7",
                "milliseconds of an answer p99 (wanted: " + (QUEUE + 1) * SERVICE_MILLIS + ")",
                percentile(accepted));
        Campaign.figure("G7", "seconds until normal again (wanted: 5)", normal);
    }

    /** As many as come in some seconds; a connection that breaks is an exception. */
    private List<Answered> ask(NumClipServer server, int times, int seconds) throws Exception {
        long pause = TimeUnit.MILLISECONDS.toNanos(SERVICE_MILLIS) / times;
        long start = System.nanoTime();
        List<CompletableFuture<Answered>> asked = new ArrayList<>();
        for (long due = 0; due < TimeUnit.SECONDS.toNanos(seconds); due += pause) {
            long at = start + due;
            while (System.nanoTime() < at) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            asked.add(client.sendAsync(request(server), BodyHandlers.ofString())
                    .thenApply(answer -> answered(answer, at)));
        }
        List<Answered> answers = new ArrayList<>();
        for (CompletableFuture<Answered> each : asked) {
            answers.add(each.get(60, TimeUnit.SECONDS));
        }
        return answers;
    }

    private static Answered answered(HttpResponse<String> answer, long at) {
        boolean saysWhen = answer.headers().firstValue("Retry-After").isPresent();
        return new Answered(answer.statusCode(), saysWhen, (System.nanoTime() - at) / 1e6);
    }

    private static HttpRequest request(NumClipServer server) {
        return HttpRequest.newBuilder(URI.create(server.address() + "v1/predict"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofString("1"))
                .build();
    }

    /** Until a request takes no longer than two do. */
    private double secondsToNormal(NumClipServer server) throws Exception {
        long end = System.nanoTime();
        while (true) {
            long start = System.nanoTime();
            int status = client.send(request(server), BodyHandlers.ofString()).statusCode();
            long now = System.nanoTime();
            if (status == 200 && now - start < TimeUnit.MILLISECONDS.toNanos(2 * SERVICE_MILLIS)) {
                return (now - end) / 1e9;
            }
            assertThat(now - end).as("still not normal").isLessThan(TimeUnit.SECONDS.toNanos(30));
        }
    }

    private static double percentile(List<Answered> answers) {
        double[] sorted =
                answers.stream().mapToDouble(Answered::millis).sorted().toArray();
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }
}
