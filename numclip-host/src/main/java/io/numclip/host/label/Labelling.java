package io.numclip.host.label;

import io.numclip.host.label.Answer.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One person who is asked about the images of a folder, one question after another. For any number of threads. */
public final class Labelling {

    private static final long SEED = 1;

    private final AnswerFile file;
    private final LabelLists lists;
    private final LabelImages images;
    private final AskedScale scale;
    private final String person;
    private final Clock clock;
    private final Answers answers;
    private final NumberQuestions numbers;
    private final Random random = new Random(SEED);
    private @Nullable PairQuestions pairs;
    private @Nullable Question asked;
    private boolean comparing;
    private Worth worth = Worth.UNKNOWN;
    private int judged;

    /**
     * What a page sends.
     *
     * @param id of the question
     * @param other the second image of a comparison; null: it is none
     * @param value for {@link Said#VALUE} alone
     */
    public record Given(
            int id,
            String image,
            @Nullable String other,
            Said said,
            @Nullable Double value) {

        boolean isSameAs(Answer kept, String person) {
            boolean sameImages = kept.image().equals(image) && Objects.equals(kept.other(), other);
            return kept.by().equals(person)
                    && kept.said() == said
                    && Objects.equals(kept.value(), value)
                    && (sameImages || said == Said.UNDO);
        }
    }

    /** An answer to another question than the one that is asked. */
    public static final class StaleAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An answer that is none of the scale. */
    public static final class NoAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String message) {
            super(message);
        }
    }

    /**
     * @param list to write after each answer
     * @param person whose answers these are
     */
    public Labelling(AnswerFile file, Path list, LabelImages images, AskedScale scale, String person, Clock clock)
            throws IOException {
        this.file = file;
        this.lists = new LabelLists(list, file.about().folder());
        this.images = images;
        this.scale = scale;
        this.person = person;
        this.clock = clock;
        answers = Answers.of(file.answers());
        numbers = new NumberQuestions(images, scale.numbers(), random);
        lists.write(answers);
    }

    public LabelImages images() {
        return images;
    }

    public AskedScale scale() {
        return scale;
    }

    public String person() {
        return person;
    }

    /**
     * What is asked now; the same until it is answered.
     *
     * @param compare whether for two images
     * @return empty where there is nothing left to ask
     */
    public synchronized Optional<Question> question(boolean compare) {
        int id = file.answers().size() + 1;
        Question known = asked;
        if (known == null || known.id() != id || comparing != compare) {
            known = takenBack(id, compare).or(() -> next(id, compare)).orElse(null);
            asked = known;
            comparing = compare;
        }
        return Optional.ofNullable(known);
    }

    private Optional<Question> next(int id, boolean compare) {
        if (!compare) {
            return numbers.next(id, answers, person);
        }
        PairQuestions known = pairs == null ? new PairQuestions(images) : pairs;
        pairs = known;
        return known.next(id, answers);
    }

    /** The question whose answer this person has just taken back. */
    private Optional<Question> takenBack(int id, boolean compare) {
        return last().filter(answer -> answer.said() == Said.UNDO && answer.isComparison() == compare)
                .flatMap(answer -> place(answer.image())
                        .flatMap(image -> compare
                                ? place(String.valueOf(answer.other()))
                                        .map(other -> new Question(id, image, other, null))
                                : Optional.of(new Question(id, image, null, null))));
    }

    private Optional<Integer> place(String image) {
        return Optional.ofNullable(images.places().get(image));
    }

    private Optional<Answer> last() {
        return file.answers().stream()
                .filter(answer -> answer.by().equals(person))
                .reduce((before, after) -> after);
    }

    /** What this person said last that still counts, such as to show what would be taken back. */
    public synchronized Optional<Answer> undoable() {
        return answers.last(person);
    }

    /**
     * Keeps an answer; it is on the disk when this returns. The same answer again is kept once.
     *
     * @throws StaleAnswerException if something else was answered in the meantime
     * @throws NoAnswerException if it is no answer about these images
     */
    public synchronized void answer(Given given) throws IOException {
        List<Answer> kept = file.answers();
        if (given.id() >= 1 && given.id() <= kept.size() && given.isSameAs(kept.get(given.id() - 1), person)) {
            return;
        }
        if (given.id() != kept.size() + 1) {
            throw new StaleAnswerException();
        }
        Answer answer = given.said() == Said.UNDO ? undo(given.id()) : said(given);
        file.append(answer);
        answers.add(answer);
        asked = null;
        lists.write(answers);
    }

    private Answer undo(int id) {
        Answer last = answers.last(person).orElseThrow(() -> new NoAnswerException("there is nothing to undo"));
        return new Answer(id, person, now(), last.image(), last.other(), Said.UNDO, null, null);
    }

    private Answer said(Given given) {
        Double value = given.value();
        String other = given.other();
        int image = place(given.image()).orElseThrow(() -> new NoAnswerException("there is no such image"));
        Integer second =
                other == null ? null : place(other).orElseThrow(() -> new NoAnswerException("there is no such image"));
        if ((given.said().isOfPairs() && second == null)
                || (given.said() == Said.VALUE) != (value != null)
                || (value != null && second != null)) {
            throw new NoAnswerException("this is no answer to the question");
        }
        if (value != null) {
            scale.numbers().problem(value).ifPresent(problem -> {
                throw new NoAnswerException(value + " is " + problem);
            });
        }
        Question known = asked;
        boolean isAsked = known != null && known.image() == image && Objects.equals(known.other(), second);
        Answer.Guess guess = known != null && isAsked ? known.guess() : null;
        return new Answer(given.id(), person, now(), given.image(), other, given.said(), value, guess);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The id of the next answer. */
    public synchronized int next() {
        return file.answers().size() + 1;
    }

    /** How many images have a number. */
    public synchronized int known() {
        return answers.numbers().size();
    }

    public synchronized Verdict verdict() {
        int known = known();
        if (known / NumberQuestions.ROUND != judged) {
            judged = known / NumberQuestions.ROUND;
            worth = Worth.of(images, answers);
        }
        PairQuestions order = pairs;
        return Verdict.of(answers, worth, order == null ? 0 : order.ordered(answers));
    }

    /** How many images this person has not answered. */
    public synchronized int left() {
        Map<String, Map<String, Answer>> said = answers.ofImages();
        return (int) images.names().stream()
                .filter(image -> {
                    Answer mine = said.getOrDefault(image, Map.of()).get(person);
                    return mine == null || mine.said() == Said.SKIP;
                })
                .count();
    }
}
