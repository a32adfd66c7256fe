package io.numclip.host.compare;

import io.numclip.host.message.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the factor on the learning rates by validation MAE alone: for each method of each table, from the same number
 * of trials. Of equal ones the factor that is named first is chosen.
 */
final class RateSearch {

    private final Set<Cell.Searched> planned;
    private final Map<Cell.Searched, Map<Cell, CellResult>> trials = new LinkedHashMap<>();

    /**
     * @param planned all trials
     * @param ended those that have ended, in the order of the factors
     */
    RateSearch(List<Cell> planned, Map<Cell, CellResult> ended) {
        this.planned = planned.stream().map(Cell::searched).collect(Collectors.toSet());
        ended.forEach((trial, result) -> trials.computeIfAbsent(trial.searched(), searched -> new LinkedHashMap<>())
                .put(trial, result));
    }

    /** A cell with the learning rates that its trials have chosen, or as it is if it has none; empty if all of them failed. */
    Optional<Cell> chosen(Cell cell) {
        return planned.contains(cell.searched())
                ? best(cell.searched()).map(trial -> cell.withFactor(trial.factor()))
                : Optional.of(cell);
    }

    /** The trial with the lowest validation MAE; empty if none has ended. */
    Optional<Cell> best(Cell.Searched searched) {
        return trials.getOrDefault(searched, Map.of()).entrySet().stream()
                .min(Comparator.comparingDouble(trial -> trial.getValue().validationMae()))
                .map(Map.Entry::getKey);
    }

    /** Every trial, for programs. */
    List<List<String>> csv() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "task", "shots", "shift", "fold", "method", "seed", "factor", "validationMae", "bestEpoch", "chosen"));
        trials.forEach((searched, ended) -> ended.forEach((trial, result) -> lines.add(List.of(
                PlainText.cell(searched.table().task()),
                searched.table().shotsInWords(),
                searched.table().shiftInWords(),
                PlainText.cell(searched.fold()),
                PlainText.cell(searched.method()),
                String.valueOf(trial.seed()),
                String.valueOf(trial.factor()),
                String.valueOf(result.validationMae()),
                String.valueOf(result.bestEpoch()),
                String.valueOf(best(searched).filter(trial::equals).isPresent())))));
        return lines;
    }
}
