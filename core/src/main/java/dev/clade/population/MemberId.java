package dev.clade.population;

/// The permanent identity of a member, dense from 0. Copying weights never changes it.
public record MemberId(int index) implements Comparable<MemberId> {

    @Override
    public int compareTo(MemberId other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return Integer.toString(index);
    }
}
