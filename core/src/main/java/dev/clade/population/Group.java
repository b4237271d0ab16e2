package dev.clade.population;

/// Members that belong together: a bracket, a sub-population, the controls.
///
/// @param ranked whether its members are ranked, and so may be donors and win
public record Group(String name, boolean ranked) {

    public static final Group ALL = new Group("all", true);
    public static final Group CONTROL = new Group("control", false);
}
