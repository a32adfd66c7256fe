package io.numclip.host.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.host.label.Answer.Said;
import io.numclip.host.label.Labelling.NoAnswerException;
import io.numclip.host.label.Labelling.StaleAnswerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabellingTest {

    @TempDir
    private Path folder;

    @Test
    void anAnswerIsALineOfTheFileAndARowOfTheList() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            Question question = labelling.question(false).orElseThrow();

            TestingLabels.say(labelling, question, Said.VALUE, 4.5);

            String name = TestingLabels.name(question.image());
            assertThat(lines().get(1))
                    .isEqualTo("{\"id\":1,\"by\":\"anna\",\"at\":\"2026-01-02T12:00:00Z\",\"image\":\"" + name
                            + "\",\"said\":\"value\",\"value\":4.5}");
            assertThat(list()).containsExactly("image,value,labeller", "photos/" + name + ",4.5,anna");
        }
    }

    @Test
    void aQuestionStaysUntilItIsAnsweredAndIsNotAskedAgain() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            Set<Integer> asked = new HashSet<>();

            for (int i = 0; i < TestingLabels.COUNT; i++) {
                assertThat(labelling.question(false)).isEqualTo(labelling.question(false));
                assertThat(asked.add(labelling.question(false).orElseThrow().image()))
                        .isTrue();
                TestingLabels.answer(labelling, 1);
            }

            assertThat(labelling.question(false)).isEmpty();
            assertThat(list()).hasSize(TestingLabels.COUNT + 1);
        }
    }

    @Test
    void theSameAnswerTwiceCountsOnce() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            Question question = labelling.question(false).orElseThrow();
            TestingLabels.say(labelling, question, Said.VALUE, 4.0);
            TestingLabels.say(labelling, question, Said.VALUE, 4.0);

            assertThat(lines()).hasSize(2);
            assertThatThrownBy(() -> TestingLabels.say(labelling, question, Said.VALUE, 5.0))
                    .as("of another window")
                    .isInstanceOf(StaleAnswerException.class);
        }
    }

    @Test
    void whatIsNoNumberOfTheScaleIsRefused() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");

            assertThatThrownBy(() -> TestingLabels.say(labelling, Said.VALUE, 9.0))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("9.0 is outside 0.0 to 8.0 days");
            assertThatThrownBy(() -> TestingLabels.say(labelling, Said.VALUE, null))
                    .isInstanceOf(NoAnswerException.class);
            assertThatThrownBy(() -> TestingLabels.say(labelling, Said.IMAGE, null))
                    .isInstanceOf(NoAnswerException.class);
            assertThatThrownBy(() -> TestingLabels.say(labelling, Said.UNDO, null))
                    .isInstanceOf(NoAnswerException.class);
            assertThat(lines()).hasSize(1);
        }
    }

    @Test
    void undoAsksTheSameAgainAndTheLastWordCounts() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            int image = labelling.question(false).orElseThrow().image();
            TestingLabels.say(labelling, Said.VALUE, 4.0);
            TestingLabels.say(labelling, Said.UNDO, null);

            assertThat(list()).hasSize(1);
            assertThat(labelling.question(false).orElseThrow().image()).isEqualTo(image);

            TestingLabels.say(labelling, Said.VALUE, 5.0);

            assertThat(list()).endsWith("photos/" + TestingLabels.name(image) + ",5,anna");
            assertThat(lines()).as("nothing is removed").hasSize(4);
        }
    }

    @Test
    void whatWasSkippedComesAgainAtTheEndAndWhatNobodyCanSayDoesNot() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            int skipped = labelling.question(false).orElseThrow().image();
            TestingLabels.say(labelling, Said.SKIP, null);
            TestingLabels.say(labelling, Said.UNKNOWN, null);
            TestingLabels.answer(labelling, TestingLabels.COUNT - 2);

            assertThat(labelling.question(false).orElseThrow().image()).isEqualTo(skipped);
            TestingLabels.answer(labelling, 1);
            assertThat(labelling.question(false)).isEmpty();
            assertThat(list()).hasSize(TestingLabels.COUNT);
        }
    }

    @Test
    void aTornLastLineIsDroppedAndItGoesOn() throws IOException {
        try (AnswerFile file = open()) {
            TestingLabels.answer(TestingLabels.labelling(file, folder, "anna"), 3);
        }
        Files.writeString(TestingLabels.file(folder), "{\"id\":4,\"by\":\"an", StandardOpenOption.APPEND);

        try (AnswerFile file = open()) {
            assertThat(file.answers()).hasSize(3);
            TestingLabels.answer(TestingLabels.labelling(file, folder, "anna"), 1);
        }
        assertThat(lines()).hasSize(5);
        assertThat(list()).hasSize(5);
    }

    @Test
    void aLineThatIsNoAnswerIsRefusedWithItsPlace() throws IOException {
        Files.writeString(TestingLabels.file(folder), "nonsense\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::open)
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("labels.answers.jsonl:2: no answer in JSON");
    }

    @Test
    void oneProcessAtATimeTakesAnswers() throws IOException {
        try (AnswerFile first = open()) {
            assertThat(first.answers()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("another process takes answers");
        }
    }

    @Test
    void twoPeopleHaveTheMedianAndTheirAgreement() throws IOException {
        try (AnswerFile file = open()) {
            TestingLabels.answer(TestingLabels.labelling(file, folder, "anna"), 20);
            Labelling second = TestingLabels.labelling(file, folder, "ben");
            for (int i = 0; i < 30; i++) {
                Question question = second.question(false).orElseThrow();
                TestingLabels.say(second, question, Said.VALUE, Math.max(0, TestingLabels.truth(question.image()) - 1));
            }

            assertThat(second.verdict().agreement().count())
                    .as("each tenth, at least")
                    .isGreaterThanOrEqualTo(3);
            assertThat(second.verdict().agreement().value()).isBetween(0.5, 1.1);
            assertThat(list()).anyMatch(row -> row.endsWith(",anna+ben"));
        }
    }

    @Test
    void theErrorIsMeasuredBeforeAnAnswerIsLearned() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            assertThat(labelling.verdict().error()).isNaN();

            TestingLabels.answer(labelling, 50);

            Verdict verdict = labelling.verdict();
            assertThat(verdict.drawn()).isBetween(12, 15);
            assertThat(verdict.error()).isLessThan(0.5);
            assertThat(verdict.constant()).isGreaterThan(1.2);
            assertThat(verdict.worth().half()).isBetween(0.0, 1.0);
            assertThat(verdict.worth().all()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void comparisonsPutImagesIntoOrder() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");

            TestingLabels.compare(labelling, 60, 0);

            Verdict verdict = labelling.verdict();
            assertThat(verdict.ordered()).isGreaterThan(12);
            assertThat(verdict.again().count()).isGreaterThanOrEqualTo(10);
            assertThat(verdict.again().value()).isEqualTo(1);
            List<String> pairs = Files.readAllLines(LabelLists.pairsBeside(folder.resolve("labels.csv")));
            assertThat(pairs.get(0)).isEqualTo("image,other,more,labeller");
            assertThat(pairs.get(1)).matches("photos/fruit-\\d+.png,photos/fruit-\\d+.png,(image|other),anna");
        }
    }

    @Test
    void comparisonsEndThoughSomeAreWrong() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            int asked = 0;
            while (labelling.question(true).isPresent() && asked < 2000) {
                TestingLabels.compare(labelling, 1, 0.1);
                asked++;
            }

            assertThat(asked).isBetween(150, 800);
            assertThat(labelling.verdict().ordered()).isEqualTo(TestingLabels.COUNT);
        }
    }

    @Test
    void anUndoneComparisonIsAskedAgain() throws IOException {
        try (AnswerFile file = open()) {
            Labelling labelling = TestingLabels.labelling(file, folder, "anna");
            TestingLabels.compare(labelling, 5, 0);
            Question question = labelling.question(true).orElseThrow();
            TestingLabels.say(labelling, question, Said.EQUAL, null);
            TestingLabels.say(labelling, Said.UNDO, null);

            Question again = labelling.question(true).orElseThrow();
            assertThat(again.image()).isEqualTo(question.image());
            assertThat(again.other()).isEqualTo(question.other());
        }
    }

    private AnswerFile open() throws IOException {
        return AnswerFile.open(TestingLabels.file(folder));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(TestingLabels.file(folder));
    }

    private List<String> list() throws IOException {
        return Files.readAllLines(folder.resolve("labels.csv"));
    }
}
