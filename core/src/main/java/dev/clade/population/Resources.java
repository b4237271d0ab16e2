package dev.clade.population;

/// What one member takes of a host.
///
/// @param cpus cores: so many threads may its trainer compute with
/// @param gpus devices, a whole number, or a fraction of one that several share; none for what trains inside Clade's
///     process
public record Resources(int cpus, double gpus) {

    public static final Resources DEFAULT = new Resources(1, 0);

    public Resources {
        if (cpus < 1 || !gives(gpus)) {
            throw new IllegalArgumentException("no resources: " + cpus + " cpus, " + gpus + " gpus");
        }
    }

    /// Whether so many devices can be given to a member.
    static boolean gives(double gpus) {
        return gpus >= 0 && (gpus <= 1 || gpus == Math.rint(gpus));
    }

    /// How many members the cores of a host have room for, at least one.
    public int slots(int cores) {
        return Math.max(1, cores / cpus);
    }
}
