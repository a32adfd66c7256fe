package io.numclip.clip.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A Java of its own with the classes of the tests, in which nothing has been computed. */
public final class FreshProcess {

    private FreshProcess() {}

    /**
     * @param environment variables beside those of this process
     * @return all that it prints until its end
     */
    public static String run(Class<?> main, Map<String, String> environment) throws IOException {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Doffline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true);
        program.environment().putAll(environment);
        return new String(program.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
