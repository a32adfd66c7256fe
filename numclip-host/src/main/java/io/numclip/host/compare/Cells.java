package io.numclip.host.compare;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.assembly.FoldNames;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.MethodLayers;
import io.numclip.host.config.MethodVariant;
import io.numclip.host.config.Protocol;
import io.numclip.host.config.Setting;
import io.numclip.host.result.YardstickKind;
import io.numclip.host.run.Yardsticks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All trainings of a comparison, in the order of tasks, folds, shots, shifts, seeds and methods. */
final class Cells {

    private static final String UNTRAINED = "zero-shot"; // the method whose settings a yardstick has

    private final CompareConfig compare;
    private final ExperimentReader reader;
    private final Tasks tasks;
    private final SharedModels models = new SharedModels();
    private final Map<String, Set<String>> leftOut = new LinkedHashMap<>(); // yardsticks, by the model
    private boolean followed;

    /** @param tasks shared with the trainings */
    Cells(CompareConfig compare, ExperimentReader reader, Tasks tasks) {
        this.compare = compare;
        this.reader = reader;
        this.tasks = tasks;
    }

    /** @throws NumClipException naming the problems of all configurations at once */
    List<Cell> all() throws IOException {
        return cells(compare.seeds());
    }

    /** The trials of the search, in the order of its factors; none for a method without epochs, which has no rates. */
    List<Cell> trials() throws IOException {
        CompareConfig.Search search = compare.search();
        if (search == null) {
            return List.of();
        }
        return cells(List.of(search.seed())).stream()
                .filter(Cells::isSearched)
                .flatMap(cell -> search.factors().stream()
                        .map(factor -> cell.withFactor(cell.factor() * factor).asTrial()))
                .toList();
    }

    /** What of the cells so far is left out, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (followed) {
            notes.add("the trainings of a comparison have no folders of their own; 'follow' is left out");
        }
        leftOut.forEach((model, yardsticks) -> notes.add("backbone.model: " + model
                + " has no features before it learns, so yardsticks see pixels only; left out: "
                + String.join("; ", yardsticks)));
        return notes;
    }

    private static boolean isSearched(Cell cell) {
        return cell.config().training().epochs() > 0;
    }

    private List<Cell> cells(List<Long> seeds) throws IOException {
        List<Cell> cells = new ArrayList<>();
        Map<String, NumClipException> problems = new LinkedHashMap<>();
        for (String task : compare.tasks()) {
            for (String fold : folds(task)) {
                cells.addAll(cells(task, fold, seeds, problems));
            }
        }
        throwIfAny(problems);
        return cells;
    }

    /**
     * The cells whose configuration can be read, without their folds, for which images would have to be read.
     *
     * @param problems gets those of the others, by message
     */
    List<Cell> readable(Map<String, NumClipException> problems) {
        return compare.tasks().stream()
                .flatMap(task -> cells(task, "", compare.seeds(), problems).stream())
                .toList();
    }

    private List<Cell> cells(String task, String fold, List<Long> seeds, Map<String, NumClipException> problems) {
        List<Cell> cells = new ArrayList<>();
        for (Cell.Table table : tables(task)) {
            for (long seed : seeds) {
                for (MethodVariant method : methods()) {
                    try {
                        Cell cell = cell(table, method, seed, fold);
                        if (isPossible(cell)) {
                            cells.add(cell);
                        }
                    } catch (NumClipException problem) {
                        problems.putIfAbsent(String.valueOf(problem.getMessage()), problem);
                    }
                }
            }
        }
        return cells;
    }

    /** Not a yardstick on features that a tower has not. A CLIP that cannot be opened is reported where it would be used. */
    private boolean isPossible(Cell cell) {
        String model = cell.config().backbone().model();
        Optional<YardstickKind> yardstick = YardstickKind.of(cell.method());
        try {
            if (yardstick.isEmpty()
                    || Yardsticks.isFor(yardstick.get(), models.clip(model).vision())) {
                return true;
            }
        } catch (IOException | NumClipException notThere) {
            return true;
        }
        leftOut.computeIfAbsent(model, any -> new LinkedHashSet<>())
                .add(yardstick.get().title());
        return false;
    }

    /** The methods of the comparison, and the yardsticks: untrained, on the bins of the task. */
    List<MethodVariant> methods() {
        List<MethodVariant> methods = new ArrayList<>();
        compare.methods().forEach(method -> methods.add(method.variant()));
        if (compare.yardsticks()) {
            ConfigNode.Mapping nothing =
                    new ConfigNode.Mapping(compare.settings().position(), Map.of());
            for (YardstickKind yardstick : YardstickKind.values()) {
                methods.add(new MethodVariant(yardstick.title(), UNTRAINED, nothing));
            }
        }
        return methods;
    }

    private List<Cell.Table> tables(String task) {
        return compare.shotCounts().stream()
                .flatMap(shots -> compare.shifts().stream().map(shift -> new Cell.Table(task, shots, shift)))
                .toList();
    }

    /** @param problems by message; most cells have the same */
    static void throwIfAny(Map<String, NumClipException> problems) {
        if (problems.size() == 1) {
            throw problems.values().iterator().next();
        }
        if (!problems.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    problems.keySet().stream().flatMap(String::lines).distinct().collect(Collectors.joining("\n")),
                    "correct these settings and start again; '" + Invocation.NAME
                            + " config components' lists every setting");
        }
    }

    private List<String> folds(String task) throws IOException {
        if (compare.folds().isEmpty()) {
            return List.of("");
        }
        ExperimentConfig any = config(task, compare.methods().get(0).variant(), List.of());
        return FoldNames.chosen(compare.folds(), FoldNames.of(any, tasks));
    }

    private Cell cell(Cell.Table table, MethodVariant method, long seed, String fold) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("training.seed", String.valueOf(seed)));
        if (table.shots() > 0) {
            settings.add(new Setting("protocol.fewShot", String.valueOf(table.shots())));
        }
        Protocol.Shift shift = table.shift();
        if (shift.labels() > 0) {
            settings.add(new Setting("protocol.shift", "{labels: " + shift.labels() + ", keep: " + shift.keep() + "}"));
        }
        if (!fold.isEmpty()) {
            settings.add(new Setting("protocol.fold", "\"" + fold.replace("\"", "\\\"") + "\""));
        }
        return new Cell(table, method.name(), seed, fold, false, config(table.task(), method, settings));
    }

    private ExperimentConfig config(String task, MethodVariant method, List<Setting> settings) {
        List<Setting> all = new ArrayList<>(settings);
        if (compare.frozen()) {
            all.add(new Setting("training.learningRates.imageEncoder", "0"));
        }
        ExperimentConfig config = reader.read(task, new MethodLayers(compare.settings(), method, all));
        followed |= config.follow() != null;
        return config.withoutFollow();
    }
}
