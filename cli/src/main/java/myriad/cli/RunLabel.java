package myriad.cli;

/**
 * What a run is called in a result.
 *
 * @param variant its id, or the part that the server plays
 * @param model what it is, in a line
 * @param repeat of the same plan, from 1
 */
record RunLabel(String variant, String model, int repeat) {}
