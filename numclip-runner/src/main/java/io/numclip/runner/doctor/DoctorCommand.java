package io.numclip.runner.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.run.Versions;
import io.numclip.runner.doctor.Finding.Verdict;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.Diagnosis;
import io.numclip.runner.terminal.ExitCodes;
import io.numclip.runner.terminal.Services;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says whether the program can work here, and what to do where it cannot. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks Java, the native library, the limits of the container, precision, plugins, caches and space,"
                        + " computes a figure that is known, and says for each finding what to do. Ends with 1 if there is a"
                        + " problem; warnings alone end with 0.",
        footerHeading = "%nExamples:%n",
        footer = {"  numclip doctor", "  numclip doctor --format json > doctor.json"})
public final class DoctorCommand implements Callable<Integer> {

    private enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json. Default: text.")
    private Format format;

    private final Services services;

    public DoctorCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = findings();
        PrintWriter out = services.console().out();
        out.print(format == Format.JSON ? json(findings) : text(findings));
        out.flush();
        return count(findings, Verdict.PROBLEM) == 0 ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(checked("java", new JavaCheck()));
        findings.addAll(checked("memory", new MemoryCheck()));
        List<Finding> library = checked("libtorch", new NativeLibraryCheck());
        findings.addAll(library);
        if (count(library, Verdict.PROBLEM) == 0) {
            findings.addAll(checked("processors", new ProcessorsCheck()));
            findings.addAll(checked("gpu", new DeviceCheck()));
            findings.addAll(checked("batch", new BatchCheck()));
            findings.addAll(checked("self-test", new SelfTestCheck()));
        }
        findings.addAll(checked("plugins", new PluginsCheck(services)));
        findings.addAll(checked("folders", new FoldersCheck()));
        findings.addAll(checked("short start", new ClassArchiveCheck()));
        return findings;
    }

    private List<Finding> checked(String about, Check check) {
        try {
            return check.findings();
        } catch (IOException | RuntimeException | Error failure) {
            Diagnosis diagnosis = Diagnosis.of(services.explained(failure));
            return List.of(Finding.problem(about, diagnosis.what(), diagnosis.fix()));
        }
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.is(verdict)).count();
    }

    private static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String start = String.format("%-8s ", finding.verdict());
            String others = " ".repeat(start.length());
            text.append(TextLines.hanging(start, others, finding.about() + ": " + finding.found()))
                    .append('\n');
            if (!finding.fix().isEmpty()) {
                text.append(TextLines.hanging(others + "fix: ", others, finding.fix()))
                        .append('\n');
            }
        }
        return text.append('\n').append(summary(findings)).append('\n').toString();
    }

    private static String summary(List<Finding> findings) {
        return counted(count(findings, Verdict.PROBLEM), "problem") + ", "
                + counted(count(findings, Verdict.WARNING), "warning");
    }

    private static String counted(long count, String what) {
        return (count == 0 ? "no" : String.valueOf(count)) + " " + what + (count == 1 ? "" : "s");
    }

    private static String json(List<Finding> findings) throws JsonProcessingException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("numclip", Versions.NUMCLIP);
        all.put("problems", count(findings, Verdict.PROBLEM));
        all.put("warnings", count(findings, Verdict.WARNING));
        all.put("findings", findings.stream().map(DoctorCommand::tree).toList());
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    }

    private static Map<String, String> tree(Finding finding) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("about", finding.about());
        tree.put("verdict", finding.verdict().toString());
        tree.put("found", finding.found());
        if (!finding.fix().isEmpty()) {
            tree.put("fix", finding.fix());
        }
        return tree;
    }
}
