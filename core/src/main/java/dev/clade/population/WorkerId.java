package dev.clade.population;

/// A worker process; a new one at each start.
public record WorkerId(String name) {

    @Override
    public String toString() {
        return name;
    }
}
