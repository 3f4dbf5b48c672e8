package org.nixlab.scenario;

/** Is told what happens in a run, by the threads in which it happens, and so by several at once. Must not block. */
@FunctionalInterface
public interface ScenarioListener {
    void happened(ScenarioEvent event);
}
