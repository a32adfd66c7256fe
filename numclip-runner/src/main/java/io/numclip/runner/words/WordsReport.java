package io.numclip.runner.words;

import io.numclip.data.Bin;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.message.PlainText;
import io.numclip.runner.report.Table;
import java.util.Locale;

/** The result of a search for words, for a person to read. */
public final class WordsReport {

    private WordsReport() {}

    public static String text(WordResult result) {
        return words(result) + "\n" + templates(result) + "\n" + figures(result) + "\n" + verdict(result);
    }

    private static String words(WordResult result) {
        Table table = new Table("bin", "recipe's word", "proposed word");
        for (int k = 0; k < result.bins().size(); k++) {
            Bin bin = result.bins().get(k);
            table.row(
                    number(bin.lower()) + " to " + number(bin.upper()),
                    bin.concept(),
                    result.proposedWords().get(k));
        }
        return table.text();
    }

    private static String templates(WordResult result) {
        StringBuilder text = new StringBuilder("Proposed templates:\n");
        result.proposedTemplates()
                .forEach(template -> text.append("  ").append(template).append('\n'));
        return text.toString();
    }

    private static String figures(WordResult result) {
        Score choosing = result.recipe().choosing();
        Score measured = result.recipe().heldOut();
        Table table = new Table(
                "zero-shot accuracy",
                "right of " + PlainText.counted(choosing.count(), "training image"),
                "share",
                "right of " + PlainText.counted(measured.count(), "validation image"),
                "share",
                "ordinality");
        add(table, "recipe", result.recipe());
        add(table, "best words in one template", result.single());
        add(table, "proposal", result.proposal());
        return table.text();
    }

    private static void add(Table table, String name, WordResult.Scores row) {
        table.row(
                name,
                row.choosing().right(),
                share(row.choosing().accuracy()),
                row.heldOut().right(),
                share(row.heldOut().accuracy()),
                share(row.heldOut().ordinality()));
    }

    private static String verdict(WordResult result) {
        PairedComparison comparison = result.comparison();
        String difference = String.format(
                Locale.ROOT,
                "Proposal minus recipe on the held-out validation images: %+.3f (95 %% interval %+.3f to %+.3f).\n",
                comparison.difference(),
                comparison.interval().low(),
                comparison.interval().high());
        return difference
                + (result.isBetter()
                        ? gain(comparison)
                        : "The proposal is not better there: the recipe's words are kept.")
                + "\n";
    }

    private static String gain(PairedComparison comparison) {
        return comparison.interval().low() > 0
                ? "The proposal is better there."
                : "The proposal has more of them right, but the difference may be due to chance.";
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }

    private static String number(double number) {
        return number == Math.rint(number) ? String.format(Locale.ROOT, "%.0f", number) : Double.toString(number);
    }
}
