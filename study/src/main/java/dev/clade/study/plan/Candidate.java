package dev.clade.study.plan;

import dev.clade.settings.Setting;

/// One way to spend slots and hours.
///
/// @param steps of each member
/// @param readyPoints how often each is ready
/// @param exploit the setting
public record Candidate(int population, long steps, int readyPoints, Setting exploit) {

    /// Steps between two ready points.
    public long every() {
        return Math.max(1, steps / readyPoints);
    }

    /// An experiment's settings with this in force: a budget of steps alone, and no controls, so that all candidates
    /// spend the same.
    public Setting.Mapping in(Setting.Mapping settings) {
        return settings.without("control")
                .without("synchronous")
                .without("start")
                .with("population", Setting.number(population))
                .with("budget", Setting.map("steps", Setting.number(steps)))
                .with("ready", Setting.map("every", Setting.number(every())))
                .with("exploit", exploit);
    }
}
