package io.numclip.pretraining;

import java.util.Map;

/**
 * How far a pretraining has come.
 *
 * @param step how many have been taken
 * @param settings what it was begun with, and must be resumed with
 */
record PretrainingProgress(int step, Map<String, String> settings) {}
