package io.numclip.bench;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.FineHead;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Seconds of the SSR head with NumCLIP's three losses, and of the losses alone, forward and backward. */
@Command(
        name = "LossAndHead",
        description = "Prints the seconds of head and losses, and of the losses alone, the median of 200.")
public final class LossAndHead implements Callable<String> {

    private static final int WARM_UP = 300; // until compiled
    private static final int RUNS = 200;

    @Parameters(index = "0", arity = "0..1", defaultValue = "" + RankBatch.IMAGES, paramLabel = "IMAGES")
    private int images;

    @Parameters(index = "1", arity = "0..1", defaultValue = "" + RankBatch.RANKS, paramLabel = "RANKS")
    private int ranks;

    public static void main(String[] arguments) {
        System.exit(Program.run(new LossAndHead(), arguments));
    }

    @Override
    public String call() throws IOException, ReflectiveOperationException {
        try (RankBatch batch = new RankBatch(images, ranks)) {
            FineHead head = batch.ssrHead();
            BuiltInLosses builtIn = new BuiltInLosses();
            List<RankingLoss> losses = List.of(
                    builtIn.create("ranking-ce", batch.context()),
                    builtIn.create("ranking-kl", batch.context()),
                    builtIn.create("absolute-error", batch.context()));
            double both =
                    seconds(() -> batch.step((output, truth) -> sum(losses, RankBatch.refined(head, output), truth)));
            double alone = seconds(() -> batch.step((output, truth) -> sum(losses, output, truth)));
            return Program.line("seconds", both) + "\n" + Program.line("losses-seconds", alone);
        }
    }

    /** The median. */
    private static double seconds(Runnable step) {
        double[] seconds = DoubleStream.generate(() -> once(step))
                .limit(WARM_UP + RUNS)
                .skip(WARM_UP)
                .toArray();
        return Program.median(seconds);
    }

    private static double once(Runnable step) {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static NDArray sum(List<RankingLoss> losses, NumClipOutput output, Targets truth) {
        return losses.stream()
                .map(loss -> loss.evaluate(output, truth))
                .reduce(NDArray::add)
                .orElseThrow(); // ()
    }
}
