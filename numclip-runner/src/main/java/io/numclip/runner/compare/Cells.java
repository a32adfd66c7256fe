package io.numclip.runner.compare;

import io.numclip.data.NumClipException;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.MethodLayers;
import io.numclip.host.config.MethodVariant;
import io.numclip.host.config.Setting;
import io.numclip.host.run.FoldNames;
import io.numclip.host.run.Tasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All trainings of a comparison, in the order of tasks, folds, shots, seeds and methods. */
public final class Cells {

    private final CompareConfig compare;
    private final ExperimentReader reader;
    private final Tasks tasks;

    /** @param tasks shared with the trainings */
    public Cells(CompareConfig compare, ExperimentReader reader, Tasks tasks) {
        this.compare = compare;
        this.reader = reader;
        this.tasks = tasks;
    }

    /** @throws NumClipException naming the problems of all configurations at once */
    public List<Cell> all() throws IOException {
        List<Cell> cells = new ArrayList<>();
        Map<String, NumClipException> problems = new LinkedHashMap<>();
        for (String task : compare.tasks()) {
            for (String fold : folds(task)) {
                for (int shots : compare.shots()) {
                    for (long seed : compare.seeds()) {
                        for (MethodVariant method : compare.methods()) {
                            try {
                                cells.add(cell(task, method, seed, shots, fold));
                            } catch (NumClipException problem) {
                                problems.putIfAbsent(String.valueOf(problem.getMessage()), problem);
                            }
                        }
                    }
                }
            }
        }
        throwIfAny(problems);
        return cells;
    }

    /** @param problems by message; most cells have the same */
    private static void throwIfAny(Map<String, NumClipException> problems) {
        if (problems.size() == 1) {
            throw problems.values().iterator().next();
        }
        if (!problems.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    problems.keySet().stream().flatMap(String::lines).distinct().collect(Collectors.joining("\n")),
                    "correct these settings and start again; './numclip components' lists every setting");
        }
    }

    private List<String> folds(String task) throws IOException {
        if (compare.folds().isEmpty()) {
            return List.of("");
        }
        ExperimentConfig any = config(task, compare.methods().get(0), List.of());
        return FoldNames.chosen(compare.folds(), FoldNames.of(any, tasks));
    }

    private Cell cell(String task, MethodVariant method, long seed, int shots, String fold) {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("training.seed", String.valueOf(seed)));
        if (shots > 0) {
            settings.add(new Setting("protocol.fewShot", String.valueOf(shots)));
        }
        if (!fold.isEmpty()) {
            settings.add(new Setting("protocol.fold", "\"" + fold.replace("\"", "\\\"") + "\""));
        }
        ExperimentConfig config = config(task, method, settings);
        return new Cell(task, method.name(), seed, shots, fold, config);
    }

    private ExperimentConfig config(String task, MethodVariant method, List<Setting> settings) {
        List<Setting> all = new ArrayList<>(settings);
        if (compare.frozen()) {
            all.add(new Setting("training.learningRates.imageEncoder", "0"));
        }
        return reader.read(task, new MethodLayers(compare.settings(), method, all));
    }
}
