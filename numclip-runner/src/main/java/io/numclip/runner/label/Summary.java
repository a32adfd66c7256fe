package io.numclip.runner.label;

import io.numclip.data.Invocation;
import io.numclip.host.label.AnswerFile.About;
import io.numclip.host.label.LabelLists;
import io.numclip.host.label.Labelling;
import io.numclip.host.label.Verdict;
import io.numclip.host.label.Worth;
import io.numclip.host.message.PlainText;
import io.numclip.runner.report.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said when labelling ends. */
final class Summary {

    private Summary() {}

    static String text(Labelling labelling, About about, Path folder, Path list) {
        Verdict verdict = labelling.verdict();
        String unit = labelling.scale().numbers().unit();
        List<String> lines = new ArrayList<>();
        lines.add(PlainText.counted(verdict.numbers(), "image") + " of "
                + labelling.images().names().size() + " with a number"
                + (verdict.pairs() > 0 ? ", " + PlainText.counted(verdict.pairs(), "comparison") : ""));
        if (verdict.drawn() > 0) {
            lines.add("While it learned them, a model was off by " + of(verdict.error(), unit) + " on average, on "
                    + PlainText.counted(verdict.drawn(), "image")
                    + " drawn by chance and predicted before the answer; the same number for every image by "
                    + of(verdict.constant(), unit) + ".");
        }
        Worth worth = verdict.worth();
        if (worth.state() != Worth.State.UNKNOWN) {
            lines.add((worth.state() == Worth.State.MORE ? "More answers still help" : "More answers bring little")
                    + ": on images drawn by chance a model of half of the answers is off by " + of(worth.half(), unit)
                    + ", of all others by "
                    + of(worth.all(), unit) + ".");
        }
        if (verdict.agreement().count() > 0) {
            lines.add("Two people are " + of(verdict.agreement().value(), unit) + " apart, on "
                    + PlainText.counted(verdict.agreement().count(), "image") + ".");
        }
        if (verdict.again().count() > 0) {
            lines.add("Of " + PlainText.counted(verdict.again().count(), "pair") + " that came twice, "
                    + PlainText.percent(verdict.again().value()) + " were answered the same.");
        }
        StringBuilder text = new StringBuilder("\n");
        lines.forEach(line -> text.append(TextLines.paragraph(line)).append('\n'));
        return text.append(written(verdict, about, folder, list)).toString();
    }

    private static String of(double figure, String unit) {
        return PlainText.quantity(PlainText.figure(figure), unit);
    }

    private static String written(Verdict verdict, About about, Path folder, Path list) {
        boolean isElsewhere = LabelLists.needsRoot(list, folder);
        Path pairs = LabelLists.pairsBeside(list);
        String numbers = verdict.numbers() > 1 ? " --numbers " + Invocation.argument(list) : "";
        String root = isElsewhere ? " --root " + Invocation.argument(folder) : "";
        String scale = "scale " + Invocation.argument(pairs) + numbers + root;
        String train = about.task() == null
                ? "init --csv " + Invocation.argument(list) + words(about) + root
                : "train " + Invocation.argument(about.task()) + data(list, isElsewhere ? folder : null);
        return (verdict.pairs() > 0 ? wrote(pairs, " (image,other,more). Make numbers of them: ", scale) : "")
                + wrote(list, ". Train on it: ", train);
    }

    private static String wrote(Path file, String what, String command) {
        return "\nWrote " + PlainText.printable(file) + what + Invocation.NAME + " " + command + "\n";
    }

    private static String words(About about) {
        return " --unit " + Invocation.argument(String.valueOf(about.unit())) + " --words "
                + Invocation.argument(String.valueOf(about.words()));
    }

    private static String data(Path list, @Nullable Path root) {
        String from = root == null
                ? ""
                : " --set task.data.root="
                        + Invocation.argument(root.toAbsolutePath().normalize());
        return " --set task.data.format=csv --set task.data.file=" + Invocation.argument(list) + from;
    }
}
