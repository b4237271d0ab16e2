package dev.clade.run.process;

/// Hears what a program prints, on a thread of its own, as it comes. It must neither wait nor keep it all.
@FunctionalInterface
public interface Ear {

    /// @param bytes used again afterwards
    /// @param count how many of them
    void hears(byte[] bytes, int count);
}
