package dev.clade.population;

/// What one member takes of a host.
///
/// @param cpus cores: so many threads may its trainer compute with
/// @param gpus devices: none for what trains inside Clade's process
public record Resources(int cpus, int gpus) {

    public static final Resources DEFAULT = new Resources(1, 0);

    /// How many members a host has room for, at least one.
    public int slots(int cores) {
        return Math.max(1, cores / cpus);
    }
}
