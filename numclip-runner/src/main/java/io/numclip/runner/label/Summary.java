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
        String root = isElsewhere ? " --root " + Invocation.argument(folder) : "";
        StringBuilder text = new StringBuilder("\n");
        if (verdict.pairs() > 0) {
            text.append("Wrote ")
                    .append(PlainText.printable(LabelLists.pairsBeside(list)))
                    .append(" (image,other,more). Make numbers of them: ")
                    .append(Invocation.NAME)
                    .append(" scale ")
                    .append(Invocation.argument(LabelLists.pairsBeside(list)))
                    .append(verdict.numbers() > 1 ? " --numbers " + Invocation.argument(list) : "")
                    .append(root)
                    .append('\n');
        }
        String csv = Invocation.argument(list);
        String train = about.task() == null
                ? "init --csv " + csv + " --unit " + Invocation.argument(String.valueOf(about.unit())) + " --words "
                        + Invocation.argument(String.valueOf(about.words())) + root
                : "train " + Invocation.argument(about.task()) + " --set task.data.format=csv --set task.data.file="
                        + csv
                        + (isElsewhere
                                ? " --set task.data.root="
                                        + Invocation.argument(
                                                folder.toAbsolutePath().normalize())
                                : "");
        return text.append("Wrote ")
                .append(PlainText.printable(list))
                .append(". Train on it: ")
                .append(Invocation.NAME)
                .append(' ')
                .append(train)
                .append('\n')
                .toString();
    }
}
