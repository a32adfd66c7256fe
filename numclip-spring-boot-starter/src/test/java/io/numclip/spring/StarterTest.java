package io.numclip.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.golden.GoldenFigures;
import io.numclip.host.NumClip;
import io.numclip.host.WrittenModel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** An application on a free port, with the starter's plain jar; run on Boot 3.5, and again on Boot 4. */
class StarterTest {

    private static final Path PHOTO = GoldenFigures.IMAGES.resolve("photo.jpg");

    @TempDir
    static Path folder;

    private static Path model;
    private static ConfigurableApplicationContext application;
    private static int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @BeforeAll
    static void start() throws Exception {
        model = WrittenModel.write(folder.resolve("things"));
        application = run(sample(), "--numclip.models.things.path=" + model, "--numclip.models.things.precision=fp32");
        port = port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    /** The sample as it stands. */
    private static Class<?> sample() throws ReflectiveOperationException, IOException {
        Path classes = folder.resolve("classes");
        String source = "../examples/spring-boot/src/main/java/org/example/ages/Ages.java";
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-parameters", "-d", classes.toString(), source))
                .isZero();
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}).loadClass("org.example.ages.Ages");
    }

    private static ConfigurableApplicationContext run(Class<?> source, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=error",
                "--management.endpoint.health.show-details=always",
                "--numclip.controller.enabled=true",
                "--numclip.plugins=" + folder.resolve("plugins")));
        arguments.addAll(List.of(more));
        return SpringApplication.run(source, arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext started) {
        return started.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static HttpResponse<String> send(String path, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return HttpClient.newHttpClient()
                .send(
                        body.length == 0
                                ? request.build()
                                : request.POST(BodyPublishers.ofByteArray(body)).build(),
                        BodyHandlers.ofString());
    }

    @Test
    void thisIsTheBootThatTheBuildMeans() {
        assertThat(SpringBootVersion.getVersion()).startsWith(System.getProperty("boot", "3.5") + ".");
    }

    @Test
    void theBeanIsTheModel() {
        NumClip bean = application.getBean("things", NumClip.class);
        try (NumClip alone = NumClip.open(model, NumClip.Options.defaults().withPrecision(Precision.FP32))) {
            assertThat(bean.predict(PHOTO)).isEqualTo(alone.predict(PHOTO));
        }
    }

    @Test
    void theSampleHasTenLinesAndAnswers() throws Exception {
        Prediction expected = application.getBean(NumClip.class).predict(PHOTO);
        HttpResponse<String> answer = send("/age", Files.readAllBytes(PHOTO));
        assertThat(answer.body())
                .contains("\"value\":" + expected.value(), expected.concept().concept());

        Path source = Path.of("../examples/spring-boot/src/main/java/org/example/ages/Ages.java");
        assertThat(Files.readAllLines(source))
                .filteredOn(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void thePageShowsTheSample() throws IOException {
        Path sample = Path.of("../examples/spring-boot");
        String project = Files.readString(sample.resolve("pom.xml"))
                + Files.readString(sample.resolve("src/main/java/org/example/ages/Ages.java"))
                + Files.readString(sample.resolve("src/main/resources/application.yaml"));
        List<String> blocks = Pattern.compile("```(?:java|xml|yaml)\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/spring-boot.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(3).allSatisfy(block -> assertThat(project).contains(block));
    }

    @Test
    void theControllerAnswersAsThePredictionIs() throws Exception {
        double value = application.getBean(NumClip.class).predict(PHOTO).value();
        HttpResponse<String> answer = send("/numclip/things", Files.readAllBytes(PHOTO));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(":" + value);

        HttpResponse<String> unknown = send("/numclip/faces", Files.readAllBytes(PHOTO));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("no model faces", "things");

        HttpResponse<String> unreadable = send("/numclip/things", "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(unreadable.statusCode()).isEqualTo(400);
        assertThat(unreadable.body()).contains("not JPEG", "\"fix\"");
    }

    @Test
    void metersCountImagesAndBatches() {
        MeterRegistry meters = application.getBean(MeterRegistry.class);
        long before = meters.get("numclip.read").tag("result", "read").timer().count();
        double images = meters.get("numclip.batch").summary().totalAmount();
        application.getBean(NumClip.class).predict(List.of(PHOTO, PHOTO, Path.of("nowhere.jpg")));
        assertThat(meters.get("numclip.read").tag("result", "read").timer().count())
                .isEqualTo(before + 2);
        assertThat(meters.get("numclip.read")
                        .tags("result", "unreadable", "model", "things")
                        .timer()
                        .count())
                .isPositive();
        assertThat(meters.get("numclip.batch").summary().totalAmount()).isEqualTo(images + 2);
        assertThat(meters.get("numclip.predict").timer().count()).isPositive();
    }

    @Test
    void healthTurnsWhileAFolderIsDamaged() throws Exception {
        assertThat(send("/actuator/health/numClip", new byte[0]).body()).contains("\"UP\"", "things");
        Path file = model.resolve("numclip.json");
        byte[] whole = Files.readAllBytes(file);
        Files.writeString(file, " ", StandardOpenOption.APPEND);
        HttpResponse<String> damaged = send("/actuator/health/numClip", new byte[0]);
        Files.write(file, whole);

        assertThat(damaged.statusCode()).isEqualTo(503);
        assertThat(damaged.body()).contains("\"DOWN\"", "numclip.json: expected", "things");
        assertThat(send("/actuator/health/numClip", new byte[0]).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestThatHasBegunIsAnsweredBeforeTheEnd() throws Exception {
        ConfigurableApplicationContext ending = run(Application.class, "--numclip.models.things.path=" + model);
        NumClip bean = ending.getBean(NumClip.class);
        byte[] image = Files.readAllBytes(PHOTO);
        try (Socket client = new Socket("127.0.0.1", port(ending))) {
            OutputStream out = client.getOutputStream();
            String head =
                    "POST /numclip/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";
            out.write(head.formatted(image.length).getBytes(StandardCharsets.US_ASCII));
            out.write(image, 0, image.length / 2);
            out.flush();
            awaitRequest();
            Thread closing = new Thread(ending::close);
            closing.start();
            while (closing.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            out.write(image, image.length / 2, image.length - image.length / 2);
            out.flush();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            closing.join();
        }
        assertThatIllegalStateException().isThrownBy(() -> bean.predict(PHOTO)).withMessageContaining("closed");
    }

    /** Until a thread of the server reads the body. */
    private static void awaitRequest() {
        while (Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .noneMatch(frame -> frame.getClassName().endsWith("ModelController"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anApplicationWithoutModelsStarts() {
        try (ConfigurableApplicationContext none = run(Application.class)) {
            assertThat(none.getBeansOfType(NumClip.class)).isEmpty();
        }
    }

    @Test
    void aModelThatDoesNotOpenEndsTheStartInWords() {
        assertThatThrownBy(() -> run(Application.class, "--numclip.models.faces.path=" + folder.resolve("nowhere")))
                .hasRootCauseInstanceOf(NumClipException.class)
                .satisfies(failure -> assertThat(
                                new RefusedModelAnalyzer().analyze(failure).getDescription())
                        .contains("nowhere"));
        assertThatThrownBy(() -> run(Application.class, "--numclip.models.faces.device=cpu"))
                .hasStackTraceContaining("expected the folder of a run");
    }
}
