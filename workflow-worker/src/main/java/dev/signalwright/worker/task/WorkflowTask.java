package dev.signalwright.worker.task;

/**
 * One task of the workflow. Implementations are plain classes, package-private in their feature's room, built once per
 * process with their collaborators passed in. They meet other tasks only through artifacts.
 */
public interface WorkflowTask {
    /** The task's fixed name, for example {@code fetch_market_data}. */
    String name();

    /**
     * Does the work. Expected trouble (gateway gone, unknown symbol, refused key) is returned as an outcome with a
     * sentence; what is thrown is a bug and ends with exit code 1.
     */
    TaskReport run(TaskRun run);
}
