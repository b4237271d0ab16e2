package dev.clade.population;

/// The name of a checkpoint: the SHA-256 of its manifest, in hexadecimal.
public record CheckpointId(String digest) implements Comparable<CheckpointId> {

    @Override
    public int compareTo(CheckpointId other) {
        return digest.compareTo(other.digest);
    }

    @Override
    public String toString() {
        return digest;
    }
}
