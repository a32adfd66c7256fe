package io.numclip.host.follow;

import java.util.Map;

/**
 * What an MLflow server is told about a run at its start.
 *
 * @param experiment name of the experiment that it belongs to
 * @param name of the run
 * @param settings by their full names
 * @param tags further facts, such as versions
 */
public record RunText(String experiment, String name, Map<String, String> settings, Map<String, String> tags) {}
