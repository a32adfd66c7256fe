package io.numclip.host.propose;

import io.numclip.data.Invocation;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ScaleSteps;
import io.numclip.host.message.PlainText;
import io.numclip.host.propose.StarterBins.StarterBin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A first configuration of a task, as YAML: what was found, the settings that follow from it, and what to edit. */
public final class Proposal {

    private static final int COMMONEST = 3;
    private static final int LONGEST_NAME = 60;

    private final LabelSurvey survey;
    private final OpenedImages opened;
    private final StarterBins bins;
    private final Candidate training;
    private final List<String> tried;
    private final String unit;
    private final Vocabulary words;

    private Proposal(
            LabelSurvey survey,
            OpenedImages opened,
            Candidate training,
            List<String> tried,
            String unit,
            Vocabulary words) {
        this.tried = List.copyOf(tried);
        this.survey = survey;
        this.opened = opened;
        this.words = words;
        this.bins = StarterBins.of(words, survey.labels());
        this.training = training;
        this.unit = unit;
    }

    /**
     * What the images and their numbers say, with nothing tried.
     *
     * @param data where they are; its shares and seed are chosen here
     * @param unit plural noun, such as {@code years}
     * @param words lowest first, with commas between, each with where it ends or none, as in {@code a baby<2,a child<13,an adult};
     *     empty: what is known of the unit
     * @throws NumClipException if training could not use them: lines or images are wrong, or there are too few; or if the words
     *     cannot be used
     * @throws IOException if reading fails half-way
     */
    public static Proposal of(TaskData data, String unit, String words) throws IOException {
        LabelSurvey survey = LabelSurvey.of(data);
        Vocabulary known = Vocabulary.of(unit, survey.labels());
        Candidate training = Candidate.learning(survey.count(Split.TRAIN), survey.keepsLast())
                .get(0);
        return new Proposal(
                survey,
                OpenedImages.among(survey.images()),
                training,
                List.of(),
                unit,
                words.isEmpty() ? known : known.with(words));
    }

    /**
     * The same images after a trial, which may find something better.
     *
     * @param file where the YAML will be written
     * @param configs reads such a file, which need not be there
     * @param begins told what is tried next
     */
    public Proposal tried(Path file, Function<String, ExperimentConfig> configs, Consumer<String> begins)
            throws IOException {
        Trial trial = new Trial(
                candidate -> configs.apply(new Proposal(survey, opened, candidate, List.of(), unit, words).text(file)),
                survey,
                begins);
        TrialResult result = trial.run();
        return new Proposal(survey, opened, result.proposed().candidate(), result.lines(unit), unit, words);
    }

    /** What a trial found, in lines; none before. */
    public List<String> trial() {
        return tried;
    }

    /** The list or the folder. */
    public String place() {
        return survey.place();
    }

    /** Why some images could not be read. */
    public List<String> problems() {
        return opened.problems();
    }

    /** What was found, in sentences. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>(List.of(
                numbers(),
                "no image is missing; "
                        + (opened.problems().isEmpty()
                                ? "all"
                                : opened.count() - opened.problems().size()) + " of the " + opened.count()
                        + " that were opened can be read",
                String.format(
                        Locale.ROOT,
                        "%d images to train on, %d to choose the best epoch, %d to test on, %s",
                        survey.count(Split.TRAIN),
                        survey.count(Split.VALIDATION),
                        survey.count(Split.TEST),
                        survey.namesSplits() ? "as the data says" : "split at random")));
        if (opened.transparent() > 0) {
            findings.add(opened.transparent() + " of the " + opened.count()
                    + " that were opened have transparent pixels, which are seen on white");
        }
        findings.addAll(GroupColumns.sentences(survey));
        return findings;
    }

    private String numbers() {
        double[] labels = survey.labels();
        Map<Double, Long> counts =
                Arrays.stream(labels).boxed().collect(Collectors.groupingBy(label -> label, Collectors.counting()));
        String commonest = counts.entrySet().stream()
                .sorted(Map.Entry.<Double, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(COMMONEST)
                .map(entry -> NiceNumbers.text(entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        double lowest = counts.keySet().stream().min(Double::compare).orElseThrow();
        double highest = counts.keySet().stream().max(Double::compare).orElseThrow();
        return String.format(
                Locale.ROOT,
                "%d images with numbers from %s to %s, %d different ones; the most common: %s",
                labels.length,
                NiceNumbers.text(lowest),
                NiceNumbers.text(highest),
                counts.size(),
                commonest);
    }

    /**
     * The YAML.
     *
     * @param file where it will be written: paths in it are relative to its folder
     */
    public String text(Path file) {
        String name = printable(Invocation.argument(file));
        return introduction(name)
                + task(file)
                + """
                # The words that an image is matched with, lowest first. A bin ends where the next one begins: 'below'.
                # %s
                binning:
                  type: fixed
                  bins:
                %s

                # The words in front of them; say what the pictures show.
                prompts: {type: template, context: %s}

                %s%s

                %s
                """.formatted(
                                advice(),
                                bins.bins().stream().map(Proposal::line).collect(Collectors.joining("\n")),
                                YamlText.of(words.context()),
                                tried.isEmpty() ? "" : comments("# ", tried) + "\n#\n",
                                training.text(),
                                zeroShot());
    }

    private String introduction(String name) {
        return """
                # A first configuration, written by '%1$s init'. Edit it, then:
                #   %1$s train %2$s --out runs/mine
                #   %1$s predict runs/mine IMAGE…
                #
                # Found in %3$s:
                %4$s
                """.formatted(Invocation.NAME, name, printable(survey.place()), comments("#   ", findings()));
    }

    private String task(Path file) {
        return """
                task:
                  type: generic
                  name: %s   # in titles, tables and names of folders
                  minimum: %s   # the scale: a number outside is refused
                  maximum: %s
                  unit: %s   # in reports: "MAE 2.1 %s"
                %s  data: %s
                %s
                """.formatted(
                        YamlText.of(taskName(file)),
                        NiceNumbers.text(bins.minimum()),
                        NiceNumbers.text(bins.maximum()),
                        YamlText.of(unit),
                        printable(unit),
                        wholeNumbers(),
                        data(file),
                        backbone());
    }

    /** The setting; empty where there are numbers between the whole ones, in the labels or at the ends of the scale. */
    private String wholeNumbers() {
        DoubleStream numbers =
                DoubleStream.concat(Arrays.stream(survey.labels()), DoubleStream.of(bins.minimum(), bins.maximum()));
        return numbers.allMatch(LabelScale::isWhole)
                ? "  wholeNumbers: true   # all labels are, so predictions are rounded\n"
                : "";
    }

    /** The setting; empty where the usual backbone will do. */
    private String backbone() {
        List<String> settings = new ArrayList<>();
        training.backbone().forEach((name, value) -> settings.add(name + ": " + value));
        if (opened.transparent() > 0) {
            settings.add("background: white");
        }
        return settings.isEmpty()
                ? ""
                : "\n# What sees an image; 'background' is behind transparent pixels, where there are some.\nbackbone: {"
                        + String.join(", ", settings) + "}\n";
    }

    private static String comments(String front, List<String> lines) {
        return lines.stream().map(line -> front + line).collect(Collectors.joining("\n"));
    }

    /** Letters and digits of the file's name, or of its folder's if the file has the usual one. */
    private static String taskName(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        String base = String.valueOf(whole.getFileName()).replaceFirst("\\.ya?ml$", "");
        Path folder = whole.getParent();
        String chosen = base.equals("task") && folder != null ? String.valueOf(folder.getFileName()) : base;
        String plain = chosen.replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "mine" : plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    private String data(Path file) {
        TaskData data = survey.data();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("format", data.format());
        if (!data.file().isBlank()) {
            settings.put("file", relative(data.file(), file));
            settings.put("imageColumn", data.imageColumn());
            settings.put("labelColumn", data.labelColumn());
        }
        if (!data.root().isBlank()) {
            settings.put("root", relative(data.root(), file));
        }
        String text = settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": " + YamlText.of(setting.getValue()))
                .collect(Collectors.joining(", "));
        String shares = survey.namesSplits()
                ? ""
                : ", validation: " + data.validation() + ", test: " + data.test() + ", seed: " + data.seed();
        return "{" + text + shares + "}";
    }

    private String advice() {
        return words.isPoor()
                ? "Edit: these words say little. Write what people say, such as 'a few', and matching edges; or init --words."
                : "What is known of the unit, or was said; words for what the pictures show are better.";
    }

    private static String line(StarterBin bin) {
        String below = bin.below() == null ? "" : ", below: " + NiceNumbers.text(bin.below());
        return "    - {concept: " + YamlText.of(bin.concept()) + below + "}   # "
                + PlainText.counted(bin.images(), "image");
    }

    private String zeroShot() {
        String comment = "# Prompts of the untrained CLIP, for comparison: one word for every number.\n";
        double whole = Math.floor(bins.maximum()) - Math.ceil(bins.minimum());
        String context = "numberContext: " + YamlText.of(words.numberContext());
        if (whole >= 1 && whole < 2000) {
            return comment + "zeroShot: {" + context + "}";
        }
        String steps = ScaleSteps.words(bins.minimum(), bins.maximum()).stream()
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(", "));
        return comment + "zeroShot: {" + context + ", binning: {type: uniform, concepts: [" + steps + "]}}";
    }

    private static String relative(String target, Path file) {
        Path folder = file.toAbsolutePath().resolveSibling("").normalize();
        Path absolute = Path.of(target).toAbsolutePath().normalize();
        boolean sameRoot = absolute.getRoot() != null && absolute.getRoot().equals(folder.getRoot());
        Path path = sameRoot ? folder.relativize(absolute) : absolute;
        String text = path.toString().replace('\\', '/');
        return text.isEmpty() ? "." : text;
    }

    private static String printable(String text) {
        return PlainText.printable(text);
    }
}
