package io.numclip.runner.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Supplier;

/** How a command prints all that it found, at once. */
public enum ReportFormat {
    TEXT,
    JSON;

    /**
     * @param found what becomes JSON
     * @param text the same for people, ends with a line break
     */
    public String of(Object found, Supplier<String> text) throws JsonProcessingException {
        return this == TEXT
                ? text.get()
                : new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(found) + "\n";
    }
}
