package io.numclip.host.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowFollowerTest {

    private static final RunEnd DONE = RunEnd.finished(2, Map.of("mae", 0.25));
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final MlflowPatience PATIENT =
            new MlflowPatience(Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(60));

    @TempDir
    Path run;

    private MlflowStub server;

    @BeforeEach
    void start() throws IOException {
        server = new MlflowStub();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunIsThereWithItsSettingsFiguresAndEnd() throws IOException {
        MlflowFollower follower = follower(Map.of());
        follower.reached(TestingEpochs.first(1));
        follower.reached(TestingEpochs.first(3));
        follower.ended(DONE);
        assertThat(server.tags).containsEntry("name", "age-1").containsEntry("seed", "7");
        assertThat(server.params).containsEntry("training.epochs", "3").containsEntry("note", "");
        assertThat(server.metrics.get("loss/total")).containsExactly("1: 1.0", "2: 2.0", "3: 3.0");
        assertThat(server.metrics.get("loss/ranking-ce")).containsExactly("1: 0.5", "2: 1.0", "3: 1.5");
        assertThat(server.metrics.get("validation/mae")).containsExactly("1: 0.1", "2: 0.2", "3: 0.3");
        assertThat(server.metrics).containsKeys("learningRate/adapter", "epoch/seconds");
        assertThat(server.metrics.get("test/mae")).containsExactly("2: 0.25");
        assertThat(server.statuses).containsExactly("RUNNING", "FINISHED");
        assertThat(server.authorizations).containsOnly("null");
    }

    @Test
    void limitsOfTheServerAreKept() throws IOException {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 250; i++) {
            many.put("setting." + i, "value");
        }
        many.put("ä?" + "k".repeat(300), "v".repeat(7000));
        MlflowFollower follower = follower(Map.of(), many, PATIENT);
        follower.ended(DONE);
        assertThat(server.batchSizes).allMatch(size -> size <= 100);
        assertThat(server.params).hasSize(251).containsEntry("__" + "k".repeat(248), "v".repeat(6000));
    }

    @Test
    void aRunThatGoesOnHasEveryEpochOnce() throws IOException {
        MlflowFollower killed = follower(Map.of());
        killed.reached(TestingEpochs.first(2));
        killed.ended(RunEnd.broken(new CancellationException()));
        MlflowFollower resumed = follower(Map.of());
        resumed.reached(TestingEpochs.first(2));
        resumed.reached(TestingEpochs.first(3));
        resumed.ended(DONE);
        MlflowFollower again = follower(Map.of());
        again.reached(TestingEpochs.first(3));
        again.ended(DONE);
        assertThat(server.runs()).isEqualTo(1);
        assertThat(server.metrics.get("loss/total")).containsExactly("1: 1.0", "2: 2.0", "3: 3.0");
        assertThat(server.metrics.get("test/mae")).containsExactly("2: 0.25");
        assertThat(server.statuses).containsExactly("RUNNING", "KILLED", "RUNNING", "FINISHED", "RUNNING", "FINISHED");
    }

    @Test
    void aFailedRunIsMarked() throws IOException {
        follower(Map.of()).ended(RunEnd.broken(new IOException("no space")));
        assertThat(server.statuses).containsExactly("RUNNING", "FAILED");
    }

    @Test
    void whatAServerMissesForAWhileItGetsLater() throws IOException {
        server.failing = 500;
        MlflowFollower follower = follower(Map.of());
        assertThat(problem(follower, TestingEpochs.first(2)))
                .isEqualTo("MLflow at " + server.address()
                        + ": status 500: asked to fail. It is tried again, beside the training");
        server.failing = 0;
        follower.ended(DONE);
        assertThat(server.metrics.get("loss/total")).containsExactly("1: 1.0", "2: 2.0");
        assertThat(server.statuses).containsExactly("RUNNING", "FINISHED");
    }

    @Test
    void whatIsMissingAtTheEndIsSaid() throws IOException {
        server.failing = 503;
        MlflowFollower follower = follower(Map.of());
        catchThrowable(() -> follower.reached(TestingEpochs.first(3)));
        assertThatIOException()
                .isThrownBy(() -> follower.ended(DONE))
                .withMessage(
                        "MLflow at " + server.address() + " lacks epochs 1 to 3, the test figures, the end of the run"
                                + " (status 503: asked to fail). Send them with: ./numclip train --resume " + run);
    }

    @Test
    void nobodyListensThere() {
        URI address = server.address();
        server.close();
        MlflowFollower follower = new MlflowFollower(address, run, text(settings()), Map.of(), PATIENT);
        assertThatIOException().isThrownBy(() -> follower.ended(DONE)).withMessageContaining("(no connection)");
    }

    /** The training goes on at once, and at its end waits as long as it may. */
    @Test
    void aSilentServerIsLeft() {
        server.silent = true;
        MlflowFollower follower = follower(
                Map.of(), settings(), new MlflowPatience(Duration.ofSeconds(600), Duration.ZERO, SHORT, SHORT));
        assertThatCode(() -> follower.reached(TestingEpochs.first(1))).doesNotThrowAnyException();
        assertThatIOException()
                .isThrownBy(() -> follower.ended(DONE))
                .withMessageContaining("lacks epoch 1, the test figures, the end of the run (it took too long)");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsATemporaryProblem() {
        server.silent = true;
        MlflowFollower follower =
                follower(Map.of(), settings(), new MlflowPatience(SHORT, Duration.ZERO, Duration.ofSeconds(60), SHORT));
        assertThatIOException().isThrownBy(() -> follower.ended(DONE)).withMessageContaining("(no answer within 0 s)");
    }

    /** A wrong password that is tried again and again locks an account. */
    @Test
    void aRefusalIsNotTriedAgain() {
        server.failing = 401;
        MlflowFollower follower = follower(Map.of("MLFLOW_TRACKING_TOKEN", "s3cret"));
        assertThat(problem(follower, TestingEpochs.first(1))).endsWith(". The training goes on without it");
        for (int epoch = 2; epoch <= 5; epoch++) {
            List<FollowedEpoch> epochs = TestingEpochs.first(epoch);
            catchThrowable(() -> follower.reached(epochs));
        }
        assertThatIOException()
                .isThrownBy(() -> follower.ended(DONE))
                .withMessageContaining("status 401: set MLFLOW_TRACKING_TOKEN")
                .withMessageNotContaining("s3cret");
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void aTokenGoesToTheServerAndNowhereElse() throws IOException {
        follower(Map.of("MLFLOW_TRACKING_TOKEN", "s3cret")).ended(DONE);
        assertThat(server.authorizations).containsOnly("Bearer s3cret");
        assertThat(Files.readString(run.resolve("mlflow.json"))).doesNotContain("s3cret");
    }

    @Test
    void aNameAndAPasswordAreSentAsMlflowsClientDoes() throws IOException {
        follower(Map.of("MLFLOW_TRACKING_USERNAME", "ada", "MLFLOW_TRACKING_PASSWORD", "pass"))
                .ended(DONE);
        assertThat(server.authorizations).containsOnly("Basic YWRhOnBhc3M=");
    }

    @Test
    void aSecretIsNotSentInTheOpenToAnotherMachine() {
        assertThatIOException()
                .isThrownBy(() -> MlflowSecret.of(
                        Map.of("MLFLOW_TRACKING_TOKEN", "s3cret"), URI.create("http://mlflow.example.org:5000")))
                .withMessageContaining("not sent without encryption")
                .withMessageNotContaining("s3cret");
        assertThatIOException()
                .isThrownBy(() -> MlflowSecret.of(
                        Map.of("MLFLOW_TRACKING_TOKEN", "two words"), URI.create("https://example.org")))
                .withMessageNotContaining("two");
    }

    @Test
    void anotherProgramAtThatAddressIsNamed() {
        server.page = "<html>a page</html>";
        assertThatIOException()
                .isThrownBy(() -> follower(Map.of()).ended(DONE))
                .withMessageContaining("the answer is not one of MLflow");
    }

    /** Many programs answer whatever they are asked with an empty object. */
    @Test
    void anAnswerWithoutAnIdIsNotOneOfMlflow() throws IOException {
        follower(Map.of()).ended(DONE);
        server.page = "{}";
        assertThatIOException()
                .as("a run that goes on")
                .isThrownBy(() -> follower(Map.of()).ended(DONE))
                .withMessageContaining("the answer is not one of MLflow");
        Files.delete(run.resolve("mlflow.json"));
        for (String answer : List.of("{}", "{\"experiment\": {\"experiment_id\": \"\"}}")) {
            server.page = answer;
            assertThatIOException()
                    .as(answer)
                    .isThrownBy(() -> follower(Map.of()).ended(DONE))
                    .withMessageContaining(
                            "lacks the test figures, the end of the run (the answer is not one of MLflow");
        }
        assertThat(run.resolve("mlflow.json")).doesNotExist();
        assertThat(problem(follower(Map.of()), TestingEpochs.first(1)))
                .isEqualTo("MLflow at " + server.address()
                        + ": the answer is not one of MLflow, perhaps it is another program. The training goes on"
                        + " without it");
    }

    /** A stop waits no longer than it may, though the thread has been interrupted, and stays a stop. */
    @Test
    void aStoppedRunIsMarkedThoughItsThreadIsInterrupted() throws IOException {
        MlflowFollower follower = follower(Map.of());
        Thread.currentThread().interrupt();
        follower.ended(RunEnd.broken(new CancellationException()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.statuses).containsExactly("RUNNING", "KILLED");
    }

    /** What a training says, once the server has failed. */
    private static String problem(MlflowFollower follower, List<FollowedEpoch> epochs) {
        while (true) {
            Throwable problem = catchThrowable(() -> follower.reached(epochs));
            if (problem != null) {
                return String.valueOf(problem.getMessage());
            }
            Thread.onSpinWait();
        }
    }

    private MlflowFollower follower(Map<String, String> environment) {
        return follower(environment, settings(), PATIENT);
    }

    private MlflowFollower follower(
            Map<String, String> environment, Map<String, String> settings, MlflowPatience patience) {
        return new MlflowFollower(server.address(), run, text(settings), environment, patience);
    }

    private static Map<String, String> settings() {
        return Map.of("training.epochs", "3", "note", "");
    }

    private static RunText text(Map<String, String> settings) {
        return new RunText("age", "age-1", settings, Map.of("seed", "7"));
    }
}
