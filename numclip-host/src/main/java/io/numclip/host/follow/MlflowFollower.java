package io.numclip.host.follow;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.follow.RunEnd.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells an MLflow server of a run, on a thread of its own. What the server does not take is kept and sent later; only at the
 * end is it waited for, and what it then does not have is said.
 */
public final class MlflowFollower implements Follower {

    private final MlflowServer server;
    private final MlflowRun run;
    private final MlflowPatience patience;
    private final String resume;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "mlflow");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<FollowedEpoch> missing = new ArrayDeque<>(); // guarded by itself
    private int handed;
    private long nextTry = System.nanoTime(); // only for the sender
    private volatile @Nullable MlflowFailure problem;

    /**
     * Begins at once, so that the run is there before its first epoch is over.
     *
     * @param environment may hold a secret, see {@link MlflowSecret}
     */
    public MlflowFollower(URI server, Path runFolder, RunText text, Map<String, String> environment) {
        this(server, runFolder, text, environment, MlflowPatience.usual());
    }

    MlflowFollower(
            URI address, Path runFolder, RunText text, Map<String, String> environment, MlflowPatience patience) {
        this.server = new MlflowServer(address, environment, patience.answer());
        this.run = new MlflowRun(server, runFolder.resolve("mlflow.json"), text);
        this.patience = patience;
        this.resume = Invocation.NAME + " train --resume " + Invocation.argument(runFolder);
        sender.execute(this::deliver);
    }

    @Override
    public void reached(List<FollowedEpoch> epochs) throws IOException {
        synchronized (missing) {
            missing.addAll(epochs.subList(handed, epochs.size()));
        }
        handed = epochs.size();
        sender.execute(this::deliver);
        MlflowFailure failure = problem;
        if (failure != null) {
            throw new IOException("MLflow at " + server.address() + ": " + failure.getMessage()
                    + (failure.isLasting()
                            ? ". The training goes on without it"
                            : ". It is tried again, beside the training"));
        }
    }

    @Override
    public void ended(RunEnd end) throws IOException {
        boolean stopped = end.outcome() == Outcome.STOPPED;
        boolean interrupted = Thread.interrupted(); // by the stop; waiting would end at once
        Future<Boolean> all = sender.submit(() -> isAllSent(end));
        boolean sent = false;
        try {
            sent = all.get((stopped ? patience.stop() : patience.end()).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (TimeoutException | ExecutionException e) {
            sent = false;
        }
        sender.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!sent) {
            throw new IOException(lack(end));
        }
    }

    /** Unless the server has failed just now, or for good. */
    private void deliver() {
        MlflowFailure failure = problem;
        boolean waits = failure != null && (failure.isLasting() || System.nanoTime() - nextTry < 0);
        if (!waits) {
            attempt(this::sendEpochs);
        }
    }

    private boolean isAllSent(RunEnd end) {
        MlflowFailure failure = problem;
        if (failure != null && failure.isLasting()) {
            return false;
        }
        return attempt(() -> {
            sendEpochs();
            run.log(MlflowMetric.of(end.shown(), Instant.now(), end.bestEpoch()));
            run.end(end.outcome() == Outcome.STOPPED ? "KILLED" : end.outcome().name());
        });
    }

    private void sendEpochs() throws IOException, InterruptedException {
        run.open();
        List<FollowedEpoch> some;
        synchronized (missing) {
            some = List.copyOf(missing);
        }
        List<MlflowMetric> metrics = new ArrayList<>();
        some.forEach(epoch -> metrics.addAll(MlflowMetric.of(epoch)));
        run.log(metrics);
        synchronized (missing) {
            some.forEach(epoch -> missing.remove());
        }
    }

    private interface Sending {
        void run() throws IOException, InterruptedException;
    }

    /** Tries once, and says whether it succeeded. */
    private boolean attempt(Sending sending) {
        try {
            sending.run();
            problem = null;
            return true;
        } catch (MlflowFailure failure) {
            problem = failure;
        } catch (IOException failure) {
            problem = new MlflowFailure(NumClipException.firstLine(failure), true, ""); // of a file
        } catch (RuntimeException unexpected) {
            problem = new MlflowFailure("an unexpected answer, " + NumClipException.firstLine(unexpected), true, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        nextTry = System.nanoTime() + patience.pause().toNanos();
        return false;
    }

    private String lack(RunEnd end) {
        List<String> lacking = new ArrayList<>();
        synchronized (missing) {
            if (!missing.isEmpty()) {
                int first = missing.getFirst().result().epoch();
                int last = missing.getLast().result().epoch();
                lacking.add(first == last ? "epoch " + first : "epochs " + first + " to " + last);
            }
        }
        if (!end.figures().isEmpty()) {
            lacking.add("the test figures");
        }
        lacking.add("the end of the run");
        MlflowFailure failure = problem;
        return "MLflow at " + server.address() + " lacks " + String.join(", ", lacking) + " ("
                + (failure == null ? "it took too long" : failure.getMessage()) + "). Send them with: " + resume;
    }
}
