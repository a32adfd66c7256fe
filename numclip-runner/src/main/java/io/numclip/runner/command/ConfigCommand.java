package io.numclip.runner.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.compare.CompareReader;
import io.numclip.host.config.ConfigSchema;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.SettingDifferences;
import io.numclip.host.config.YamlReader;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.runner.report.DifferencesTable;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Configurations without a training: in full, checked, compared, what they can choose, and what an editor needs. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description =
                "Prints a configuration in full, checks files, compares two, prints the JSON Schema for an editor, and lists"
                        + " what can be chosen and what is accepted at most.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip config print age --set training.epochs=5    every setting",
            "  numclip config validate my-ages.yaml                all mistakes at once",
            "  numclip config diff runs/age-1 runs/age-2           what differs",
            "  numclip config schema > numclip.schema.json         for an editor",
            "  numclip config components methods                   all methods",
            "  numclip config limits                               what is accepted at most"
        })
final class ConfigCommand {

    private static final String RECIPE = "RECIPE|FILE.yaml|RUN";

    private ConfigCommand() {}

    static CommandLine commandLine(Services services) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new PrintCommand(services))
                .addSubcommand(new ValidateCommand(services))
                .addSubcommand(new SchemaCommand(services))
                .addSubcommand(new DiffCommand(services))
                .addSubcommand(new ComponentsCommand(services))
                .addSubcommand(new LimitsCommand(services));
    }

    private static ExperimentConfig read(Services services, String recipe, SettingsOption settings) {
        String file = RunFolder.isRun(Path.of(recipe))
                ? RunFolder.open(Path.of(recipe)).config().toString()
                : recipe;
        return new ExperimentReader(services.catalog()).read(file, settings.parsed());
    }

    @Command(
            name = "print",
            mixinStandardHelpOptions = true,
            description = "Prints every setting that a training would have: defaults, recipe, file and --set together.")
    private static final class PrintCommand implements Callable<Integer> {

        @Parameters(paramLabel = RECIPE, description = "The name of a task, a YAML file, or a run folder.")
        private String recipe;

        @Mixin
        private SettingsOption settings;

        private final Services services;

        PrintCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            PrintWriter out = services.console().out();
            out.print(read(services, recipe, settings).toYaml());
            out.flush();
            return ExitCodes.DONE;
        }
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description =
                    "Checks what 'train' and 'compare' would read, and names all mistakes at once (exit code 78); then looks"
                            + " for the list of images and the CLIP of a training (66).")
    private static final class ValidateCommand implements Callable<Integer> {

        @Parameters(arity = "1..*", paramLabel = RECIPE, description = "Names of tasks, YAML files, or run folders.")
        private List<String> recipes;

        private final Services services;

        ValidateCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() throws IOException {
            int code = ExitCodes.DONE;
            for (String recipe : recipes) {
                List<NumClipException> problems = problems(recipe);
                for (NumClipException problem : problems) {
                    code = Math.max(code, services.failures().report(problem));
                }
                if (problems.isEmpty()) {
                    services.console().out().println(PlainText.printable(recipe) + ": no mistakes");
                }
            }
            services.console().out().flush();
            return code;
        }

        private List<NumClipException> problems(String recipe) throws IOException {
            try {
                Path file = Path.of(recipe);
                boolean isFile = Files.isRegularFile(file);
                if (isFile && CompareReader.isComparison(YamlReader.read(file))) {
                    new CompareReader(services.catalog()).read(file, List.of());
                    return List.of();
                }
                String readable = isFile ? readable(file) : recipe;
                return ExperimentAssembler.problems(read(services, readable, new SettingsOption()));
            } catch (NumClipException mistakes) {
                return List.of(mistakes);
            }
        }

        /** A file is known by its ending or by a folder before it; a task has neither. */
        private static String readable(Path file) {
            String name = file.toString();
            return ExperimentReader.isFile(name) ? name : Path.of(".", name).toString();
        }
    }

    @Command(
            name = "schema",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the JSON Schema (draft 7) of files for 'train' and 'compare', with the components of the"
                            + " plugins that are installed. Editors complete and check with it.")
    private static final class SchemaCommand implements Callable<Integer> {

        private final Services services;

        SchemaCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() throws JsonProcessingException {
            PrintWriter out = services.console().out();
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema()));
            out.flush();
            return ExitCodes.DONE;
        }

        private Map<String, Object> schema() {
            ConfigSchema parts = new ConfigSchema(services.catalog());
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("$schema", "http://json-schema.org/draft-07/schema#");
            schema.put("title", "A configuration of NumCLIP");
            schema.put("definitions", parts.definitions());
            schema.put("if", CompareReader.comparison());
            schema.put("then", CompareReader.schema(parts));
            schema.put("else", parts.experiment());
            return schema;
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Lists the settings in which two configurations differ, with defaults and recipes filled in.")
    private static final class DiffCommand implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = RECIPE, description = "The name of a task, a YAML file, or a run folder.")
        private String first;

        @Parameters(index = "1", paramLabel = RECIPE, description = "The other one.")
        private String second;

        private final Services services;

        DiffCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            SettingsOption none = new SettingsOption();
            List<SettingDifferences.Difference> differences = SettingDifferences.of(List.of(
                    read(services, first, none).toYaml(),
                    read(services, second, none).toYaml()));
            PrintWriter out = services.console().out();
            out.print(
                    differences.isEmpty()
                            ? "no setting differs\n"
                            : DifferencesTable.of(List.of(first, second), differences)
                                    .text());
            out.flush();
            return ExitCodes.DONE;
        }
    }
}
