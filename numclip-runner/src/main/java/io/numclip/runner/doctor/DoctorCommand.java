package io.numclip.runner.doctor;

import io.numclip.host.message.Diagnosis;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.result.Versions;
import io.numclip.machine.MachineMemory;
import io.numclip.runner.doctor.CheckResult.Level;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.ReportFormat;
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

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json. Default: text.")
    private ReportFormat format;

    private final Services services;

    public DoctorCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        List<CheckResult> results = results();
        PrintWriter out = services.console().out();
        out.print(format.of(tree(results), () -> text(results)));
        out.flush();
        return count(results, Level.PROBLEM) == 0 ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        results.addAll(checked("java", () -> List.of(ProgramChecks.java())));
        results.addAll(checked("memory", () -> List.of(MachineChecks.memory(MachineMemory.read()))));
        List<CheckResult> library = checked("libtorch", () -> List.of(ProgramChecks.library()));
        results.addAll(library);
        if (count(library, Level.PROBLEM) == 0) {
            results.addAll(checked("processors", () -> List.of(MachineChecks.processors())));
            results.addAll(checked("gpu", MachineChecks::device));
            results.addAll(checked("batch", BatchCheck::results));
            results.addAll(checked("self-test", () -> List.of(SelfTestCheck.result())));
        }
        results.addAll(checked("plugins", () -> ProgramChecks.plugins(services.catalog())));
        results.addAll(checked("folders", FoldersCheck::results));
        results.addAll(checked("short start", () -> List.of(ProgramChecks.archive())));
        return results;
    }

    /** Looks at one part of the installation. What it throws is a problem of that part. */
    private interface Check {
        List<CheckResult> results() throws IOException;
    }

    private List<CheckResult> checked(String about, Check check) {
        try {
            return check.results();
        } catch (IOException | RuntimeException | Error failure) {
            Diagnosis diagnosis = Diagnosis.of(services.explained(failure));
            return List.of(CheckResult.problem(about, diagnosis.what(), diagnosis.fix()));
        }
    }

    private static long count(List<CheckResult> results, Level verdict) {
        return results.stream().filter(result -> result.is(verdict)).count();
    }

    private static String text(List<CheckResult> results) {
        StringBuilder text = new StringBuilder();
        for (CheckResult result : results) {
            String start = String.format("%-8s ", result.verdict());
            String others = " ".repeat(start.length());
            text.append(TextLines.hanging(start, others, result.about() + ": " + result.found()))
                    .append('\n');
            if (!result.fix().isEmpty()) {
                text.append(TextLines.hanging(others + "fix: ", others, result.fix()))
                        .append('\n');
            }
        }
        return text.append('\n').append(summary(results)).append('\n').toString();
    }

    private static String summary(List<CheckResult> results) {
        return counted(count(results, Level.PROBLEM), "problem") + ", "
                + counted(count(results, Level.WARNING), "warning");
    }

    private static String counted(long count, String what) {
        return (count == 0 ? "no" : String.valueOf(count)) + " " + what + (count == 1 ? "" : "s");
    }

    private static Map<String, Object> tree(List<CheckResult> results) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("numclip", Versions.NUMCLIP);
        all.put("problems", count(results, Level.PROBLEM));
        all.put("warnings", count(results, Level.WARNING));
        all.put("findings", results.stream().map(DoctorCommand::tree).toList());
        return all;
    }

    private static Map<String, String> tree(CheckResult result) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("about", result.about());
        tree.put("verdict", result.verdict().toString());
        tree.put("found", result.found());
        if (!result.fix().isEmpty()) {
            tree.put("fix", result.fix());
        }
        return tree;
    }
}
