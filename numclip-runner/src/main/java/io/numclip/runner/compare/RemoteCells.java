package io.numclip.runner.compare;

import io.numclip.data.NumClipException;
import io.numclip.host.run.Provenances;
import io.numclip.host.run.SharedModels;
import io.numclip.runner.terminal.Services;
import io.numclip.training.TrainingListener;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The cells of a comparison for machines that share no folder of results: each is trained by whoever makes the same plan from the
 * same arguments, and its file is written here. The tables are those of the command, which finds all cells finished.
 */
public final class RemoteCells {

    private final CompareCommand command;
    private final CompareCommand.Plan plan;
    private final SharedModels shared = new SharedModels();
    private final Provenances provenances;

    /**
     * A cell to be trained, by its place in the plan.
     *
     * @param factor on all learning rates
     */
    public record Order(int index, boolean trial, double factor) implements Serializable {}

    /**
     * A cell that was trained.
     *
     * @param file its name within those of all tasks, which says configuration, data, CLIP and program
     * @param content null where it failed
     * @param problem why; null where it did not fail
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once, never compared
    public record Trained(
            Order order,
            String file,
            byte @Nullable [] content,
            @Nullable String problem) implements Serializable {}

    private RemoteCells(CompareCommand command, CompareCommand.Plan plan) {
        this.command = command;
        this.plan = plan;
        this.provenances = new Provenances(plan.tasks(), shared);
    }

    /** @param arguments of the command {@code compare} */
    public static RemoteCells of(Services services, List<String> arguments) throws IOException {
        CompareCommand command = new CompareCommand(services);
        new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
        return new RemoteCells(command, command.plan());
    }

    /** The trials of the search that have no file. */
    public List<Order> missingTrials() throws IOException {
        return missing(plan.trials(), true, Optional::of);
    }

    /** The cells that have no file, with the rates that the trials have chosen; those without a trial that ended are left out. */
    public List<Order> missingCells() throws IOException {
        Map<Cell, CellResult> ended = new LinkedHashMap<>();
        for (Cell trial : plan.trials()) {
            file(trial).read().ifPresent(result -> ended.put(trial, result));
        }
        return missing(plan.cells(), false, new RateSearch(plan.trials(), ended)::chosen);
    }

    private List<Order> missing(List<Cell> cells, boolean trial, Function<Cell, Optional<Cell>> rates)
            throws IOException {
        List<Order> missing = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Optional<Cell> cell = rates.apply(cells.get(i));
            if (cell.isPresent() && file(cell.get()).read().isEmpty()) {
                missing.add(new Order(i, trial, cell.get().factor()));
            }
        }
        return missing;
    }

    private Cell cell(Order order) {
        Cell cell = (order.trial() ? plan.trials() : plan.cells()).get(order.index());
        return cell.factor() == order.factor() ? cell : cell.withFactor(order.factor());
    }

    private CellFile file(Cell cell) throws IOException {
        return new CellFile(plan.folder(), cell, provenances.of(cell.config()));
    }

    /** In words, for progress. */
    public String name(Order order) {
        return cell(order).toString();
    }

    /** Trains a cell on this machine, and writes nothing but the cache of features. */
    public Trained train(Order order) throws IOException {
        Cell cell = cell(order);
        CellFile file = file(cell);
        try {
            CellResult result = new CellRun(plan.tasks(), shared).run(cell, TrainingListener.NONE);
            return new Trained(order, file.name(), file.content(result), null);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            return new Trained(order, file.name(), null, NumClipException.firstLine(failure));
        }
    }

    /**
     * Writes the file of a cell that was trained elsewhere.
     *
     * @throws NumClipException if the data, the CLIP or the program is another there
     */
    public void keep(Trained cell) throws IOException {
        CellFile file = file(cell(cell.order()));
        if (!file.name().equals(cell.file())) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    name(cell.order())
                            + ": was trained on other data, another CLIP or with another program than here\nexpected "
                            + file.name() + "\nfound    " + cell.file(),
                    "give every machine the same images, CLIP, plugins and version of NumCLIP; the precision, "
                            + "backbone.precision, must not be 'auto' where processors differ");
        }
        if (cell.content() != null) {
            file.write(cell.content());
        }
    }

    /**
     * Writes the tables, and trains here what is still missing.
     *
     * @return the exit code
     */
    public int tables() throws IOException {
        return command.call();
    }
}
