package dev.signalwright.artifacts.pages.run;

/** Names of those who read the charts. */
public final class Analyst {
    private Analyst() {}

    /** {@code rules/three-of-four@1} is the built-in rule, whose exact name stands under "Settings"; any other name is a model's. */
    public static String words(String model) {
        return model.startsWith("rules/") ? "Built-in rule" : model;
    }
}
